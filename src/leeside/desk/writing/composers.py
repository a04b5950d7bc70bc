"""The two fields of a case page, one to the writer and one for ourselves, with whatever was kept in them; and what
colleagues ask this person to check.

A field shows what was typed just now, else the draft. What another window kept stands beside it, never in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from textwrap import shorten
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.grades import Grade
from leeside.desk.limits import LIMITS
from leeside.desk.outgoing import both_clocks, why_locked
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.contact import plan_of
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import sends_alone
from leeside.desk.taking_back import sent_to_writer
from leeside.desk.writing.canned import Use, add_to, asked_on, choices, uses_in
from leeside.desk.writing.checking import answers_of_others, checker_of, colleagues_to_ask, may_send_now, waiting_for_me
from leeside.desk.writing.drafts import Draft, Typed, drafts_of
from leeside.vault.store import DraftKind, DraftMark
from leeside.web.dates import write_short_day

NOTHING = Typed("")


@dataclass(frozen=True)
class Composer:
    """One field: its text, the version of the draft under it, and what the page says about that draft.

    `state` is empty, `asked` or `back`; `other` is what another window kept since.
    """

    text: str = field(repr=False)
    version: int = 0
    step: tuple[str, str, str] = ("", "", "")
    asked: tuple[str, ...] = ()
    canned: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    state: str = ""
    kept: str = ""
    said: str = ""
    by: str = ""
    was: str = field(default="", repr=False)
    other: str = field(default="", repr=False)

    @property
    def typed(self) -> Typed:
        """What stands in the field, as a flow takes it."""
        return Typed(self.text, self.step, self.asked, self.canned, self.told)


@dataclass(frozen=True)
class ToCheck:
    """A colleague's draft that waits for this person's eyes."""

    key: str
    name: str
    kept: str
    version: int
    text: str = field(repr=False)
    is_proven: bool
    line: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """An answer or a file that waits to go out: its first words or its name, when on both clocks, and whether this
    person can take it back."""

    entry: str
    words: str = field(repr=False)
    when: str
    is_mine: bool


@dataclass(frozen=True)
class DraftLine:
    """One line of the case's header about a draft; `anchor` is where on the page it stands."""

    words: str
    anchor: str


@dataclass(frozen=True)
class CheckTyped:
    """What a checker had typed when something was wrong with it."""

    author: str = ""
    text: str = field(default="", repr=False)
    line: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Composers:
    """Both fields, the drafts to check, and what this person's grade lets them do with theirs."""

    answer: Composer
    note: Composer
    to_check: tuple[ToCheck, ...]
    may_draft: bool
    may_send: bool
    is_locked: bool
    """Whether nothing may go to the writer now: what is typed can still become a note."""
    colleagues: tuple[tuple[str, str], ...]
    grade_line: str
    checked_line: str
    waiting: tuple[Waiting, ...]
    canned: tuple[tuple[str, str], ...]
    uses: tuple[Use, ...]
    asked_on: tuple[tuple[str, str], ...]
    """Facts that were asked for and are not known yet, each with its day in words."""
    seen: int
    """How many answers of colleagues the page shows; posted with the next."""

    @property
    def draft_lines(self) -> tuple[DraftLine, ...]:
        """What the header says: drafts that wait for this person's eyes, and how far this person's own one is."""
        lines = [
            DraftLine(_("%(name)s asks you to look at an answer") % {"name": one.name}, f"check-{one.key}")
            for one in self.to_check
            if one.is_proven
        ]
        own = self.answer
        if own.state == "asked":
            lines.append(DraftLine(_("Your answer waits for a check"), "answer"))
        elif own.state == "back" and own.said:
            lines.append(DraftLine(_("%(name)s handed your answer back") % {"name": own.by}, "answer"))
        elif own.state == "back" or self.checked_line:
            lines.append(DraftLine(_("Your answer is checked: you can send it"), "answer"))
        return tuple(lines)


def make_composers(
    seat: Seat,
    file: CaseFile,
    answer: Typed = NOTHING,
    note: Typed = NOTHING,
    check: CheckTyped | None = None,
    *,
    ask: Sequence[str] = (),
    canned: Sequence[str] = (),
) -> Composers:
    """The fields of an opened case; `ask` and `canned` are what the address adds to the field for the writer."""
    all_drafts = drafts_of(seat, file)
    drafts = {one.row.kind: one for one in all_drafts if one.author == seat.reader_id}
    draft = drafts.get(DraftKind.ANSWER)
    to_writer = _composer(seat, draft, answer)
    if ask or canned:
        added = add_to(seat, file, to_writer.typed, tuple(ask), tuple(canned))
        to_writer = replace(to_writer, text=added.text, asked=added.asked, canned=added.canned)
    may_send = may_send_now(seat, file)
    checker = checker_of(seat, file, to_writer.text) if to_writer.text else b""
    return Composers(
        answer=to_writer,
        note=_composer(seat, drafts.get(DraftKind.NOTE), note),
        to_check=tuple(_to_check(seat, one, check or CheckTyped()) for one in waiting_for_me(seat, file, all_drafts)),
        may_draft=is_allowed(seat, file, CaseAction.DRAFT),
        is_locked=bool(why_locked(seat, file)),
        may_send=may_send and (sends_alone(seat) or bool(checker)),
        colleagues=tuple((one.reader_id.hex(), one.name) for one in colleagues_to_ask(seat, file)),
        grade_line=_grade_line(seat),
        checked_line=_("%(name)s looked at exactly these words.") % {"name": seat.keyring.roster.name_of(checker)}
        if checker
        else "",
        waiting=_waiting(seat, file),
        canned=choices(seat),
        uses=uses_in(seat, file),
        seen=answers_of_others(seat, file),
        asked_on=tuple((fact, write_clock(seat, datetime.fromisoformat(at))) for fact, at in asked_on(file).items()),
    )


def _composer(seat: Seat, draft: Draft | None, typed: Typed) -> Composer:
    if draft is None:
        return Composer(typed.text, step=typed.step, asked=typed.asked, canned=typed.canned, told=typed.told)
    shown = typed if typed.text or typed.told else draft.typed
    states = {DraftMark.OWN: "", DraftMark.ASKED: "asked", DraftMark.BACK: "back"}
    return Composer(
        text=shown.text,
        version=draft.version,
        step=shown.step,
        asked=tuple(dict.fromkeys((*shown.asked, *draft.typed.asked))),
        canned=tuple(dict.fromkeys((*shown.canned, *draft.typed.canned))),
        told=shown.told,
        state=states[draft.row.mark],
        kept=write_clock(seat, draft.at),
        said=draft.said,
        by=seat.keyring.roster.name_of(draft.by) if draft.by != draft.author and draft.is_proven else "",
        was=draft.was,
        other=draft.typed.text if typed.text and _worded(typed.text) != _worded(draft.typed.text) else "",
    )


def _worded(text: str) -> list[str]:
    """A text's words: line ends change on the way through a form."""
    return text.split()


def _to_check(seat: Seat, draft: Draft, typed: CheckTyped) -> ToCheck:
    key = draft.author.hex()
    is_typed = typed.author == key and bool(typed.text)
    return ToCheck(
        key=key,
        name=seat.keyring.roster.name_of(draft.author) if draft.is_proven else "",
        kept=write_clock(seat, draft.at),
        version=draft.version,
        text=typed.text if is_typed else draft.typed.text,
        is_proven=draft.is_proven,
        line=typed.line if is_typed else "",
        told=typed.told if is_typed else draft.typed.told,
    )


def _waiting(seat: Seat, file: CaseFile) -> tuple[Waiting, ...]:
    """What is sealed to the writer and not shown yet, the soonest first; the last seconds belong to the undo bar."""
    window = plan_of(file).window
    zone = window.zone if window is not None else seat.line.time_zone
    soon = seat.now + timedelta(seconds=2 * LIMITS.undo_seconds)
    sent = [one for one in sent_to_writer(file) if file.waiting.get(one.entry_id, seat.now) > soon]
    return tuple(
        Waiting(
            entry=one.entry_id.hex(),
            words=shorten(one.text("text") or one.text("name"), 90, placeholder="…"),
            when=both_clocks(seat, file.waiting[one.entry_id], zone),
            is_mine=one.author.reader_id == seat.reader_id,
        )
        for one in sorted(sent, key=lambda one: file.waiting[one.entry_id])
    )


def _grade_line(seat: Seat) -> str:
    """What this person's grade means for an answer, said before they write it."""
    if sends_alone(seat):
        return ""
    if seat.grade >= Grade.SEND:
        return _("In this line somebody who checks answers reads each one first; then you send exactly that text.")
    if seat.grade is Grade.CHECKED:
        return _("A colleague checks your answer first; then you send exactly that text.")
    return _("You write, a colleague checks and sends.")


def write_clock(seat: Seat, moment: datetime) -> str:
    """When something was kept, in the worker's own time: the time alone today, the day before it otherwise."""
    local = moment.astimezone(ZoneInfo(seat.zone or seat.line.time_zone))
    clock = f"{local:%H:%M}"
    return (
        clock if local.date() == seat.today else f"{write_short_day(local.date(), seat.language, seat.today)}, {clock}"
    )

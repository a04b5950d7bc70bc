"""The case page as a value: everything the template shows, in words, computed once from an opened case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.allowed import is_allowed
from leeside.desk.case_words import SHAPES, TONES, URGENCY_KEYS, Part, owner_words, promise_words, why_urgent
from leeside.desk.casefile import CaseFile, day_in
from leeside.desk.channels import is_counted
from leeside.desk.circles import circles_to_move_to
from leeside.desk.closing import outcome_of
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.confirming import confirmed_kind
from leeside.desk.grants import colleagues_to_grant
from leeside.desk.outgoing import describe_sending
from leeside.desk.pages import circle_title
from leeside.desk.permissions import CaseAction, Standing, may
from leeside.desk.ready_steps import ReadyChoice, ready_steps_of
from leeside.desk.safety.bars import bars_of
from leeside.desk.seams import panels_of, warnings_of
from leeside.desk.seat import Seat
from leeside.desk.sheet_facts import Drawer, FactRow, drawers_of, fact_rows, facts_lead
from leeside.desk.sheet_side import DateLine, PersonLine, can_read, dates_of, did_read
from leeside.desk.stages.stage import StageMark, stages_of
from leeside.desk.taking_back import Undo
from leeside.desk.telling.shapes import pack_words
from leeside.desk.timeline import Chip, Day, make_timeline
from leeside.web.dates import write_near_day


@dataclass(frozen=True)
class StepLine:
    """The next step in words."""

    what: str
    who: str
    when: str
    is_late: bool


@dataclass(frozen=True)
class Sheet:
    """One case page. Names are those the templates use."""

    slug: str
    name: str
    version: int
    today: date
    is_open: bool
    urgency_word: str
    shape: str
    tone: str
    why: str
    promise: str
    owner_line: str
    stages: tuple[StageMark, ...]
    step: StepLine | None
    closed_line: str
    bars: tuple[Part, ...]
    facts: tuple[FactRow, ...]
    drawers: tuple[Drawer, ...]
    days: tuple[Day, ...]
    chips: tuple[Chip, ...]
    unreadable: str
    new: str
    earlier: int
    dates: tuple[DateLine, ...]
    can_read: tuple[PersonLine, ...]
    did_read: tuple[PersonLine, ...]
    may_write: bool
    read_only_reason: str
    may_take: bool
    may_keep: bool
    may_give_back: bool
    may_confirm: bool
    may_close: bool
    may_reopen: bool
    own_line: str
    move_targets: tuple[tuple[str, str], ...]
    may_grant: tuple[tuple[str, str], ...]
    confirmed: str
    kinds: tuple[tuple[str, str], ...]
    kind_guess: str
    step_people: tuple[tuple[str, str], ...]
    ready_steps: tuple[ReadyChoice, ...]
    answer_title: str
    answer_hint: str
    answer_warnings: tuple[str, ...]
    answer_button: str
    facts_lead: str
    panels: Mapping[str, object]
    undo: Undo | None = None


def make_sheet(
    seat: Seat, file: CaseFile, *, drawer: str = "", undo: Undo | None = None, is_whole: bool = True
) -> Sheet:
    """The page of an opened case. `drawer` is the one that was opened with it; `is_whole` wants every older thing."""
    row, pack, language = file.row, seat.pack, seat.language
    timeline = make_timeline(seat, file, is_whole=is_whole)
    return Sheet(
        slug=write_slug(row.code_name),
        name=write_code_name(row.code_name, language),
        version=row.version,
        today=seat.today,
        is_open=file.is_open,
        urgency_word=pack.text(f"urgency.{URGENCY_KEYS[row.urgency]}", language),
        shape=SHAPES[row.urgency],
        tone=TONES[row.urgency],
        why=_why(seat, file),
        promise=_promise(seat, file),
        owner_line=_owner_line(seat, file),
        stages=stages_of(seat, file),
        step=_step_line(seat, file),
        closed_line=_closed_line(seat, file),
        bars=_bars(seat, file),
        facts=fact_rows(seat, file),
        drawers=drawers_of(seat, file, drawer),
        days=timeline.days,
        chips=timeline.chips,
        unreadable=timeline.unreadable,
        new=timeline.new,
        earlier=timeline.earlier,
        dates=dates_of(seat, file),
        can_read=can_read(seat, file),
        did_read=did_read(seat, file),
        **_rights(seat, file),
        own_line=_own_line(seat, file),
        move_targets=_move_targets(seat, file),
        may_grant=_grantable(seat, file),
        confirmed=_confirmed(seat, file),
        kinds=tuple((one.id, pack_words(seat, "kind", one.id)) for one in pack.kinds),
        kind_guess=confirmed_kind(file) or pack.suggested_kind(file.known),
        step_people=_step_people(seat, file),
        ready_steps=ready_steps_of(seat, file),
        answer_title=_answer_title(seat, file),
        answer_hint=_("Your answer. It is sealed to the writer and to those who read this case."),
        answer_warnings=_answer_warnings(seat, file),
        answer_button=_("Send"),
        facts_lead=facts_lead(seat, file),
        panels=panels_of(seat, file),
        undo=undo,
    )


class _Rights(TypedDict):
    """What the page offers; the flows ask again."""

    may_write: bool
    read_only_reason: str
    may_take: bool
    may_keep: bool
    may_give_back: bool
    may_confirm: bool
    may_close: bool
    may_reopen: bool


def _rights(seat: Seat, file: CaseFile) -> _Rights:
    row, is_held = file.row, is_held_by_other(seat, file)

    def offers(action: CaseAction) -> bool:
        return is_allowed(seat, file, action)

    may_write = not is_held and offers(CaseAction.NOTE)
    untaken = row.owner is None and file.is_open
    return _Rights(
        may_write=may_write,
        read_only_reason=_held_words(seat, file) if is_held else "",
        may_take=untaken and file.hold is None and offers(CaseAction.TAKE),
        may_keep=file.is_open and row.owner != seat.reader_id and not is_held and offers(CaseAction.KEEP),
        may_give_back=row.owner is not None and file.is_open and offers(CaseAction.GIVE_BACK),
        may_confirm=may_write and is_counted(row.channel) and offers(CaseAction.CONFIRM),
        may_close=file.is_open and may_write and offers(CaseAction.CLOSE),
        may_reopen=not file.is_open and offers(CaseAction.REOPEN),
    )


def is_held_by_other(seat: Seat, file: CaseFile) -> bool:
    """Whether a colleague works on the untaken case just now."""
    return file.hold is not None and file.hold.reader_id != seat.reader_id and file.row.owner is None


def _held_words(seat: Seat, file: CaseFile) -> str:
    if file.hold is None:
        return ""
    name = seat.keyring.roster.name_of(file.hold.reader_id)
    left = max(1, int((file.hold.until - seat.real_now).total_seconds() // 60) + 1)
    text = ngettext(
        "%(name)s is on it for %(number)d more minute. You read along; writing waits.",
        "%(name)s is on it for %(number)d more minutes. You read along; writing waits.",
        left,
    )
    return text % {"name": name, "number": left}


def _owner_line(seat: Seat, file: CaseFile) -> str:
    circle = circle_title(seat.pack, file.row.circle, seat.language)
    if file.row.owner is None:
        return _("nobody’s yet · %(circle)s") % {"circle": circle}
    return f"{owner_words(seat, file.row)} · {circle}"


def _why(seat: Seat, file: CaseFile) -> str:
    """Why it is urgent, as its row in the queue says it, from what is known by now."""
    if not file.is_open:
        return ""
    card = seat.pack.card(file.known, seat.today, file.voice)
    return why_urgent(seat.pack, card, seat.language, seat.today)


def _promise(seat: Seat, file: CaseFile) -> str:
    """By when an answer is promised; one that is past stands among the bars."""
    by = file.row.answer_by
    return promise_words(by, seat.now, seat.zone, seat.language).text if by is not None and by >= seat.now else ""


def _own_line(seat: Seat, file: CaseFile) -> str:
    if file.row.owner == seat.reader_id:
        return _("It is yours.")
    if file.row.owner is not None:
        return _("%(name)s works on it.") % {"name": seat.keyring.roster.name_of(file.row.owner)}
    if file.hold is not None and file.hold.reader_id == seat.reader_id:
        return _("You hold it for a quarter of an hour. Your first answer or note keeps it.")
    return _("Nobody has it yet. Your first answer or note keeps it.")


def _step_line(seat: Seat, file: CaseFile) -> StepLine | None:
    step = file.next_step
    if step is None or not file.is_open:
        return None
    when = write_near_day(step.day, seat.language, seat.today) if step.day else ""
    is_late = step.day is not None and step.day < seat.today
    return StepLine(step.what, seat.keyring.roster.name_of(step.who), when, is_late)


def _closed_line(seat: Seat, file: CaseFile) -> str:
    if file.is_open:
        return ""
    outcome, follow_up = outcome_of(file)
    words = pack_words(seat, "outcome", outcome) if outcome else ""
    asked_again = day_in(follow_up)
    if asked_again is None:
        return words
    day = write_near_day(asked_again, seat.language, seat.today)
    return _("%(outcome)s · ask again on %(day)s") % {"outcome": words, "day": day}


def _bars(seat: Seat, file: CaseFile) -> tuple[Part, ...]:
    """Only what is dangerous or late: the pack's flags, a promise that is past, keys that are not renewed."""
    bars: list[Part] = list(bars_of(seat, file))
    if file.row.answer_by is not None and file.row.answer_by < seat.now:
        late = promise_words(file.row.answer_by, seat.now, seat.zone, seat.language)
        bars.append(Part(late.text[:1].upper() + late.text[1:], "red", "▲"))
    card = seat.pack.card(file.known, seat.today, file.voice)
    flags = card.get("flags")
    for flag in flags if isinstance(flags, list) else ():
        bars.append(Part(pack_words(seat, "flag", str(flag)), "amber", "◆"))
    if file.opened.unreadable:
        bars.append(Part(_("part of this case cannot be opened with your keys"), "blue", "■"))
    return tuple(bars)


def _move_targets(seat: Seat, file: CaseFile) -> tuple[tuple[str, str], ...]:
    if not file.is_open or is_held_by_other(seat, file) or not may(CaseAction.MOVE, file.standing):
        return ()
    return tuple((one, circle_title(seat.pack, one, seat.language)) for one in circles_to_move_to(seat, file))


def _grantable(seat: Seat, file: CaseFile) -> tuple[tuple[str, str], ...]:
    if not may(CaseAction.GRANT, file.standing) or (file.row.owner is None and file.standing is not Standing.LEAD):
        return ()
    return tuple((person.reader_id.hex(), person.name) for person in colleagues_to_grant(seat, file))


def _confirmed(seat: Seat, file: CaseFile) -> str:
    kind = confirmed_kind(file)
    return _("Confirmed as: %(kind)s") % {"kind": pack_words(seat, "kind", kind)} if kind else ""


def _step_people(seat: Seat, file: CaseFile) -> tuple[tuple[str, str], ...]:
    """Who a next step can be given to: oneself first, then whoever can read the case."""
    me = (seat.reader_id.hex(), _("me"))
    others = [
        (reader_id.hex(), seat.keyring.roster.name_of(reader_id))
        for reader_id in file.readers
        if reader_id != seat.reader_id and seat.keyring.roster.person(reader_id) is not None
    ]
    return (me, *sorted(others, key=lambda one: one[1].casefold()))


def _answer_title(seat: Seat, file: CaseFile) -> str:
    """In words: to whom, by what, when."""
    return describe_sending(seat, file)


def _answer_warnings(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """What to think of before sending: the case's own state, then what the parts of the work know."""
    closed = () if file.is_open else (_("This case is closed. An answer still reaches the writer."),)
    return (*closed, *warnings_of(seat, file))

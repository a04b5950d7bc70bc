"""What is due, in words: on the case page with what to do, on a person's own list by day and source only.

A task is never typed and never ticked: it exists because a day is set and its completion is blank, and it is done by
doing it. The list of one's own cases reads cards alone: no case is opened for it and nobody's reading is on record.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.cards import read_card
from leeside.desk.case_words import SHAPES, TONES, URGENCY_KEYS, term_words
from leeside.desk.casefile import CaseFile, day_in
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.due import DATE, LAW, SETTLE, dues_of
from leeside.desk.keyring import RefusedError
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.queue_times import times_of
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.vault.store import CaseRow, CaseState, Tab
from leeside.web.dates import write_near_day

DAYS: Final = 14
MOST_CASES: Final = 600
"""Cards that one list opens. Who carries more than this has another problem, and the page says that it stops."""


@dataclass(frozen=True)
class Task:
    """One thing to do in a case, and where on its page it is done."""

    day: str
    what: str
    source: str
    who: str
    anchor: str
    is_late: bool


@dataclass(frozen=True)
class TaskPanel:
    """What is due in one case, the earliest first."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class DueCase:
    """One line of a person's list: a code name, and why it stands there. No word of the case."""

    slug: str
    name: str
    urgency_word: str
    shape: str
    tone: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class DueDay:
    """A day and whose cases have something on it."""

    title: str
    is_late: bool
    cases: tuple[DueCase, ...]


@dataclass(frozen=True)
class DueList:
    """One person's days. `is_cut` when they carry more cases than a list opens."""

    days: tuple[DueDay, ...]
    is_cut: bool


def source_words(seat: Seat, source: str) -> str:
    """Why something is due: a fact's day by the pack's word, a part's by ours."""
    if source.startswith(DATE):
        question = seat.pack.question(source.removeprefix(DATE))
        return seat.pack.text(question.label_key, seat.language) if question else _("a date")
    if source.startswith(SETTLE):
        return _("to settle: %(title)s") % {"title": term_words(seat, source.removeprefix(SETTLE))}
    if source.startswith(LAW):
        return term_words(seat, source.removeprefix(LAW))
    words: Mapping[str, str] = {
        "step": _("next step"),
        "handover": _("a hand-over"),
        "papers": _("an answer to our paper"),
        "silence": _("expected to hear by"),
        "referral": _("an answer from outside"),
        "follow_up": _("ask again"),
        "probation": _("half of the suspended term"),
        "probation_end": _("end of the suspended term"),
    }
    return words.get(source, _("a date"))


def make_panel(seat: Seat, file: CaseFile) -> TaskPanel:
    """The panel of the case page. Days of facts stand in another panel: they come by themselves."""
    return TaskPanel(tuple(_task(seat, file, due) for due in dues_of(seat, file) if not due.source.startswith(DATE)))


def list_mine(seat: Seat, days: int) -> DueList:
    """What is due in this person's own cases: what is late, today, and so many days from now."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    found: dict[date, list[tuple[int, DueCase]]] = {}
    count = 0
    for count, case in enumerate(_own_cases(seat), start=1):  # noqa: B007 -- the count is what is left of the loop
        for day, sources in _days_of(seat, case, seat.today + timedelta(days=days)).items():
            found.setdefault(day, []).append((case.rank, _due_case(seat, case, sources)))
    shown = tuple(
        DueDay(
            write_near_day(day, seat.language, seat.today),
            day < seat.today,
            tuple(case for _rank, case in sorted(found[day], key=lambda one: one[0])),
        )
        for day in sorted(found)
    )
    return DueList(shown, count >= MOST_CASES)


def _own_cases(seat: Seat) -> Iterator[CaseRow]:
    """One's open cases, then one's closed ones that are to be asked again."""
    seen: set[bytes] = set()
    for tab in (Tab.MINE, Tab.DUE):
        after: int | None = None
        while len(seen) < MOST_CASES:
            page = store.queue_page(
                seat.line_id, seat.reader_id, seat.circles, tab, after, store.LIMITS.page_rows, times_of(seat)
            )
            for row in page.rows:
                is_mine = tab is Tab.MINE or (row.owner == seat.reader_id and row.state == CaseState.CLOSED)
                if is_mine and row.case_id not in seen:
                    seen.add(row.case_id)
                    yield row
            after = page.next_after
            if after is None:
                break


def _days_of(seat: Seat, case: CaseRow, until: date) -> dict[date, list[str]]:
    """The days of one card up to `until`, each with its sources."""
    try:
        card = read_card(seat.keyring.open_card(case))
    except RefusedError:
        return {}
    found: dict[date, list[str]] = {}
    for spelled, source in card["dues"]:
        day = day_in(spelled)
        if day is not None and day <= until:
            found.setdefault(day, []).append(source)
    return found


def _due_case(seat: Seat, case: CaseRow, sources: list[str]) -> DueCase:
    return DueCase(
        slug=write_slug(case.code_name),
        name=write_code_name(case.code_name, seat.language),
        urgency_word=seat.pack.text(f"urgency.{URGENCY_KEYS[case.urgency]}", seat.language),
        shape=SHAPES[case.urgency],
        tone=TONES[case.urgency],
        sources=tuple(dict.fromkeys(source_words(seat, source) for source in sources)),
    )


def _task(seat: Seat, file: CaseFile, due: Due) -> Task:
    who = due.who or file.row.owner or b""
    return Task(
        day=write_near_day(due.day, seat.language, seat.today),
        what=due.what,
        source=source_words(seat, due.source),
        who=_("me") if who == seat.reader_id else seat.keyring.roster.name_of(who) if who else "",
        anchor=due.anchor,
        is_late=due.day < seat.today,
    )

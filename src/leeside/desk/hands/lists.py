"""The page of hand-overs as a value: what waits for me, what I offered, what nobody answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from leeside.desk.cards import need_words, read_card
from leeside.desk.case_words import SHAPES, TONES, URGENCY_KEYS
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.grades import Grade, grade_of
from leeside.desk.leaving import has_run_out
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, Role, may_on_line, role_of
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.vault.store import HandOverRow
from leeside.web.dates import write_near_day


@dataclass(frozen=True)
class OfferLine:
    """One offer, as a row."""

    slug: str
    name: str
    tone: str
    shape: str
    urgency: str
    need: str
    giver: str
    giver_id: str
    taker: str
    until: str
    has_run_out: bool


@dataclass(frozen=True)
class HandOvers:
    """The page."""

    waiting: tuple[OfferLine, ...]
    givers: tuple[tuple[str, str], ...]
    """Who offers me more than one case: reader id in hex and name."""
    offered: tuple[OfferLine, ...]
    unanswered: tuple[OfferLine, ...]
    """For coordinators: what nobody answered in time, whoever offered it."""
    colleagues: tuple[tuple[str, str], ...]
    may_reassign: bool


def make_handovers(seat: Seat) -> HandOvers:
    """Every offer that concerns this person."""
    rows = store.fetch_handovers(seat.line_id, seat.reader_id)
    waiting = [row for row in rows if row.taker == seat.reader_id and not has_run_out(row, seat.today)]
    givers = sorted({row.giver for row in waiting if sum(one.giver == row.giver for one in waiting) > 1})
    may_reassign = may_on_line(LineAction.ASSIGN_MANY, seat.role)
    run_out: Iterable[HandOverRow] = ()
    if may_reassign:
        run_out = store.list_handovers(seat.line_id, seat.today - timedelta(days=LIMITS.handover_days + 1))
    return HandOvers(
        waiting=_lines(seat, waiting),
        givers=tuple((giver.hex(), seat.keyring.roster.name_of(giver)) for giver in givers),
        offered=_lines(seat, (row for row in rows if row.giver == seat.reader_id)),
        unanswered=_lines(seat, run_out),
        colleagues=_colleagues(seat),
        may_reassign=may_reassign,
    )


def _lines(seat: Seat, rows: Iterable[HandOverRow]) -> tuple[OfferLine, ...]:
    found = []
    for row in rows:
        try:
            case = store.fetch_case(row.case_id, seat.reader_id, seat.circles)
        except store.GoneError:
            continue  # erased, or out of sight, while the page was made
        card = read_card(seat.keyring.open_card(case))
        until = row.day + timedelta(days=LIMITS.handover_days)
        line = OfferLine(
            slug=write_slug(case.code_name),
            name=write_code_name(case.code_name, seat.language),
            tone=TONES[case.urgency],
            shape=SHAPES[case.urgency],
            urgency=seat.pack.text(f"urgency.{URGENCY_KEYS[case.urgency]}", seat.language),
            need=need_words(seat.pack, card, seat.language),
            giver=seat.keyring.roster.name_of(row.giver),
            giver_id=row.giver.hex(),
            taker=seat.keyring.roster.name_of(row.taker),
            until=write_near_day(until, seat.language, seat.today),
            has_run_out=has_run_out(row, seat.today),
        )
        found.append((case.rank, line))
    return tuple(line for _rank, line in sorted(found, key=lambda one: one[0]))


def _colleagues(seat: Seat) -> tuple[tuple[str, str], ...]:
    """Everybody who works on cases, by name, without oneself."""
    people = [
        person
        for person in seat.keyring.roster.current.people
        if person.reader_id != seat.reader_id
        and role_of(person.role) in (Role.LEAD, Role.COUNSEL)
        and (person.until is None or seat.today <= person.until)
        and grade_of(person) is not Grade.READ
    ]
    return tuple((one.reader_id.hex(), one.name) for one in sorted(people, key=lambda one: one.name.casefold()))

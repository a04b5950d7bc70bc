"""Many cases at once: on leave, or suddenly ill.

Rules:
1. Everything is read and checked before the first case changes: a card at fault, or a colleague who cannot have one of
   the cases, changes none.
2. Then each case changes by itself, whole or not at all. What a colleague was faster with is named, and stays as it is.
3. When somebody fell ill, offers that wait for them go back to who made them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.hands.assigning import assign, require_colleague, require_fit
from leeside.desk.hands.card import Card
from leeside.desk.hands.offering import accept, offer, withdraw
from leeside.desk.hands.standing_in import name_stand_in
from leeside.desk.limits import LIMITS
from leeside.desk.open_cases import all_open
from leeside.desk.opening import look_into
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seams import carried
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.vault.store import CaseRow, Tab


@dataclass(frozen=True)
class Done:
    """What came of it: slugs of the cases that changed; of those that did not, with the reason where there is one."""

    changed: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


def cases_of(seat: Seat, reader_id: bytes) -> tuple[CaseRow, ...]:
    """The open cases that somebody owns: one's own, or for a coordinator anybody's."""
    if reader_id == seat.reader_id:
        rows = [row for row in all_open(seat, Tab.MINE) if row.owner == reader_id]
    else:
        require_line_action(LineAction.ASSIGN_MANY, seat.role)
        rows = [row for row in all_open(seat) if row.owner == reader_id]
    return tuple(rows[: LIMITS.handovers_together])


def cases_to_offer(seat: Seat) -> tuple[CaseRow, ...]:
    """One's own open cases that are not offered to anybody yet."""
    offered = {one.case_id for one in store.fetch_handovers(seat.line_id, seat.reader_id)}
    return tuple(row for row in cases_of(seat, seat.reader_id) if row.case_id not in offered)


def offer_all(seat: Seat, taker: bytes, cards: Mapping[bytes, Card], *, stays: bool = False) -> Done:
    """Offer one's own cases to one colleague, each with its card."""
    rows = [row for row in cases_of(seat, seat.reader_id) if row.case_id in cards]
    _require_fit(seat, rows, taker)
    return _each(seat, rows, lambda one: offer(seat, one, taker, cards[one], stays=stays))


def stand_in_for_all(seat: Seat, reader_id: bytes) -> Done:
    """Name one colleague as stand-in for all one's own cases."""
    rows = cases_of(seat, seat.reader_id)
    _require_fit(seat, rows, reader_id)
    return _each(seat, rows, lambda one: name_stand_in(seat, one, reader_id))


def reassign_all(seat: Seat, owner: bytes, reader_id: bytes) -> Done:
    """Give all cases of somebody who cannot be asked to a colleague, each with a card made of the case itself."""
    require_line_action(LineAction.ASSIGN_MANY, seat.role)
    rows = cases_of(seat, owner)
    _require_fit(seat, rows, reader_id)
    done = _each(seat, rows, lambda one: assign(seat, one, reader_id, with_card=True))
    for waiting in store.fetch_handovers(seat.line_id, owner):
        if waiting.taker == owner:
            withdraw(seat, waiting.case_id)
    return done


def accept_all(seat: Seat, giver: bytes) -> Done:
    """Accept everything that one colleague offers."""
    waiting = {one.case_id for one in store.fetch_handovers(seat.line_id, seat.reader_id)
               if one.taker == seat.reader_id and one.giver == giver}  # fmt: skip
    rows = [store.fetch_case(case_id, seat.reader_id, seat.circles) for case_id in sorted(waiting)]
    return _each(seat, rows, lambda one: accept(seat, one))


def _require_fit(seat: Seat, rows: Sequence[CaseRow], reader_id: bytes) -> None:
    """Rule 1. Raises InputError beside `reader`, with the case's code name before the reason."""
    person = require_colleague(seat, reader_id)
    for row in rows:
        try:
            require_fit(seat, look_into(seat, row.case_id), person)
        except InputError as error:
            raise InputError("reader", f"{write_code_name(row.code_name, seat.language)}: {error.reason}") from None


def _each(seat: Seat, rows: Sequence[CaseRow], flow: Callable[[bytes], object]) -> Done:
    changed: list[str] = []
    left: list[tuple[str, str]] = []
    for row in rows:
        slug = write_slug(row.code_name)
        try:
            carried(seat, row.case_id, flow)
        except InputError as error:
            left.append((slug, error.reason))
        except (store.ConflictError, store.GoneError, NotAllowedError):
            left.append((slug, ""))
        else:
            changed.append(slug)
    return Done(tuple(changed), tuple(left))

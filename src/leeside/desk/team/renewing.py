"""New keys for cases after somebody left, lost a circle or got new keys of their own: a coordinator's run, in slices.

Rules:
1. A case waits while a compartment of it was last sealed before `rosters.rekey_from`: whoever had keys then could
   open, with yesterday's database, what is still written under the old generation.
2. Each case is one step of its own. A run that stops anywhere leaves whole cases done and whole cases waiting; the
   next goes on.
3. Whoever got new keys of their own reads their cases again when they are done: those go first, closed ones too.
4. A case that a colleague is changing, or whose keys do not fit, stays on the list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from leeside.desk.changes import CaseChange
from leeside.desk.circles import rekey_in_place
from leeside.desk.errors import NotAllowedError
from leeside.desk.key_age import needs_new_keys
from leeside.desk.keyring import RefusedError, require_unswapped, sealed_epochs
from leeside.desk.limits import LIMITS
from leeside.desk.open_cases import all_open
from leeside.desk.opening import look_into, make_work
from leeside.desk.permissions import CaseAction, LineAction, require_case_action, require_line_action
from leeside.desk.rekeying import rekey_where_it_lies
from leeside.desk.seat import Seat
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import CaseRow

_LISTED = 200
_LOOKED_THROUGH = 5_000
"""Rows that one page looks through for its list. The run looks through all."""


@dataclass(frozen=True)
class Run:
    """What one slice did, and what it could not do. `goes_on` is whether more waits."""

    done: int
    left_out: int
    goes_on: bool


def not_yet_rekeyed(seat: Seat, limit: int = _LISTED) -> tuple[CaseRow, ...]:
    """Cases whose keys were sealed before the last change of who may open, at most `limit`."""
    require_line_action(LineAction.READ_AUDIT, seat.role)
    return tuple(islice(_waiting(seat, _LOOKED_THROUGH), limit))


def renew(seat: Seat, most: int = LIMITS.rekey_slice) -> Run:
    """Give the next cases new keys."""
    require_line_action(LineAction.REMOVE, seat.role)
    done = left_out = 0
    for row in _waiting(seat, None):
        if done == most:
            return Run(done, left_out, goes_on=True)
        try:
            _renew_one(seat, row.case_id)
            done += 1
        except (store.ConflictError, store.GoneError, RefusedError, NotAllowedError):
            left_out += 1
    return Run(done, left_out, goes_on=False)


def _renew_one(seat: Seat, case_id: bytes) -> None:
    """One case. One that nobody has read yet gets the staff's compartment on the way, and stays unread."""
    file = look_into(seat, case_id)
    if file.keys.holds(Compartment.WORK):
        rekey_in_place(seat, case_id)
        return
    require_case_action(CaseAction.REKEY, file.standing)
    require_unswapped(file.row, file.keys, file.opened)
    change = CaseChange(seat, file.row, file.keys)
    make_work(change, file)
    rekey_where_it_lies(change, file)
    change.commit()


def _waiting(seat: Seat, look_through: int | None) -> Iterator[CaseRow]:
    roster = seat.keyring.roster
    if not roster.rekey_from:
        return
    seen: set[bytes] = set()
    for row in _rows_of(seat, roster.renewed):
        if _waits(seat, row):
            seen.add(row.case_id)
            yield row
    for row in islice(all_open(seat), look_through):
        if row.case_id not in seen and _waits(seat, row):
            yield row


def _waits(seat: Seat, row: CaseRow) -> bool:
    return needs_new_keys(seat.keyring.roster, row, tuple(sealed_epochs(row.wraps)))


def _rows_of(seat: Seat, readers: frozenset[bytes]) -> Iterator[CaseRow]:
    for reader_id in sorted(readers):
        for case_id, _ in store.list_cases_of(seat.line_id, reader_id):
            try:
                yield store.fetch_case(case_id, seat.reader_id, seat.circles)
            except store.GoneError:
                continue

"""New keys for a case: one generation more of every compartment that is held, for those who stay.

Done when somebody leaves a case by another's hand (moved, revoked, assigned away, a hand-over refused), and after a
colleague was removed: by whoever opens the case next, or by a coordinator's run. Until then the case is listed as not
yet re-keyed: the removed person, with yesterday's database and their key, could open what is written under the old
generation; nothing written after.

Rules:
1. Who stays holds afterwards what they held before, in its newest generation, and no compartment more: neither what
   the one who re-keys holds beyond it, nor what their circle may not hold, whatever the table of keys says.
2. Who re-keys and holds less than a reader leaves that reader's older envelope where it is, and adds to it.
3. A grant keeps its last day. Whoever is on the roster no more, or whose time has ended, gets nothing.
"""

from collections.abc import Collection, Iterable

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange
from leeside.desk.envelopes import grant_to_reader, is_on_line, may_hold_of, share_out, to_circle, to_writer
from leeside.desk.safety.seizure import seizure_of
from leeside.sealing.compartments import Compartment, compartments_in
from leeside.sealing.context import LEAD, circle_recipient, reader_recipient
from leeside.sealing.keys import next_key
from leeside.vault.store import CaseReaderRow, CaseRow, KeyWrap


def rekey(change: CaseChange, file: CaseFile, leaves: Collection[bytes] = (), *, without: Collection[str] = ()) -> None:
    """A new generation of every held compartment: to `lead`, to whoever stays, to circles that hold a part of the case
    and are not among those `without`, and to the writer what is theirs: to words that somebody else holds, with a
    seized device, no new key is ever sealed."""
    seat, row = change.seat, file.row
    for compartment in change.keys.compartments:
        change.add_key(next_key(change.keys.keys, compartment))
    change.grants.append(to_circle(seat, row, change.keys, LEAD, change.keys.keys))
    theirs = to_writer(seat, row, change.keys, change.keys.keys)
    if theirs is not None and not change.is_frozen and seizure_of(file) is None:
        change.grants.append(theirs)
    for circle, held in _circles_of(change, row.wraps):
        if circle not in without:
            _reseal_to_circle(change, row, circle, held)
    change.drops.extend(reader_recipient(reader_id) for reader_id in leaves)
    for one in file.granted:
        if one.reader_id not in leaves:
            _reseal_to_reader(change, row, one)


def rekey_where_it_lies(change: CaseChange, file: CaseFile, leaves: Collection[bytes] = ()) -> None:
    """The same for a case that stays where it is: an untaken one gets its circles' envelopes anew."""
    shares: tuple[str, ...] = ()
    if file.row.owner is None and file.row.circle != LEAD:
        shares = tuple(one.recipient for one in share_out(change.seat, file.row, change.keys, file.row.circle))
    rekey(change, file, leaves, without=[name for name, _ in _circles_of(change, file.row.wraps)] if shares else ())
    if shares:
        change.drops.extend(shares)
        change.grants.extend(share_out(change.seat, file.row, change.keys, file.row.circle))
    change.add_event("rekeyed")


def _circles_of(change: CaseChange, wraps: Iterable[KeyWrap]) -> tuple[tuple[str, frozenset[Compartment]], ...]:
    """The pack's circles that hold a part of the case, as far as this reader sees, and what of it."""
    found: list[tuple[str, frozenset[Compartment]]] = []
    for circle in change.seat.pack.circles:
        masks = [wrap.mask for wrap in wraps if wrap.recipient == circle_recipient(circle.name)]
        held = frozenset(one for mask in masks for one in compartments_in(mask))
        may_hold = {*circle.may_hold, Compartment.WORK}
        if held & may_hold:
            found.append((circle.name, held & may_hold))
    return tuple(found)


def _reseal_to_circle(change: CaseChange, row: CaseRow, circle: str, held: Collection[Compartment]) -> None:
    keys = change.keys.of(held)
    if not keys:
        return
    if set(held) <= set(change.keys.compartments):
        change.drops.append(circle_recipient(circle))
    change.grants.append(to_circle(change.seat, row, change.keys, circle, keys))


def _reseal_to_reader(change: CaseChange, row: CaseRow, one: CaseReaderRow) -> None:
    seat, recipient = change.seat, reader_recipient(one.reader_id)
    person = seat.keyring.roster.person(one.reader_id)
    if person is None or not is_on_line(seat, one.reader_id):
        change.drops.append(recipient)
        return
    held = set(compartments_in(one.mask)) & may_hold_of(seat, person)
    keys = change.keys.of(held)
    if held <= set(change.keys.compartments):
        change.drops.append(recipient)
    if keys:
        change.grants.append(grant_to_reader(seat, row, change.keys, one.reader_id, keys, until=one.until))

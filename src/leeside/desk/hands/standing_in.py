"""A stand-in reads along, so that the case can go on at once when its owner cannot.

Rules:
1. The owner, or a coordinator, names one: somebody who may hold what the case needs. Naming another ends the first.
2. *Take over* makes the stand-in the owner in one tap; the owner before reads it no more, and the case gets new keys.
   A coordinator takes over in the same way, named or not. Promises run on, and the next step is the new owner's.
3. An offer to hand the case over that still waits has ended with that.
"""

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.changes import CaseChange, begin
from leeside.desk.envelopes import grant_to_reader, own_copy
from leeside.desk.errors import NotAllowedError
from leeside.desk.hands.assigning import keys_to_work_with, pass_step, pass_to, require_colleague
from leeside.desk.hands.news import tell_of_new_colleague
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.rekeying import rekey
from leeside.desk.seat import Seat
from leeside.sealing.context import reader_recipient


def name_stand_in(seat: Seat, case_id: bytes, reader_id: bytes) -> int:
    """Name a stand-in. Raises InputError beside `reader` for a colleague who cannot be one."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_STAND_IN)
    person = require_colleague(seat, reader_id)
    if file.row.owner is None or reader_id == file.row.owner or not file.is_open:
        raise NotAllowedError
    if file.row.stand_in == reader_id:
        return file.row.version
    keys_to_work_with(change, file, person)
    if file.row.stand_in is not None:
        _end(change, file, file.row.stand_in)
    read_before = reader_id in file.readers
    keys = keys_to_work_with(change, file, person)
    recipient = reader_recipient(reader_id)
    change.drops.append(recipient)
    change.grants = [one for one in change.grants if one.recipient != recipient]
    change.grants.append(grant_to_reader(seat, file.row, change.keys, reader_id, keys))
    change.mark(stand_in=reader_id)
    change.add_event("stand_in_named", reader=reader_id.hex(), read_before=read_before)
    return change.commit()


def end_stand_in(seat: Seat, case_id: bytes) -> int:
    """Nobody stands in from now on."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_STAND_IN)
    if file.row.stand_in is None:
        return file.row.version
    _end(change, file, file.row.stand_in)
    change.mark(stand_in=None)
    change.add_event("stand_in_ended", reader=file.row.stand_in.hex())
    return change.commit()


def take_over(seat: Seat, case_id: bytes) -> int:
    """Become the owner in place of somebody who cannot go on."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.TAKE_OVER)
    if file.row.owner is None or file.row.owner == seat.reader_id:
        raise NotAllowedError
    change.add_event("taken_over", owner=file.row.owner.hex())
    pass_to(change, file, seat.person, stays=set())
    held = keys_to_work_with(change, file, seat.person)
    change.grants.append(own_copy(seat, file.row, change.keys, held))
    pass_step(change, file, seat.reader_id, None)
    tell_of_new_colleague(change, file, seat.reader_id)
    return change.commit()


def _end(change: CaseChange, file: CaseFile, reader_id: bytes) -> None:
    """The stand-in's keys go, unless they could read the case before they were named."""
    named = [event for event in file.events("stand_in_named") if reader_in(event.text("reader")) == reader_id]
    if not (named and named[-1].body.content.get("read_before") is True):
        rekey(change, file, leaves={reader_id})

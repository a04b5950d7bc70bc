"""Letting a colleague read a case, and ending that.

A grant is sealed only to a key on the verified roster: a swapped key or an invented colleague is refused, whatever the
database says. The case's number and writer's key are compared before (`changes.begin`). A circle that may not hold a
compartment does not get it by way of one of its members.
"""

from datetime import date

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.envelopes import grant_to_reader, may_hold_of
from leeside.desk.errors import NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction, Role, role_of
from leeside.desk.rekeying import rekey
from leeside.desk.seat import Seat
from leeside.sealing.context import reader_recipient
from leeside.sealing.keys import CompartmentKey
from leeside.sealing.roster import Person


def grant(seat: Seat, case_id: bytes, reader_id: bytes, *, until: date | None = None) -> int:
    """Seal the case's keys to a colleague, as far as their circle may hold them. Raises NotAllowedError."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.GRANT)
    try:
        person = seat.keyring.roster.require_person(reader_id, seat.today)
    except RefusedError:
        raise NotAllowedError from None
    keys = keys_for(seat, file, person)
    if not keys:
        raise NotAllowedError
    change.drops.append(reader_recipient(reader_id))
    change.grants.append(grant_to_reader(seat, file.row, file.keys, reader_id, keys, until=until))
    change.add_event("granted", reader=reader_id.hex())
    return change.commit()


def revoke(seat: Seat, case_id: bytes, reader_id: bytes) -> int:
    """End a colleague's reading: what is written from now on they cannot open, with yesterday's database in hand.

    The owner's grant stays: their case is given back or taken over instead. A stand-in's mark goes with the grant.
    """
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.REVOKE)
    if reader_id not in file.readers or reader_id == file.row.owner:
        raise NotAllowedError
    rekey(change, file, leaves={reader_id})
    if reader_id == file.row.stand_in:
        change.mark(stand_in=None)
    change.add_event("revoked", reader=reader_id.hex())
    return change.commit()


def keys_for(seat: Seat, file: CaseFile, person: Person) -> tuple[CompartmentKey, ...]:
    """What of the case a person may be granted: what their circle may hold, and `work`. Coordinators open it anyway."""
    return () if role_of(person.role) is Role.LEAD else file.keys.of(may_hold_of(seat, person))


def colleagues_to_grant(seat: Seat, file: CaseFile) -> tuple[Person, ...]:
    """Who can be let in: members of circles who cannot read it yet."""
    people = seat.keyring.roster.current.people
    fit = [
        person
        for person in people
        if person.reader_id not in file.readers
        and person.reader_id != seat.reader_id
        and (person.until is None or seat.today <= person.until)
        and keys_for(seat, file, person)
    ]
    return tuple(sorted(fit, key=lambda person: person.name.casefold()))

"""What changed on the roster, from one signed version to the next: for whoever was a moment too late, and for all."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from leeside.desk.errors import UntrustedRosterError
from leeside.desk.grades import grade_of, is_lawyer, is_shift_only
from leeside.desk.keyring import RefusedError
from leeside.desk.rosters import read_roster
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.sealing.roster import Person, RosterVersion, read_version
from leeside.vault import store

MOST = 40


@dataclass(frozen=True)
class RosterChange:
    """One thing that one version changed.

    `what` is one of: joined, left, role, grade, until, shift, lawyer, keys, epoch."""

    number: int
    day: date
    by: bytes
    what: str
    who: bytes = b""
    person: Person | None = None
    """The person as the version has them; as the one before had them when they left."""


def changes_since(seat: Seat, number: int, most: int = MOST) -> tuple[RosterChange, ...]:
    """What versions after `number` changed, the newest first. The chain is verified whole before it is told."""
    chain = store.fetch_roster(seat.line_id)
    try:
        read_roster(chain, seat.line_id, seat.keyring.ring.fingerprint, seat.keyring.ring.roster_number)
    except RefusedError:
        raise UntrustedRosterError from None
    versions = [read_version(signed) for signed in chain[max(number - 1, 0) :]]
    found = [change for before, after in pairwise(versions) for change in _changes(before, after)]
    return tuple(reversed(found))[:most]


def _changes(before: RosterVersion, after: RosterVersion) -> list[RosterChange]:
    old = {person.reader_id: person for person in before.people}
    new = {person.reader_id: person for person in after.people}

    def told(what: str, person: Person | None = None) -> RosterChange:
        who = person.reader_id if person is not None else b""
        return RosterChange(after.number, after.day, after.signer, what, who, person)

    found = [told("left", person) for reader_id, person in old.items() if reader_id not in new]
    for reader_id, person in new.items():
        if reader_id not in old:
            found.append(told("joined", person))
        else:
            found.extend(told(what, person) for what in _differences(old[reader_id], person))
    if not found and _lead_key(before) != _lead_key(after):
        found.append(told("epoch"))
    return found


def _differences(before: Person, after: Person) -> list[str]:
    compared = {
        "role": before.role != after.role,
        "grade": grade_of(before) != grade_of(after),
        "until": before.until != after.until,
        "shift": is_shift_only(before) != is_shift_only(after),
        "lawyer": is_lawyer(before) != is_lawyer(after),
        "keys": before.sealing_public != after.sealing_public,
    }
    return [what for what, differs in compared.items() if differs]


def _lead_key(version: RosterVersion) -> bytes:
    return next((key.public for key in version.role_keys if key.circle == LEAD), b"")

"""Admitting a newcomer: a coordinator compares words with them, gives a role, and signs the roster.

Rules:
1. Only a coordinator admits; a version of the roster signed by anybody else verifies nowhere.
2. The page shows the words of the newcomer's own two public keys, as sealed to `lead` when they accepted. The
   newcomer reads theirs out. Whoever exchanged keys in between has other words.
3. The roster first, then the newcomer's role keys, then the way in: a failure in between is mended by admitting again.
4. A newcomer gets the present key of their circle only; a coordinator gets all lead keys.
"""

from dataclasses import dataclass, field
from datetime import date

from leeside.desk.errors import NotAllowedError
from leeside.desk.founding import open_if_ready
from leeside.desk.permissions import LineAction, Role, require_line_action
from leeside.desk.rosters import LineRoster
from leeside.desk.seat import Seat
from leeside.desk.team.invitations import CANDIDATE, candidate_place
from leeside.desk.team.roster_steps import append_version, seal_present_keys
from leeside.sealing.context import LEAD
from leeside.sealing.errors import MalformedError, RefusedError
from leeside.sealing.keys import check_public_key
from leeside.sealing.roster import Person, fingerprint_words, is_person_name, person_fingerprint
from leeside.vault import store

PUBLISHER = Role.PUBLISHER.value


@dataclass(frozen=True)
class Candidate:
    """A newcomer who waits: what they say their keys are."""

    reader_id: bytes
    name: str
    sealing_public: bytes = field(repr=False)
    verify_key: bytes = field(repr=False)

    def words(self, language: str) -> tuple[str, ...]:
        """The words that the newcomer reads out."""
        return fingerprint_words(person_fingerprint(self.sealing_public, self.verify_key), language)


def roles_of(seat: Seat) -> tuple[str, ...]:
    """The roles that somebody can be given at this line."""
    return (*(circle.name for circle in seat.pack.circles), LEAD, PUBLISHER)


def list_candidates(seat: Seat) -> tuple[Candidate, ...]:
    """Everybody who waits, by name. Only coordinators hold the key to what newcomers sent."""
    require_line_action(LineAction.ADMIT, seat.role)
    waiting = [one for one in store.list_accounts(seat.line_id) if one.state == store.AccountState.INVITED]
    found = [_read_candidate(seat, account.reader_id) for account in waiting]
    return tuple(sorted((one for one in found if one), key=lambda one: one.name.casefold()))


def admit(seat: Seat, reader_id: bytes, role: str, *, until: date | None = None) -> LineRoster:
    """Put a newcomer on the roster with a role, after their words were compared.

    Opens the line when this made the second coordinator and the fingerprint is pinned. Raises ConflictError when a
    colleague changed the roster meanwhile: nothing was done.
    """
    require_line_action(LineAction.ADMIT, seat.role)
    candidate = _read_candidate(seat, reader_id)
    if candidate is None or role not in roles_of(seat):
        raise NotAllowedError
    roster = seat.keyring.roster
    person = Person(reader_id, candidate.name, candidate.sealing_public, candidate.verify_key, role, until)
    if roster.person(reader_id) is None:
        roster = append_version(seat, (*roster.current.people, person))
    elif roster.person(reader_id) != person:
        raise NotAllowedError
    seal_present_keys(seat, person, roster)
    store.set_account_state(reader_id, store.AccountState.ACTIVE)
    store.take_once(CANDIDATE, candidate_place(reader_id), seat.real_now)
    open_if_ready(seat.line, seat.keyring.ring.fingerprint, roster, seat.today)
    return roster


def _read_candidate(seat: Seat, reader_id: bytes) -> Candidate | None:
    """What a newcomer sealed to `lead`; None when it is gone, or is not what a newcomer sends."""
    sealed = store.look_once(CANDIDATE, candidate_place(reader_id), seat.real_now)
    if sealed is None:
        return None
    try:
        record = seat.keyring.open_reading(sealed)
        name, public, verify_key = (str(record[key]) for key in ("name", "sealing_public", "verify_key"))
        candidate = Candidate(reader_id, name, bytes.fromhex(public), bytes.fromhex(verify_key))
        check_public_key(candidate.sealing_public)
    except (KeyError, ValueError, RefusedError, MalformedError):
        return None
    is_own = record.get("reader") == reader_id.hex() and is_person_name(name)
    return candidate if is_own else None

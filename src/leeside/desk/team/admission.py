"""Admitting a newcomer: a coordinator compares words with them, gives a role, and signs the roster.

Rules:
1. Only a coordinator admits; a version of the roster signed by anybody else verifies nowhere.
2. The page shows the words of the newcomer's own two public keys, as sealed to `lead` when they accepted, but for two,
   which the coordinator types as the newcomer reads them out by voice. Whoever exchanged keys in between has others.
3. Roster, role keys and the way in are stored together, for one newcomer or for forty.
4. A newcomer gets the present key of their circle only; a coordinator gets all lead keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from leeside.desk.errors import NotAllowedError
from leeside.desk.founding import open_if_ready
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, Role, require_line_action
from leeside.desk.rosters import LineRoster
from leeside.desk.seat import Seat
from leeside.desk.team.invitations import CANDIDATE, candidate_place
from leeside.desk.team.roster_steps import append_version, present_keys
from leeside.sealing.context import LEAD
from leeside.sealing.errors import MalformedError, RefusedError
from leeside.sealing.keys import check_public_key
from leeside.sealing.roster import FINGERPRINT_WORDS, Person, fingerprint_words, is_person_name, person_fingerprint
from leeside.sealing.words import ENOUGH_LETTERS, LANGUAGES, fold
from leeside.vault import store

PUBLISHER = Role.PUBLISHER.value


@dataclass(frozen=True)
class Candidate:
    """A newcomer who waits: what they say their keys are."""

    reader_id: bytes
    name: str
    sealing_public: bytes = field(repr=False)
    verify_key: bytes = field(repr=False)

    language: str = ""
    """The language in which the newcomer was shown their words."""

    def words(self, language: str) -> tuple[str, ...]:
        """The words that the newcomer reads out: in their language, else in the reader's."""
        fingerprint = person_fingerprint(self.sealing_public, self.verify_key)
        return fingerprint_words(fingerprint, self.language or language)


def roles_of(seat: Seat) -> tuple[str, ...]:
    """The roles that somebody can be given at this line."""
    return (*(circle.name for circle in seat.pack.circles), LEAD, PUBLISHER)


def list_candidates(seat: Seat) -> tuple[Candidate, ...]:
    """Everybody who waits, by name. Only coordinators hold the key to what newcomers sent."""
    require_line_action(LineAction.ADMIT, seat.role)
    waiting = [one for one in store.list_accounts(seat.line_id) if one.state == store.AccountState.INVITED]
    sealed = store.look_at_all(CANDIDATE, [candidate_place(one.reader_id) for one in waiting], seat.real_now)
    found = [read_candidate(seat, one.reader_id, sealed.get(candidate_place(one.reader_id))) for one in waiting]
    return tuple(sorted((one for one in found if one), key=lambda one: one.name.casefold()))


@dataclass(frozen=True)
class Welcome:
    """What a newcomer is given: a role, how far they work alone, and until when."""

    reader_id: bytes
    role: str
    flags: tuple[str, ...] = ()
    until: date | None = None


def admit(seat: Seat, reader_id: bytes, role: str, *, until: date | None = None) -> LineRoster:
    """Put one newcomer on the roster, after their words were compared. Raises as `admit_all` does."""
    return admit_all(seat, (Welcome(reader_id, role, until=until),))


def admit_all(seat: Seat, welcomes: Sequence[Welcome]) -> LineRoster:
    """Put newcomers on the roster in one version, with their role keys and their ways in.

    Opens the line when this made the second coordinator and the fingerprint is pinned. Raises ConflictError when a
    colleague changed the roster meanwhile: nothing was done.
    """
    require_line_action(LineAction.ADMIT, seat.role)
    people = [_person_of(seat, welcome) for welcome in welcomes]
    if not people:
        raise NotAllowedError
    envelopes = tuple(row for person in people for row in present_keys(seat, person))
    step = store.RosterStep(envelopes=envelopes, joins=tuple(person.reader_id for person in people))
    roster = append_version(seat, (*seat.keyring.roster.current.people, *people), step=step)
    for person in people:
        store.take_once(CANDIDATE, candidate_place(person.reader_id), seat.real_now)
    open_if_ready(seat.line, seat.keyring.ring.fingerprint, roster, seat.today)
    return roster


def blanks_of(reader_id: bytes) -> tuple[int, int]:
    """Which two of a newcomer's words (from 0) the page keeps back, to be typed as they were heard."""
    drawn = sha256(b"leeside blanks" + reader_id).digest()
    first = drawn[0] % FINGERPRINT_WORDS
    return min(first, second := (first + 1 + drawn[1] % (FINGERPRINT_WORDS - 1)) % FINGERPRINT_WORDS), max(
        first, second
    )


def is_heard(candidate: Candidate, heard: Sequence[str], language: str) -> bool:
    """Whether the two words that were typed are the two that the page kept back; four letters of a word are enough."""
    words = candidate.words(language)
    wanted = [words[place] for place in blanks_of(candidate.reader_id)]
    typed = [one.strip()[: LIMITS.name_characters] for one in heard]
    return len(typed) == len(wanted) and all(map(_is_same_word, wanted, typed))


def _is_same_word(wanted: str, untrusted_typed: str) -> bool:
    typed, word = fold(untrusted_typed), fold(wanted)
    enough = min(len(word), ENOUGH_LETTERS)
    return len(typed) >= enough and typed[:ENOUGH_LETTERS] == word[:ENOUGH_LETTERS]


def _person_of(seat: Seat, welcome: Welcome) -> Person:
    sealed = store.look_once(CANDIDATE, candidate_place(welcome.reader_id), seat.real_now)
    candidate = read_candidate(seat, welcome.reader_id, sealed)
    is_new = seat.keyring.roster.name_of(welcome.reader_id) == ""
    if candidate is None or not is_new or welcome.role not in roles_of(seat):
        raise NotAllowedError
    flags = tuple(sorted(welcome.flags)) if welcome.role != LEAD else ()
    return Person(
        welcome.reader_id,
        candidate.name,
        candidate.sealing_public,
        candidate.verify_key,
        welcome.role,
        welcome.until,
        flags,
    )


def read_candidate(seat: Seat, reader_id: bytes, sealed: bytes | None) -> Candidate | None:
    """What somebody sealed to `lead` about their new keys; None when it is gone, or is not what they send."""
    if sealed is None:
        return None
    try:
        record = seat.keyring.open_reading(sealed)
        name, public, verify_key = (str(record[key]) for key in ("name", "sealing_public", "verify_key"))
        spoken = str(record.get("language", ""))
        candidate = Candidate(
            reader_id, name, bytes.fromhex(public), bytes.fromhex(verify_key), spoken if spoken in LANGUAGES else ""
        )
        check_public_key(candidate.sealing_public)
    except (KeyError, ValueError, RefusedError, MalformedError):
        return None
    is_own = record.get("reader") == reader_id.hex() and is_person_name(name)
    return candidate if is_own else None

"""One step of a roster: the next signed version, and role keys sealed to whoever should hold them.

Rules:
1. The version and all that belongs to it (role envelopes, a colleague's leaving, a new ring, a record) are stored in
   one transaction. Of two coordinators who change the same version one is told to look again, and nothing of theirs
   is stored.
2. Role keys are sealed only to keys that stand on the version which is stored with them.
3. Whoever loses a circle, or leaves, or gets new keys of their own, makes a new epoch: see `rosters.rekey_from`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from leeside.desk.errors import MissingKeyError, NotAllowedError
from leeside.desk.keyring import RefusedError
from leeside.desk.permissions import LineAction, Role, require_line_action, role_of
from leeside.desk.rosters import LineRoster, load_roster
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.sealing.keys import make_seed, public_key_of
from leeside.sealing.roster import Person, RoleKey, RosterVersion, sign_roster
from leeside.sealing.seal import seal_role_key
from leeside.sealing.secrets import Secret
from leeside.vault import store
from leeside.vault.store import RoleEnvelopeRow, RosterStep


@dataclass(frozen=True)
class NewEpoch:
    """Fresh role keys of one epoch: the seeds leave this request only sealed to members."""

    number: int
    seeds: Mapping[str, Secret] = field(repr=False)

    def public_keys(self) -> tuple[RoleKey, ...]:
        """As the next version of the roster states them."""
        return tuple(RoleKey(circle, self.number, public_key_of(seed)) for circle, seed in self.seeds.items())


def make_epoch(roster: LineRoster) -> NewEpoch:
    """New keys for `lead` and for every circle on the roster: all turn together."""
    return NewEpoch(roster.epoch + 1, {key.circle: make_seed() for key in roster.current.role_keys})


def append_version(
    seat: Seat, people: Iterable[Person], epoch: NewEpoch | None = None, step: RosterStep | None = None
) -> LineRoster:
    """Sign and add the next version with what belongs to it, and read the chain anew.

    With an epoch its keys are sealed to everybody on this version. Raises ConflictError when a colleague was faster.
    """
    current = seat.keyring.roster.current
    version = RosterVersion(
        line_id=seat.line_id,
        number=current.number + 1,
        previous_hash=current.head,
        people=tuple(people),
        role_keys=current.role_keys if epoch is None else epoch.public_keys(),
        signer=seat.reader_id,
        day=max(seat.today, current.day),
    )
    whole = step or RosterStep()
    if epoch is not None:
        whole = replace(whole, envelopes=(*_of_epoch(seat, epoch, version.people), *whole.envelopes))
    signed = sign_roster(version, seat.keyring.ring.signing_seed)
    store.append_roster(seat.line_id, version.number, signed, whole)
    return load_roster(seat.line_id, seat.keyring.ring.fingerprint, version.number, version.number)


def circles_for(person: Person, roster: LineRoster) -> tuple[str, ...]:
    """Whose present role keys a person holds: a coordinator all of them, a member their circle's, others none."""
    role = role_of(person.role)
    if role is Role.LEAD:
        return tuple(key.circle for key in roster.current.role_keys)
    return (person.role,) if role is Role.COUNSEL else ()


def present_keys(seat: Seat, person: Person) -> tuple[RoleEnvelopeRow, ...]:
    """What a person's role holds now: the present key of their circle only, a coordinator all lead keys besides.

    Raises MissingKeyError when this coordinator does not hold one of them: nobody is given half of a role.
    """
    roster = seat.keyring.roster
    places = {(circle, roster.current.role_key(circle).epoch) for circle in circles_for(person, roster)}
    if not places <= set(seat.keyring.held_role_keys):
        raise MissingKeyError
    if role_of(person.role) is Role.LEAD:
        places |= {place for place in seat.keyring.held_role_keys if place[0] == LEAD}
    try:
        return keys_to(seat, person, places)
    except RefusedError:
        raise MissingKeyError from None


def give_keys_again(seat: Seat, reader_id: bytes) -> None:
    """Seal to somebody what their role holds, once more: for a key that got lost. Raises MissingKeyError."""
    require_line_action(LineAction.SET_GRADE, seat.role)
    person = seat.keyring.roster.person(reader_id)
    if person is None:
        raise NotAllowedError
    store.put_role_envelopes(seat.line_id, present_keys(seat, person))


def keys_to(seat: Seat, person: Person, places: Iterable[tuple[str, int]]) -> tuple[RoleEnvelopeRow, ...]:
    """Role keys that this coordinator holds, by circle and epoch, sealed to one person."""
    held = set(seat.keyring.held_role_keys)
    return tuple(
        _sealed_to(seat, person, *place, seat.keyring.role_seed(*place)) for place in sorted(set(places) & held)
    )


def _of_epoch(seat: Seat, epoch: NewEpoch, people: Iterable[Person]) -> tuple[RoleEnvelopeRow, ...]:
    """Fresh role keys for everybody of a version whose role holds today."""
    return tuple(
        _sealed_to(seat, person, circle, epoch.number, epoch.seeds[circle])
        for person in people
        if person.until is None or seat.today <= person.until
        for circle in circles_for(person, seat.keyring.roster)
    )


def _sealed_to(seat: Seat, person: Person, circle: str, epoch: int, seed: Secret) -> RoleEnvelopeRow:
    sealed = seal_role_key(person.sealing_public, seat.line_id, circle, epoch, person.reader_id, seed)
    return RoleEnvelopeRow(circle, epoch, person.reader_id, sealed)

"""One step of a roster: the next signed version, and role keys sealed to whoever should hold them.

A step is decided by `append_roster`: of two coordinators who change the same version one is told to look again, and
nothing of theirs is stored. Role keys are sealed only to keys of the verified roster, and only after the version that
names their holders is in; a failure in between is mended by doing the same step again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leeside.desk.permissions import Role, role_of
from leeside.desk.rosters import LineRoster, load_roster
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.sealing.keys import make_seed, public_key_of
from leeside.sealing.roster import Person, RoleKey, RosterVersion, sign_roster
from leeside.sealing.seal import seal_role_key
from leeside.sealing.secrets import Secret
from leeside.vault import store


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


def append_version(seat: Seat, people: Iterable[Person], role_keys: Iterable[RoleKey] | None = None) -> LineRoster:
    """Sign and add the next version, and read the chain anew. Raises ConflictError when a colleague was faster."""
    current = seat.keyring.roster.current
    version = RosterVersion(
        line_id=seat.line_id,
        number=current.number + 1,
        previous_hash=current.head,
        people=tuple(people),
        role_keys=current.role_keys if role_keys is None else tuple(role_keys),
        signer=seat.reader_id,
        day=max(seat.today, current.day),
    )
    store.append_roster(seat.line_id, version.number, sign_roster(version, seat.keyring.ring.signing_seed))
    return load_roster(seat.line_id, seat.keyring.ring.fingerprint, version.number, version.number)


def circles_for(person: Person, roster: LineRoster) -> tuple[str, ...]:
    """Whose present role keys a person holds: a coordinator all of them, a member their circle's, others none."""
    role = role_of(person.role)
    if role is Role.LEAD:
        return tuple(key.circle for key in roster.current.role_keys)
    return (person.role,) if role is Role.COUNSEL else ()


def seal_present_keys(seat: Seat, person: Person, roster: LineRoster) -> None:
    """Give a newcomer what their role holds: the present circle key only, a coordinator all lead keys besides."""
    places = {(circle, roster.current.role_key(circle).epoch) for circle in circles_for(person, roster)}
    if role_of(person.role) is Role.LEAD:
        places |= {place for place in seat.keyring.held_role_keys if place[0] == LEAD}
    seeds = {place: seat.keyring.role_seed(*place) for place in sorted(places)}
    store.put_role_envelopes(seat.line_id, [_sealed_to(seat, person, *place, seed) for place, seed in seeds.items()])


def seal_new_epoch(seat: Seat, epoch: NewEpoch, roster: LineRoster) -> None:
    """Seal fresh role keys to everybody who stays."""
    store.put_role_envelopes(
        seat.line_id,
        [
            _sealed_to(seat, person, circle, epoch.number, epoch.seeds[circle])
            for person in roster.current.people
            if person.until is None or seat.today <= person.until
            for circle in circles_for(person, roster)
        ],
    )


def _sealed_to(seat: Seat, person: Person, circle: str, epoch: int, seed: Secret) -> store.RoleEnvelopeRow:
    sealed = seal_role_key(person.sealing_public, seat.line_id, circle, epoch, person.reader_id, seed)
    return store.RoleEnvelopeRow(circle, epoch, person.reader_id, sealed)

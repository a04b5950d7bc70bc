"""Sealing a case's keys to people and circles: the only file of the desk that makes grants.

Every public key here comes from the verified roster, or is the writer's own as bound into the case. A caller has
compared the case first (`keyring.require_unswapped`).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from leeside.desk.keyring import CaseKeys, RefusedError
from leeside.desk.permissions import Role, role_of
from leeside.desk.seat import Seat
from leeside.sealing.compartments import WRITER_COMPARTMENTS, Compartment
from leeside.sealing.context import LEAD, WRITER, circle_recipient, reader_recipient
from leeside.sealing.grants import Granter
from leeside.sealing.keys import CompartmentKey, mask_of_keys, public_key_of
from leeside.sealing.own_copies import seal_own_copy
from leeside.sealing.roster import Person
from leeside.sealing.seal import seal_bundle_to
from leeside.vault.store import CaseRow, KeyWrap


def grant_to_reader(
    seat: Seat,
    case: CaseRow,
    held: CaseKeys,
    reader_id: bytes,
    keys: Sequence[CompartmentKey],
    *,
    until: date | None = None,
) -> KeyWrap:
    """One reader's grant. Raises RefusedError for anybody who is not on the verified roster today."""
    person = seat.keyring.roster.require_person(reader_id, seat.today)
    if reader_id == seat.reader_id and person.sealing_public != public_key_of(seat.keyring.ring.sealing_seed):
        raise RefusedError  # the roster shows another key for ourselves: nothing is sealed to it
    recipient = reader_recipient(reader_id)
    sealed = seal_bundle_to(
        person.sealing_public, held.context, recipient, keys, seat.keyring.roster.epoch, _granter(seat, until)
    )
    return KeyWrap(
        case.case_id, recipient, mask_of_keys(keys), _newest(keys), sealed, granted_by=seat.reader_id, until=until
    )


def own_copy(seat: Seat, case: CaseRow, held: CaseKeys, keys: Sequence[CompartmentKey]) -> KeyWrap:
    """The seat's own symmetric copy of a grant: it opens faster, and nobody else."""
    sealed = seal_own_copy(seat.keyring.ring.sealing_seed, held.context, seat.reader_id, keys)
    recipient = reader_recipient(seat.reader_id)
    return KeyWrap(case.case_id, recipient, mask_of_keys(keys), _newest(keys), sealed, own_copy=True)


def to_circle(seat: Seat, case: CaseRow, held: CaseKeys, circle: str, keys: Sequence[CompartmentKey]) -> KeyWrap:
    """A circle's envelope, or the coordinators', under the present role key."""
    role_key = seat.keyring.roster.current.role_key(circle)
    recipient = circle_recipient(circle)
    sealed = seal_bundle_to(role_key.public, held.context, recipient, keys, role_key.epoch, _granter(seat))
    return KeyWrap(case.case_id, recipient, mask_of_keys(keys), _newest(keys), sealed)


def to_writer(seat: Seat, case: CaseRow, held: CaseKeys, keys: Sequence[CompartmentKey]) -> KeyWrap | None:
    """The writer's envelope of a later generation, to the public key that the case is bound to. Never `work`."""
    theirs = [key for key in keys if key.compartment in WRITER_COMPARTMENTS]
    if not theirs:
        return None
    sealed = seal_bundle_to(case.writer_public, held.context, WRITER, theirs, granter=_granter(seat))
    return KeyWrap(case.case_id, WRITER, mask_of_keys(theirs), _newest(theirs), sealed)


def share_out(seat: Seat, case: CaseRow, held: CaseKeys, circle: str) -> tuple[KeyWrap, ...]:
    """What a case gets that lies in `circle` again: the circle what it may hold and `work`, the rest to the circle
    that may hold the rest. `lead` keeps what it has."""
    if circle == LEAD:
        return ()
    wanted = _may_hold(seat, circle) | {Compartment.WORK}
    shares = [(circle, held.of(wanted))]
    rest = held.of(set(WRITER_COMPARTMENTS) - wanted)
    if rest:
        needed = {key.compartment for key in rest}
        other = next(
            (one.name for one in seat.pack.circles if one.name != circle and needed <= set(one.may_hold)), None
        )
        if other is not None:
            shares.append((other, rest))
    return tuple(to_circle(seat, case, held, name, keys) for name, keys in shares if keys)


def circles_covered_by(seat: Seat, case: CaseRow, held: Iterable[Compartment]) -> tuple[str, ...]:
    """The circles whose envelopes fall away when somebody keeps the case who holds these compartments."""
    has = set(held)
    routed = case.circle
    rest = set(WRITER_COMPARTMENTS) - (_may_hold(seat, routed) if routed != LEAD else set())
    return tuple(
        one.name
        for one in seat.pack.circles
        if (one.name == routed and (_may_hold(seat, routed) & set(WRITER_COMPARTMENTS)) <= has)
        or (one.name != routed and rest <= has)
    )


def may_hold_of(seat: Seat, person: Person) -> frozenset[Compartment]:
    """The compartments of any case that a person may be granted: a coordinator all; a member of a circle what the pack
    says, and `work`; nobody else any."""
    role = role_of(person.role)
    if role is Role.LEAD:
        return frozenset(Compartment)
    circle = seat.pack.circle(person.role)
    return frozenset({*circle.may_hold, Compartment.WORK}) if role is Role.COUNSEL and circle else frozenset()


def is_on_line(seat: Seat, reader_id: bytes) -> bool:
    """Whether keys may be sealed to this person today."""
    return seat.keyring.roster.role_of(reader_id, seat.today) is not Role.NOBODY


def _granter(seat: Seat, until: date | None = None) -> Granter:
    """Whoever sits here answers for the keys they hand on: their signature stands inside the envelope."""
    return Granter(seat.reader_id, seat.keyring.ring.signing_seed, until)


def _may_hold(seat: Seat, circle: str) -> set[Compartment]:
    found = seat.pack.circle(circle)
    return set(found.may_hold) if found else set()


def _newest(keys: Sequence[CompartmentKey]) -> int:
    return max(key.generation for key in keys)

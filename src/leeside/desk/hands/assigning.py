"""Assigning a case to a colleague: a coordinator says who works on it.

Rules:
1. The colleague gets what their circle may hold, and `work`; a coordinator gets all of it. Whoever may not hold what
   the case needs is refused: what its circle may hold, or, while it lies with the coordinators, the circle that its
   answers route it to.
2. The grant of the owner before goes, unless they stay as a reader; a stand-in's goes with it; and the case gets new
   keys, which those who left do not hold. Circle envelopes fall away as when the colleague had kept it themselves.
3. Nobody needs to have read the case: assigning makes the staff's compartment where it is missing, and leaves the
   case unread, so that a writer is never told of a reader who was not there.
4. The next step goes to the colleague; a case without one gets one for today.
5. A person whom somebody else had written to is told in one line (`news`).
6. How many cases somebody carries is shown and never counted against a coordinator's word.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin_unread, require_not_held
from leeside.desk.envelopes import circles_covered_by, grant_to_reader, is_on_line, may_hold_of, to_circle
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.grades import Grade, grade_of
from leeside.desk.hands.card import KIND, generated
from leeside.desk.hands.news import tell_of_new_colleague
from leeside.desk.key_age import needs_new_keys
from leeside.desk.keyring import RefusedError
from leeside.desk.leaving import who_leaves
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction, Role, role_of
from leeside.desk.rekeying import rekey
from leeside.desk.seat import Seat
from leeside.sealing.compartments import WRITER_COMPARTMENTS, Compartment
from leeside.sealing.context import LEAD, circle_recipient, reader_recipient
from leeside.sealing.keys import CompartmentKey, make_compartment_key
from leeside.sealing.roster import Person
from leeside.vault import store


def assign(
    seat: Seat,
    case_id: bytes,
    reader_id: bytes,
    step: Step | None = None,
    *,
    owner_stays: bool = False,
    with_card: bool = False,
) -> int:
    """Make a colleague the owner; the case's new version. `with_card`: what the case itself says stands ready as a
    hand-over card, because whoever had it cannot be asked.

    Raises InputError beside `reader` for a colleague who cannot have it, NotAllowedError for strangers and people whose
    time on the line has ended, HeldByOtherError while somebody else holds the untaken case.
    """
    file = look_into(seat, case_id)
    change = begin_unread(seat, file, CaseAction.ASSIGN)
    if file.hold is None or file.hold.reader_id != reader_id:
        require_not_held(seat, file)
    person = require_colleague(seat, reader_id)
    if file.row.owner == reader_id:
        return file.row.version
    make_work_unread(change, file)
    before = file.row.owner
    change.add_event("assigned", reader=reader_id.hex(), owner=before.hex() if before else "")
    if with_card:
        change.add(KIND, {**generated(seat, file).content(), "to": reader_id.hex()})
    pass_to(change, file, person, stays={before} if owner_stays and before else set())
    pass_step(change, file, reader_id, step)
    tell_of_new_colleague(change, file, reader_id)
    version = change.commit()
    store.release_hold(case_id, reader_id)
    return version


def require_colleague(seat: Seat, reader_id: bytes) -> Person:
    """Somebody who is on the roster today. Raises NotAllowedError."""
    try:
        return seat.keyring.roster.require_person(reader_id, seat.today)
    except RefusedError:
        raise NotAllowedError from None


def pass_to(change: CaseChange, file: CaseFile, person: Person, *, stays: set[bytes]) -> None:
    """The keys and the mark of a new owner, by rules 1 and 2. Raises InputError beside `reader`."""
    seat, row = change.seat, change.case
    keys_to_work_with(change, file, person)
    leaves = who_leaves(file) - stays - {person.reader_id}
    if leaves or needs_new_keys(seat.keyring.roster, row, file.keys.compartments):
        rekey(change, file, leaves=leaves)
    keys = keys_to_work_with(change, file, person)
    covered = circles_covered_by(seat, row, {key.compartment for key in keys})
    change.drops.extend(circle_recipient(name) for name in covered)
    change.grants = [one for one in change.grants if one.recipient not in _recipients(covered, person)]
    change.drops.append(reader_recipient(person.reader_id))
    change.grants.append(grant_to_reader(seat, row, change.keys, person.reader_id, keys))
    change.mark(owner=person.reader_id, stand_in=None)
    if row.circle == LEAD and role_of(person.role) is Role.COUNSEL:
        change.mark(circle=person.role)


def _recipients(circles: Iterable[str], person: Person) -> set[str]:
    return {reader_recipient(person.reader_id), *map(circle_recipient, circles)}


def keys_to_work_with(change: CaseChange, file: CaseFile, person: Person) -> tuple[CompartmentKey, ...]:
    """What of the case a new owner gets. Raises InputError beside `reader` when that is not enough to work on it."""
    require_fit(change.seat, file, person)
    return change.keys.of(may_hold_of(change.seat, person))


def require_fit(seat: Seat, file: CaseFile, person: Person) -> None:
    """Refuse a colleague who cannot work on the case. Raises InputError beside `reader`."""
    if grade_of(person) is Grade.READ:
        raise InputError("reader", _("%(name)s reads along and does not work cases yet.") % {"name": person.name})
    may_hold = may_hold_of(seat, person)
    if not may_hold:
        raise InputError("reader", _("%(name)s works on no cases.") % {"name": person.name})
    if not needed_of(seat, file) <= may_hold:
        raise InputError("reader", _("%(name)s may not hold all that this case needs.") % {"name": person.name})


def needed_of(seat: Seat, file: CaseFile) -> set[Compartment]:
    """The compartments without which nobody can work on the case, by rule 1."""
    name = file.row.circle if file.row.circle != LEAD else seat.pack.routing(file.said)
    circle = seat.pack.circle(name)
    return set(circle.may_hold) & set(WRITER_COMPARTMENTS) if circle is not None else set(WRITER_COMPARTMENTS)


def colleagues_to_assign(seat: Seat, file: CaseFile) -> tuple[Person, ...]:
    """Who could be given the case, by name: what a page offers."""
    needed = needed_of(seat, file)
    fit = [
        person
        for person in seat.keyring.roster.current.people
        if person.reader_id != file.row.owner
        and may_hold_of(seat, person) >= needed
        and is_on_line(seat, person.reader_id)
        and grade_of(person) is not Grade.READ
    ]
    return tuple(sorted(fit, key=lambda one: one.name.casefold()))


def make_work_unread(change: CaseChange, file: CaseFile) -> None:
    """Rule 3: the staff's compartment of a case that nobody has read, for the coordinators and the owner to be."""
    if change.keys.holds(Compartment.WORK):
        return
    if file.has_work:
        raise NotAllowedError
    key = make_compartment_key(Compartment.WORK)
    change.add_key(key)
    change.grants.append(to_circle(change.seat, file.row, change.keys, LEAD, (key,)))


def pass_step(change: CaseChange, file: CaseFile, reader_id: bytes, step: Step | None) -> None:
    """Rule 4: what was to be done is now the colleague's to do."""
    if not file.is_open:
        return
    before, today = file.next_step, change.seat.today
    if step is None and before is not None:
        step = Step(before.what, reader_id, before.day or today)
    add_step(change, file, step or Step(_("Read it and say what happens next"), reader_id, today))

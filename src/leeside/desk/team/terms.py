"""The terms on which a colleague works: role, grade, end of access, access that ends with the shift.

Rules:
1. They stand on the signed roster. Whoever changes them saw a numbered version; when a colleague was faster the
   change is refused whole, and the page says what they changed (`history`).
2. A role key follows the role: who comes into a circle gets its present key in the same step; who loses one is
   treated like somebody who left it: new role keys for everybody, and cases get new keys (`rosters.rekey_from`).
3. Grade, end of access and access that ends with the shift are rules of the software. After the last day nothing
   opens at this desk; new role keys do not reach them any more from the next epoch on.
4. A lawyer signs reviews of rules (`rules.reviews`); who is none any more has signed nothing that still counts.
5. Nobody sets their own terms, so that a line keeps a coordinator.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.grades import FLAGS, LAWYER, SHIFT_ONLY, Grade, grade_of, is_lawyer, is_shift_only
from leeside.desk.permissions import LineAction, Role, require_line_action, role_of
from leeside.desk.rosters import LineRoster
from leeside.desk.seat import Seat
from leeside.desk.team.admission import roles_of
from leeside.desk.team.roster_steps import append_version, make_epoch, present_keys
from leeside.sealing.roster import Person
from leeside.vault import store

_FLAG_OF = {grade: flag for flag, grade in FLAGS.items()}


@dataclass(frozen=True)
class Terms:
    """What a coordinator sets for one colleague."""

    role: str
    grade: Grade = Grade.SEND
    until: date | None = None
    shift_only: bool = False
    is_lawyer: bool = False

    @property
    def flags(self) -> tuple[str, ...]:
        """As the roster spells grade, shift and lawyer; a publisher has none, a coordinator may only be a lawyer."""
        role, lawyer = role_of(self.role), (LAWYER,) if self.is_lawyer else ()
        if role is not Role.COUNSEL:
            return lawyer if role is Role.LEAD else ()
        grade = (_FLAG_OF[self.grade],) if self.grade in _FLAG_OF else ()
        return tuple(sorted((*grade, *lawyer, *((SHIFT_ONLY,) if self.shift_only else ()))))


def terms_of(person: Person) -> Terms:
    """The terms that stand on the roster."""
    return Terms(person.role, grade_of(person), person.until, is_shift_only(person), is_lawyer(person))


def set_terms(seat: Seat, reader_id: bytes, terms: Terms, seen_number: int) -> LineRoster:
    """Put new terms on the roster. Raises InputError for the last day, ConflictError when the roster has moved on."""
    require_line_action(LineAction.SET_GRADE, seat.role)
    roster = seat.keyring.roster
    before = roster.person(reader_id)
    if before is None or reader_id == seat.reader_id or terms.role not in roles_of(seat):
        raise NotAllowedError
    if seen_number != roster.number:
        raise store.ConflictError("another version was looked at")
    if terms.until is not None and terms.until < seat.today:
        raise InputError("until", _("The last day lies in the past. To end access now, remove the person."))
    person = replace(before, role=terms.role, until=terms.until, flags=terms.flags)
    if person == before:
        return roster
    people = [person if one.reader_id == reader_id else one for one in roster.current.people]
    if loses_circle(before, person):
        step = store.RosterStep(drops=(reader_id,), envelopes=present_keys(seat, person))
        return append_version(seat, people, make_epoch(roster), step)
    return append_version(seat, people, step=store.RosterStep(envelopes=present_keys(seat, person)))


def loses_circle(before: Person, after: Person) -> bool:
    """Whether a role key that the person held is not theirs after the change."""
    return role_of(before.role) in {Role.LEAD, Role.COUNSEL} and after.role != before.role and not _is_lead(after)


def _is_lead(person: Person) -> bool:
    return role_of(person.role) is Role.LEAD

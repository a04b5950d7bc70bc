"""Grades of first-liners: read / draft only / send with check / send. Rules of the software, not arithmetic.

A grade stands as a flag on the signed roster; who has no flag may send. Coordinators are never limited by one. The
table is total: every action on a case names the least grade that does it.
"""

from enum import IntEnum, unique
from typing import Final

from leeside.desk.errors import NotAllowedError
from leeside.desk.permissions import CaseAction, Role, role_of
from leeside.sealing.roster import Person


@unique
class Grade(IntEnum):
    """How far a colleague works alone. Each grade may all that the one before may."""

    READ = 1
    """Reads along."""
    DRAFT = 2
    """Works a case, and writes drafts that a colleague checks and sends."""
    CHECKED = 3
    """Sends what a colleague has checked."""
    SEND = 4
    """Sends."""


FLAGS: Final = {"grade_read": Grade.READ, "grade_draft": Grade.DRAFT, "grade_checked": Grade.CHECKED}
"""How a grade is spelled on the roster. `Grade.SEND` has no flag."""

SHIFT_ONLY: Final = "shift_only"
"""The flag of a person whose access ends with the shift: see `team.shifts`."""

LAWYER: Final = "lawyer"
"""The flag of a person who may sign reviews of rules. A coordinator may have it too; nobody gives it to themselves."""

_READ = frozenset({CaseAction.SEE_ROW, CaseAction.OPEN, CaseAction.OPEN_DRAWER, CaseAction.ACCEPT, CaseAction.SEE_LAW})
_SEND = frozenset(
    {
        CaseAction.ANSWER,
        CaseAction.CHECK,
        CaseAction.GRANT,
        CaseAction.REVOKE,
        CaseAction.CLOSE,
        CaseAction.LINK,
        CaseAction.SET_MAY_BE_TOLD,
        CaseAction.RENEW_WORDS,
        CaseAction.REFER,
        CaseAction.TRANSFER,
        CaseAction.ERASE_ENTRY,
        CaseAction.ERASE,
    }
)
GRADE_TABLE: Final[dict[CaseAction, Grade]] = {
    action: Grade.READ if action in _READ else Grade.SEND if action in _SEND else Grade.DRAFT for action in CaseAction
}
"""The least grade for each action. What a checked draft does beyond it, `desk.drafts` says."""


def grade_of(person: Person) -> Grade:
    """A colleague's grade; the lowest of those that stand beside their name."""
    if role_of(person.role) is Role.LEAD:
        return Grade.SEND
    return min((FLAGS[flag] for flag in person.flags if flag in FLAGS), default=Grade.SEND)


def is_shift_only(person: Person) -> bool:
    """Whether somebody's access ends with the shift. A coordinator's never does."""
    return SHIFT_ONLY in person.flags and role_of(person.role) is Role.COUNSEL


def is_lawyer(person: Person) -> bool:
    """Whether somebody may sign reviews of rules for the line."""
    return LAWYER in person.flags and role_of(person.role) in (Role.COUNSEL, Role.LEAD)


def may_by_grade(action: CaseAction, grade: Grade) -> bool:
    """Whether the grade suffices; whether the person may is another table's question."""
    return grade >= GRADE_TABLE[action]


def require_grade(action: CaseAction, grade: Grade) -> None:
    """Raises NotAllowedError unless the grade suffices."""
    if not may_by_grade(action, grade):
        raise NotAllowedError

"""What a page offers on a case: what standing and grade allow. The flow behind it asks both tables again."""

from leeside.desk.casefile import CaseFile
from leeside.desk.grades import may_by_grade
from leeside.desk.permissions import CaseAction, may
from leeside.desk.seat import Seat


def is_allowed(seat: Seat, file: CaseFile, action: CaseAction) -> bool:
    """Whether this person may do it here, by both tables."""
    return may(action, file.standing) and may_by_grade(action, seat.grade)

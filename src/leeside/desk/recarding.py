"""Marks and card right after a flow of safety or papers: the queue shows it at once, not at the next reading."""

from leeside.desk.changes import CaseChange
from leeside.desk.marking import set_marks_right
from leeside.desk.opening import look_into
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.seat import Seat
from leeside.vault import store


def recard(seat: Seat, case_id: bytes) -> None:
    """Set marks and card right. A colleague who writes meanwhile leaves it to the next reading."""
    file = look_into(seat, case_id)
    change = CaseChange(seat, file.row, file.keys, is_frozen=seizure_of(file) is not None)
    set_marks_right(change, file)
    if change.marks == store.MarksChange():
        return
    try:
        change.commit()
    except store.ConflictError:
        return

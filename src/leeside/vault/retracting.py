"""Undo: an answer or a file that nobody was shown yet is taken back."""

from datetime import datetime

from leeside.vault.changes import Marks, change_marks, read_marks, write_marks
from leeside.vault.days import second_number
from leeside.vault.errors import GoneError, StateError
from leeside.vault.files import delete_files
from leeside.vault.marks import CaseState, Direction
from leeside.vault.reading import row_of
from leeside.vault.records import MarksChange
from leeside.vault.translation import verb
from leeside.vault.withdrawals import forget_releases
from leeside.vault.writing import writing


@verb
def retract_entry(case_id: bytes, expected_version: int, entry_id: bytes, now: datetime) -> int:
    """Take back what nobody was shown yet (undo); the case's new version.

    After an answer the case counts as read again; a file goes beside an answer and leaves the state as it is.

    `now` is the domain clock's. StateError when its moment has passed, ConflictError when somebody was faster.
    """
    released = row_of("fleeting", "SELECT at FROM leeside_release WHERE entry_id = %s", [entry_id])
    if released is None or released[0] <= second_number(now):
        raise StateError("the answer is on its way")
    with writing("default") as cursor:
        before = read_marks(cursor, case_id, expected_version)
        cursor.execute(
            "DELETE FROM leeside_entry WHERE case_id = %s AND entry_id = %s AND direction = %s",
            [case_id, entry_id, int(Direction.TO_WRITER)],
        )
        if not cursor.rowcount:
            raise GoneError
        was_file = delete_files(cursor, [entry_id]) > 0
        change = MarksChange() if was_file else _unanswered(before)
        write_marks(cursor, case_id, expected_version, change_marks(cursor, before, change), change)
    forget_releases([entry_id])
    return expected_version + 1


def _unanswered(before: Marks) -> MarksChange:
    """An answer was taken back: the case counts as read again, a closed one in its mailbox."""
    if before.state == CaseState.ANSWERED:
        return MarksChange(state=CaseState.READ)
    return MarksChange(shown_state=CaseState.READ) if before.shown_state == CaseState.ANSWERED else MarksChange()

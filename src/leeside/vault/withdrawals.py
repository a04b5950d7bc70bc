"""Taking back answers that nobody was shown: only while they wait for their moment.

What could have been shown is never taken back. The moments lie in `fleeting`, the entries in `default`: the moments are
asked first, and forgotten last.
"""

from collections.abc import Sequence

from leeside.vault.cursors import Cursor
from leeside.vault.days import second_number
from leeside.vault.errors import StateError
from leeside.vault.marks import Direction
from leeside.vault.reading import places, row_of
from leeside.vault.records import Withdrawal
from leeside.vault.writing import writing


def require_waiting(withdrawal: Withdrawal | None) -> None:
    """Raises StateError when the moment of one of them has passed."""
    entry_ids = () if withdrawal is None else withdrawal.all_ids
    if withdrawal is None or not entry_ids:
        return
    sql = f"SELECT count(*) FROM leeside_release WHERE at > %s AND entry_id IN ({places(entry_ids)})"
    found = row_of("fleeting", sql, [second_number(withdrawal.now), *entry_ids])
    if found is None or found[0] != len(entry_ids):
        raise StateError("an answer is on its way")


def withdraw(cursor: Cursor, case_id: bytes, withdrawal: Withdrawal | None) -> None:
    """Delete what the step seals anew, turn inside what it keeps. Raises StateError for what was shown."""
    if withdrawal is None:
        return
    for entry_ids, statement in (
        (withdrawal.deleted, "DELETE FROM leeside_entry"),
        (withdrawal.kept, f"UPDATE leeside_entry SET direction = {int(Direction.INSIDE)}"),
    ):
        if not entry_ids:
            continue
        cursor.execute(
            f"{statement} WHERE case_id = %s AND direction = %s AND shown_until IS NULL"
            f" AND entry_id IN ({places(entry_ids)})",
            [case_id, int(Direction.TO_WRITER), *entry_ids],
        )
        if cursor.rowcount != len(entry_ids):
            raise StateError("an answer is on its way")


def forget_releases(entry_ids: Sequence[bytes]) -> None:
    """Answers that are gone wait no longer."""
    if entry_ids:
        with writing("fleeting") as cursor:
            cursor.execute(f"DELETE FROM leeside_release WHERE entry_id IN ({places(entry_ids)})", [*entry_ids])

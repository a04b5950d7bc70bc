"""Erasing one entry of a case: it goes, with its file; a sealed mark that something was erased stays in its place.

Rules:
1. The entry, its file and the file's chunks go in one transaction with the mark's coming: nobody sees one without the
   other, and only on the version that was read.
2. What the mark says is sealed; the store sees that one entry went and one came, as it sees every step of work.
3. On SQLite the write-ahead log is emptied, so that the freed bytes stand nowhere. Older backups keep the bytes, and
   the case's keys open them as long as its shred key exists: `docs/limits.md`.
"""

from leeside.vault.changes import entry_row, read_marks, settle_arrival, write_marks
from leeside.vault.entries import INSERT_ENTRY, numbered
from leeside.vault.erasing import empty_logs
from leeside.vault.errors import GoneError, MisuseError
from leeside.vault.files import delete_files
from leeside.vault.limits import LIMITS
from leeside.vault.marks import Direction
from leeside.vault.records import NewEntry
from leeside.vault.translation import verb
from leeside.vault.writing import writing


@verb
def erase_entry(case_id: bytes, expected_version: int, entry_id: bytes, mark: NewEntry) -> int:
    """Erase one entry and put the mark in its place; the case's new version.

    ConflictError when somebody was faster, GoneError when the case or the entry is gone.
    """
    if mark.direction != Direction.INSIDE or len(mark.entry.sealed) > LIMITS.entry_bytes:
        raise MisuseError("the mark of an erased entry is inside, and small")
    with writing("default") as cursor:
        marks = read_marks(cursor, case_id, expected_version)
        settle_arrival(cursor, case_id, marks)
        cursor.execute("DELETE FROM leeside_entry WHERE case_id = %s AND entry_id = %s", [case_id, entry_id])
        if not cursor.rowcount:
            raise GoneError
        delete_files(cursor, [entry_id])
        cursor.execute(INSERT_ENTRY, numbered(entry_row(case_id, mark)))
        write_marks(cursor, case_id, expected_version, marks, None)
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_release WHERE entry_id = %s", [entry_id])
    empty_logs(["default", "fleeting"])
    return expected_version + 1

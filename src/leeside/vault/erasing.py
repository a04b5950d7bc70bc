"""Erasing a case: the key first, then the rows.

Rules, in this order:
1. The shred key is deleted and its deletion committed: from here on every copy of the case, old backups included,
   is unreadable once older copies of the shred store are overwritten.
2. The rows are deleted; what a power loss leaves is swept by `maintenance`.
3. On SQLite the write-ahead logs are emptied, so that the freed bytes (overwritten by `secure_delete`) stand nowhere.
Erasing what is erased is refused like any case that does not exist; a sweep may do it again harmlessly.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connections

from leeside.vault.closings import delete_promises
from leeside.vault.errors import GoneError
from leeside.vault.files import delete_files_of
from leeside.vault.reading import places, row_of
from leeside.vault.shredding import shred
from leeside.vault.translation import verb
from leeside.vault.writing import outside_transactions, writing

CASE_TABLES = (
    ("leeside_wrap", "case_id"),
    ("leeside_entry", "case_id"),
    ("leeside_draft", "case_id"),
    ("leeside_case_reader", "case_id"),
    ("leeside_handover", "case_id"),
    ("leeside_case", "id"),
)


@verb
def erase_case(case_id: bytes, today: date) -> None:
    """Erase a case for good. GoneError when there is none."""
    row = row_of("default", "SELECT lookup_hash FROM leeside_case WHERE id = %s", [case_id])
    if row is None:
        raise GoneError
    erase(case_id, bytes(row[0]), today)


def erase(case_id: bytes, lookup_hash: bytes, today: date) -> None:
    """Shred, delete, and leave no bytes in the logs."""
    with writing("shred") as cursor:
        shred(cursor, case_id, lookup_hash, today)
    delete_rows([case_id])
    empty_logs(("shred", "default"))


def delete_rows(case_ids: Sequence[bytes]) -> None:
    """Delete everything of cases whose shred keys are gone already."""
    with writing("default") as cursor:
        delete_files_of(cursor, case_ids)
        for table, column in CASE_TABLES:
            cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({places(case_ids)})", case_ids)
    with writing("fleeting") as cursor:
        for table in ("leeside_hold", "leeside_release"):
            cursor.execute(f"DELETE FROM {table} WHERE case_id IN ({places(case_ids)})", case_ids)
    delete_promises(case_ids)


def empty_logs(aliases: Sequence[str]) -> bool:
    """Move the write-ahead logs of SQLite into their databases and cut them to nothing.

    A reader in the middle of a query can keep a log alive for a moment: then this returns False, and the next `tick`
    does it. On PostgreSQL there is nothing to empty: there erasure is the destruction of the key.
    """
    emptied = True
    for alias in aliases:
        if connections[alias].vendor == "sqlite":
            with outside_transactions(alias) as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                emptied = cursor.fetchone()[0] == 0 and emptied
    return emptied

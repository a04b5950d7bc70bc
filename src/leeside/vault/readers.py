"""What one reader holds across cases: who works where just now, what a leaving colleague could open, and its end."""

from collections.abc import Sequence
from datetime import datetime

from leeside.sealing.context import LEAD, reader_recipient
from leeside.vault.codes import name_of
from leeside.vault.cursors import Cursor
from leeside.vault.days import moment_of, second_number
from leeside.vault.handovers import end_offers_of
from leeside.vault.marks import AccountState
from leeside.vault.reading import places, rows_of
from leeside.vault.records import CodeName, Hold
from leeside.vault.translation import verb
from leeside.vault.writing import writing


@verb
def fetch_holds(case_ids: Sequence[bytes], now: datetime) -> dict[bytes, Hold]:
    """Who holds these cases at this (real) moment."""
    if not case_ids:
        return {}
    rows = rows_of(
        "fleeting",
        f"SELECT case_id, reader_id, until FROM leeside_hold WHERE case_id IN ({places(case_ids)}) AND until >= %s",
        [*case_ids, second_number(now)],
    )
    return {bytes(row[0]): Hold(bytes(row[0]), bytes(row[1]), moment_of(row[2])) for row in rows}


@verb
def list_cases_of(line_id: bytes, reader_id: bytes) -> tuple[tuple[bytes, CodeName], ...]:
    """Every case that a reader was granted, open or closed, with its code name."""
    rows = rows_of(
        "default",
        "SELECT c.id, c.code FROM leeside_case_reader r JOIN leeside_case c ON c.id = r.case_id"
        " WHERE r.reader_id = %s AND r.line_id = %s ORDER BY c.id",
        [reader_id, line_id],
    )
    return tuple((bytes(row[0]), name_of(row[1])) for row in rows)


@verb
def list_cases_in(line_id: bytes, circle: str, limit: int) -> tuple[tuple[bytes, CodeName], ...]:
    """Open cases that lie untaken in a circle, at most `limit`: what every member of it can open."""
    rows = rows_of(
        "default",
        "SELECT id, code FROM leeside_case WHERE line_id = %s AND circle = %s AND state < 4 AND owner IS NULL"
        " ORDER BY rank LIMIT %s",
        [line_id, circle, int(limit)],
    )
    return tuple((bytes(row[0]), name_of(row[1])) for row in rows)


@verb
def drop_reader(line_id: bytes, reader_id: bytes) -> int:
    """Delete every grant of a reader; their cases come back to the coordinators. How many grants there were."""
    with writing("default") as cursor:
        return _drop_grants(cursor, line_id, reader_id)


def forget_colleague(cursor: Cursor, line_id: bytes, reader_id: bytes) -> None:
    """Somebody leaves, inside the transaction of the roster without them: their account is locked, and role keys,
    grants, hand-overs and drafts that only they saw are gone. A draft that waits for a check stays with the case."""
    cursor.execute(
        "UPDATE leeside_account SET state = %s WHERE line_id = %s AND reader_id = %s",
        [int(AccountState.LOCKED), line_id, reader_id],
    )
    cursor.execute(
        "DELETE FROM leeside_role_envelope WHERE line_id = %s AND reader_id = %s",
        [line_id, reader_id],
    )
    _drop_grants(cursor, line_id, reader_id)


def _drop_grants(cursor: Cursor, line_id: bytes, reader_id: bytes) -> int:
    cursor.execute(
        "DELETE FROM leeside_wrap WHERE recipient = %s AND case_id IN"
        " (SELECT case_id FROM leeside_case_reader WHERE line_id = %s AND reader_id = %s)",
        [reader_recipient(reader_id), line_id, reader_id],
    )
    cursor.execute(
        "UPDATE leeside_case SET owner = NULL, stand_in = NULL, circle = %s, version = version + 1"
        " WHERE line_id = %s AND owner = %s",
        [LEAD, line_id, reader_id],
    )
    cursor.execute(
        "UPDATE leeside_case SET stand_in = NULL, version = version + 1 WHERE line_id = %s AND stand_in = %s",
        [line_id, reader_id],
    )
    end_offers_of(cursor, line_id, reader_id)
    # What they were writing is nobody's now; what waits for a colleague's eyes stays theirs to send.
    cursor.execute("DELETE FROM leeside_draft WHERE line_id = %s AND author = %s AND asked <> 1", [line_id, reader_id])
    cursor.execute("DELETE FROM leeside_case_reader WHERE line_id = %s AND reader_id = %s", [line_id, reader_id])
    dropped: int = cursor.rowcount
    return dropped

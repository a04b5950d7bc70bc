"""Readings on record: sealed entries, chained in batches, so that editing or shortening is seen.

Rules:
1. A reading is stored at once with a random id, outside the chain: no counter is shared between requests.
2. `chain_audit` (run by `tick`) takes all that wait of a line, in order of their ids, and adds one link:
   head = H(head before || each id and sealed entry). One transaction; run twice, it does nothing the second time.
3. `verify_chain` computes every link again. What it cannot know is whether the end was cut off: whoever holds a head
   from earlier hands it in, and a chain that does not have it any more is broken.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from leeside.sealing.audit import next_head
from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number
from leeside.vault.errors import ChainBrokenError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import row_of, rows_of
from leeside.vault.translation import verb
from leeside.vault.upkeep_records import AuditHeadRow, AuditRow, ChainReport
from leeside.vault.writing import writing

NO_HEAD: Final = AuditHeadRow(0, 0, bytes(32))
"""The head before the first link."""


@verb
def record_reading(line_id: bytes, sealed: bytes) -> None:
    """Store one reading, sealed to `lead`. Returns after its commit, so that nothing is opened unrecorded."""
    with writing("default") as cursor:
        put_reading(cursor, line_id, sealed)


def put_reading(cursor: Cursor, line_id: bytes, sealed: bytes) -> None:
    """The same inside a transaction that does more."""
    cursor.execute(
        "INSERT INTO leeside_audit_entry (id, line_id, batch, sealed) VALUES (%s, %s, 0, %s)",
        [secrets.token_bytes(16), line_id, sealed],
    )


@verb
def chain_audit(now: datetime) -> int:
    """Add a link to the chain of every line that has readings waiting; how many readings were chained."""
    lines = rows_of("default", "SELECT DISTINCT line_id FROM leeside_audit_entry WHERE batch = 0")
    return sum(_chain_line(bytes(row[0]), now) for row in lines)


def _chain_line(line_id: bytes, now: datetime) -> int:
    with writing("default") as cursor:
        cursor.execute(
            "SELECT number, entries, head FROM leeside_audit_head WHERE line_id = %s ORDER BY number DESC LIMIT 1",
            [line_id],
        )
        row = cursor.fetchone()
        last = NO_HEAD if row is None else AuditHeadRow(row[0], row[1], bytes(row[2]))
        cursor.execute(
            "SELECT id, sealed FROM leeside_audit_entry WHERE line_id = %s AND batch = 0 ORDER BY id LIMIT %s",
            [line_id, LIMITS.audit_batch],
        )
        waiting = [(bytes(entry_id), bytes(sealed)) for entry_id, sealed in cursor.fetchall()]
        if not waiting:
            return 0
        number = last.number + 1
        head = next_head(last.head, [entry_id + sealed for entry_id, sealed in waiting])
        cursor.executemany(
            "UPDATE leeside_audit_entry SET batch = %s WHERE id = %s", [(number, entry_id) for entry_id, _ in waiting]
        )
        cursor.execute(
            "INSERT INTO leeside_audit_head (line_id, number, entries, day, head) VALUES (%s, %s, %s, %s, %s)",
            [line_id, number, last.count + len(waiting), day_number(now.date()), head],
        )
    return len(waiting)


@verb
def audit_head(line_id: bytes) -> AuditHeadRow:
    """The newest link of a line's chain; number 0 when there is none."""
    row = row_of(
        "default",
        "SELECT number, entries, head FROM leeside_audit_head WHERE line_id = %s ORDER BY number DESC LIMIT 1",
        [line_id],
    )
    return NO_HEAD if row is None else AuditHeadRow(row[0], row[1], bytes(row[2]))


@verb
def fetch_audit(line_id: bytes, batch: int) -> tuple[AuditRow, ...]:
    """The sealed readings that one link covers, or with batch 0 those that wait; by id."""
    rows = rows_of(
        "default",
        "SELECT id, batch, sealed FROM leeside_audit_entry WHERE line_id = %s AND batch = %s ORDER BY id",
        [line_id, batch],
    )
    return tuple(AuditRow(bytes(row[0]), row[1], bytes(row[2])) for row in rows)


@verb
def verify_chain(line_id: bytes, known: Sequence[AuditHeadRow] = ()) -> ChainReport:
    """Compute a line's chain again and compare it with every head that somebody held from earlier.

    A head that is known by its count only, as a key ring keeps it, has number 0. Raises ChainBrokenError with the
    number of the first link at fault. Readings that wait are not covered.
    """
    expected = {head.number: head for head in known if head.number}
    by_count = {head.count: head.head for head in known if head.count and not head.number}
    if any(len(head.head) != 32 for head in known):
        raise MisuseError("a head is 32 bytes")
    last = NO_HEAD
    for number, entries, stored in rows_of(
        "default", "SELECT number, entries, head FROM leeside_audit_head WHERE line_id = %s ORDER BY number", [line_id]
    ):
        batch = fetch_audit(line_id, number)
        head = next_head(last.head, [row.entry_id + row.sealed for row in batch])
        computed = AuditHeadRow(last.number + 1, last.count + len(batch), head)
        if computed != AuditHeadRow(number, entries, bytes(stored)) or expected.pop(number, computed) != computed:
            raise ChainBrokenError(number)
        if by_count.pop(computed.count, head) != head:
            raise ChainBrokenError(number)
        last = computed
    if expected or by_count:
        raise ChainBrokenError(min(expected, default=last.number + 1))
    beyond = row_of(
        "default", "SELECT 1 FROM leeside_audit_entry WHERE line_id = %s AND batch > %s", [line_id, last.number]
    )
    if beyond is not None:
        raise ChainBrokenError(last.number + 1)
    waiting = row_of("default", "SELECT count(*) FROM leeside_audit_entry WHERE line_id = %s AND batch = 0", [line_id])
    return ChainReport(last, 0 if waiting is None else int(waiting[0]))

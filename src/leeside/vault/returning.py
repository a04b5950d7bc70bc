"""Cases whose owner is silent: found by their broken promise, and given back to the coordinators.

What returns keeps its keys: the owner's grant stays, so that they can still go on, and `lead` holds a copy of every
case. Only the marks change, as when a colleague leaves.
"""

from collections.abc import Sequence
from datetime import datetime

from leeside.sealing.context import LEAD
from leeside.vault.days import day_of, moment_of, second_number
from leeside.vault.limits import LIMITS
from leeside.vault.list_records import SilentCase, Workload
from leeside.vault.marks import Urgency
from leeside.vault.queue_ranges import circles_with
from leeside.vault.reading import places, row_of, rows_of
from leeside.vault.translation import verb
from leeside.vault.writing import writing


@verb
def list_silent(line_id: bytes, now: datetime, limit: int) -> tuple[SilentCase, ...]:
    """Owned cases whose promise has passed at `now` (the domain clock's), the longest ago first, at most `limit`."""
    sql = (
        "SELECT id, rank, answer_by, urgency FROM leeside_case WHERE line_id = %s AND circle = %s"
        " AND answer_by IS NOT NULL AND answer_by < %s AND owner IS NOT NULL ORDER BY answer_by LIMIT %s"
    )
    found = [
        SilentCase(bytes(row[0]), Urgency(row[3]), moment_of(row[2]))
        for circle in circles_with(line_id, "answer_by IS NOT NULL")
        for row in rows_of("default", sql, [line_id, circle, second_number(now), int(limit)])
    ]
    return tuple(sorted(found, key=lambda one: one.answer_by)[:limit])


@verb
def measure_work(line_id: bytes) -> Workload:
    """How many open cases of a line have an owner, and the newest day on which an unconfirmed request was opened."""
    owned = row_of(
        "default",
        "SELECT count(*) FROM leeside_case WHERE line_id = %s AND state < 4 AND owner IS NOT NULL",
        [line_id],
    )
    newest = row_of(
        "default",
        "SELECT opened FROM leeside_case WHERE line_id = %s AND NOT confirmed ORDER BY opened DESC LIMIT 1",
        [line_id],
    )
    return Workload(owned[0] if owned else 0, None if newest is None else day_of(newest[0]))


@verb
def return_cases(line_id: bytes, case_ids: Sequence[bytes], now: datetime) -> int:
    """Give owned cases whose promise has passed to the coordinators, without owner or stand-in; how many there were.

    Whether each still has an owner and a broken promise is asked again inside the transaction: who answers at this
    moment keeps the case.
    """
    returned = 0
    for start in range(0, len(case_ids), LIMITS.moves_together):
        part = case_ids[start : start + LIMITS.moves_together]
        with writing("default") as cursor:
            cursor.execute(
                "UPDATE leeside_case SET owner = NULL, stand_in = NULL, circle = %s, version = version + 1"
                f" WHERE id IN ({places(part)}) AND line_id = %s AND state < 4 AND owner IS NOT NULL"
                " AND answer_by IS NOT NULL AND answer_by < %s",
                [LEAD, *part, line_id, second_number(now)],
            )
            returned += cursor.rowcount
    return returned

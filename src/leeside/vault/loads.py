"""Who carries how much: counts of owned cases by person, for places on a shift and for the coordinators' table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from leeside.vault.days import day_number, second_number
from leeside.vault.limits import LIMITS
from leeside.vault.marks import NO_PROMISE, PROMISE_OF_RANK, Urgency, promise_of, ranks_due, ranks_of_urgency
from leeside.vault.reading import row_of, rows_of
from leeside.vault.translation import verb


@dataclass(frozen=True)
class LoadRow:
    """What one person owns of a line's open cases. `carried` wait on us; the others were answered.

    `first_promise` is the earliest promise among them, to the quarter of an hour.
    """

    reader_id: bytes
    open: int
    carried: int
    red: int
    due: int
    first_promise: datetime | None


@verb
def count_carried(line_id: bytes, reader_ids: Sequence[bytes]) -> dict[bytes, int]:
    """How many open cases that wait on us each of these people owns, up to the limit of counts."""
    if not reader_ids:
        return {}
    one = (
        "(SELECT count(*) FROM (SELECT 1 FROM leeside_case WHERE line_id = %s AND owner IS NOT NULL AND owner = %s"
        f" AND state < 4 AND state < 3 LIMIT {LIMITS.counted}) AS carried)"
    )
    parameters = [value for reader_id in reader_ids for value in (line_id, reader_id)]
    row = row_of("default", f"SELECT {', '.join([one] * len(reader_ids))}", parameters)
    return dict(zip(reader_ids, row or (), strict=True))


@verb
def count_holds(reader_id: bytes, now: datetime) -> int:
    """How many cases somebody holds at this (real) moment without owning them yet."""
    row = row_of(
        "fleeting",
        "SELECT count(*) FROM leeside_hold WHERE reader_id = %s AND until >= %s",
        [reader_id, second_number(now)],
    )
    return int(row[0]) if row is not None else 0


@verb
def measure_load(line_id: bytes, today: date) -> tuple[LoadRow, ...]:
    """What everybody who owns open cases of a line carries, by id. Read from one index, without the cases."""
    _, red_ends = ranks_of_urgency(Urgency.RED)
    due = " OR ".join(f"(rank >= {first} AND rank < {last})" for first, last in ranks_due(day_number(today)))
    rows = rows_of(
        "default",
        "SELECT owner, count(*), sum(CASE WHEN state < 3 THEN 1 ELSE 0 END),"
        f" sum(CASE WHEN rank < {red_ends} THEN 1 ELSE 0 END), sum(CASE WHEN {due} THEN 1 ELSE 0 END),"
        f" min({PROMISE_OF_RANK}) FROM leeside_case"
        " WHERE line_id = %s AND state < 4 AND owner IS NOT NULL GROUP BY owner ORDER BY owner",
        [line_id],
    )
    return tuple(
        LoadRow(bytes(row[0]), row[1], row[2], row[3], row[4], promise_of(None if row[5] == NO_PROMISE else row[5]))
        for row in rows
    )

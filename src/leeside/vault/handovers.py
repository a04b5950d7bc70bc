"""Offers to take a case over: who offered it to whom, and since which day.

Rules:
1. One offer a case. It is written and ended by the step of work that grants the taker the keys, or takes them away
   (`changes`, rule 6): nobody ever sees an offer that cannot be read, or keys without the offer.
2. The offers of somebody who leaves the line end with their grants; those of an erased case with its rows.
3. An offer is shown to who made it, to whom it is made, and to coordinators.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number, day_of
from leeside.vault.errors import StateError
from leeside.vault.people import require_reader
from leeside.vault.reading import Row, row_of, rows_of
from leeside.vault.records import HandOverRow
from leeside.vault.translation import verb

_COLUMNS: Final = "case_id, giver, taker, day"


def put_offer(cursor: Cursor, line_id: bytes, offer: HandOverRow) -> None:
    """Write an offer. StateError when the case is offered to somebody already."""
    cursor.execute(
        "INSERT INTO leeside_handover (case_id, line_id, giver, taker, day) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (case_id) DO NOTHING",
        [offer.case_id, line_id, offer.giver, offer.taker, day_number(offer.day)],
    )
    if not cursor.rowcount:
        raise StateError("the case is offered to somebody already")


def end_offer(cursor: Cursor, case_id: bytes) -> None:
    """Delete the offer of a case, if there is one."""
    cursor.execute("DELETE FROM leeside_handover WHERE case_id = %s", [case_id])


def end_offers_of(cursor: Cursor, line_id: bytes, reader_id: bytes) -> None:
    """Delete every offer by or to somebody who leaves."""
    cursor.execute(
        "DELETE FROM leeside_handover WHERE line_id = %s AND (giver = %s OR taker = %s)",
        [line_id, reader_id, reader_id],
    )


@verb
def fetch_handover(case_id: bytes) -> HandOverRow | None:
    """The offer of a case, or None. Who asks has fetched the case."""
    row = row_of("default", f"SELECT {_COLUMNS} FROM leeside_handover WHERE case_id = %s", [case_id])
    return None if row is None else _from(row)


@verb
def fetch_handovers(line_id: bytes, reader_id: bytes) -> tuple[HandOverRow, ...]:
    """Every offer to a reader and by them, the oldest first. GoneError for whoever has no active account."""
    require_reader(line_id, reader_id)
    return _rows("line_id = %s AND (giver = %s OR taker = %s)", [line_id, reader_id, reader_id])


@verb
def count_handovers(line_id: bytes, reader_id: bytes) -> int:
    """How many offers wait for a reader's answer."""
    row = row_of(
        "default", "SELECT count(*) FROM leeside_handover WHERE line_id = %s AND taker = %s", [line_id, reader_id]
    )
    return int(row[0]) if row is not None else 0


@verb
def list_handovers(line_id: bytes, until: date) -> tuple[HandOverRow, ...]:
    """Every offer of a line that was made on or before a day, the oldest first: for coordinators, and for `tick`."""
    return _rows("line_id = %s AND day <= %s", [line_id, day_number(until)])


def _rows(where: str, parameters: Sequence[Any]) -> tuple[HandOverRow, ...]:
    sql = f"SELECT {_COLUMNS} FROM leeside_handover WHERE {where} ORDER BY day, case_id"
    return tuple(_from(row) for row in rows_of("default", sql, parameters))


def _from(row: Row) -> HandOverRow:
    return HandOverRow(bytes(row[0]), bytes(row[1]), bytes(row[2]), day_of(row[3]))

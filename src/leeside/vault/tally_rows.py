"""Rows that figures are counted from: confirmed requests without case, day or order.

A row's key is random and known only inside a case's seal, so that a correction finds it and nobody else does.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from django.db import connections

from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number
from leeside.vault.errors import ConflictError, GoneError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import places, row_of, rows_of
from leeside.vault.records import TallyRow
from leeside.vault.translation import verb
from leeside.vault.writing import writing


def _dims_of(row: TallyRow) -> str:
    month_is_fit = len(row.month) == 7 and row.month[4] == "-" and row.month.replace("-", "").isdigit()
    if len(row.key) != 16 or not month_is_fit or len(row.dims) > LIMITS.dims_per_row:
        raise MisuseError("a tally row is out of shape")
    return json.dumps(dict(row.dims), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def write_rows(cursor: Cursor, line_id: bytes, rows: Sequence[TallyRow]) -> None:
    """Write rows within the transaction that confirms them. A key that exists is a ConflictError."""
    for row in rows:
        cursor.execute(
            "INSERT INTO leeside_tally_row (key, line_id, month, kind, dims) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (key) DO NOTHING",
            [row.key, line_id, row.month, row.kind, _dims_of(row)],
        )
        if not cursor.rowcount:
            raise ConflictError("a tally row of this key exists")


@verb
def add_tally_rows(line_id: bytes, rows: Sequence[TallyRow]) -> None:
    """Add rows that belong to no step of a case. All or none; ConflictError when a key exists."""
    with writing("default") as cursor:
        write_rows(cursor, line_id, rows)


@verb
def change_tally_row(line_id: bytes, key: bytes, row: TallyRow | None) -> None:
    """Correct a row, or take it out with None. GoneError when the line has no row of this key."""
    with writing("default") as cursor:
        if row is None:
            cursor.execute("DELETE FROM leeside_tally_row WHERE key = %s AND line_id = %s", [key, line_id])
        else:
            cursor.execute(
                "UPDATE leeside_tally_row SET month = %s, kind = %s, dims = %s WHERE key = %s AND line_id = %s",
                [row.month, row.kind, _dims_of(row), key, line_id],
            )
        if not cursor.rowcount:
            raise GoneError


def tally_rows(line_id: bytes, first_month: str, last_month: str) -> Iterator[TallyRow]:
    """Rows of these months, both included, month by month; within one by random key: their order says nothing."""
    for month in _months(line_id, first_month, last_month):
        yield from _rows_of_month(line_id, month)


@verb
def _months(line_id: bytes, first_month: str, last_month: str) -> list[str]:
    rows = rows_of(
        "default",
        "SELECT DISTINCT month FROM leeside_tally_row"
        " WHERE line_id = %s AND month >= %s AND month <= %s ORDER BY month",
        [line_id, first_month, last_month],
    )
    return [row[0] for row in rows]


@verb
def _rows_of_month(line_id: bytes, month: str) -> list[TallyRow]:
    dims: dict[str, Mapping[str, str]] = {}
    rows = rows_of(
        "default", "SELECT key, kind, dims FROM leeside_tally_row WHERE line_id = %s AND month = %s", [line_id, month]
    )
    for _, _, text in rows:
        if text not in dims:
            dims[text] = MappingProxyType(json.loads(text))
    return [TallyRow(bytes(key), month, kind, dims[text]) for key, kind, text in rows]


@verb
def shuffle_tally() -> int:
    """Write all rows anew in random order (PostgreSQL), so that their places say nothing; how many were moved.

    SQLite keeps them by their random keys: there is nothing to do.
    """
    if connections["default"].vendor == "sqlite":
        return 0
    with writing("default") as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM leeside_tally_row RETURNING key, line_id, month, kind, dims)"
            " INSERT INTO leeside_tally_row (key, line_id, month, kind, dims)"
            " SELECT key, line_id, month, kind, dims FROM gone ORDER BY random()"
        )
        moved: int = cursor.rowcount
    return moved


@verb
def count_unconfirmed(line_id: bytes, month: str, apart: Sequence[str] = ()) -> int:
    """How many requests opened in a month nobody has confirmed or set aside yet.

    `apart` are channels by which no request of its own comes: they are not counted.
    """
    first, after = _days_of(month)
    row = row_of(
        "default",
        "SELECT count(*) FROM leeside_case WHERE line_id = %s AND opened >= %s AND opened < %s AND NOT confirmed"
        f" AND channel NOT IN ({places(list(apart) or [''])})",
        [line_id, first, after, *(apart or [""])],
    )
    return 0 if row is None else int(row[0])


def _days_of(month: str) -> tuple[int, int]:
    year, number = int(month[:4]), int(month[5:])
    following = date(year + number // 12, number % 12 + 1, 1)
    return day_number(date(year, number, 1)), day_number(following)

"""Sealed entries: their rows, wherever they lie.

Each row is stored by a number: the first 24 bits of its case's random id, then 40 bits drawn anew. So what belongs to
one case lies together, three rows a page, and neither cases nor the entries of a case lie as they came (ADR 0041,
0094). Two draws of one case meet once in some billions of writes; that write fails whole and is tried again by whoever
made it.
"""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from leeside.vault.arrivals import unpack
from leeside.vault.days import maybe_day_of
from leeside.vault.marks import Direction
from leeside.vault.reading import Row, rows_of
from leeside.vault.records import EntryRow

ENTRY_COLUMNS: Final = "case_id, entry_id, compartment, generation, direction, not_before, shown_until, sealed"
INSERT_ENTRY: Final = (
    f"INSERT INTO leeside_entry (row_number, {ENTRY_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
"""Its values are those of `numbered`."""

_CASE_BYTES: Final = 3
_DRAWN_BITS: Final = 40


def numbered(row: Sequence[Any]) -> Row:
    """A row with columns as in ENTRY_COLUMNS, with a number drawn for it in front."""
    return first_number(row[0]) + secrets.randbits(_DRAWN_BITS), *row


def first_number(case_id: bytes) -> int:
    """The lowest number that an entry of the case can have; the highest is `last_number`."""
    return int.from_bytes(case_id[:_CASE_BYTES], "big", signed=True) << _DRAWN_BITS


def last_number(case_id: bytes) -> int:
    """The highest number that an entry of the case can have."""
    return first_number(case_id) + (1 << _DRAWN_BITS) - 1


def entry_rows_of(case_id: bytes, arrived: bytes) -> list[Row]:
    """Every entry of a case: those that came with the parcel and those of the table. Columns as in ENTRY_COLUMNS."""
    rows = rows_of("default", f"SELECT {ENTRY_COLUMNS} FROM leeside_entry WHERE case_id = %s", [case_id])
    return unpack(case_id, arrived)[1] + rows


def entry_from(row: Row) -> EntryRow:
    """What is handed out of an entry's row."""
    return EntryRow(
        entry_id=bytes(row[1]),
        compartment=row[2],
        generation=row[3],
        sealed=bytes(row[7]),
        direction=Direction(row[4]),
        shown_until=maybe_day_of(row[6]),
    )

"""Sealed entries: their rows, wherever they lie."""

from typing import Final

from leeside.vault.arrivals import unpack
from leeside.vault.days import maybe_day_of
from leeside.vault.marks import Direction
from leeside.vault.reading import Row, rows_of
from leeside.vault.records import EntryRow

ENTRY_COLUMNS: Final = "case_id, entry_id, compartment, generation, direction, not_before, shown_until, sealed"
INSERT_ENTRY: Final = f"INSERT INTO leeside_entry ({ENTRY_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"


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

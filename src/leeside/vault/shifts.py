"""Who is on shift until when, and for how many cases they have places. In `fleeting`, in real time.

A shift is a promise to colleagues and no right: nothing opens because of it. It ends by itself.
"""

from datetime import datetime
from typing import Final

from leeside.vault.days import moment_of, second_number
from leeside.vault.errors import MisuseError
from leeside.vault.list_records import ShiftRow
from leeside.vault.people import require_reader
from leeside.vault.reading import rows_of
from leeside.vault.translation import verb
from leeside.vault.writing import writing

MOST_PLACES: Final = 999


@verb
def put_shift(line_id: bytes, reader_id: bytes, until: datetime, places: int) -> None:
    """Put somebody on shift, or change their shift's end and places. Real time.

    `places` is how many open cases that wait on us they are willing to carry at once. GoneError for whoever has no
    active account of the line.
    """
    require_reader(line_id, reader_id)
    if not 0 <= places <= MOST_PLACES:
        raise MisuseError("so many places")
    with writing("fleeting") as cursor:
        cursor.execute(
            "INSERT INTO leeside_shift (reader_id, line_id, until, places) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (reader_id) DO UPDATE SET until = excluded.until, places = excluded.places",
            [reader_id, line_id, second_number(until), places],
        )


@verb
def end_shift(reader_id: bytes) -> None:
    """End a shift; ending one that has ended is no error."""
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_shift WHERE reader_id = %s", [reader_id])


@verb
def fetch_shifts(line_id: bytes, now: datetime) -> tuple[ShiftRow, ...]:
    """Who is on shift at this (real) moment, by id."""
    rows = rows_of(
        "fleeting",
        "SELECT reader_id, until, places FROM leeside_shift WHERE line_id = %s AND until > %s ORDER BY reader_id",
        [line_id, second_number(now)],
    )
    return tuple(ShiftRow(bytes(row[0]), moment_of(row[1]), row[2]) for row in rows)

"""Wordless pings: that somebody chose to be told "please look", and what stood there when they last looked.

The address itself is not kept, only its hash. `known` is a row of short tags that only who has the address can make
again (a keyed hash): with it a feed says once that something new waits, and nobody reads from it what.
"""

from collections.abc import Sequence
from datetime import date

from leeside.vault.days import day_number, day_of
from leeside.vault.errors import ConflictError, MisuseError
from leeside.vault.list_records import PingRow
from leeside.vault.people import require_reader
from leeside.vault.reading import row_of
from leeside.vault.translation import verb
from leeside.vault.writing import writing

TAG_BYTES = 8


@verb
def put_ping(line_id: bytes, reader_id: bytes, token_hash: bytes, today: date) -> None:
    """Let a reader be pinged at one address, and at no other from now on.

    GoneError for whoever has no active account of the line, ConflictError for an address that is taken.
    """
    require_reader(line_id, reader_id)
    if len(token_hash) != 32:
        raise MisuseError("a ping is out of shape")
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_ping WHERE reader_id = %s", [reader_id])
        cursor.execute(
            "INSERT INTO leeside_ping (token_hash, line_id, reader_id, number, day, known)"
            " VALUES (%s, %s, %s, 0, %s, %s) ON CONFLICT DO NOTHING",
            [token_hash, line_id, reader_id, day_number(today), b""],
        )
        if not cursor.rowcount:
            raise ConflictError("the address is taken")


@verb
def drop_pings(reader_id: bytes) -> int:
    """Forget every address of a reader; how many there were."""
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_ping WHERE reader_id = %s", [reader_id])
        dropped: int = cursor.rowcount
    return dropped


@verb
def has_ping(reader_id: bytes) -> bool:
    """Whether a reader has an address for pings."""
    return row_of("fleeting", "SELECT 1 FROM leeside_ping WHERE reader_id = %s", [reader_id]) is not None


@verb
def fetch_ping(token_hash: bytes) -> PingRow | None:
    """What belongs to an address, or None when nobody has it."""
    row = row_of(
        "fleeting",
        "SELECT line_id, reader_id, number, day, known FROM leeside_ping WHERE token_hash = %s",
        [token_hash],
    )
    if row is None:
        return None
    known = bytes(row[4])
    tags = tuple(known[at : at + TAG_BYTES] for at in range(0, len(known), TAG_BYTES))
    return PingRow(bytes(row[0]), bytes(row[1]), row[2], day_of(row[3]), tags)


@verb
def note_ping(token_hash: bytes, number: int, today: date, known: Sequence[bytes]) -> bool:
    """Note what stands there now; `number` is one more than before when something is new. False when the address has
    ended, or another request noted something first."""
    if any(len(tag) != TAG_BYTES for tag in known):
        raise MisuseError("a tag is out of shape")
    with writing("fleeting") as cursor:
        cursor.execute(
            "UPDATE leeside_ping SET number = %s, day = %s, known = %s WHERE token_hash = %s AND number IN (%s, %s)",
            [number, day_number(today), b"".join(known), token_hash, number, number - 1],
        )
        return bool(cursor.rowcount)

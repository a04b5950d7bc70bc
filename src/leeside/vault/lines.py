"""Lines, their signed rosters and the role keys sealed to their people.

The store checks no signature: whoever reads a roster verifies it up to the line's fingerprint. It keeps the chain
whole: versions are added one by one, none is replaced and none removed.
"""

from collections.abc import Iterable

from leeside.vault.audit import put_reading
from leeside.vault.cursors import Cursor
from leeside.vault.errors import ConflictError, GoneError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.marks import LineState
from leeside.vault.people import activate_newcomer, put_new_ring
from leeside.vault.readers import forget_colleague
from leeside.vault.reading import Row, row_of, rows_of
from leeside.vault.records import LineRow, RoleEnvelopeRow, RosterStep
from leeside.vault.translation import verb
from leeside.vault.writing import writing

NO_STEP = RosterStep()
_LINE_COLUMNS = "id, slug, pack, state, roster_number, code_first, code_second"


def _line(row: Row) -> LineRow:
    return LineRow(bytes(row[0]), row[1], row[2], LineState(row[3]), row[4], row[5], row[6])


@verb
def add_line(
    slug: str,
    pack: str,
    line_id: bytes,
    code_first: int = LIMITS.code_first,
    code_second: int = LIMITS.code_second,
) -> None:
    """Add a line that is being founded. The two numbers are the lengths of the lists of code names."""
    if len(line_id) != 16 or not slug or min(code_first, code_second) < 1 or max(code_first, code_second) > 8192:
        raise MisuseError("a line is out of shape")
    with writing("default") as cursor:
        cursor.execute(
            f"INSERT INTO leeside_line ({_LINE_COLUMNS}) VALUES (%s, %s, %s, %s, 0, %s, %s) ON CONFLICT DO NOTHING",
            [line_id, slug, pack, int(LineState.FOUNDING), code_first, code_second],
        )
        if not cursor.rowcount:
            raise ConflictError("a line of this address or id exists")


@verb
def fetch_line(slug: str) -> LineRow:
    """The line of an address, or GoneError."""
    row = row_of("default", f"SELECT {_LINE_COLUMNS} FROM leeside_line WHERE slug = %s", [slug])
    if row is None:
        raise GoneError
    return _line(row)


@verb
def fetch_line_of(line_id: bytes) -> LineRow:
    """The line of an id, or GoneError."""
    row = row_of("default", f"SELECT {_LINE_COLUMNS} FROM leeside_line WHERE id = %s", [line_id])
    if row is None:
        raise GoneError
    return _line(row)


@verb
def list_lines() -> tuple[LineRow, ...]:
    """Every line, by address."""
    return tuple(_line(row) for row in rows_of("default", f"SELECT {_LINE_COLUMNS} FROM leeside_line ORDER BY slug"))


@verb
def open_line(line_id: bytes) -> None:
    """Let a line take requests. The desk calls this when a second coordinator exists. Opening twice is no error."""
    with writing("default") as cursor:
        cursor.execute("UPDATE leeside_line SET state = %s WHERE id = %s", [int(LineState.OPEN), line_id])
        if not cursor.rowcount:
            raise GoneError


@verb
def append_roster(line_id: bytes, number: int, signed: bytes, step: RosterStep = NO_STEP) -> None:
    """Add the next signed version with all that belongs to it, in one transaction.

    ConflictError, and nothing is stored, when `number` is not the one after the newest, or when the account whose ring
    is exchanged has another passphrase by now.
    """
    with writing("default") as cursor:
        cursor.execute(
            "UPDATE leeside_line SET roster_number = %s WHERE id = %s AND roster_number = %s",
            [number, line_id, number - 1],
        )
        if not cursor.rowcount:
            raise ConflictError("the roster has moved on")
        cursor.execute(
            "INSERT INTO leeside_roster_version (line_id, number, signed) VALUES (%s, %s, %s)",
            [line_id, number, signed],
        )
        _take_step(cursor, line_id, step)


def _take_step(cursor: Cursor, line_id: bytes, step: RosterStep) -> None:
    for reader_id in step.drops:
        cursor.execute(
            "DELETE FROM leeside_role_envelope WHERE line_id = %s AND reader_id = %s",
            [line_id, reader_id],
        )
    for reader_id in step.joins:
        activate_newcomer(cursor, line_id, reader_id)
    if step.leaves is not None:
        forget_colleague(cursor, line_id, step.leaves)
    if step.new_ring is not None:
        put_new_ring(cursor, line_id, step.new_ring)
    _put_envelopes(cursor, line_id, step.envelopes)
    if step.reading is not None:
        put_reading(cursor, line_id, step.reading)


@verb
def fetch_roster(line_id: bytes) -> tuple[bytes, ...]:
    """All signed versions of a line's roster, oldest first."""
    rows = rows_of("default", "SELECT signed FROM leeside_roster_version WHERE line_id = %s ORDER BY number", [line_id])
    return tuple(bytes(row[0]) for row in rows)


@verb
def put_role_envelopes(line_id: bytes, envelopes: Iterable[RoleEnvelopeRow]) -> None:
    """Store role keys sealed to readers; the same circle, epoch and reader again replaces the older seal."""
    with writing("default") as cursor:
        _put_envelopes(cursor, line_id, envelopes)


def _put_envelopes(cursor: Cursor, line_id: bytes, envelopes: Iterable[RoleEnvelopeRow]) -> None:
    cursor.executemany(
        "INSERT INTO leeside_role_envelope (line_id, reader_id, circle, epoch, sealed) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (line_id, reader_id, circle, epoch) DO UPDATE SET sealed = excluded.sealed",
        [(line_id, one.reader_id, one.circle, one.epoch, one.sealed) for one in envelopes],
    )


@verb
def fetch_role_envelopes(line_id: bytes, reader_id: bytes) -> tuple[RoleEnvelopeRow, ...]:
    """The role keys sealed to one reader, by circle and epoch."""
    rows = rows_of(
        "default",
        "SELECT circle, epoch, reader_id, sealed FROM leeside_role_envelope WHERE line_id = %s AND reader_id = %s"
        " ORDER BY circle, epoch",
        [line_id, reader_id],
    )
    return tuple(RoleEnvelopeRow(row[0], row[1], bytes(row[2]), bytes(row[3])) for row in rows)


@verb
def drop_role_envelopes(line_id: bytes, reader_id: bytes) -> None:
    """Delete every role key sealed to one reader."""
    with writing("default") as cursor:
        cursor.execute(
            "DELETE FROM leeside_role_envelope WHERE line_id = %s AND reader_id = %s",
            [line_id, reader_id],
        )

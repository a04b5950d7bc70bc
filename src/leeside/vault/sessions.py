"""What may be lost: sessions, holds on cases and one-time addresses, in `fleeting`, which no backup copies.

Clock times live here and only here. Times handed in are real time, never the domain clock.
"""

from collections.abc import Sequence
from datetime import datetime

from leeside.vault.days import moment_of, second_number
from leeside.vault.errors import ConflictError, GoneError, HeldError, MisuseError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import places, row_of, rows_of
from leeside.vault.records import Hold, OwnSession, SessionRow
from leeside.vault.translation import verb
from leeside.vault.writing import writing

RENEW_AFTER_SECONDS = 30


@verb
def open_session(
    kind: str, id_hash: bytes, sealed: bytes, reader_id: bytes | None, line_id: bytes, now: datetime
) -> None:
    """Keep a session's sealed belongings under the hash of the secret that only the browser holds."""
    if len(id_hash) != 32 or len(sealed) > LIMITS.sealed_session_bytes:
        raise MisuseError("a session is out of shape")
    second = second_number(now)
    with writing("fleeting") as cursor:
        cursor.execute(
            "INSERT INTO leeside_session (kind, id_hash, line_id, reader_id, opened, seen, sealed)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [kind, id_hash, line_id, reader_id, second, second, sealed],
        )
        if not cursor.rowcount:
            raise ConflictError("a session of this id exists")


@verb
def fetch_session(
    kind: str, id_hash: bytes, now: datetime, idle_seconds: int, *, renews: bool = True
) -> SessionRow | None:
    """A living session, or None when there is none or it has been idle for too long.

    It is renewed by being fetched, unless `renews` says that nobody's hand asked (a page that looks by itself).
    """
    row = row_of(
        "fleeting",
        "SELECT line_id, reader_id, sealed, opened, seen FROM leeside_session WHERE kind = %s AND id_hash = %s",
        [kind, id_hash],
    )
    if row is None:
        return None
    second = second_number(now)
    if row[4] + idle_seconds < second:
        end_session(kind, id_hash)
        return None
    if renews and row[4] + RENEW_AFTER_SECONDS <= second:
        renew_session(kind, id_hash, now)
    reader_id = None if row[1] is None else bytes(row[1])
    return SessionRow(bytes(row[0]), reader_id, bytes(row[2]), moment_of(row[3]), moment_of(row[4]))


@verb
def renew_session(kind: str, id_hash: bytes, now: datetime, sealed: bytes | None = None) -> None:
    """Note that a session is in use, and perhaps put newly sealed belongings into it. GoneError when it has ended."""
    with writing("fleeting") as cursor:
        cursor.execute(
            "UPDATE leeside_session SET seen = %s, sealed = COALESCE(%s, sealed) WHERE kind = %s AND id_hash = %s",
            [second_number(now), sealed, kind, id_hash],
        )
        if not cursor.rowcount:
            raise GoneError


@verb
def end_session(kind: str, id_hash: bytes) -> None:
    """End a session; ending one that has ended is no error."""
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_session WHERE kind = %s AND id_hash = %s", [kind, id_hash])


@verb
def end_sessions_of(reader_id: bytes) -> int:
    """End every session of a reader and let go of their holds; how many sessions there were."""
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_hold WHERE reader_id = %s", [reader_id])
        cursor.execute("DELETE FROM leeside_session WHERE reader_id = %s", [reader_id])
        ended: int = cursor.rowcount
    return ended


def forget_reader(reader_id: bytes) -> None:
    """What ends with a way in besides its sessions: the shift, and the addresses of pings."""
    with writing("fleeting") as cursor:
        for table in ("leeside_shift", "leeside_ping"):
            cursor.execute(f"DELETE FROM {table} WHERE reader_id = %s", [reader_id])


@verb
def list_sessions(kind: str, reader_id: bytes, now: datetime, idle_seconds: int) -> tuple[OwnSession, ...]:
    """A reader's living sessions, the one in use last first."""
    rows = rows_of(
        "fleeting",
        "SELECT id_hash, opened, seen FROM leeside_session WHERE kind = %s AND reader_id = %s AND seen + %s >= %s"
        " ORDER BY seen DESC, id_hash",
        [kind, reader_id, int(idle_seconds), second_number(now)],
    )
    return tuple(OwnSession(bytes(row[0]), moment_of(row[1]), moment_of(row[2])) for row in rows)


@verb
def end_other_sessions(kind: str, reader_id: bytes, but: bytes) -> int:
    """End every session of a reader but one; how many there were. Holds stay: the person goes on working."""
    with writing("fleeting") as cursor:
        cursor.execute(
            "DELETE FROM leeside_session WHERE kind = %s AND reader_id = %s AND id_hash <> %s", [kind, reader_id, but]
        )
        ended: int = cursor.rowcount
    return ended


@verb
def put_once(kind: str, token_hash: bytes, payload: bytes, until: datetime) -> bool:
    """Put something to be taken once; False when its place is taken (a one-time code that was used before).

    The payload is sealed, or holds nothing of anybody.
    """
    if len(token_hash) != 32 or len(payload) > LIMITS.payload_bytes:
        raise MisuseError("a one-time place is out of shape")
    with writing("fleeting") as cursor:
        cursor.execute(
            "INSERT INTO leeside_one_time (kind, token_hash, payload, until) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [kind, token_hash, payload, second_number(until)],
        )
        return bool(cursor.rowcount)


@verb
def look_once(kind: str, token_hash: bytes, now: datetime) -> bytes | None:
    """What lies at a one-time place, left there: for the page that asks before it takes. None like `take_once`."""
    row = row_of(
        "fleeting",
        "SELECT payload FROM leeside_one_time WHERE kind = %s AND token_hash = %s AND until >= %s",
        [kind, token_hash, second_number(now)],
    )
    return None if row is None else bytes(row[0])


@verb
def look_at_all(kind: str, token_hashes: Sequence[bytes], now: datetime) -> dict[bytes, bytes]:
    """What lies at these one-time places, left there; places where nothing lies are passed over."""
    if not token_hashes:
        return {}
    rows = rows_of(
        "fleeting",
        "SELECT token_hash, payload FROM leeside_one_time WHERE kind = %s AND until >= %s"
        f" AND token_hash IN ({places(token_hashes)})",
        [kind, second_number(now), *token_hashes],
    )
    return {bytes(row[0]): bytes(row[1]) for row in rows}


@verb
def take_once(kind: str, token_hash: bytes, now: datetime) -> bytes | None:
    """Take what lies at a one-time place; None when nothing does, not any more, or it is too late: all alike."""
    with writing("fleeting") as cursor:
        cursor.execute(
            "DELETE FROM leeside_one_time WHERE kind = %s AND token_hash = %s RETURNING payload, until",
            [kind, token_hash],
        )
        row = cursor.fetchone()
    if row is None or row[1] < second_number(now):
        return None
    return bytes(row[0])


def put_hold(case_id: bytes, reader_id: bytes, until: datetime, now: datetime) -> Hold:
    """Hold a case, or lengthen one's own hold. HeldError when somebody else's still runs."""
    with writing("fleeting") as cursor:
        cursor.execute(
            "INSERT INTO leeside_hold (case_id, reader_id, until) VALUES (%s, %s, %s)"
            " ON CONFLICT (case_id) DO UPDATE SET reader_id = excluded.reader_id, until = excluded.until"
            " WHERE leeside_hold.reader_id = excluded.reader_id OR leeside_hold.until < %s",
            [case_id, reader_id, second_number(until), second_number(now)],
        )
        if not cursor.rowcount:
            raise HeldError("somebody else holds the case")
    return Hold(case_id, reader_id, until)


@verb
def release_hold(case_id: bytes, reader_id: bytes) -> None:
    """Let go of one's own hold; no error when it has ended already."""
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_hold WHERE case_id = %s AND reader_id = %s", [case_id, reader_id])

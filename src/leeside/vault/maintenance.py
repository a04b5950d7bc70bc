"""What `tick` and `doctor` ask of the store: sweeping, emptying logs, and whether all is well.

Everything here may be run at any moment, any number of times, beside everything else.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import connections
from django.db.migrations.loader import MigrationLoader

from leeside.vault.closings import KIND as PROMISE
from leeside.vault.closings import forget_promises
from leeside.vault.days import day_number, second_number
from leeside.vault.erasing import delete_rows, empty_logs
from leeside.vault.errors import DamagedError, UnreadyError
from leeside.vault.files import sweep_files
from leeside.vault.limits import LIMITS
from leeside.vault.reading import Row, close_readers, places, row_of, rows_of
from leeside.vault.sessions import look_once, put_once
from leeside.vault.shredding import shred_keys_of
from leeside.vault.translation import verb
from leeside.vault.upkeep_records import Swept
from leeside.vault.writing import ALIASES, close_writers, writing

SESSION_SECONDS: Final = 3600
"""No session's row, which tells when somebody was here, stays for more than an hour without use, whatever its kind.
The zones' own limits are shorter."""


@verb
def sweep(now: datetime, today: date, real_now: datetime) -> Swept:
    """Remove what is over and mend what a power loss between two stores left behind.

    `now` and `today` are the domain clock's (promises, look-by, releases); `real_now` is for sessions and holds. What
    must read whole tables is done by the first sweep of each day; the rest costs next to nothing at any size.
    """
    cut_off = _finish_erasures()
    daily = Swept() if _is_done(today, real_now) else _sweep_of_the_day(today)
    _note_done(today, real_now)
    return replace(
        daily,
        cases_without_key=daily.cases_without_key + cut_off,
        releases=_forget_releases(now) + forget_promises(now),
        **_forget_fleeting(real_now),
    )


def _sweep_of_the_day(today: date) -> Swept:
    return Swept(
        keys_without_case=_sweep_keys(today),
        cases_without_key=_sweep_cases(),
        erased_lookups=_forget_erased(today),
        look_by_moves=_move_look_by(today),
        grants_ended=_end_grants(today),
        files=sweep_files(today),
    )


def _day_mark(today: date) -> bytes:
    return sha256(b"leeside sweep of the day" + today.isoformat().encode()).digest()


def _is_done(today: date, real_now: datetime) -> bool:
    return look_once("swept", _day_mark(today), real_now) is not None


def _note_done(today: date, real_now: datetime) -> None:
    """Note the day after its work: what raised is tried again by the next sweep."""
    put_once("swept", _day_mark(today), b"", real_now + timedelta(days=2))


def _finish_erasures() -> int:
    """Delete the rows of cases that were erased by half: their lookup hashes stand in the shred store already."""
    hashes = [bytes(row[0]) for row in rows_of("shred", "SELECT lookup_hash FROM leeside_erased_lookup")]
    finished = 0
    for start in range(0, len(hashes), 500):
        part = hashes[start : start + 500]
        rows = rows_of("default", f"SELECT id FROM leeside_case WHERE lookup_hash IN ({places(part)})", part)
        keys = shred_keys_of([bytes(row[0]) for row in rows])
        orphans = [bytes(row[0]) for row in rows if bytes(row[0]) not in keys]
        _delete_orphans(orphans)
        finished += len(orphans)
    return finished


def _sweep_cases() -> int:
    """Delete the rows of cases whose shred key is gone: above all those that a restored backup brought back.

    Case ids are read before keys: a case that is found was preceded by its key.
    """
    orphans: list[bytes] = []
    total, after = 0, b""
    while True:
        ids = _slice("default", "leeside_case", "id", after)
        total += len(ids)
        keys = _having(ids, "shred", "leeside_shred_key", "case_id")
        orphans += [case_id for case_id in ids if case_id not in keys]
        if len(ids) < LIMITS.sweep_slice:
            break
        after = ids[-1]
    if len(orphans) > max(50, total * LIMITS.orphan_share):
        raise DamagedError("many cases have no shred key: is this the right shred store? Nothing was swept")
    _delete_orphans(orphans)
    return len(orphans)


def _delete_orphans(orphans: list[bytes]) -> None:
    for start in range(0, len(orphans), 500):
        delete_rows(orphans[start : start + 500])
    if orphans:
        empty_logs(["default"])


def _sweep_keys(today: date) -> int:
    """Delete shred keys that were found without a case some days ago and still have none.

    A key is made ahead of its case, so one sweep only notes what it finds; cases are read after keys.
    """
    swept, after, day = 0, b"", day_number(today)
    while True:
        ids = _slice("shred", "leeside_shred_key", "case_id", after)
        cases = _having(ids, "default", "leeside_case", "id")
        orphans = [case_id for case_id in ids if case_id not in cases]
        for start in range(0, len(orphans), 500):
            swept += _sweep_orphan_keys(orphans[start : start + 500], day)
        if len(ids) < LIMITS.sweep_slice:
            return swept
        after = ids[-1]


def _sweep_orphan_keys(orphans: list[bytes], day: int) -> int:
    among = f"case_id IN ({places(orphans)})"
    with writing("shred") as cursor:
        cursor.execute(
            f"DELETE FROM leeside_shred_key WHERE {among} AND orphan_since <= %s", [*orphans, day - LIMITS.orphan_days]
        )
        swept: int = cursor.rowcount
        cursor.execute(
            f"UPDATE leeside_shred_key SET orphan_since = %s WHERE {among} AND orphan_since IS NULL", [day, *orphans]
        )
    return swept


def _slice(alias: str, table: str, column: str, after: bytes) -> list[bytes]:
    sql = f"SELECT {column} FROM {table} WHERE {column} > %s ORDER BY {column} LIMIT {LIMITS.sweep_slice}"
    return [bytes(row[0]) for row in rows_of(alias, sql, [after])]


def _having(ids: list[bytes], alias: str, table: str, column: str) -> set[bytes]:
    """Those of `ids` that are in the other store; both tables are read in the order of their keys."""
    if not ids:
        return set()
    sql = f"SELECT {column} FROM {table} WHERE {column} >= %s AND {column} <= %s"
    return {bytes(row[0]) for row in rows_of(alias, sql, [ids[0], ids[-1]])}


def _forget_erased(today: date) -> int:
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM leeside_erased_lookup WHERE day < %s", [day_number(today) - LIMITS.erased_days])
        forgotten: int = cursor.rowcount
    return forgotten


def _move_look_by(today: date) -> int:
    """Move open cases to the nearer bucket on the earliest day it can mean. Their rank has the day and stays."""
    day = day_number(today)
    return sum(_move_to(bucket, day + left) for bucket, left in ((1, 0), (2, 3), (3, 7)))


def _move_to(bucket: int, due_from: int) -> int:
    """Move cases into one bucket, some at a time, so that no deposit waits for long."""
    moved, after = 0, b""
    while True:
        rows = rows_of(
            "default",
            "SELECT id FROM leeside_case WHERE id > %s AND state < 4 AND look_by > %s AND due_from <= %s"
            f" ORDER BY id LIMIT {LIMITS.moves_together}",
            [after, bucket, due_from],
        )
        if not rows:
            return moved
        ids = [bytes(row[0]) for row in rows]
        with writing("default") as cursor:
            cursor.execute(
                f"UPDATE leeside_case SET look_by = %s WHERE id IN ({places(ids)})"
                " AND state < 4 AND look_by > %s AND due_from <= %s",
                [bucket, *ids, bucket, due_from],
            )
            moved += cursor.rowcount
        after = ids[-1]


def _end_grants(today: date) -> int:
    """Take back grants whose last day has passed; the owner's own stays until somebody takes the case over."""
    where = "until < %s AND NOT EXISTS (SELECT 1 FROM leeside_case c WHERE c.id = case_id AND c.owner = reader_id)"
    ended: list[Row] = rows_of(
        "default",
        f"SELECT case_id, reader_id FROM leeside_case_reader WHERE {where}",
        [day_number(today)],
    )
    if not ended:
        return 0
    with writing("default") as cursor:
        for case_id, reader_id in ended:
            cursor.execute(
                "DELETE FROM leeside_wrap WHERE case_id = %s AND recipient = %s",
                [case_id, f"reader:{bytes(reader_id).hex()}"],
            )
            cursor.execute(
                "DELETE FROM leeside_case_reader WHERE case_id = %s AND reader_id = %s", [case_id, reader_id]
            )
    return len(ended)


def _forget_releases(now: datetime) -> int:
    """Forget the moments of answers that are out, and the days noted with them."""
    with writing("default") as cursor:
        cursor.execute(
            "UPDATE leeside_entry SET not_before = NULL WHERE not_before < %s",
            [day_number(now.astimezone(UTC).date())],
        )
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_release WHERE at <= %s", [second_number(now)])
        forgotten: int = cursor.rowcount
    return forgotten


def _forget_fleeting(real_now: datetime) -> dict[str, int]:
    second = second_number(real_now)
    counts = {}
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_session WHERE seen < %s", [second - SESSION_SECONDS])
        counts["sessions"] = cursor.rowcount
        cursor.execute("DELETE FROM leeside_hold WHERE until < %s", [second])
        counts["holds"] = cursor.rowcount
        cursor.execute("DELETE FROM leeside_one_time WHERE kind <> %s AND until < %s", [PROMISE, second])
        counts["one_time"] = cursor.rowcount
        cursor.execute("DELETE FROM leeside_shift WHERE until < %s", [second])
        counts["shifts"] = cursor.rowcount
    return counts


@verb
def checkpoint() -> bool:
    """Empty the write-ahead logs of all stores (SQLite); False when a reader kept one alive for the moment."""
    return empty_logs(ALIASES)


@verb
def check_integrity() -> None:
    """Let the database check its own files. DamagedError names the store at fault."""
    for alias in ALIASES:
        if connections[alias].vendor == "sqlite" and row_of(alias, "PRAGMA integrity_check") != ("ok",):
            raise DamagedError(f"the store {alias} is damaged: restore the newest backup")


@verb
def check_ready() -> None:
    """Refuse to start on a store that is not fully migrated, or is newer than this code; names what is missing."""
    for alias in ALIASES:
        loader = MigrationLoader(connections[alias], ignore_no_migrations=True)
        applied = set(loader.applied_migrations)
        missing = sorted(set(loader.graph.nodes) - applied)
        if missing:
            raise UnreadyError(f"the store {alias} lacks migration {' '.join(missing[0])}: run the upgrade")
        strange = sorted(name for app, name in applied - set(loader.disk_migrations) if app == "vault")
        if strange:
            raise UnreadyError(f"the store {alias} is newer than this software: it has migration {strange[-1]}")


def close_connections() -> None:
    """Close this process's connections to all three stores: a restore puts other files in their place."""
    close_readers()
    close_writers()

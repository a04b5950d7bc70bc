"""Shred keys: every copy of a case's keys lies wrapped under one random key in a store of its own.

Rules:
1. The shred key is committed before the case's first row, and deleted (and that committed) before its rows are.
2. No verb hands a shred key out; this file gives them to its siblings only.
3. What was interrupted leaves an orphan of one kind or the other; both are swept by `maintenance`, any number of times.
"""

import os
import secrets
import threading
import time
from collections.abc import Sequence
from datetime import date

from leeside.sealing.errors import RefusedError
from leeside.sealing.shred import make_shred_key, unwrap, wrap
from leeside.vault.arrivals import unpack
from leeside.vault.cursors import Cursor
from leeside.vault.days import day_number
from leeside.vault.errors import DamagedError, GoneError
from leeside.vault.limits import LIMITS
from leeside.vault.reading import Row, places, row_of, rows_of
from leeside.vault.records import KeyWrap
from leeside.vault.writing import writing

WRAP_COLUMNS = "case_id, recipient, own_copy, generation, mask, sealed"
UPSERT_WRAP = (
    f"INSERT INTO leeside_wrap ({WRAP_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (case_id, recipient, own_copy, generation, mask) DO UPDATE SET sealed = excluded.sealed"
)


def binding_of(case_id: bytes, recipient: str, own_copy: bool, generation: int, mask: int) -> bytes:
    """The row that a wrapped key belongs to, so that rows cannot be exchanged. Fixed sizes, the name last."""
    return case_id + bytes((own_copy, mask)) + generation.to_bytes(4, "big") + recipient.encode()


def wrapped_row(shred_key: bytes, key: KeyWrap) -> Row:
    """The row of a sealed key, wrapped; columns as in WRAP_COLUMNS."""
    binding = binding_of(key.case_id, key.recipient, key.own_copy, key.generation, key.mask)
    wrapped = wrap(shred_key, key.sealed, binding)
    return key.case_id, key.recipient, key.own_copy, key.generation, key.mask, wrapped


def unwrapped(shred_key: bytes, row: Row) -> KeyWrap:
    """The sealed key of a row; columns as in WRAP_COLUMNS."""
    case_id, recipient, own_copy, generation, mask, wrapped = row
    case_id, own_copy = bytes(case_id), bool(own_copy)
    try:
        sealed = unwrap(shred_key, bytes(wrapped), binding_of(case_id, recipient, own_copy, generation, mask))
    except RefusedError:
        raise DamagedError("a sealed key does not belong to its row or its shred key") from None
    return KeyWrap(case_id, recipient, mask, generation, sealed, own_copy)


def shred_key_of(case_id: bytes) -> bytes:
    """The shred key of a case, or GoneError: then the case is erased, whatever rows are left of it."""
    row = row_of("shred", "SELECT key FROM leeside_shred_key WHERE case_id = %s", [case_id])
    if row is None:
        raise GoneError
    return bytes(row[0])


def shred_keys_of(case_ids: Sequence[bytes]) -> dict[bytes, bytes]:
    """The shred keys of several cases; erased ones are missing."""
    if not case_ids:
        return {}
    sql = f"SELECT case_id, key FROM leeside_shred_key WHERE case_id IN ({places(case_ids)})"
    return {bytes(case_id): bytes(key) for case_id, key in rows_of("shred", sql, case_ids)}


class KeyPool:
    """Shred keys made ahead: one commit in the shred store serves many deposits.

    Each key is committed together with the random id that its case will have, before anybody can use it. What a
    process leaves unused is an orphan like any other; a key that waited for an hour is left to the sweep.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: list[tuple[bytes, bytes]] = []
        self._made_at = 0.0

    def forget(self) -> None:
        """Leave all keys that wait to the sweep."""
        self._lock = threading.Lock()
        self._keys = []

    def take(self) -> tuple[bytes, bytes]:
        """A new case id and its shred key, which is stored durably already."""
        with self._lock:
            if not self._keys or time.monotonic() - self._made_at > POOL_SECONDS:
                self._keys = self._make()
                self._made_at = time.monotonic()
            return self._keys.pop()

    @staticmethod
    def _make() -> list[tuple[bytes, bytes]]:
        keys = [(secrets.token_bytes(16), make_shred_key()) for _ in range(LIMITS.keys_ahead)]
        with writing("shred") as cursor:
            cursor.executemany("INSERT INTO leeside_shred_key (case_id, key) VALUES (%s, %s)", keys)
        return keys


POOL_SECONDS = 3600.0
key_pool = KeyPool()


def _start_anew() -> None:
    """A child process must not hand out its parent's keys a second time."""
    key_pool.forget()


os.register_at_fork(after_in_child=_start_anew)


def ensure_keys(keys: Sequence[tuple[bytes, bytes]]) -> None:
    """Store keys of cases that are not stored yet, if they are not there."""
    with writing("shred") as cursor:
        cursor.executemany(
            "INSERT INTO leeside_shred_key (case_id, key) VALUES (%s, %s) ON CONFLICT (case_id) DO NOTHING", keys
        )


def look_up(case_ids: Sequence[bytes], lookup_hashes: Sequence[bytes]) -> tuple[set[bytes], set[bytes]]:
    """In one statement: which of the cases have their shred key, and which of the lookup hashes were erased lately."""
    sql = (
        f"SELECT case_id, 1 FROM leeside_shred_key WHERE case_id IN ({places(case_ids)}) UNION ALL"
        f" SELECT lookup_hash, 0 FROM leeside_erased_lookup WHERE lookup_hash IN ({places(lookup_hashes)})"
    )
    rows = rows_of("shred", sql, [*case_ids, *lookup_hashes])
    return {bytes(row[0]) for row in rows if row[1]}, {bytes(row[0]) for row in rows if not row[1]}


def shred(cursor: Cursor, case_id: bytes, lookup_hash: bytes, today: date) -> None:
    """Delete a case's shred key and remember its lookup hash. `cursor` is of the shred store."""
    cursor.execute("DELETE FROM leeside_shred_key WHERE case_id = %s", [case_id])
    cursor.execute(
        "INSERT INTO leeside_erased_lookup (lookup_hash, day) VALUES (%s, %s)"
        " ON CONFLICT (lookup_hash) DO UPDATE SET day = excluded.day",
        [lookup_hash, day_number(today)],
    )


def wraps_of(case_id: bytes, arrived: bytes, recipients: Sequence[str]) -> tuple[KeyWrap, ...]:
    """The sealed keys of a case for these recipients, unwrapped. GoneError when the case is erased."""
    shred_key = shred_key_of(case_id)
    sql = (
        f"SELECT {WRAP_COLUMNS} FROM leeside_wrap"
        f" WHERE case_id = %s AND recipient IN ({places(recipients)}) ORDER BY recipient, own_copy, generation, mask"
    )
    rows = [row for row in unpack(case_id, arrived)[0] if row[1] in recipients]
    rows += rows_of("default", sql, [case_id, *recipients])
    return tuple(unwrapped(shred_key, row) for row in rows)

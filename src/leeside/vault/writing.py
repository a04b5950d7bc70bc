"""How the store writes: one writing connection a process and database, its own locks, real durability.

Rules:
1. A write runs inside `writing(alias)`: BEGIN IMMEDIATE on SQLite, BEGIN on PostgreSQL, COMMIT at the end.
2. Writers queue twice: for a lock among the threads of this process, and on SQLite for a lock on a file beside the
   database among processes. SQLite's own waiting sleeps and starves the unlucky (p99 over a second when measured);
   a file lock wakes the next at once, and the system frees it when its holder is killed.
3. `writing` does not nest. Who must write to two stores does so one after the other, and says which comes first. The
   one exception: a deposit that finds its shred key gone stores it while it holds the data, never the other way round.
4. A failed transaction is rolled back; a connection that cannot even do that is closed, and the next opens anew.
5. After a fork the child has connections of its own.
6. Whoever is none of ours (a shell somebody left open, a tool for backups) queues nowhere and is waited for a few
   seconds. After a wait in vain the next writers of this process only ask, until one gets in: else each would wait
   after the other, the line of them had no end, and everybody's text with it.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError, InterfaceError

from leeside.vault.cursors import Cursor
from leeside.vault.errors import BusyError, MisuseError

ALIASES = ("default", "shred", "fleeting")
LOCK_TIMEOUT_SECONDS = 60.0
FOREIGN_LOCK_MILLISECONDS = 4_000
ONLY_ASKING_SECONDS = 30.0

DURABLE = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    # Random keys touch pages far apart; a longer log lets one checkpoint write each page once for many commits.
    "PRAGMA wal_autocheckpoint=16000",
)
"""What a writing connection sets for itself on SQLite, whatever the settings say."""


class Writer:
    """The one writing connection of this process to one database."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._lock = threading.Lock()
        self._holder: int | None = None
        self._connection: BaseDatabaseWrapper | None = None
        self._lock_file: int | None = None
        self._patience: int | None = None
        self._only_asks_until = 0.0

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """Hold both locks and one transaction; COMMIT has returned when the block is left without an error."""
        if self._holder == threading.get_ident():
            raise MisuseError("a write inside a write")
        if not self._lock.acquire(timeout=LOCK_TIMEOUT_SECONDS):
            raise BusyError("the store is busy")
        try:
            self._holder = threading.get_ident()
            with self._file_locked():
                yield from self._in_transaction()
        finally:
            self._holder = None
            self._lock.release()

    def close(self) -> None:
        """Close the connection and the lock file; the next write opens them anew."""
        with self._lock:
            self._forget_connection()
            if self._lock_file is not None:
                os.close(self._lock_file)
                self._lock_file = None

    @contextmanager
    def own_connection(self) -> Iterator[Cursor]:
        """A cursor outside any transaction, under both locks: for statements that refuse to run inside one."""
        if not self._lock.acquire(timeout=LOCK_TIMEOUT_SECONDS):
            raise BusyError("the store is busy")
        try:
            with self._file_locked(), Cursor(self._open()) as cursor:
                yield cursor
        finally:
            self._lock.release()

    def _in_transaction(self) -> Iterator[Cursor]:
        cursor = self._begin()
        try:
            yield cursor
            cursor.execute("COMMIT")
        except BaseException:
            self._roll_back(cursor)
            raise
        cursor.close()

    def _begin(self) -> Cursor:
        connection = self._open()
        begin = "BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN"
        cursor = Cursor(connection)
        if connection.vendor == "sqlite":
            self._wait_for_foreigners(cursor)
        try:
            cursor.execute(begin)
        except (DatabaseError, InterfaceError):
            # A server that restarted leaves a dead connection behind; a locked SQLite file is not mended by this.
            if connection.vendor == "sqlite":
                self._only_asks_until = time.monotonic() + ONLY_ASKING_SECONDS
                raise
            self._forget_connection()
            cursor = Cursor(self._open())
            cursor.execute(begin)
        self._only_asks_until = 0.0
        return cursor

    def _wait_for_foreigners(self, cursor: Cursor) -> None:
        patience = 0 if time.monotonic() < self._only_asks_until else FOREIGN_LOCK_MILLISECONDS
        if patience != self._patience:
            cursor.execute(f"PRAGMA busy_timeout={patience}")
            self._patience = patience

    def _roll_back(self, cursor: Cursor) -> None:
        try:
            cursor.execute("ROLLBACK")
            cursor.close()
        except (DatabaseError, InterfaceError):
            self._forget_connection()

    def _open(self) -> BaseDatabaseWrapper:
        if self._connection is None:
            connection = connections[self.alias].copy()
            # Threads of this process share the connection; `_lock` lets one of them in at a time.
            connection.inc_thread_sharing()
            self._connection = connection
            connection.ensure_connection()
            if connection.vendor == "sqlite":
                with Cursor(connection) as cursor:
                    for pragma in DURABLE:
                        cursor.execute(pragma)
        self._connection.ensure_connection()
        return self._connection

    def _forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection, self._patience = None, None

    @contextmanager
    def _file_locked(self) -> Iterator[None]:
        if self._lock_file is None:
            settings = connections[self.alias].settings_dict
            if "sqlite" not in str(settings["ENGINE"]):
                yield
                return
            self._lock_file = os.open(f"{settings['NAME']}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock_file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._lock_file, fcntl.LOCK_UN)


_writers = {alias: Writer(alias) for alias in ALIASES}


_of_parents: list[Writer] = []


def _start_anew() -> None:
    """Put the parent's connections aside without closing them: they are still the parent's."""
    for alias in ALIASES:
        _of_parents.append(_writers[alias])
        _writers[alias] = Writer(alias)


os.register_at_fork(after_in_child=_start_anew)


@contextmanager
def writing(alias: str) -> Iterator[Cursor]:
    """One durable transaction on a store. Everything inside is short, and nothing inside waits for anybody."""
    with _writers[alias].transaction() as cursor:
        yield cursor


@contextmanager
def outside_transactions(alias: str) -> Iterator[Cursor]:
    """A cursor of the writing connection without a transaction (checkpoints)."""
    with _writers[alias].own_connection() as cursor:
        yield cursor


def close_writers() -> None:
    """Close this process's writing connections: before a restore, and between tests."""
    for writer in _writers.values():
        writer.close()

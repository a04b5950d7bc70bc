"""How the store reads: plain SQL, one statement at a time, without a lock.

Rules:
1. Connections are kept in a heap, and whoever reads takes the one that was given back last. A connection a thread
   would cost a worker of sixteen threads sixteen openings; those that answer at once need one or two.
2. A connection that failed is closed. When it was an old one (a PostgreSQL that restarted leaves dead ones behind) the
   statement, which changes nothing, is asked once more on a new one.
3. After a fork the child opens connections of its own.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError, InterfaceError, OperationalError

from leeside.vault.cursors import Cursor

Row = tuple[Any, ...]
Found = TypeVar("Found")


class _Readers:
    """The reading connections of this process to one database that nobody uses at this moment."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._idle: list[BaseDatabaseWrapper] = []

    def ask(
        self, sql: str, parameters: Sequence[Any], fetch: Callable[[Cursor], Found], *, in_binary: bool = False
    ) -> Found:
        """Run one statement and fetch from it."""
        try:
            connection = self._idle.pop()
        except IndexError:
            return self._ask(self._open(), sql, parameters, fetch, in_binary)
        try:
            return self._ask(connection, sql, parameters, fetch, in_binary)
        except (OperationalError, InterfaceError):
            if connection.vendor == "sqlite":
                raise
            return self._ask(self._open(), sql, parameters, fetch, in_binary)

    def _ask(
        self,
        connection: BaseDatabaseWrapper,
        sql: str,
        parameters: Sequence[Any],
        fetch: Callable[[Cursor], Found],
        in_binary: bool,
    ) -> Found:
        try:
            with Cursor(connection, in_binary=in_binary) as cursor:
                cursor.execute(sql, parameters)
                found = fetch(cursor)
        except (DatabaseError, InterfaceError):
            connection.close()
            raise
        self._idle.append(connection)
        return found

    def _open(self) -> BaseDatabaseWrapper:
        connection = connections[self._alias].copy()
        # Handed from thread to thread; the heap gives it to one of them at a time.
        connection.inc_thread_sharing()
        return connection

    def close(self) -> None:
        """Close those that nobody uses."""
        while self._idle:
            self._idle.pop().close()


_readers: Final[dict[str, _Readers]] = {}
_of_parents: Final[list[_Readers]] = []


def _start_anew() -> None:
    """Put the parent's connections aside without closing them: they are still the parent's."""
    _of_parents.extend(_readers.values())
    _readers.clear()


os.register_at_fork(after_in_child=_start_anew)


def _readers_of(alias: str) -> _Readers:
    return _readers.get(alias) or _readers.setdefault(alias, _Readers(alias))


def rows_of(alias: str, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Every row of a query."""
    return _readers_of(alias).ask(sql, parameters, Cursor.fetchall)


def many_rows_of(alias: str, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Every row of a query with much sealed in it: PostgreSQL sends bytes as they are, not spelled in hexadecimal."""
    return _readers_of(alias).ask(sql, parameters, Cursor.fetchall, in_binary=True)


def row_of(alias: str, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of a query, or nothing."""
    row: Row | None = _readers_of(alias).ask(sql, parameters, Cursor.fetchone)
    return row


def places(values: Iterable[object]) -> str:
    """As many place-holders as values, for an IN list."""
    return ",".join("%s" for _ in values)


def close_readers() -> None:
    """Close this process's reading connections: before a restore, and between tests."""
    for readers in list(_readers.values()):
        readers.close()

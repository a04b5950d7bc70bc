"""A cursor without Django's layers: the driver's own, with our place-holders and Django's error classes.

Django's wrapper of a cursor counts queries, asks for hooks and rewrites each statement by a regular expression: a
twentieth of what a deposit costs. Everything else of Django's connection (how it is opened, its settings) is used.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


class Cursor:
    """The part of a database cursor that the store uses. Statements are written with `%s` and hold no other `%`."""

    __slots__ = ("_cursor", "_errors", "_is_sqlite")

    def __init__(self, connection: BaseDatabaseWrapper, *, in_binary: bool = False) -> None:
        connection.ensure_connection()
        self._is_sqlite = connection.vendor == "sqlite"
        self._errors = connection.wrap_database_errors
        with self._errors:
            # SQLite's own cursor, not the one that Django makes: that is the one that rewrites.
            if self._is_sqlite:
                self._cursor: Any = connection.connection.cursor()
            elif in_binary:
                # Django's cursor writes values into the statement, and then everything comes back as text.
                driver: Any = type(connection).Database  # type: ignore[attr-defined]
                self._cursor = driver.Cursor(connection.connection)
                self._cursor.format = driver.pq.Format.BINARY
            else:
                self._cursor = connection.create_cursor()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with self._errors:
            if parameters:
                self._cursor.execute(self._spelled(sql), parameters)
            else:
                self._cursor.execute(sql)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        with self._errors:
            self._cursor.executemany(self._spelled(sql), rows)

    def fetchone(self) -> Any:
        """The next row, or None."""
        with self._errors:
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        with self._errors:
            return list(self._cursor.fetchall())

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        return int(self._cursor.rowcount)

    def close(self) -> None:
        """Let go of the statement; on SQLite it would else hold a read open."""
        with self._errors:
            self._cursor.close()

    def __enter__(self) -> "Cursor":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _spelled(self, sql: str) -> str:
        return sql.replace("%s", "?") if self._is_sqlite else sql

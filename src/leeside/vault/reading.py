"""How the store reads: plain SQL on the thread's own connection, one statement at a time, without a lock."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections

Row = tuple[Any, ...]


def rows_of(alias: str, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Every row of a query."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def row_of(alias: str, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of a query, or nothing."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, parameters)
        row: Row | None = cursor.fetchone()
        return row


def places(values: Iterable[object]) -> str:
    """As many place-holders as values, for an IN list."""
    return ",".join("%s" for _ in values)

"""What a thief does with an installation's files: reads every row, opens what a ring opens, changes what lies there.

Everything here works on the files of SQLite beside the running server, as somebody with the disk would.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from leeside.sealing.roster import Roster, fingerprint_of, verify_roster

FILES = {"data": "data/leeside.sqlite3", "shred": "shred/shred.sqlite3", "fleeting": "fleeting/fleeting.sqlite3"}


@contextmanager
def database(directory: Path, name: str = "data") -> Iterator[sqlite3.Connection]:
    """One of the three databases, opened beside the server; what the block changes is committed at its end."""
    with closing(sqlite3.connect(directory / FILES[name], timeout=30)) as connection, connection:
        yield connection


def rows(directory: Path, sql: str, values: Sequence[Any] = (), *, name: str = "data") -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with database(directory, name) as connection:
        return connection.execute(sql, values).fetchall()


def change(directory: Path, sql: str, values: Sequence[Any] = (), *, name: str = "data") -> int:
    """Write into a database behind the server's back; how many rows were touched."""
    with database(directory, name) as connection:
        return connection.execute(sql, values).rowcount


def tables_of(directory: Path, name: str) -> list[str]:
    """Every table of a database."""
    return [row[0] for row in rows(directory, "SELECT name FROM sqlite_master WHERE type = 'table'", name=name)]


def roster_of(directory: Path) -> Roster:
    """The line's newest roster."""
    chain = [bytes(row[0]) for row in rows(directory, "SELECT signed FROM leeside_roster_version ORDER BY number")]
    return verify_roster(chain, fingerprint_of(chain[0]))


def all_rows(directory: Path, table: str, name: str) -> list[tuple[Any, ...]]:
    """Every row of a table."""
    return rows(directory, f"SELECT * FROM {table}", name=name)  # noqa: S608 -- a table's name from the file itself

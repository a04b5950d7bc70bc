"""One case as whoever took the disk has it: its rows, read from the database like any file, with no key at hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db import connections

from leeside.desk.code_names import read_slug, write_code_name
from leeside.project.demo.chair_words import words_of_page

_BYTES_SHOWN = 24
_TABLES = (
    ("leeside_entry", "case_id"),
    ("leeside_case", "id"),
    ("leeside_wrap", "case_id"),
)
_ROWS_SHOWN = 4


@dataclass(frozen=True)
class Cell:
    """One column of one row, as it lies there: `text` is the beginning of it in hexadecimal, or the number."""

    name: str
    text: str
    size: int


@dataclass(frozen=True)
class Row:
    """One row of one table."""

    table: str
    cells: tuple[Cell, ...]


@cache
def code_names(language: str) -> Mapping[str, str]:
    """The twelve code names in a language, by their English words joined with an underscore."""
    names = {}
    for person in words_of_page()["person"]:
        pair = "-".join(person["code"])
        code = read_slug(pair)
        if code is not None:
            names["_".join(person["code"])] = write_code_name(code, language)
    return names


def read_rows(pair: tuple[str, str], bytes_shown: int = _BYTES_SHOWN) -> tuple[Row, ...]:
    """The rows of the case with this code name, by plain SQL: the store, which would ask who we are, is not asked.

    At most four of each table, and of each value in bytes at most the first `bytes_shown`.
    """
    code = read_slug("-".join(pair))
    if code is None:
        return ()
    number = code.first << 20 | code.second
    rows: list[Row] = []
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT id FROM leeside_case WHERE code = %s", [number])
        found = cursor.fetchone()
        if found is None:
            return ()
        for table, column in _TABLES:
            cursor.execute(f"SELECT * FROM {table} WHERE {column} = %s", [bytes(found[0])])  # noqa: S608 (our own names)
            names = [part[0] for part in cursor.description]
            for values in cursor.fetchmany(_ROWS_SHOWN):
                cells = (_cell(name, value, bytes_shown) for name, value in zip(names, values, strict=True))
                rows.append(Row(table, tuple(cells)))
    return tuple(rows)


def _cell(name: str, value: object, bytes_shown: int) -> Cell:
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        shown = content[:bytes_shown].hex(" ", 2)
        return Cell(name, shown + (" …" if len(content) > bytes_shown else ""), len(content))
    return Cell(name, "" if value is None else str(value), 0)

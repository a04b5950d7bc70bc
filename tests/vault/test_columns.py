"""Promise 1: every column of every table is declared, and what lies in it is what is declared."""

import re
import sqlite3
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from leeside.vault import store
from leeside.vault.columns import CLOCK_TIMES, COLUMNS, NATURES
from leeside.vault.entries import first_number, last_number
from leeside.vault.reading import rows_of
from leeside.vault.writing import ALIASES
from vault.invented import NOW, TODAY, add_reader, case_id_of, change, deposit, sealed_entry, take


def columns_of(alias: str) -> dict[str, set[str]]:
    """Every column of every table that a store has on its disk, whoever made it."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        tables = [table.name for table in connection.introspection.get_table_list(cursor)]
        return {
            table: {column.name for column in connection.introspection.get_table_description(cursor, table)}
            for table in tables
        }


@pytest.mark.promise(1, "columns of all tables of all apps in all stores", times=sum(map(len, COLUMNS.values())))
def test_every_column_of_every_table_is_declared(stores: object) -> None:
    found: dict[str, set[str]] = {}
    for alias in ALIASES:
        found |= columns_of(alias)
    assert found == {table: set(columns) for table, columns in COLUMNS.items()}
    assert {nature for columns in COLUMNS.values() for nature in columns.values()} <= set(NATURES)


def test_every_model_of_every_app_is_declared() -> None:
    for model in apps.get_models(include_auto_created=True):
        declared = COLUMNS[model._meta.db_table]
        assert {field.column for field in model._meta.get_fields() if getattr(field, "column", None)} == set(declared)


def test_each_table_lies_in_one_store_only(stores: object) -> None:
    tables = [table for alias in ALIASES for table in columns_of(alias) if table != "django_migrations"]
    assert len(tables) == len(set(tables))
    assert {"leeside_shred_key", "leeside_erased_lookup", "django_migrations"} == set(columns_of("shred"))


def test_no_table_points_to_another_and_none_to_a_person() -> None:
    for model in apps.get_models(include_auto_created=True):
        assert not [field for field in model._meta.get_fields() if field.is_relation]


@pytest.mark.promise(6, "columns that could hold a clock time", times=1)
def test_clock_times_stand_in_the_fleeting_store_besides_a_running_promise(stores: object) -> None:
    kept = columns_of("default") | columns_of("shred")
    assert {(table, column) for table, column in CLOCK_TIMES if table in kept} == {
        ("leeside_case", "answer_by"),
        ("django_migrations", "applied"),
    }
    for model in apps.get_models():
        for field in model._meta.get_fields():
            assert not getattr(field, "auto_now", False)
            assert not getattr(field, "auto_now_add", False)
            assert field.get_internal_type() not in {"DateTimeField", "DateField", "TimeField"}


@pytest.mark.promise(1, "the contents of sealed, hash and mark columns", times=1)
def test_what_lies_in_each_column_has_the_shape_of_its_nature(line_id: bytes, reader_id: bytes) -> None:
    fill(line_id, reader_id)
    for alias in ALIASES:
        for table, columns in columns_of(alias).items():
            for column in columns:
                nature = COLUMNS[table][column]
                for (value,) in rows_of(alias, f"SELECT {column} FROM {table}"):
                    check(table, column, nature, value)


def check(table: str, column: str, nature: str, value: Any) -> None:
    place = f"{table}.{column}"
    if value is None or table == "django_migrations":
        return
    if nature in ("sealed", "hash"):
        assert isinstance(value, bytes), place
    if nature == "hash":
        assert len(value) % 32 == 0 or column == "commitments", place
    if nature == "count":
        assert isinstance(value, int), place
    if nature == "mark" and isinstance(value, str):
        assert re.fullmatch(r'[a-z0-9:{},"_-]{0,80}', value), place
    if nature == "mark" and isinstance(value, int) and column != "rank" and (table, column) not in CLOCK_TIMES:
        assert value < 100_000, place


def fill(line_id: bytes, reader_id: bytes) -> None:
    """Put something into every table."""
    one = deposit(line_id)
    case_id = take(one, reader_id)
    store.keep_own_copy(case_id, reader_id, 15, 1, b"copy")
    row = store.TallyRow(b"k" * 16, "2023-12", "leave", {"service": "mobilised"})
    waiting = store.NewEntry(sealed_entry(), store.Direction.TO_WRITER, NOW)
    change(one, store.MarksChange(confirmed=True), entries=[waiting], tally_rows=[row])
    store.hold_case(case_id, reader_id, [], NOW, NOW)
    store.open_session("desk", bytes(32), b"sealed", reader_id, line_id, NOW)
    store.put_once("invited", bytes(32), b"sealed", NOW)
    store.record_reading(line_id, b"sealed")
    store.chain_audit(NOW)
    store.append_roster(line_id, 1, b"signed")
    store.put_role_envelopes(line_id, [store.RoleEnvelopeRow("first", 1, reader_id, b"sealed")])
    store.erase_case(case_id_of(deposit(line_id)), TODAY)
    store.mark_shown(one.lookup_hash, [waiting.entry.entry_id], TODAY)
    add_reader(line_id, "Anton")
    deposit(line_id)


NUMBERED = frozenset({"leeside_entry"})
"""Tables that are stored by a number, which is drawn for each row."""


@pytest.mark.promise(1, "row numbers that would tell the order of requests", times=1)
def test_on_sqlite_no_table_of_ours_has_row_numbers(stores: Any) -> None:
    if stores.database_kind != "sqlite":
        return
    for alias in ALIASES:
        with sqlite3.connect(settings.DATABASES[alias]["NAME"]) as connection:
            for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
                if name.startswith("leeside_"):
                    assert sql.endswith("WITHOUT ROWID") or name in NUMBERED, name
                    assert "AUTOINCREMENT" not in sql, name


@pytest.mark.promise(1, "numbers of rows that are drawn, against the order in which entries came", times=40)
def test_the_entries_of_a_case_lie_together_and_not_as_they_came(line_id: bytes, reader_id: bytes) -> None:
    """Broken on purpose: `entries.numbered` that leaves the number to SQLite, and one that counts up within a case."""
    one = deposit(line_id)
    take(one, reader_id)
    came = []
    for _ in range(20):
        new = store.NewEntry(sealed_entry(), store.Direction.INSIDE)
        change(one, store.MarksChange(), entries=[new])
        came.append(new.entry.entry_id)
        store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, None)
    rows = rows_of("default", "SELECT row_number, case_id, entry_id FROM leeside_entry ORDER BY row_number")
    assert len(rows) >= 40
    for number, case_id, _ in rows:
        assert first_number(bytes(case_id)) <= number <= last_number(bytes(case_id))
        assert number.to_bytes(8, "big", signed=True)[:3] == bytes(case_id)[:3]
    lying = [bytes(row[2]) for row in rows if bytes(row[2]) in came]
    assert lying not in (came, came[::-1])
    steps = {second[0] - first[0] for first, second in pairwise(rows)}
    assert 1 not in steps and len(steps) == len(rows) - 1


@pytest.mark.promise(1, "the order of rows on the disk against the order of requests", times=1)
def test_rows_lie_by_their_random_keys_and_not_as_they_came(line_id: bytes, stores: Any) -> None:
    came = [case_id_of(deposit(line_id)) for _ in range(30)]
    if stores.database_kind == "sqlite":
        for alias, sql in (
            ("default", "SELECT id FROM leeside_case NOT INDEXED"),
            ("shred", "SELECT case_id FROM leeside_shred_key NOT INDEXED"),
        ):
            found = [bytes(row[0]) for row in rows_of(alias, sql)]
            assert found == sorted(found)
            assert [each for each in found if each in came] != came

"""A database that is locked, full, half-migrated or damaged: one kind of error each, one line, no content."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.db.utils import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from leeside.vault import store
from leeside.vault.translation import translate, verb
from leeside.vault.writing import close_writers, writing
from vault.invented import NOW, TODAY, deposit, written


class DriverError(Exception):
    """An error as psycopg raises it."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("DETAIL: Key (slug)=(secret) exists")
        self.sqlstate = sqlstate


DriverError.__module__ = "psycopg.errors"


def from_driver(error: DatabaseError | InterfaceError, sqlstate: str | None) -> DatabaseError | InterfaceError:
    error.__cause__ = DriverError(sqlstate)
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OperationalError("database is locked"), store.BusyError),
        (OperationalError("unable to open database file"), store.BusyError),
        (OperationalError("attempt to write a readonly database"), store.BusyError),
        (OperationalError("database or disk is full"), store.FullError),
        (OperationalError("disk I/O error"), store.FullError),
        (OperationalError("no such table: leeside_case"), store.UnreadyError),
        (OperationalError("table leeside_case has no column named x"), store.UnreadyError),
        (DatabaseError("database disk image is malformed"), store.DamagedError),
        (DatabaseError("file is not a database"), store.DamagedError),
        (from_driver(OperationalError("x"), "53100"), store.FullError),
        (from_driver(OperationalError("x"), "53300"), store.BusyError),
        (from_driver(OperationalError("x"), "55P03"), store.BusyError),
        (from_driver(OperationalError("x"), "57P01"), store.BusyError),
        (from_driver(OperationalError("x"), "40001"), store.BusyError),
        (from_driver(OperationalError("x"), "08006"), store.BusyError),
        (from_driver(ProgrammingError("x"), "42P01"), store.UnreadyError),
        (from_driver(OperationalError("x"), "3D000"), store.UnreadyError),
        (from_driver(DatabaseError("x"), "XX001"), store.DamagedError),
        (from_driver(OperationalError("connection refused"), None), store.BusyError),
        (InterfaceError("connection already closed"), store.BusyError),
    ],
)
def test_each_circumstance_has_its_kind(error: DatabaseError, kind: type[store.VaultError]) -> None:
    assert type(translate(error)) is kind


@pytest.mark.parametrize(
    "error", [IntegrityError("UNIQUE constraint failed"), from_driver(IntegrityError("x"), "23505"), DatabaseError("?")]
)
def test_what_is_our_own_bug_stays_loud(error: DatabaseError) -> None:
    assert translate(error) is None

    @verb
    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        fail()


def test_the_operator_gets_one_line_without_content(caplog: pytest.LogCaptureFixture) -> None:
    @verb
    def fetch_something() -> None:
        raise from_driver(OperationalError("DETAIL: (secret)"), "53100")

    with caplog.at_level(logging.ERROR, "leeside.vault"), pytest.raises(store.FullError) as full:
        fetch_something()
    assert [record.getMessage() for record in caplog.records] == [
        "fetch_something: the disk of the database is full; nothing was changed"
    ]
    assert caplog.records[0].exc_info is None
    assert full.value.__suppress_context__
    assert full.value.__cause__ is None


def test_a_locked_store_refuses_writes_kindly_and_reads_go_on(line_id: bytes, stores: Any) -> None:
    if stores.database_kind != "sqlite":
        return
    import sqlite3

    one = deposit(line_id)
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    with writing("default") as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(store.BusyError):
        store.deposit(written(line_id).parcel, TODAY, None)
    with pytest.raises(store.BusyError):
        store.open_line(line_id)
    assert store.fetch_line_of(line_id)
    other.rollback()
    other.close()
    assert store.deposit(one.parcel, TODAY, None).outcome == store.Outcome.REPEATED


@pytest.mark.promise(7, "a full disk in the middle of a commit")
def test_a_full_disk_refuses_a_deposit_and_keeps_what_was_acknowledged(line_id: bytes, stores: Any) -> None:
    if stores.database_kind != "sqlite":
        return
    one, refused = deposit(line_id), written(line_id)
    with writing("default") as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    close_writers()
    with writing("default") as cursor:
        cursor.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(store.FullError):
        for _ in range(20):
            store.deposit(refused.parcel, TODAY, None)
            refused = written(line_id)
    assert store.open_mailbox(refused.lookup_hash, NOW) is None
    close_writers()
    assert store.open_mailbox(one.lookup_hash, NOW)
    assert store.deposit(refused.parcel, TODAY, None).outcome == store.Outcome.ACCEPTED


def test_a_half_migrated_store_is_named_and_loses_nothing(line_id: bytes) -> None:
    with writing("default") as cursor:
        cursor.execute("ALTER TABLE leeside_case RENAME TO leeside_case_away")
    try:
        with pytest.raises(store.UnreadyError):
            store.deposit(written(line_id).parcel, TODAY, None)
        with pytest.raises(store.UnreadyError):
            store.open_mailbox(bytes(32), NOW)
    finally:
        with writing("default") as cursor:
            cursor.execute("ALTER TABLE leeside_case_away RENAME TO leeside_case")
    deposit(line_id)

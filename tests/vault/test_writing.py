"""One writing connection a process: locks, failures, forks."""

import multiprocessing
import os
import threading
import time
from typing import Any

import pytest
from django.db import connections
from django.db.utils import OperationalError

from leeside.vault import store
from leeside.vault import writing as writing_module
from leeside.vault.reading import row_of
from leeside.vault.shredding import key_pool
from leeside.vault.writing import close_writers, outside_transactions, writing
from vault.invented import add_line, deposit


def lines() -> int:
    row = row_of("default", "SELECT count(*) FROM leeside_line")
    return int(row[0]) if row else 0


def test_a_block_that_raises_has_changed_nothing(stores: object) -> None:
    with pytest.raises(RuntimeError), writing("default") as cursor:
        cursor.execute("DELETE FROM leeside_line")
        add = "INSERT INTO leeside_line VALUES (%s, 'a', 'refusal', 1, 0, 1, 1)"
        cursor.execute(add, [b"L" * 16])
        raise RuntimeError
    assert lines() == 0
    add_line()
    assert lines() == 1


def test_a_write_inside_a_write_is_our_own_mistake(stores: object) -> None:
    with writing("default"), pytest.raises(store.MisuseError), writing("default"):
        pass
    add_line()


def test_writers_of_one_process_wait_for_each_other(stores: object) -> None:
    order: list[str] = []
    inside = threading.Event()

    def first() -> None:
        with writing("default"):
            inside.set()
            time.sleep(0.1)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(5)
    with writing("default"):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_who_waits_too_long_is_told_busy(stores: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_module, "LOCK_TIMEOUT_SECONDS", 0.05)
    found: list[str] = []

    def second() -> None:
        for attempt in (writing, outside_transactions):
            try:
                with attempt("default"):
                    found.append("in")
            except store.BusyError:
                found.append("busy")

    with writing("default"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert found == ["busy", "busy"]


def test_a_connection_that_breaks_is_opened_anew(stores: Any) -> None:
    add_line("one")
    writer = writing_module._writers["default"]
    if stores.database_kind == "postgresql":
        with writing("default") as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
        row_of("default", "SELECT pg_terminate_backend(%s)", [backend])
        time.sleep(0.1)
    else:
        close_writers()
        assert writer._connection is None
    add_line("two")
    assert lines() == 2


def test_a_transaction_whose_rollback_fails_leaves_no_broken_connection(stores: object) -> None:
    writer = writing_module._writers["default"]
    with pytest.raises(OperationalError), writing("default") as cursor:
        assert writer._connection is not None
        cursor.execute("ROLLBACK")
        raise OperationalError("gone")
    add_line()
    assert lines() == 1


def in_child(queue: Any) -> None:
    """Runs in a forked process: its parent had written before."""
    try:
        key = key_pool.take()
        store.add_line("child", "refusal", b"c" * 16)
        queue.put((os.getpid(), key[0], writing_module._writers["default"]._connection is not None))
    finally:
        connections.close_all()


def test_a_forked_process_has_connections_and_keys_of_its_own(line_id: bytes) -> None:
    deposit(line_id)
    before = set(key_pool._keys)
    connections.close_all()
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=in_child, args=(queue,))
    child.start()
    pid, case_id, has_connection = queue.get(timeout=20)
    child.join()
    assert pid != os.getpid()
    assert has_connection
    assert case_id not in {each for each, _ in before}
    deposit(line_id)
    assert {line.slug for line in store.list_lines()} == {"refusal", "child"}


def test_writers_of_several_processes_are_all_stored(line_id: bytes) -> None:
    connections.close_all()
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=deposit_many, args=(line_id,)) for _ in range(3)]
    for child in children:
        child.start()
    deposit_many(line_id)
    for child in children:
        child.join()
        assert child.exitcode == 0
    assert row_of("default", "SELECT count(*), count(DISTINCT code) FROM leeside_case") == (40, 40)


def deposit_many(line_id: bytes) -> None:
    for _ in range(10):
        deposit(line_id)
    connections.close_all()


@pytest.mark.promise(7, "settings under which a commit would not be durable", times=3)
def test_the_writing_connection_is_durable_whatever_the_settings_say(stores: Any) -> None:
    for alias in writing_module.ALIASES:
        with writing(alias) as cursor:
            if stores.database_kind == "sqlite":
                found = []
                for pragma in ("journal_mode", "synchronous", "secure_delete", "temp_store"):
                    cursor.execute(f"PRAGMA {pragma}")
                    found.append(cursor.fetchone()[0])
                assert found == ["wal", 2, 1, 2]
            else:
                cursor.execute("SHOW synchronous_commit")
                assert cursor.fetchone()[0] == "on"


def test_the_lock_file_lies_beside_its_database_and_is_ours_alone(stores: Any) -> None:
    add_line()
    if stores.database_kind == "sqlite":
        path = stores.directory / "data" / "leeside.sqlite3.lock"
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.stat().st_size == 0

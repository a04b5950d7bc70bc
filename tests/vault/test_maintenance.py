"""Sweeping, at any moment and any number of times; and knowing when a store is not fit to be used."""

from datetime import date, timedelta
from typing import Any

import pytest

from leeside.vault import store
from leeside.vault.reading import row_of, rows_of
from leeside.vault.shredding import key_pool
from leeside.vault.writing import writing
from vault.invented import (
    NOW,
    TODAY,
    add_reader,
    case_id_of,
    change,
    deposit,
    grant_to,
    sealed_entry,
    take,
)


def sweep(day: int = 0) -> store.Swept:
    later = timedelta(days=day)
    return store.sweep(NOW + later, TODAY + later, NOW + later)


def keys() -> int:
    row = row_of("shred", "SELECT count(*) FROM leeside_shred_key")
    return int(row[0]) if row else 0


def test_a_sweep_of_stores_in_order_does_nothing(line_id: bytes, reader_id: bytes) -> None:
    take(deposit(line_id), reader_id)
    deposit(line_id)
    assert sweep() == store.Swept()


def test_keys_without_a_case_are_noted_first_and_swept_days_later(line_id: bytes) -> None:
    one = deposit(line_id)
    assert keys() == store.LIMITS.keys_ahead
    assert sweep().keys_without_case == 0
    later = deposit(line_id)
    assert sweep(1).keys_without_case == 0
    assert sweep(2).keys_without_case == store.LIMITS.keys_ahead - 2
    assert sweep(2).keys_without_case == 0
    assert keys() == 2
    assert case_id_of(one) != case_id_of(later)


@pytest.mark.promise(7, "a deposit under a key that a sweep is about to delete")
def test_a_key_claimed_after_it_was_noted_stays(line_id: bytes) -> None:
    deposit(line_id)
    sweep()
    one = deposit(line_id)
    sweep(5)
    other = deposit(line_id)
    sweep(9)
    assert case_id_of(one)
    assert case_id_of(other)


def test_a_restored_backup_does_not_bring_erased_cases_back(line_id: bytes) -> None:
    ones = [deposit(line_id) for _ in range(60)]
    erased = case_id_of(ones[0])
    rows = {table: rows_of("default", f"SELECT * FROM {table}") for table in ("leeside_case",)}
    store.erase_case(erased, TODAY)
    with writing("default") as cursor:
        for table, content in rows.items():
            cursor.execute(f"DELETE FROM {table}")
            marks = ",".join(["%s"] * len(content[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", content)
    assert store.open_mailbox(ones[0].lookup_hash, NOW) is None
    assert sweep().cases_without_key == 1
    assert all(store.open_mailbox(one.lookup_hash, NOW) for one in ones[1:])


def test_a_case_erased_long_ago_that_a_backup_brings_back_is_swept_by_the_next_days_sweep(line_id: bytes) -> None:
    ones = [deposit(line_id) for _ in range(12)]
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM leeside_shred_key WHERE case_id = %s", [case_id_of(ones[0])])
    assert sweep().cases_without_key == 1
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM leeside_shred_key WHERE case_id = %s", [case_id_of(ones[1])])
    assert sweep().cases_without_key == 0
    assert store.open_mailbox(ones[1].lookup_hash, NOW) is None
    assert sweep(1).cases_without_key == 1


def test_what_reads_whole_tables_is_done_once_a_day_and_again_when_it_failed(
    line_id: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leeside.vault import maintenance

    def fail(today: date) -> int:
        raise store.BusyError

    deposit(line_id, look_by=2)
    with monkeypatch.context() as patched:
        patched.setattr(maintenance, "_end_grants", fail)
        with pytest.raises(store.BusyError):
            sweep(1)
    assert sweep(1) == store.Swept()
    deposit(line_id, opened=TODAY - timedelta(days=9), look_by=2)
    assert sweep(1).look_by_moves == 0
    assert sweep(2).look_by_moves == 1


def test_a_sweep_refuses_to_delete_everything_when_the_wrong_shred_store_is_mounted(line_id: bytes) -> None:
    for _ in range(60):
        deposit(line_id)
    key_pool.forget()
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM leeside_shred_key")
    with pytest.raises(store.DamagedError):
        sweep()
    assert row_of("default", "SELECT count(*) FROM leeside_case") == (60,)


def test_orphans_are_found_across_slices(line_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from leeside.vault import maintenance

    monkeypatch.setattr(maintenance, "LIMITS", replace(store.LIMITS, sweep_slice=3))
    ones = [deposit(line_id) for _ in range(10)]
    lost = [case_id_of(one) for one in ones[::3]]
    with writing("shred") as cursor:
        cursor.executemany("DELETE FROM leeside_shred_key WHERE case_id = %s", [(each,) for each in lost])
    sweep()
    assert row_of("default", "SELECT count(*) FROM leeside_case") == (6,)
    assert sweep(3).keys_without_case == store.LIMITS.keys_ahead - 10
    assert keys() == 6


@pytest.mark.parametrize(
    ("bucket", "days"),
    [
        (1, [1, 1, 1, 1]),
        (2, [2, 1, 1, 1]),
        (3, [3, 2, 2, 2, 1, 1]),
        (4, [4, 3, 3, 3, 3, 2, 2, 2, 1, 1]),
    ],
)
def test_a_case_moves_to_the_nearer_bucket_on_the_earliest_day_it_can_mean(
    line_id: bytes, reader_id: bytes, bucket: int, days: list[int]
) -> None:
    one = deposit(line_id, look_by=bucket)
    rank = store.fetch_case(case_id_of(one), reader_id, ["lead"]).rank
    for day, wanted in enumerate(days):
        sweep(day)
        row = store.fetch_case(case_id_of(one), reader_id, ["lead"])
        assert (row.look_by, row.look_by_day, row.rank) == (wanted, TODAY, rank)


def test_cases_are_moved_some_at_a_time_and_all_of_them(line_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from leeside.vault import maintenance

    monkeypatch.setattr(maintenance, "LIMITS", replace(store.LIMITS, moves_together=3))
    for _ in range(10):
        deposit(line_id, look_by=3)
    assert sweep(1).look_by_moves == 10
    assert rows_of("default", "SELECT DISTINCT look_by FROM leeside_case") == [(2,)]


def test_a_bucket_set_anew_counts_from_its_own_day(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id, look_by=3)
    sweep(9)
    change(one, store.MarksChange(look_by=store.LookBy.WEEK, look_by_day=TODAY + timedelta(days=9)))
    assert sweep(9).look_by_moves == 0
    assert store.fetch_case(case_id_of(one), reader_id, ["lead"]).look_by == store.LookBy.WEEK


def test_closed_cases_do_not_move(line_id: bytes) -> None:
    one = deposit(line_id)
    change(one, store.MarksChange(state=store.CaseState.CLOSED))
    assert sweep(30).look_by_moves == 0


def test_a_grant_ends_after_its_last_day_but_not_the_owners(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id, other = case_id_of(one), add_reader(line_id, "Anton")
    grants = [grant_to(case_id, reader_id, until=TODAY), grant_to(case_id, other, until=TODAY)]
    store.append_entries(case_id, 1, (), store.MarksChange(owner=reader_id), grants, ["circle:first"])
    assert sweep().grants_ended == 0
    assert sweep(1).grants_ended == 1
    assert [row.reader_id for row in store.list_readers(case_id)] == [reader_id]
    with pytest.raises(store.GoneError):
        store.fetch_case(case_id, other, [])
    assert sweep(1).grants_ended == 0


def test_what_is_over_leaves_the_fleeting_store(line_id: bytes, reader_id: bytes) -> None:
    case_id = case_id_of(deposit(line_id))
    store.open_session("desk", bytes(32), b"", reader_id, line_id, NOW)
    store.hold_case(case_id, reader_id, ["first"], NOW + timedelta(minutes=15), NOW)
    store.put_once("code", bytes(32), b"", NOW + timedelta(minutes=2))
    waiting = store.NewEntry(sealed_entry(), store.Direction.TO_WRITER, NOW + timedelta(hours=1))
    store.append_entries(case_id, 1, [waiting])
    swept = sweep()
    assert (swept.sessions, swept.holds, swept.one_time, swept.releases) == (0, 0, 0, 0)
    swept = sweep(2)
    assert (swept.sessions, swept.holds, swept.one_time, swept.releases) == (1, 1, 1, 1)
    assert rows_of("default", "SELECT not_before FROM leeside_entry WHERE not_before IS NOT NULL") == []
    assert sweep(2) == store.Swept()


@pytest.mark.promise(6, "clock times of visits left in the data", times=2)
def test_no_clock_time_is_left_in_the_data_after_the_answer(line_id: bytes) -> None:
    one = deposit(line_id)
    answer = store.NewEntry(sealed_entry(), store.Direction.TO_WRITER, NOW)
    change(one, store.MarksChange(state=store.CaseState.ANSWERED), entries=[answer])
    sweep(1)
    assert rows_of("default", "SELECT 1 FROM leeside_case WHERE answer_by IS NOT NULL") == []
    # The row's own number comes first: it is drawn, not told by any clock.
    rows = rows_of("default", "SELECT * FROM leeside_entry")
    numbers = [part for row in rows for part in row[1:] if type(part) is int]
    assert max(numbers) < 100_000


def test_ready_stores_are_told_ready_and_sound(stores: object) -> None:
    store.check_ready()
    store.check_integrity()
    assert store.checkpoint()


def test_a_missing_migration_is_named(stores: object) -> None:
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0003_shred_keys' AND app = 'vault'")
    with pytest.raises(store.UnreadyError, match="shred lacks migration vault 0003_shred_keys"):
        store.check_ready()
    put_back("shred", "0003_shred_keys")


def test_a_store_newer_than_the_software_is_named(stores: object) -> None:
    put_back("default", "9999_from_the_future")
    with pytest.raises(store.UnreadyError, match="9999_from_the_future"):
        store.check_ready()
    with writing("default") as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_from_the_future'")


def put_back(alias: str, name: str) -> None:
    with writing(alias) as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('vault', %s, %s)",
            [name, "2023-12-05 00:00:00+00:00"],
        )


def test_a_damaged_file_is_named(stores: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from leeside.vault import maintenance

    if stores.database_kind != "sqlite":
        store.check_integrity()
        return
    monkeypatch.setattr(maintenance, "row_of", lambda alias, sql: ("row 5 missing from index",))
    with pytest.raises(store.DamagedError, match="default is damaged"):
        store.check_integrity()


def test_days_are_counted_as_people_count_them() -> None:
    from leeside.vault.days import day_number, day_of, maybe_day_of, maybe_moment_of, moment_of, second_number

    assert day_number(date(1970, 1, 1)) == 0
    assert day_of(day_number(TODAY)) == TODAY
    assert moment_of(second_number(NOW)) == NOW
    assert maybe_day_of(None) is maybe_moment_of(None) is None
    with pytest.raises(store.MisuseError):
        day_number(NOW)
    with pytest.raises(store.MisuseError):
        second_number(NOW.replace(tzinfo=None))

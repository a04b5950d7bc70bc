"""Erasing: the key first, then the rows, then the bytes. In the order of the rules in `erasing`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from leeside.vault import erasing, store
from leeside.vault.reading import row_of, rows_of
from leeside.vault.writing import writing
from plugins.installations import bytes_of
from vault.invented import NOW, TIMES, TODAY, Written, case_id_of, deposit, sealed_entry, take, version_of

TABLES = ("leeside_case", "leeside_wrap", "leeside_entry", "leeside_case_reader")


def worked_on(line_id: bytes, reader_id: bytes) -> tuple[Written, bytes]:
    """A case with a grant, an answer under way, a message and a hold."""
    one = deposit(line_id)
    case_id = take(one, reader_id)
    store.hold_case(case_id, reader_id, [], NOW + timedelta(minutes=15), NOW)
    later = store.NewEntry(sealed_entry(), store.Direction.TO_WRITER, NOW + timedelta(days=1))
    store.append_entries(case_id, version_of(one), [later], store.MarksChange(state=store.CaseState.ANSWERED))
    store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, None)
    return one, case_id


def rows_left() -> dict[str, int]:
    counts = {table: row_of("default", f"SELECT count(*) FROM {table}") for table in TABLES}
    counts |= {
        table: row_of("fleeting", f"SELECT count(*) FROM {table}") for table in ("leeside_hold", "leeside_release")
    }
    return {table: count[0] for table, count in counts.items() if count and count[0]}


@pytest.mark.promise(5, "every table searched after erasing", times=7)
def test_nothing_of_an_erased_case_is_left_but_the_hash_of_its_lookup_id(line_id: bytes, reader_id: bytes) -> None:
    one, case_id = worked_on(line_id, reader_id)
    store.erase_by_writer(one.lookup_hash, one.erasing_secret, TODAY)
    assert rows_left() == {}
    assert rows_of("shred", "SELECT 1 FROM leeside_shred_key WHERE case_id = %s", [case_id]) == []
    assert rows_of("shred", "SELECT lookup_hash FROM leeside_erased_lookup") == [(one.lookup_hash,)]


@pytest.mark.promise(5, "power lost between the two stores")
def test_an_erasure_cut_off_after_its_first_commit_is_unreadable_at_once_and_swept(
    line_id: bytes, reader_id: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, case_id = worked_on(line_id, reader_id)
    other = deposit(line_id)

    def lose_power(case_ids: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "delete_rows", lose_power)
        with pytest.raises(SystemExit):
            store.erase_case(case_id, TODAY)
    assert store.open_mailbox(one.lookup_hash, NOW) is None
    with pytest.raises(store.GoneError):
        store.fetch_case(case_id, reader_id, ["lead"])
    with pytest.raises(store.GoneError):
        store.append_entries(case_id, version_before(one), [store.NewEntry(sealed_entry())])
    assert case_id not in {row.case_id for row in queue_of_lead(line_id, reader_id)}
    assert store.sweep(NOW, TODAY, NOW).cases_without_key == 1
    assert store.sweep(NOW, TODAY, NOW).cases_without_key == 0
    assert rows_left() == {"leeside_case": 1}
    assert store.open_mailbox(other.lookup_hash, NOW)


def version_before(one: Written) -> int:
    row = row_of("default", "SELECT version FROM leeside_case WHERE lookup_hash = %s", [one.lookup_hash])
    assert row is not None
    return int(row[0])


def queue_of_lead(line_id: bytes, reader_id: bytes) -> tuple[store.CaseRow, ...]:
    return store.queue_page(line_id, reader_id, ["lead"], store.Tab.ALL_I_MAY_SEE, None, 50, TIMES).rows


@pytest.mark.promise(5, "the live files searched for the bytes of an erased case", times=4)
def test_erased_bytes_are_in_no_file_of_the_stores(line_id: bytes, reader_id: bytes, stores: Any) -> None:
    keep = deposit(line_id)
    one, case_id = worked_on(line_id, reader_id)
    key = bytes(row_of("shred", "SELECT key FROM leeside_shred_key WHERE case_id = %s", [case_id])[0])  # type: ignore[index]
    searched = {one.parcel.entries[0].sealed[:48], one.parcel.card.sealed[:48], case_id, key}
    if stores.database_kind == "sqlite":
        assert all(sum(files_with(stores.directory, each).values()) for each in searched)
    store.erase_by_writer(one.lookup_hash, one.erasing_secret, TODAY)
    if stores.database_kind == "sqlite":
        assert store.checkpoint()
        assert [files_with(stores.directory, each) for each in searched] == [{}] * 4
        assert files_with(stores.directory, keep.parcel.entries[0].sealed[:48])
    # On PostgreSQL dead rows stay until they are vacuumed: what erases there is that the key is gone.
    assert row_of("shred", "SELECT 1 FROM leeside_shred_key WHERE key = %s", [key]) is None


def files_with(directory: Path, needle: bytes) -> dict[str, int]:
    found = {}
    for folder in ("data", "shred", "fleeting"):
        for path in sorted((directory / folder).iterdir()):
            count = bytes_of(path).count(needle)
            if count:
                found[path.name] = count
    return found


@pytest.mark.promise(5, "an older backup of the data, with all staff coerced")
def test_an_older_copy_of_the_data_has_no_key_that_unwraps_without_the_shred_store(line_id: bytes) -> None:
    from leeside.sealing.errors import RefusedError
    from leeside.sealing.shred import unwrap
    from leeside.vault.arrivals import unpack
    from leeside.vault.shredding import binding_of

    one = deposit(line_id)
    case_id, arrived = rows_of("default", "SELECT id, arrived FROM leeside_case")[0]
    store.erase_case(case_id_of(one), TODAY)
    keys_left = [bytes(row[0]) for row in rows_of("shred", "SELECT key FROM leeside_shred_key")]
    assert keys_left
    for key in [*keys_left, bytes(32)]:
        for row in unpack(bytes(case_id), bytes(arrived))[0]:
            with pytest.raises(RefusedError):
                unwrap(key, row[5], binding_of(bytes(case_id), row[1], row[2], row[3], row[4]))


def test_erasing_what_is_not_there_is_refused(line_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)
    store.erase_case(case_id, TODAY)
    for attempt in (
        lambda: store.erase_case(case_id, TODAY),
        lambda: store.erase_by_writer(one.lookup_hash, one.erasing_secret, TODAY),
        lambda: store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, None),
        lambda: store.append_entries(case_id, 1, [store.NewEntry(sealed_entry())]),
    ):
        with pytest.raises(store.GoneError):
            attempt()  # type: ignore[no-untyped-call]


def test_erasing_one_case_leaves_the_others_whole(line_id: bytes, reader_id: bytes) -> None:
    others = [deposit(line_id) for _ in range(5)]
    store.erase_case(case_id_of(deposit(line_id)), TODAY)
    for other in others:
        assert len(store.fetch_case(case_id_of(other), reader_id, ["lead"]).wraps) == 1


def test_the_logs_are_told_full_while_a_reader_is_in_the_middle_of_them(line_id: bytes, stores: Any) -> None:
    import sqlite3

    from django.conf import settings

    if stores.database_kind != "sqlite":
        assert store.checkpoint()
        return
    reading = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM leeside_case").fetchone()
    with writing("default") as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    deposit(line_id)
    with writing("default") as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    assert not store.checkpoint()
    reading.close()
    assert store.checkpoint()

"""Erasing one entry: it goes with its file, a mark comes, and its bytes stand nowhere. In the order of the rules."""

from typing import Any

import pytest

from leeside.vault import store
from leeside.vault.reading import rows_of
from leeside.vault.writing import writing
from vault.invented import NOW, TODAY, case_id_of, deposit, sealed_entry, take, version_of
from vault.test_erasing import files_with


def mark() -> store.NewEntry:
    return store.NewEntry(sealed_entry(4))


def entry_ids(case_id: bytes) -> set[bytes]:
    return {
        bytes(row[0]) for row in rows_of("default", "SELECT entry_id FROM leeside_entry WHERE case_id = %s", [case_id])
    }


@pytest.mark.promise(5, "one entry erased, and its bytes looked for in the live files")
def test_an_entry_goes_and_its_mark_stays(line_id: bytes, reader_id: bytes, stores: Any) -> None:
    """Broken on purpose: logs that are not emptied."""
    one = deposit(line_id)
    case_id = take(one, reader_id)
    message, stays = sealed_entry(), mark()
    store.post_to_case(one.lookup_hash, one.posting_secret, message, TODAY, None)
    version = store.erase_entry(case_id, version_of(one), message.entry_id, stays)
    assert version == version_of(one)
    assert message.entry_id not in entry_ids(case_id)
    assert stays.entry.entry_id in entry_ids(case_id)
    box = store.open_mailbox(one.lookup_hash, NOW)
    assert box is not None
    assert message.entry_id not in {row.entry_id for row in box.entries}
    if stores.database_kind == "sqlite":
        assert files_with(stores.directory, message.sealed[:48]) == {}


def test_what_came_with_the_parcel_is_erased_like_the_rest(line_id: bytes, stores: Any) -> None:
    one = deposit(line_id)
    case_id, came = case_id_of(one), one.parcel.entries[1]
    store.erase_entry(case_id, version_of(one), came.entry_id, mark())
    assert came.entry_id not in entry_ids(case_id)
    assert one.parcel.entries[0].entry_id in entry_ids(case_id)
    if stores.database_kind == "sqlite":
        assert files_with(stores.directory, came.sealed[:48]) == {}


def test_its_file_goes_with_it_and_the_files_of_others_stay(line_id: bytes, reader_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    case_id, other_id = take(one, reader_id), take(other, reader_id)
    mine, theirs = sealed_entry(), sealed_entry()
    store.append_entries(case_id, version_of(one), [store.NewEntry(mine), store.NewEntry(sealed_entry())])
    with writing("default") as cursor:
        for case, entry in ((case_id, mine), (other_id, theirs)):
            cursor.execute(
                "INSERT INTO leeside_file (file_id, case_id, state, chunks, day) VALUES (%s, %s, 1, 2, 1)",
                [entry.entry_id, case],
            )
            for position in (0, 1):
                cursor.execute(
                    "INSERT INTO leeside_file_chunk (file_id, position, sealed) VALUES (%s, %s, %s)",
                    [entry.entry_id, position, b"sealed"],
                )
    store.erase_entry(case_id, version_of(one), mine.entry_id, mark())
    assert [bytes(row[0]) for row in rows_of("default", "SELECT file_id FROM leeside_file")] == [theirs.entry_id]
    assert len(rows_of("default", "SELECT 1 FROM leeside_file_chunk")) == 2


def test_an_answer_on_its_way_is_erased_with_its_moment(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id = take(one, reader_id)
    answer = sealed_entry()
    waiting = store.NewEntry(answer, store.Direction.TO_WRITER, NOW)
    store.append_entries(case_id, version_of(one), [waiting], store.MarksChange(state=store.CaseState.ANSWERED))
    store.erase_entry(case_id, version_of(one), answer.entry_id, mark())
    assert rows_of("fleeting", "SELECT 1 FROM leeside_release") == []


def test_nothing_is_erased_on_an_old_version_or_in_another_case(line_id: bytes, reader_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    case_id, other_id = take(one, reader_id), take(other, reader_id)
    entry = one.parcel.entries[0].entry_id
    with pytest.raises(store.ConflictError):
        store.erase_entry(case_id, version_of(one) - 1, entry, mark())
    with pytest.raises(store.GoneError):
        store.erase_entry(other_id, version_of(other), entry, mark())
    with pytest.raises(store.GoneError):
        store.erase_entry(b"\x07" * 16, 1, entry, mark())
    with pytest.raises(store.MisuseError):
        store.erase_entry(case_id, version_of(one), entry, store.NewEntry(sealed_entry(), store.Direction.TO_WRITER))
    assert entry in entry_ids(case_id)
    assert len(entry_ids(other_id)) == 3, "no mark came either"

"""Files piece by piece, in the order of the rules in `files`."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connections

from leeside.vault import files, store
from leeside.vault.limits import LIMITS
from leeside.vault.reading import rows_of
from vault.invented import NOW, PROMISE, TODAY, Written, case_id_of, deposit, sealed_entry, version_of


def pieces(number: int, size: int = 100) -> list[bytes]:
    return [secrets.token_bytes(size) for _ in range(number)]


def rows() -> tuple[int, int]:
    """How many files and pieces there are at all."""
    tables = ("leeside_file", "leeside_file_chunk")
    return tuple(rows_of("default", f"SELECT count(*) FROM {table}")[0][0] for table in tables)  # type: ignore[return-value]


def keep(one: Written, sealed: list[bytes], file_id: bytes = b"") -> store.WholeFile:
    kept = store.keep_file(case_id_of(one), file_id or secrets.token_bytes(16), sealed, TODAY)
    assert kept is not None
    return kept


def name_by_writer(one: Written, whole: store.WholeFile) -> bytes:
    """The writer's two entries: one that names the file, one that tells of it."""
    naming = sealed_entry(2)
    naming = type(naming)(whole.file_id, naming.compartment, naming.generation, naming.sealed)
    store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, PROMISE, (naming, whole))
    return whole.file_id


def name_by_staff(one: Written, whole: store.WholeFile) -> bytes:
    naming = sealed_entry(1)
    naming = type(naming)(whole.file_id, naming.compartment, naming.generation, naming.sealed)
    new = store.NewEntry(naming, store.Direction.TO_WRITER)
    store.append_entries(case_id_of(one), version_of(one), [new], files=[whole])
    return whole.file_id


@pytest.mark.parametrize("name", [name_by_writer, name_by_staff])
def test_a_file_is_handed_out_once_an_entry_names_it(line_id: bytes, name: object) -> None:
    one, sealed = deposit(line_id), pieces(40)
    whole = keep(one, sealed)
    with pytest.raises(store.GoneError):
        list(store.open_file(case_id_of(one), whole.file_id))
    name(one, whole)  # type: ignore[operator]
    assert list(store.open_file(case_id_of(one), whole.file_id)) == sealed
    assert store.fetch_file(case_id_of(one), whole.file_id) == 40


def test_a_file_is_another_cases_nowhere(line_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    file_id = name_by_writer(one, keep(one, pieces(2)))
    with pytest.raises(store.GoneError):
        list(store.open_file(case_id_of(other), file_id))
    with pytest.raises(store.ConflictError):
        keep(other, pieces(1), file_id)
    with pytest.raises(store.GoneError):
        name_by_writer(other, store.WholeFile(file_id, 2))


def test_a_file_that_is_not_whole_is_named_by_no_entry(line_id: bytes) -> None:
    one = deposit(line_id)
    whole = keep(one, pieces(3))
    before = len(store.open_mailbox(one.lookup_hash, NOW).entries)  # type: ignore[union-attr]
    for wrong in (store.WholeFile(whole.file_id, 2), store.WholeFile(secrets.token_bytes(16), 3)):
        with pytest.raises(store.GoneError):
            name_by_writer(one, wrong)
        with pytest.raises(store.GoneError):
            name_by_staff(one, wrong)
    assert len(store.open_mailbox(one.lookup_hash, NOW).entries) == before  # type: ignore[union-attr]


def test_the_same_id_again_is_a_repeat_and_nothing_is_asked_for(line_id: bytes) -> None:
    one, sealed = deposit(line_id), pieces(2)
    file_id = name_by_writer(one, keep(one, sealed))

    def never() -> Iterator[bytes]:
        raise AssertionError("asked for a piece")
        yield b""

    assert store.keep_file(case_id_of(one), file_id, never(), TODAY) is None
    assert list(store.open_file(case_id_of(one), file_id)) == sealed


def test_a_file_that_broke_off_begins_anew(line_id: bytes) -> None:
    one, file_id = deposit(line_id), secrets.token_bytes(16)

    def broken() -> Iterator[bytes]:
        yield from pieces(20)
        raise OSError

    with pytest.raises(OSError):
        store.keep_file(case_id_of(one), file_id, broken(), TODAY)
    assert rows() == (0, 0)
    sealed = pieces(5)
    assert name_by_writer(one, keep(one, sealed, file_id)) == file_id
    assert list(store.open_file(case_id_of(one), file_id)) == sealed


def test_whoever_begins_anew_is_not_undone_by_the_one_before(line_id: bytes) -> None:
    one, file_id, sealed = deposit(line_id), secrets.token_bytes(16), pieces(3)

    def overtaken() -> Iterator[bytes]:
        yield from pieces(16)
        keep(one, sealed, file_id)
        yield from pieces(16)

    with pytest.raises(store.GoneError):
        store.keep_file(case_id_of(one), file_id, overtaken(), TODAY)
    name_by_writer(one, store.WholeFile(file_id, 3))
    assert list(store.open_file(case_id_of(one), file_id)) == sealed


def test_pieces_are_written_several_at_a_time(line_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    put = files._put
    monkeypatch.setattr(files, "_put", lambda *one: (written.append(len(one[3])), put(*one)))
    keep(deposit(line_id), pieces(40))
    assert written == [16, 16, 8]


@pytest.mark.parametrize("wrong", [b"", bytes(LIMITS.piece_bytes + 1)])
def test_a_piece_has_its_size(line_id: bytes, wrong: bytes) -> None:
    with pytest.raises(store.MisuseError):
        keep(deposit(line_id), [*pieces(1), wrong])
    assert rows() == (0, 0)


@pytest.mark.promise(12, "a case that sends more files than it may", times=4)
def test_a_case_cannot_fill_the_disk(line_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose to see it fail: `_taken` that counts only files that are whole."""
    one = deposit(line_id)
    for _ in range(LIMITS.files_per_day):
        keep(one, pieces(1))
    with pytest.raises(store.FullError):
        keep(one, pieces(1))
    keep(deposit(line_id), pieces(1))
    large = deposit(line_id)
    for _ in range(LIMITS.pieces_per_day // 400):
        keep(large, pieces(400, 1))
    with pytest.raises(store.FullError):
        keep(large, pieces(400, 1))
    with pytest.raises(store.FullError):
        keep(deposit(line_id), pieces(LIMITS.pieces_per_file + 1, 1))
    if connections["default"].vendor != "sqlite":
        return  # another database's disk we do not see
    monkeypatch.setattr(files, "disk_usage", lambda folder: SimpleNamespace(free=LIMITS.free_bytes_for_letters - 1))
    with pytest.raises(store.FullError):
        keep(deposit(line_id), pieces(1))


def test_what_never_came_whole_is_swept_after_a_day(line_id: bytes) -> None:
    one = deposit(line_id)
    keep(one, pieces(3))
    stays = name_by_writer(one, keep(one, pieces(2)))
    assert files.sweep_files(TODAY + timedelta(days=1)) == 0
    assert files.sweep_files(TODAY + timedelta(days=2)) == 1
    assert rows() == (1, 2)
    assert len(list(store.open_file(case_id_of(one), stays))) == 2


@pytest.mark.promise(5, "an erased case's files", times=1)
def test_erasing_a_case_deletes_its_files_and_no_others(line_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    keep(one, pieces(2))
    name_by_writer(one, keep(one, pieces(3)))
    name_by_writer(other, keep(other, pieces(4)))
    store.erase_by_writer(one.lookup_hash, one.erasing_secret, TODAY)
    assert rows() == (1, 4)


def test_a_file_taken_back_is_gone_with_its_pieces(line_id: bytes) -> None:
    one = deposit(line_id)
    whole = keep(one, pieces(3))
    naming = sealed_entry(1)
    naming = type(naming)(whole.file_id, naming.compartment, naming.generation, naming.sealed)
    later = NOW + timedelta(seconds=10)
    new = store.NewEntry(naming, store.Direction.TO_WRITER, later)
    store.append_entries(case_id_of(one), version_of(one), [new], files=[whole])
    store.retract_entry(case_id_of(one), version_of(one), whole.file_id, NOW)
    assert rows() == (0, 0)


def test_a_file_erased_under_the_readers_hand_ends_early(line_id: bytes) -> None:
    one = deposit(line_id)
    file_id = name_by_writer(one, keep(one, pieces(40)))
    reading = store.open_file(case_id_of(one), file_id)
    next(reading)
    store.erase_by_writer(one.lookup_hash, one.erasing_secret, TODAY)
    assert len(list(reading)) == 15


def test_forgetting_spares_what_an_entry_names(line_id: bytes) -> None:
    one = deposit(line_id)
    whole = keep(one, pieces(2))
    store.drop_file(case_id_of(one), whole)
    assert rows() == (0, 0)
    whole = keep(one, pieces(2))
    name_by_writer(one, whole)
    store.drop_file(case_id_of(one), whole)
    assert rows() == (1, 2)

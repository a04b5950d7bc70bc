"""Ways in: kept without names, changed by one session at a time."""

from datetime import timedelta

import pytest

from leeside.vault import store
from leeside.vault.reading import rows_of
from vault.invented import NOW, PROOF_HASH, add_line, add_reader

State = store.AccountState


def test_an_account_is_found_by_its_name_however_it_is_typed(line_id: bytes) -> None:
    store.add_account(line_id, b"R" * 16, "Тихая Вера", b"salt", b"proof", b"ring", State.INVITED)
    wanted = store.AccountRow(line_id, b"R" * 16, b"salt", b"proof", b"ring", 1, State.INVITED)
    for name in ("Тихая Вера", " тихая  вера ", "ТИХАЯ ВЕРА"):
        assert store.fetch_account(line_id, name) == wanted
    assert store.fetch_account_of(b"R" * 16) == wanted
    assert store.list_accounts(line_id) == (wanted,)


@pytest.mark.promise(1, "a sign-in name in the rows of accounts")
def test_no_name_lies_in_the_database(line_id: bytes) -> None:
    add_reader(line_id, "Snowdrop")
    stored = repr(rows_of("default", "SELECT * FROM leeside_account")).lower()
    assert "snowdrop" not in stored


def test_a_name_is_taken_once_a_line_and_an_id_once_everywhere(line_id: bytes) -> None:
    reader_id = add_reader(line_id, "Vera")
    other_line = add_line("other")
    add_reader(other_line, "Vera")
    for line, reader, name in ((line_id, b"N" * 16, "vera"), (other_line, reader_id, "Anton")):
        with pytest.raises(store.ConflictError):
            store.add_account(line, reader, name, b"", b"", b"", State.ACTIVE)


def test_whoever_is_not_there_is_gone(line_id: bytes) -> None:
    add_reader(line_id, "Vera")
    for attempt in (
        lambda: store.fetch_account(line_id, "Anton"),
        lambda: store.fetch_account(add_line("other"), "Vera"),
        lambda: store.fetch_account_of(b"?" * 16),
        lambda: store.set_account_state(b"?" * 16, State.LOCKED),
    ):
        with pytest.raises(store.GoneError):
            attempt()  # type: ignore[no-untyped-call]


@pytest.mark.promise(4, "a locked colleague's sessions and holds", times=2)
def test_locking_an_account_ends_its_sessions_and_holds_at_once(line_id: bytes, reader_id: bytes) -> None:
    from vault.invented import case_id_of, deposit

    case_id = case_id_of(deposit(line_id))
    other = add_reader(line_id, "Anton")
    for number, each in enumerate((reader_id, reader_id, other)):
        store.open_session("desk", bytes([number]) * 32, b"", each, line_id, NOW)
    store.hold_case(case_id, reader_id, ["first"], NOW + timedelta(minutes=5), NOW)
    store.set_account_state(reader_id, State.LOCKED)
    living = [store.fetch_session("desk", bytes([number]) * 32, NOW, 900) for number in range(3)]
    assert [session.reader_id for session in living if session] == [other]
    assert store.fetch_holds([case_id], NOW) == {}
    assert store.fetch_account_of(reader_id).state == State.LOCKED


def test_activating_an_account_ends_no_session(line_id: bytes, reader_id: bytes) -> None:
    store.open_session("desk", bytes(32), b"", reader_id, line_id, NOW)
    store.set_account_state(reader_id, State.ACTIVE)
    assert store.fetch_session("desk", bytes(32), NOW, 900)


def test_a_ring_is_replaced_by_one_session_at_a_time(line_id: bytes, reader_id: bytes) -> None:
    assert store.replace_ring(reader_id, 1, b"second") == 2
    for version in (1, 3):
        with pytest.raises(store.ConflictError):
            store.replace_ring(reader_id, version, b"lost")
    row = store.fetch_account_of(reader_id)
    assert (row.sealed_ring, row.salt, row.proof_hash, row.ring_version) == (b"second", b"salt", PROOF_HASH, 2)
    store.replace_ring(reader_id, 2, b"third", b"new salt", b"new proof")
    row = store.fetch_account_of(reader_id)
    assert (row.sealed_ring, row.salt, row.proof_hash, row.ring_version) == (b"third", b"new salt", b"new proof", 3)
    with pytest.raises(store.MisuseError):
        store.replace_ring(reader_id, 3, b"half", salt=b"only")


def test_an_account_out_of_shape_is_our_own_mistake(line_id: bytes) -> None:
    for line, reader in ((line_id, b"short"), (b"short", b"R" * 16)):
        with pytest.raises(store.MisuseError):
            store.add_account(line, reader, "Vera", b"", b"", b"", State.ACTIVE)


def test_an_accepted_code_of_conduct_only_moves_forward(line_id: bytes, reader_id: bytes) -> None:
    """Broken on purpose: the comparison with the version that stands there left out."""
    assert store.fetch_account_of(reader_id).conduct == 0
    for version in (1, 3, 2):
        store.accept_conduct(reader_id, version)
    assert store.fetch_account_of(reader_id).conduct == 3


def test_the_first_day_of_finished_training_is_kept(line_id: bytes, reader_id: bytes) -> None:
    store.finish_training(reader_id, NOW.date())
    store.finish_training(reader_id, NOW.date() + timedelta(days=3))
    assert store.fetch_account_of(reader_id).trained == NOW.date()
    with pytest.raises(store.GoneError):
        store.finish_training(b"?" * 16, NOW.date())

"""Shifts: who is there, until when, with how many places, and what ends them."""

from datetime import timedelta

import pytest

from leeside.vault import store
from vault.invented import NOW, TODAY, add_line, add_reader

LATER = NOW + timedelta(hours=3)


def test_a_shift_is_seen_by_its_line_until_it_ends_by_itself(line_id: bytes, reader_id: bytes) -> None:
    other_line = add_line("other")
    store.put_shift(line_id, reader_id, LATER, 5)
    assert store.fetch_shifts(line_id, NOW) == (store.ShiftRow(reader_id, LATER, 5),)
    assert store.fetch_shifts(other_line, NOW) == ()
    assert store.fetch_shifts(line_id, LATER) == ()


def test_a_shift_is_changed_in_place_and_may_be_ended(line_id: bytes, reader_id: bytes) -> None:
    store.put_shift(line_id, reader_id, LATER, 5)
    store.put_shift(line_id, reader_id, LATER + timedelta(hours=1), 2)
    assert store.fetch_shifts(line_id, NOW) == (store.ShiftRow(reader_id, LATER + timedelta(hours=1), 2),)
    store.end_shift(reader_id)
    store.end_shift(reader_id)
    assert store.fetch_shifts(line_id, NOW) == ()


def test_nobody_else_goes_on_shift_and_no_shift_has_impossible_places(line_id: bytes, reader_id: bytes) -> None:
    stranger = add_reader(add_line("other"))
    for who in (stranger, b"?" * 16):
        with pytest.raises(store.GoneError):
            store.put_shift(line_id, who, LATER, 1)
    for places in (-1, 1000):
        with pytest.raises(store.MisuseError):
            store.put_shift(line_id, reader_id, LATER, places)


def test_a_locked_account_is_on_no_shift_and_a_sweep_forgets_what_is_over(line_id: bytes, reader_id: bytes) -> None:
    colleague = add_reader(line_id, "Anton")
    store.put_shift(line_id, reader_id, LATER, 1)
    store.put_shift(line_id, colleague, LATER, 1)
    store.set_account_state(reader_id, store.AccountState.LOCKED)
    assert [one.reader_id for one in store.fetch_shifts(line_id, NOW)] == [colleague]
    assert store.sweep(NOW, TODAY, NOW).shifts == 0
    assert store.sweep(NOW, TODAY, LATER + timedelta(minutes=1)).shifts == 1

"""Addresses of wordless pings: kept as hashes, one a person, gone with the way in."""

from datetime import timedelta

import pytest

from leeside.vault import store
from vault.invented import TODAY, add_line, add_reader

ONE, OTHER = b"1" * 32, b"2" * 32


def test_an_address_leads_to_whose_it_is_and_to_what_stood_there(line_id: bytes, reader_id: bytes) -> None:
    store.put_ping(line_id, reader_id, ONE, TODAY)
    assert store.fetch_ping(ONE) == store.PingRow(line_id, reader_id, 0, TODAY, ())
    later, tags = TODAY + timedelta(days=1), (b"a" * 8, b"b" * 8)
    assert store.note_ping(ONE, 1, later, tags)
    assert store.fetch_ping(ONE) == store.PingRow(line_id, reader_id, 1, later, tags)
    assert store.fetch_ping(OTHER) is None


def test_a_number_is_counted_once_however_many_ask_at_a_time(line_id: bytes, reader_id: bytes) -> None:
    store.put_ping(line_id, reader_id, ONE, TODAY)
    assert store.note_ping(ONE, 1, TODAY, ())
    assert store.note_ping(ONE, 2, TODAY, ())
    assert not store.note_ping(ONE, 1, TODAY, (b"a" * 8,))
    assert not store.note_ping(OTHER, 1, TODAY, ())
    with pytest.raises(store.MisuseError):
        store.note_ping(ONE, 3, TODAY, (b"a",))


def test_a_person_has_one_address_and_a_new_one_ends_the_old(line_id: bytes, reader_id: bytes) -> None:
    assert not store.has_ping(reader_id)
    store.put_ping(line_id, reader_id, ONE, TODAY)
    store.put_ping(line_id, reader_id, OTHER, TODAY)
    assert store.fetch_ping(ONE) is None
    assert store.has_ping(reader_id)
    assert store.drop_pings(reader_id) == 1
    assert store.drop_pings(reader_id) == 0
    assert store.fetch_ping(OTHER) is None


@pytest.mark.promise(2, "an address of pings for a stranger, and one that outlives its account", times=3)
def test_only_people_of_the_line_have_an_address_and_it_dies_with_their_way_in(
    line_id: bytes, reader_id: bytes
) -> None:
    """Broken on purpose: `set_account_state` without `forget_reader`, and `put_ping` without `require_reader`."""
    stranger = add_reader(add_line("other"))
    for who in (stranger, b"?" * 16):
        with pytest.raises(store.GoneError):
            store.put_ping(line_id, who, ONE, TODAY)
    store.put_ping(line_id, reader_id, ONE, TODAY)
    store.set_account_state(reader_id, store.AccountState.LOCKED)
    assert store.fetch_ping(ONE) is None
    with pytest.raises(store.GoneError):
        store.put_ping(line_id, reader_id, ONE, TODAY)

"""Sessions and one-time places: what lives, what dies, and what was never there look as they should."""

from datetime import timedelta

import pytest

from leeside.vault import store
from vault.invented import NOW

ID = b"i" * 32
LINE = b"L" * 16


def after(**span: float) -> timedelta:
    return timedelta(**span)


def test_a_session_gives_back_what_was_sealed_into_it(stores: object) -> None:
    store.open_session("mailbox", ID, b"sealed", None, LINE, NOW)
    assert store.fetch_session("mailbox", ID, NOW, 900) == store.SessionRow(LINE, None, b"sealed", NOW, NOW)
    assert store.fetch_session("desk", ID, NOW, 900) is None
    assert store.fetch_session("mailbox", b"o" * 32, NOW, 900) is None


def test_a_session_dies_of_idleness_and_not_of_use(stores: object) -> None:
    store.open_session("mailbox", ID, b"", None, LINE, NOW)
    for minute in range(14, 60, 14):
        assert store.fetch_session("mailbox", ID, NOW + after(minutes=minute), 900)
    assert store.fetch_session("mailbox", ID, NOW + after(minutes=56 + 16), 900) is None
    assert store.fetch_session("mailbox", ID, NOW + after(minutes=57), 900) is None


def test_a_session_just_used_is_not_written_again(stores: object) -> None:
    store.open_session("mailbox", ID, b"", None, LINE, NOW)
    store.fetch_session("mailbox", ID, NOW + after(seconds=29), 900)
    assert store.fetch_session("mailbox", ID, NOW + after(seconds=29), 900).seen == NOW  # type: ignore[union-attr]


def test_a_session_is_opened_once_and_its_belongings_may_be_sealed_anew(stores: object) -> None:
    store.open_session("desk", ID, b"one", b"R" * 16, LINE, NOW)
    with pytest.raises(store.ConflictError):
        store.open_session("desk", ID, b"two", None, LINE, NOW)
    store.renew_session("desk", ID, NOW, b"three")
    store.renew_session("desk", ID, NOW)
    assert store.fetch_session("desk", ID, NOW, 900).sealed == b"three"  # type: ignore[union-attr]
    store.end_session("desk", ID)
    store.end_session("desk", ID)
    with pytest.raises(store.GoneError):
        store.renew_session("desk", ID, NOW)


def test_all_sessions_of_one_reader_end_and_nobody_elses(stores: object) -> None:
    for number, reader in enumerate((b"A" * 16, b"A" * 16, b"B" * 16, None)):
        store.open_session("desk", bytes([number]) * 32, b"", reader, LINE, NOW)
    assert store.end_sessions_of(b"A" * 16) == 2
    assert [bool(store.fetch_session("desk", bytes([n]) * 32, NOW, 900)) for n in range(4)] == [
        False,
        False,
        True,
        True,
    ]


def test_what_is_put_once_is_taken_once(stores: object) -> None:
    assert store.put_once("invited", ID, b"sealed", NOW + after(days=1))
    assert not store.put_once("invited", ID, b"other", NOW + after(days=1))
    assert store.look_once("invited", ID, NOW) == b"sealed"
    assert store.take_once("found", ID, NOW) is None
    assert store.take_once("invited", ID, NOW) == b"sealed"
    assert store.take_once("invited", ID, NOW) is None
    assert store.look_once("invited", ID, NOW) is None


def test_what_was_put_until_a_moment_is_gone_after_it(stores: object) -> None:
    store.put_once("invited", ID, b"sealed", NOW)
    assert store.look_once("invited", ID, NOW + after(seconds=1)) is None
    assert store.take_once("invited", ID, NOW + after(seconds=1)) is None


def test_of_two_who_take_at_once_one_gets_it(stores: object) -> None:
    from vault.test_deposits import run_together

    store.put_once("invited", ID, b"sealed", NOW)
    taken: list[bytes | None] = []
    run_together([lambda: taken.append(store.take_once("invited", ID, NOW))] * 6)
    assert sorted(taken, key=repr) == [None] * 5 + [b"sealed"] or taken.count(b"sealed") == 1


def test_shapes_that_do_not_fit_are_our_own_mistake(stores: object) -> None:
    for attempt in (
        lambda: store.open_session("desk", b"short", b"", None, LINE, NOW),
        lambda: store.open_session("desk", ID, b"x" * 100_000, None, LINE, NOW),
        lambda: store.put_once("found", b"short", b"", NOW),
        lambda: store.put_once("found", ID, b"x" * 100_000, NOW),
        lambda: store.open_session("desk", ID, b"", None, LINE, NOW.replace(tzinfo=None)),
    ):
        with pytest.raises(store.MisuseError):
            attempt()  # type: ignore[no-untyped-call]


def test_a_reader_sees_their_living_sessions_and_ends_all_but_one(stores: object) -> None:
    """Broken on purpose: the condition on the reader left out of the deletion."""
    reader, other = b"R" * 16, b"O" * 16
    for id_hash, who, minutes in ((b"1" * 32, reader, 0), (b"2" * 32, reader, 40), (b"3" * 32, other, 40)):
        store.open_session("desk", id_hash, b"", who, LINE, NOW + after(minutes=minutes))
    now = NOW + after(minutes=45)
    assert [one.id_hash for one in store.list_sessions("desk", reader, now, 1800)] == [b"2" * 32]
    assert [one.id_hash for one in store.list_sessions("desk", reader, now, 7200)] == [b"2" * 32, b"1" * 32]
    assert store.end_other_sessions("desk", reader, b"2" * 32) == 1
    assert store.fetch_session("desk", b"2" * 32, now, 1800) is not None
    assert store.fetch_session("desk", b"3" * 32, now, 1800) is not None

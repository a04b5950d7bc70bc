"""Offers to take a case over: written with the keys, ended with them. In the order of the rules in `handovers`."""

from datetime import timedelta
from typing import Any

import pytest

from leeside.vault import store
from vault.invented import (
    NOW,
    TODAY,
    Written,
    add_line,
    add_reader,
    change,
    deposit,
    grant_to,
    sealed_entry,
    take,
    version_of,
)


def offered(one: Written, giver: bytes, taker: bytes, **more: Any) -> bytes:
    """Take a case and offer it; the case id."""
    case_id = take(one, giver)
    store.append_entries(
        case_id,
        version_of(one),
        [store.NewEntry(sealed_entry(4))],
        grants=[grant_to(case_id, taker)],
        offer=store.HandOverRow(case_id, giver, taker, TODAY),
        **more,
    )
    return case_id


@pytest.fixture
def taker(line_id: bytes) -> bytes:
    return add_reader(line_id, "Anton")


def test_an_offer_comes_with_the_takers_keys(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    one = deposit(line_id)
    case_id = offered(one, reader_id, taker)
    expected = store.HandOverRow(case_id, reader_id, taker, TODAY)
    assert store.fetch_handover(case_id) == expected
    assert store.fetch_handovers(line_id, taker) == store.fetch_handovers(line_id, reader_id) == (expected,)
    assert (store.count_handovers(line_id, taker), store.count_handovers(line_id, reader_id)) == (1, 0)
    assert store.fetch_case(case_id, taker, []).wraps


def test_an_offer_without_keys_for_the_taker_is_refused_whole(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    """Broken on purpose: a store that does not ask for the taker's grant."""
    one = deposit(line_id)
    case_id = take(one, reader_id)
    before = version_of(one)
    with pytest.raises(store.MisuseError):
        store.append_entries(case_id, before, offer=store.HandOverRow(case_id, reader_id, taker, TODAY))
    assert store.fetch_handover(case_id) is None
    assert version_of(one) == before


def test_a_second_offer_waits_for_the_first_and_changes_nothing(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    one, third = deposit(line_id), add_reader(line_id, "Boris")
    case_id = offered(one, reader_id, taker)
    with pytest.raises(store.StateError):
        store.append_entries(
            case_id,
            version_of(one),
            grants=[grant_to(case_id, third)],
            offer=store.HandOverRow(case_id, reader_id, third, TODAY),
        )
    with pytest.raises(store.GoneError):
        store.fetch_case(case_id, third, [])
    assert store.fetch_handover(case_id) == store.HandOverRow(case_id, reader_id, taker, TODAY)


ENDINGS: dict[str, Any] = {
    "withdrawn": lambda one, taker: change(one, store.MarksChange(), offer=None),
    "taken": lambda one, taker: change(one, store.MarksChange(owner=taker)),
    "given back": lambda one, taker: change(one, store.MarksChange(owner=None)),
    "closed": lambda one, taker: change(one, store.MarksChange(state=store.CaseState.CLOSED)),
}


@pytest.mark.parametrize("how", ENDINGS, ids=str)
def test_an_offer_ends_with_the_step_that_answers_it(line_id: bytes, reader_id: bytes, taker: bytes, how: str) -> None:
    """Broken on purpose: a store that ends an offer only when it is told to."""
    one = deposit(line_id)
    case_id = offered(one, reader_id, taker)
    ENDINGS[how](one, taker)
    assert store.fetch_handover(case_id) is None
    assert store.count_handovers(line_id, taker) == 0


def test_other_work_on_the_case_leaves_the_offer(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    one = deposit(line_id)
    case_id = offered(one, reader_id, taker)
    change(one, store.MarksChange(state=store.CaseState.ANSWERED))
    assert store.fetch_handover(case_id) is not None


@pytest.mark.parametrize("who", ["giver", "taker"])
def test_the_offers_of_somebody_who_leaves_end(line_id: bytes, reader_id: bytes, taker: bytes, who: str) -> None:
    case_id = offered(deposit(line_id), reader_id, taker)
    store.drop_reader(line_id, reader_id if who == "giver" else taker)
    assert store.fetch_handover(case_id) is None


@pytest.mark.promise(5, "the offers of an erased case")
def test_the_offer_of_an_erased_case_is_gone(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    case_id = offered(deposit(line_id), reader_id, taker)
    store.erase_case(case_id, TODAY)
    assert store.fetch_handovers(line_id, taker) == ()


def test_old_offers_are_listed_for_coordinators(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    case_id = offered(deposit(line_id), reader_id, taker)
    assert [row.case_id for row in store.list_handovers(line_id, TODAY)] == [case_id]
    assert store.list_handovers(line_id, TODAY - timedelta(days=1)) == ()
    assert store.list_handovers(add_line("other"), TODAY) == ()


def test_offers_are_for_people_of_the_line(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    offered(deposit(line_id), reader_id, taker)
    with pytest.raises(store.GoneError):
        store.fetch_handovers(line_id, b"\x07" * 16)
    with pytest.raises(store.GoneError):
        store.fetch_handovers(add_line("other"), taker)


def test_an_offer_of_another_case_or_of_a_closed_one_is_refused(line_id: bytes, reader_id: bytes, taker: bytes) -> None:
    one = deposit(line_id)
    case_id = take(one, reader_id)
    offers = [
        (store.HandOverRow(b"\x07" * 16, reader_id, taker, TODAY), store.MarksChange()),
        (store.HandOverRow(case_id, reader_id, taker, TODAY), store.MarksChange(state=store.CaseState.CLOSED)),
    ]
    for offer, marks in offers:
        with pytest.raises(store.MisuseError):
            change(one, marks, grants=[grant_to(case_id, taker)], offer=offer)
    assert store.open_mailbox(one.lookup_hash, NOW)

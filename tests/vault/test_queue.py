"""Order, rights, counts and paging of the queue."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from leeside.vault import queue, reading, store
from leeside.vault.writing import writing
from vault.invented import (
    NOW,
    TIMES,
    TODAY,
    Written,
    add_line,
    add_reader,
    case_id_of,
    change,
    deposit,
    grant_to,
    take,
)

Tab = store.Tab


def page(line_id: bytes, reader_id: bytes, circles: list[str], tab: Tab, **more: object) -> store.QueuePage:
    words = {"after_rank": None, "limit": 50, "times": TIMES, **more}
    return store.queue_page(line_id, reader_id, circles, tab, **words)  # type: ignore[arg-type]


def ids(found: store.QueuePage) -> list[bytes]:
    return [row.case_id for row in found.rows]


def test_red_first_then_look_by_then_promise_never_newest_first(line_id: bytes, reader_id: bytes) -> None:
    early, late = NOW + timedelta(hours=1), NOW + timedelta(hours=5)
    wanted = []
    for urgency in (1, 2):
        for look_by, day in ((1, TODAY), (3, TODAY - timedelta(days=2)), (3, TODAY), (4, TODAY)):
            for promise in (early, late, None):
                wanted.append((urgency, look_by, day, promise))
    deposited = {}
    for key in random.Random(7).sample(wanted, len(wanted)):
        urgency, look_by, day, promise = key
        one = deposit(line_id, urgency=urgency, opened=day, look_by=look_by)
        change(one, store.MarksChange(answer_by=promise))
        deposited[key] = case_id_of(one)
    found = page(line_id, reader_id, ["first"], Tab.NEEDS_PERSON)
    assert ids(found) == [deposited[key] for key in wanted]


def test_what_is_taken_leaves_the_circle_and_is_mine(line_id: bytes, reader_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    colleague = add_reader(line_id, "Anton")
    case_id = take(one, reader_id)
    for reader, circles, tab, wanted in (
        (reader_id, ["first"], Tab.NEEDS_PERSON, {case_id_of(other)}),
        (reader_id, ["first"], Tab.MINE, {case_id}),
        (reader_id, ["first"], Tab.ALL_I_MAY_SEE, {case_id, case_id_of(other)}),
        (colleague, ["first"], Tab.NEEDS_PERSON, {case_id_of(other)}),
        (colleague, ["first"], Tab.MINE, set()),
        (colleague, ["first"], Tab.ALL_I_MAY_SEE, {case_id_of(other)}),
        (colleague, ["closed"], Tab.ALL_I_MAY_SEE, set()),
        (colleague, [], Tab.ALL_I_MAY_SEE, set()),
        (colleague, [], Tab.NEEDS_PERSON, set()),
        (colleague, ["lead"], Tab.ALL_I_MAY_SEE, {case_id, case_id_of(other)}),
        (colleague, ["lead"], Tab.NEEDS_PERSON, {case_id_of(other)}),
    ):
        found = page(line_id, reader, circles, tab)
        assert set(ids(found)) == wanted
        assert found.counts[tab] == len(wanted)


@pytest.mark.promise(2, "the queue of a stranger, of a locked account, of another line", times=5)
def test_whoever_has_no_active_account_of_the_line_gets_no_queue(line_id: bytes, reader_id: bytes) -> None:
    deposit(line_id)
    other_line = add_line("other")
    stranger = add_reader(other_line)
    for line, reader in ((line_id, stranger), (line_id, b"?" * 16), (other_line, reader_id), (b"?" * 16, reader_id)):
        with pytest.raises(store.GoneError):
            page(line, reader, ["lead"], Tab.ALL_I_MAY_SEE)
    store.set_account_state(reader_id, store.AccountState.LOCKED)
    with pytest.raises(store.GoneError):
        page(line_id, reader_id, ["lead"], Tab.ALL_I_MAY_SEE)


def test_a_case_in_my_circle_and_granted_to_me_is_one_row(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    store.append_entries(case_id_of(one), 1, grants=[grant_to(case_id_of(one), reader_id)])
    found = page(line_id, reader_id, ["first"], Tab.ALL_I_MAY_SEE)
    assert ids(found) == [case_id_of(one)]
    assert found.counts[Tab.ALL_I_MAY_SEE] == 1


@pytest.mark.parametrize("tied", [False, True])
def test_paging_skips_nothing_and_repeats_nothing_even_when_ranks_are_equal(
    line_id: bytes, reader_id: bytes, tied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if tied:
        monkeypatch.setattr("leeside.vault.deposits.rank_of", lambda urgency, due_from, answer_by: due_from // 2)
    ones = [deposit(line_id, opened=TODAY - timedelta(days=number // 2)) for number in range(23)]
    seen: list[bytes] = []
    after: int | None = None
    for _ in range(40):
        found = page(line_id, reader_id, ["first"], Tab.NEEDS_PERSON, after_rank=after, limit=3)
        seen += ids(found)
        after = found.next_after
        if after is None:
            break
    assert sorted(seen) == sorted(case_id_of(one) for one in ones)


def test_a_page_that_ends_with_the_last_row_says_so(line_id: bytes, reader_id: bytes) -> None:
    for _ in range(4):
        deposit(line_id)
    assert page(line_id, reader_id, ["first"], Tab.NEEDS_PERSON, limit=4).next_after is None
    assert page(line_id, reader_id, ["first"], Tab.NEEDS_PERSON, limit=3).next_after is not None
    for limit in (0, 201):
        with pytest.raises(store.MisuseError):
            page(line_id, reader_id, ["first"], Tab.NEEDS_PERSON, limit=limit)


def test_counts_stop_at_their_limit(line_id: bytes, reader_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "LIMITS", replace(store.LIMITS, counted=3))
    for _ in range(5):
        deposit(line_id)
    counts = page(line_id, reader_id, ["first"], Tab.NEEDS_PERSON).counts
    assert (counts[Tab.NEEDS_PERSON], counts[Tab.MINE], counts[Tab.ALL_I_MAY_SEE]) == (3, 0, 3)


def test_a_row_carries_its_card_and_only_the_keys_this_reader_may_open(line_id: bytes, reader_id: bytes) -> None:
    waiting, mine = deposit(line_id), deposit(line_id)
    take(mine, reader_id)
    rows = {row.case_id: row for row in page(line_id, reader_id, ["first"], Tab.ALL_I_MAY_SEE).rows}
    for one in (waiting, mine):
        fetched = store.fetch_case(case_id_of(one), reader_id, ["first"])
        assert rows[case_id_of(one)] == fetched
    assert rows[case_id_of(waiting)].card == waiting.parcel.card
    assert [wrap.sealed for wrap in rows[case_id_of(waiting)].wraps] == [waiting.parcel.keys[1].sealed]


def test_everyone_sees_who_holds_a_case_while_the_hold_runs(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id, colleague = case_id_of(one), add_reader(line_id, "Anton")
    until = NOW + timedelta(minutes=15)
    assert store.hold_case(case_id, reader_id, ["first"], until, NOW) == store.Hold(case_id, reader_id, until)
    found = page(line_id, colleague, ["first"], Tab.NEEDS_PERSON).holds
    assert found == {case_id: store.Hold(case_id, reader_id, until)}
    with pytest.raises(store.HeldError):
        store.hold_case(case_id, colleague, ["first"], until, NOW)
    longer = until + timedelta(minutes=5)
    assert store.hold_case(case_id, reader_id, ["first"], longer, NOW).until == longer
    later = longer + timedelta(seconds=1)
    assert page(line_id, colleague, ["first"], Tab.NEEDS_PERSON, times=replace(TIMES, real_now=later)).holds == {}
    assert store.hold_case(case_id, colleague, ["first"], later + timedelta(minutes=15), later).reader_id == colleague
    store.release_hold(case_id, reader_id)
    assert store.fetch_holds([case_id], later)[case_id].reader_id == colleague
    store.release_hold(case_id, colleague)
    assert store.fetch_holds([case_id], later) == {}


def test_nobody_holds_what_they_may_not_see(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    for case_id, circles in ((case_id_of(one), ["closed"]), (b"?" * 16, ["lead"])):
        with pytest.raises(store.GoneError):
            store.hold_case(case_id, reader_id, circles, NOW, NOW)


def test_a_case_that_is_erased_under_a_readers_hand_is_left_out(line_id: bytes, reader_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM leeside_shred_key WHERE case_id = %s", [case_id_of(one)])
    assert ids(page(line_id, reader_id, ["first"], Tab.NEEDS_PERSON)) == [case_id_of(other)]


def written_ids(ones: list[Written]) -> list[bytes]:
    return [case_id_of(one) for one in ones]


def test_a_page_takes_few_statements_however_many_rows(
    line_id: bytes, reader_id: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = reading._Readers.ask

    def count(self: reading._Readers, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return ask(self, sql, *rest)

    monkeypatch.setattr(reading._Readers, "ask", count)
    counts = []
    for _ in range(2):
        written_ids([deposit(line_id) for _ in range(5)])
        asked.clear()
        page(line_id, reader_id, ["first"], Tab.ALL_I_MAY_SEE)
        counts.append(len(asked))
    assert counts == [7, 7]

"""The rules of `group_commit`, without a database."""

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from leeside.vault import group_commit
from leeside.vault.errors import BusyError, DamagedError
from leeside.vault.group_commit import GroupCommit, Waiter

Batch = Sequence[Waiter[int, str]]
Take = Callable[[], Batch]


def test_whoever_leads_stores_all_that_waits_and_each_gets_its_own_result() -> None:
    batches: list[list[int]] = []
    first_is_in, may_go_on = threading.Event(), threading.Event()

    def store(take: Take) -> None:
        batch = take()
        batches.append([waiter.item for waiter in batch])
        if len(batches) == 1:
            first_is_in.set()
            may_go_on.wait(5)
        for waiter in batch:
            if waiter.item % 2:
                waiter.fail(ValueError(waiter.item))
            else:
                waiter.succeed(f"stored {waiter.item}")

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    results: dict[int, object] = {}

    def submit(item: int) -> None:
        try:
            results[item] = line.submit(item)
        except ValueError as error:
            results[item] = error

    threads = [threading.Thread(target=submit, args=(item,)) for item in range(7)]
    threads[0].start()
    first_is_in.wait(5)
    for thread in threads[1:]:
        thread.start()
    while len(line._waiting) < 6:
        time.sleep(0.001)
    may_go_on.set()
    for thread in threads:
        thread.join(5)
    assert batches[0] == [0]
    assert sorted(batches[1]) == [1, 2, 3, 4, 5, 6]
    assert all(results[item] == f"stored {item}" for item in (0, 2, 4, 6))
    assert all(isinstance(results[item], ValueError) for item in (1, 3, 5))


def test_a_batch_has_a_limit_and_who_did_not_fit_leads_next() -> None:
    sizes: list[int] = []
    line, results = GroupCommit[int, str](lambda take: slowly(take, sizes), at_most=2), list[str]()
    threads = [threading.Thread(target=lambda item=item: results.append(line.submit(item))) for item in range(9)]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(results) == [f"stored {item}" for item in range(9)]
    assert max(sizes) == 2
    assert not line._is_led


def slowly(take: Take, sizes: list[int]) -> None:
    batch = take()
    sizes.append(len(batch))
    time.sleep(0.01)
    for waiter in batch:
        waiter.succeed(f"stored {waiter.item}")


def wait_in(line: GroupCommit[int, str], item: int) -> Waiter[int, str]:
    """Somebody who waits without a thread."""
    waiter: Waiter[int, str] = Waiter(item)
    line._waiting.append(waiter)
    return waiter


def test_an_error_of_the_store_reaches_everyone_who_waited_and_nobody_is_told_done() -> None:
    def store(take: Take) -> None:
        take()
        raise BusyError

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    other = wait_in(line, 1)
    with pytest.raises(BusyError):
        line.submit(2)
    assert other.sleep(0)
    with pytest.raises(BusyError):
        other.outcome()
    assert not line._is_led


def test_an_error_before_anything_was_taken_settles_those_who_wait() -> None:
    def store(take: Take) -> None:
        raise BusyError

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    with pytest.raises(BusyError):
        line.submit(1)
    assert not line._waiting
    assert not line._is_led


def test_a_leader_that_is_interrupted_leaves_nobody_waiting_for_ever() -> None:
    def store(take: Take) -> None:
        take()
        raise KeyboardInterrupt

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    other = wait_in(line, 1)
    with pytest.raises(KeyboardInterrupt):
        line.submit(2)
    assert other.is_done
    assert other.sleep(0)
    assert not line._is_led


def test_a_waiter_without_result_is_never_taken_for_done() -> None:
    waiter: Waiter[int, str] = Waiter(1)
    with pytest.raises(DamagedError):
        waiter.outcome()


def test_who_comes_while_somebody_leads_is_told_to_lead_next() -> None:
    order: list[int] = []
    is_in, may_end = threading.Event(), threading.Event()

    def store(take: Take) -> None:
        batch = take()
        is_in.set()
        may_end.wait(5)
        for waiter in batch:
            order.append(waiter.item)
            waiter.succeed("stored")

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    first = threading.Thread(target=line.submit, args=(1,))
    first.start()
    is_in.wait(5)
    second = threading.Thread(target=line.submit, args=(2,))
    second.start()
    while not line._waiting:
        time.sleep(0.001)
    may_end.set()
    first.join(5)
    second.join(5)
    assert order == [1, 2]
    assert not line._is_led


def test_who_waits_too_long_is_told_busy_and_leaves_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "WAIT_SECONDS", 0.05)
    line: GroupCommit[int, str] = GroupCommit(lambda take: None, at_most=64)
    line._is_led = True
    with pytest.raises(BusyError):
        line.submit(1)
    assert not line._waiting


def test_who_waits_too_long_while_a_leader_has_its_item_gets_the_result() -> None:
    line: GroupCommit[int, str] = GroupCommit(lambda take: None, at_most=64)
    waiter: Waiter[int, str] = Waiter(1)
    leaving = threading.Thread(target=line._leave, args=(waiter,))
    leaving.start()
    waiter.succeed("stored")
    waiter.wake()
    leaving.join(5)
    assert waiter.outcome() == "stored"


def test_who_is_told_to_lead_in_the_moment_of_leaving_leads() -> None:
    line: GroupCommit[int, str] = GroupCommit(
        lambda take: [each.succeed("stored") for each in take()] and None, at_most=64
    )
    line._is_led = True
    waiter = wait_in(line, 1)
    waiter.wake()
    line._leave(waiter)
    assert list(line._waiting) == [waiter]
    line._lead(waiter)
    assert waiter.outcome() == "stored"
    assert not line._is_led


def test_who_is_forgotten_in_a_leaders_hands_is_told_busy_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "WAIT_SECONDS", 0.05)
    line: GroupCommit[int, str] = GroupCommit(lambda take: None, at_most=64)
    with pytest.raises(BusyError):
        line._leave(Waiter(1))

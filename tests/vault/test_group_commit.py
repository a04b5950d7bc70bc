"""Rules 1 to 4 of `group_commit`, without a database."""

import threading
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
        pass
    may_go_on.set()
    for thread in threads:
        thread.join(5)
    assert batches[0] == [0]
    assert sorted(batches[1]) == [1, 2, 3, 4, 5, 6]
    assert all(results[item] == f"stored {item}" for item in (0, 2, 4, 6))
    assert all(isinstance(results[item], ValueError) for item in (1, 3, 5))


def test_a_batch_has_a_limit_and_the_rest_is_stored_next() -> None:
    sizes: list[int] = []

    def store(take: Take) -> None:
        batch = take()
        sizes.append(len(batch))
        for waiter in batch:
            waiter.succeed("ok")

    line: GroupCommit[int, str] = GroupCommit(store, at_most=2)
    for item in range(4):
        line._waiting.append(Waiter(item))
    assert line.submit(9) == "ok"
    assert sizes == [2, 2, 1]


def test_an_error_of_the_store_reaches_everyone_who_waited_and_nobody_is_told_done() -> None:
    def store(take: Take) -> None:
        take()
        raise BusyError

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    other: Waiter[int, str] = Waiter(1)
    line._waiting.append(other)
    with pytest.raises(BusyError):
        line.submit(2)
    assert other.is_done
    with pytest.raises(BusyError):
        other.outcome()


def test_an_error_before_anything_was_taken_settles_those_who_wait() -> None:
    def store(take: Take) -> None:
        raise BusyError

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    with pytest.raises(BusyError):
        line.submit(1)
    assert not line._waiting


def test_a_leader_that_is_interrupted_leaves_nobody_waiting_for_ever() -> None:
    def store(take: Take) -> None:
        take()
        raise KeyboardInterrupt

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    other: Waiter[int, str] = Waiter(1)
    line._waiting.append(other)
    with pytest.raises(KeyboardInterrupt):
        line.submit(2)
    assert other.is_done
    assert not line._lock.locked()


def test_a_waiter_without_result_is_never_taken_for_done() -> None:
    waiter: Waiter[int, str] = Waiter(1)
    with pytest.raises(DamagedError):
        waiter.outcome()


def test_who_waits_too_long_is_told_busy_and_leaves_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "WAIT_SECONDS", 0.05)
    line: GroupCommit[int, str] = GroupCommit(lambda take: None, at_most=64)
    with line._lock, pytest.raises(BusyError):
        line.submit(1)
    assert not line._waiting


def test_who_waits_too_long_while_a_leader_has_its_item_gets_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "WAIT_SECONDS", 0.05)
    is_taken, may_end = threading.Event(), threading.Event()

    def store(take: Take) -> None:
        batch = take()
        is_taken.set()
        may_end.wait(5)
        for waiter in batch:
            waiter.succeed(f"stored {waiter.item}")

    line: GroupCommit[int, str] = GroupCommit(store, at_most=64)
    follower_waits = Waiter(2)
    line._waiting.append(follower_waits)
    leader = threading.Thread(target=line.submit, args=(1,))
    leader.start()
    is_taken.wait(5)
    result: list[str] = []
    follower = threading.Thread(target=lambda: result.append(line._give_up(follower_waits)))
    follower.start()
    may_end.set()
    follower.join(5)
    leader.join(5)
    assert result == ["stored 2"]

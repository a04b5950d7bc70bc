"""Many requests, one commit: one caller leads and stores everything that waits.

No thread of its own, no timer. Rules:
1. A caller puts its item into the line. When nobody leads, it leads: takes what waits and stores it. Otherwise it
   sleeps until its item is settled or it is told to lead.
2. Each waiter has a result of its own: done with a value, or an error. Nobody is done before COMMIT has returned.
3. A leader whose batch is settled goes its way and tells the first of those who came meanwhile to lead.
4. When a batch fails by a fault of one item, its items are stored one by one, so that one bad item fails alone.
5. When the store itself is locked, full or not ready, all of the batch learn so and nothing is tried again.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from leeside.vault.errors import BusyError, DamagedError

Item = TypeVar("Item")
Result = TypeVar("Result")

WAIT_SECONDS = 60.0


class Waiter(Generic[Item, Result]):
    """One caller's item and what became of it."""

    __slots__ = ("_sleep", "error", "is_done", "item", "result")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.is_done = False
        self.result: Result | None = None
        self.error: BaseException | None = None
        self._sleep = threading.Lock()
        self._sleep.acquire()

    def succeed(self, result: Result) -> None:
        """Called after COMMIT has returned, or when nothing had to be stored."""
        self.result = result
        self.is_done = True

    def fail(self, error: BaseException) -> None:
        """This item, and perhaps only this one, was not stored."""
        self.error = error
        self.is_done = True

    def wake(self) -> None:
        """Wake its caller: the item is settled, or the caller is to lead."""
        self._sleep.release()

    def sleep(self, seconds: float) -> bool:
        """Sleep until woken; False when nobody did in time."""
        return self._sleep.acquire(timeout=seconds)

    def outcome(self) -> Result:
        """The result, or the error raised in the waiter's own thread."""
        if self.error is not None:
            raise self.error
        if not self.is_done or self.result is None:
            raise DamagedError("a leader left a waiter without a result")
        return self.result


class GroupCommit(Generic[Item, Result]):
    """The line of waiters of one process.

    `store` is given a function that takes what waits at the moment it is called: it calls it once the locks between
    processes are held, so that the batch has everything that came meanwhile. It settles every waiter it took.
    """

    def __init__(self, store: Callable[[Callable[[], Sequence[Waiter[Item, Result]]]], None], at_most: int) -> None:
        self._store = store
        self._at_most = at_most
        self._waiting: deque[Waiter[Item, Result]] = deque()
        self._guard = threading.Lock()
        self._is_led = False

    def submit(self, item: Item) -> Result:
        """Store an item; return or raise what became of it. Returns only after its commit."""
        waiter: Waiter[Item, Result] = Waiter(item)
        with self._guard:
            self._waiting.append(waiter)
            leads, self._is_led = not self._is_led, True
        if not leads and not waiter.sleep(WAIT_SECONDS):
            self._leave(waiter)
        while not waiter.is_done:
            self._lead(waiter)
        return waiter.outcome()

    def _lead(self, leader: Waiter[Item, Result]) -> None:
        """Store one batch and wake its callers; once the leader's own item is settled, somebody else leads."""
        taken: list[Waiter[Item, Result]] = []

        def take() -> Sequence[Waiter[Item, Result]]:
            while self._waiting and len(taken) < self._at_most:
                taken.append(self._waiting.popleft())
            return taken

        try:
            self._store(take)
        except BaseException as error:
            for waiter in taken or take():
                if not waiter.is_done:
                    waiter.fail(error)
            if not isinstance(error, Exception):
                self._hand_over()
                raise
        finally:
            for waiter in taken:
                if waiter is not leader:
                    waiter.wake()
        if leader.is_done:
            self._hand_over()

    def _hand_over(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting[0].wake()
            else:
                self._is_led = False

    def _leave(self, waiter: Waiter[Item, Result]) -> None:
        """Give up waiting, unless the item is in a leader's hands or the caller was told to lead just now."""
        with self._guard:
            if waiter in self._waiting:
                if waiter.sleep(0):
                    return
                self._waiting.remove(waiter)
                raise BusyError("the store is busy")
        if not waiter.sleep(WAIT_SECONDS):
            raise BusyError("the store is busy")

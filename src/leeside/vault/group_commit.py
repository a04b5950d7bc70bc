"""Many requests, one commit: whoever gets the lock stores everything that waits.

No thread of its own, no timer. Rules:
1. A caller puts its item into the line and asks for the lock. Who gets it leads: takes what waits and stores it.
2. Each waiter has a result of its own: done with a value, or an error. Nobody is done before COMMIT has returned.
3. When a batch fails by a fault of one item, its items are stored one by one, so that one bad item fails alone.
4. When the store itself is locked, full or not ready, all of the batch learn so and nothing is tried again.
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

    __slots__ = ("error", "is_done", "item", "result")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.is_done = False
        self.result: Result | None = None
        self.error: BaseException | None = None

    def succeed(self, result: Result) -> None:
        """Called after COMMIT has returned, or when nothing had to be stored."""
        self.result = result
        self.is_done = True

    def fail(self, error: BaseException) -> None:
        """This item, and perhaps only this one, was not stored."""
        self.error = error
        self.is_done = True

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
        self._lock = threading.Lock()

    def submit(self, item: Item) -> Result:
        """Store an item; return or raise what became of it. Returns only after its commit."""
        waiter: Waiter[Item, Result] = Waiter(item)
        self._waiting.append(waiter)
        while not waiter.is_done:
            if not self._lock.acquire(timeout=WAIT_SECONDS):
                return self._give_up(waiter)
            try:
                if not waiter.is_done:
                    self._lead()
            finally:
                self._lock.release()
        return waiter.outcome()

    def _lead(self) -> None:
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
                raise

    def _give_up(self, waiter: Waiter[Item, Result]) -> Result:
        try:
            self._waiting.remove(waiter)
        except ValueError:
            # A leader has it in hand: its result is on the way, and must not be missed.
            with self._lock:
                return waiter.outcome()
        raise BusyError("the store is busy")

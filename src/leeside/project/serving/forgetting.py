"""Ends a worker that has served something and then stood idle, so that its memory goes back to the machine.

A worker is in one of three states: fresh (nothing has arrived: it holds nothing and may wait for ever), busy (a
request is under way: never ended), idle (something arrived, nothing under way: ended after `idle_seconds`). Somebody
who asks for a page every few seconds must not keep another's text in memory: ten times `idle_seconds` after the first
arrival a worker is ended at its next idle moment. The arbiter forks a fresh one from its warm memory, which has seen
no request.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_EMPTY_AS_ONE = 10
_LONGEST_LIVES = 10  # times `idle_seconds`, counted from the first arrival


@dataclass
class Activity:
    """Counts what a worker does; its methods may be called from any thread."""

    clock: Callable[[], float] = time.monotonic
    _under_way: int = 0
    _first: float | None = None
    _last: float = 0.0
    _empty: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def touch(self) -> None:
        """Some bytes have arrived, perhaps of a request that will never be whole: they are in memory all the same."""
        with self._lock:
            self._last = self.clock()
            if self._first is None:
                self._first = self._last

    def begin(self) -> None:
        """A request has arrived."""
        self.touch()
        with self._lock:
            self._under_way += 1

    def end(self, opened_nothing: bool = False) -> bool:
        """A request has been answered, well or not; whether it does not count toward the worker's last one.

        Of requests that opened nothing every tenth counts: what was typed lies in memory all the same.
        """
        with self._lock:
            self._under_way -= 1
            self._last = self.clock()
            if not opened_nothing:
                return False
            self._empty += 1
            return self._empty % _EMPTY_AS_ONE != 0

    def is_due(self, idle_seconds: float) -> bool:
        """Whether this worker holds something, is not busy, and has been idle or alive long enough to be ended."""
        with self._lock:
            if self._first is None or self._under_way:
                return False
            now = self.clock()
            return now - self._last >= idle_seconds or now - self._first >= _LONGEST_LIVES * idle_seconds


def watch(activity: Activity, idle_seconds: float, end_worker: Callable[[], None]) -> threading.Thread:
    """Start the thread that calls `end_worker` once when the worker is due."""

    def wait() -> None:
        while not activity.is_due(idle_seconds):
            time.sleep(min(1.0, idle_seconds))
        end_worker()

    thread = threading.Thread(target=wait, name="forgetting", daemon=True)
    thread.start()
    return thread

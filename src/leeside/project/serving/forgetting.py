"""Ends a worker that has served something and then stood idle, so that its memory goes back to the machine.

A worker is in one of three states: fresh (has served nothing: it holds nothing and may wait for ever), busy (a
request is under way: never ended), idle (has served, nothing under way: ended after `idle_seconds`). The arbiter
forks a fresh one from its warm memory, which has seen no request.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Activity:
    """Counts what a worker does; its three methods may be called from any thread."""

    clock: Callable[[], float] = time.monotonic
    _under_way: int = 0
    _served: int = 0
    _last: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """A request has arrived."""
        with self._lock:
            self._under_way += 1

    def end(self) -> None:
        """A request has been answered, well or not."""
        with self._lock:
            self._under_way -= 1
            self._served += 1
            self._last = self.clock()

    def is_due(self, idle_seconds: float) -> bool:
        """Whether this worker has served, is not busy, and has been idle long enough to be ended."""
        with self._lock:
            return self._served > 0 and self._under_way == 0 and self.clock() - self._last >= idle_seconds


def watch(activity: Activity, idle_seconds: float, end_worker: Callable[[], None]) -> threading.Thread:
    """Start the thread that calls `end_worker` once when the worker is due."""

    def wait() -> None:
        while not activity.is_due(idle_seconds):
            time.sleep(min(1.0, idle_seconds))
        end_worker()

    thread = threading.Thread(target=wait, name="forgetting", daemon=True)
    thread.start()
    return thread

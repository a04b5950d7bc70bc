"""The threads of one worker: at most so many, and one queue in front of them.

The standard library's pool makes a future with a condition and two locks for each call, and nobody here waits for
one: what a thread has done, it tells the loop itself. That was a sixth of an answer of three bytes.
"""

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any


class Threads:
    """Threads that each do one call after the other; one more is started when a call comes and none is free.

    A worker that is replaced soon needs one or two of them; starting all would keep its first visitors waiting.
    """

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._calls: SimpleQueue[tuple[Callable[..., None], tuple[Any, ...]] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        # One token for each thread that is free and not yet counted on; appending and popping need no lock.
        self._free: deque[None] = deque()

    def submit(self, call: Callable[..., None], *arguments: Any) -> None:
        """Have a call done by whichever thread is free first. Call from one thread only.

        The call must not raise: nobody would hear of it.
        """
        self._calls.put((call, arguments))
        try:
            self._free.pop()
        except IndexError:
            if len(self._threads) < self._at_most:
                self._threads.append(threading.Thread(target=self._work))
                self._threads[-1].start()

    def shutdown(self, wait: bool = True) -> None:
        """End each thread after what has been asked for; the process does not end before them."""
        for _ in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while True:
            asked = self._calls.get()
            if asked is None:
                return
            call, arguments = asked
            call(*arguments)
            # A thread that waits for its next call holds nothing of the last one.
            del asked, call, arguments
            self._free.append(None)

"""The lanes of one worker: clean processes that wait to fork a child for a search, and the way to them.

A worker makes its lanes before it takes its first request (`prepare`), so that no child can inherit what another
request left in memory. A lane that failed is ended; the next one is started from the command line, half a second
slower and as clean. A worker that ends takes its lanes along.
"""

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from leeside.desk.errors import CrowdedError
from leeside.desk.limits import LIMITS
from leeside.desk.searching import confinement
from leeside.desk.searching.errors import SearchFailedError
from leeside.desk.searching.lane_process import ENDED, GO, LENGTH_BYTES, REPLY, serve_lane
from leeside.desk.searching.works import answer_request

_PATIENCE_SECONDS: Final = 2
_PROCESS: Final = "leeside.desk.searching.lane_process"


@dataclass(frozen=True)
class Lane:
    """One waiting process and the ends of its pipes that are ours."""

    pid: int
    commands: int
    replies: int

    def ask(self, request: bytes) -> bytes:
        """Have one search done. Raises SearchFailedError when no whole answer comes; the lane is then to be ended."""
        until = time.monotonic() + LIMITS.search_seconds + _PATIENCE_SECONDS
        try:
            os.write(self.commands, GO + len(request).to_bytes(LENGTH_BYTES, "big") + request)
        except OSError:
            raise SearchFailedError from None
        if self._read(1, until) != REPLY:
            raise SearchFailedError
        answer = self._read(int.from_bytes(self._read(LENGTH_BYTES, until), "big"), until)
        # The child has ended when the lane says so: then nothing of the search is left in any process but this.
        if self._read(1, until) != ENDED:
            raise SearchFailedError
        return answer

    def end(self) -> None:
        """End the process, with the child it may have."""
        for descriptor in (self.commands, self.replies):
            with suppress(OSError):
                os.close(descriptor)
        with suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def _read(self, size: int, until: float) -> bytes:
        waiting = select.poll()
        waiting.register(self.replies, select.POLLIN)
        parts, left = [], size
        while left:
            if not waiting.poll(max(0, until - time.monotonic()) * 1000):
                raise SearchFailedError
            part = os.read(self.replies, left)
            if not part:
                raise SearchFailedError
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


class Lanes:
    """At most so many lanes; who comes when all are busy is asked to come again."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._lock = threading.Lock()
        self._idle: list[Lane] = []
        self._busy = 0

    def prepare(self) -> None:
        """Fork every lane. Only ever called by a process that has seen no request, and has one thread."""
        while len(self._idle) < self._at_most:
            self._idle.append(_fork())

    @contextmanager
    def one(self) -> Iterator[Lane]:
        """A lane for one search. Raises CrowdedError when all are busy."""
        with self._lock:
            if self._busy >= self._at_most:
                raise CrowdedError
            self._busy += 1
            lane = self._idle.pop() if self._idle else None
        try:
            lane = lane or _start()
            yield lane
            self._idle.append(lane)
        except BaseException:
            if lane is not None:
                lane.end()
            raise
        finally:
            with self._lock:
                self._busy -= 1

    def forget(self) -> None:
        """A child of this process does not use its parent's lanes."""
        self._lock = threading.Lock()
        self._idle, self._busy = [], 0

    def end(self) -> None:
        """End every idle lane: for tests."""
        while self._idle:
            self._idle.pop().end()


def _fork() -> Lane:
    (commands, ours_to), (ours_from, replies) = os.pipe(), os.pipe()
    worker = os.getpid()
    pid = os.fork()
    if pid == 0:
        serve_lane(commands, replies, worker, answer_request)
    return _lane(pid, commands, replies, ours_to, ours_from)


def _start() -> Lane:
    (commands, ours_to), (ours_from, replies) = os.pipe(), os.pipe()
    words = [sys.executable, "-P", "-m", _PROCESS, str(os.getpid())]
    words.append("readable" if confinement.is_readable() else "hidden")
    ends = [(os.POSIX_SPAWN_DUP2, commands, 0), (os.POSIX_SPAWN_DUP2, replies, 1)]
    pid = os.posix_spawn(sys.executable, words, os.environ, file_actions=ends)
    return _lane(pid, commands, replies, ours_to, ours_from)


def _lane(pid: int, commands: int, replies: int, ours_to: int, ours_from: int) -> Lane:
    os.close(commands)
    os.close(replies)
    return Lane(pid, ours_to, ours_from)


LANES: Final = Lanes(LIMITS.searches_at_once)
os.register_at_fork(after_in_child=LANES.forget)

"""A small pool for slow hashes, so that a flood at the sign-in page cannot take the memory or the desk.

Two places a process, and one of them for browsers that signed in before: a flood never takes the place that a known
browser needs. The derivations run one after the other (`sealing.passphrases.stretch`), so that a known browser waits
for one unknown one at most, and sign-ins take one core of each process. The others wait in two short queues: browsers
that signed in before go first, and an unknown browser is turned away sooner. Each process has its own pool: the bound
is memory, and memory is a process's own.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from leeside.desk.errors import CrowdedError
from leeside.desk.limits import LIMITS, DeskLimits


class DerivationPool:
    """A gate with `derivations_at_once` places and two queues before it."""

    def __init__(self, limits: DeskLimits = LIMITS) -> None:
        self._limits = limits
        self._condition = threading.Condition()
        self._running = 0
        self._running_unknown = 0
        self._known: deque[object] = deque()
        self._unknown: deque[object] = deque()

    @contextmanager
    def place(self, *, is_known: bool) -> Iterator[None]:
        """Wait for a place, known browsers first. Raises CrowdedError when the queue is full or the wait too long."""
        self._enter(is_known=is_known)
        try:
            yield
        finally:
            with self._condition:
                self._running -= 1
                self._running_unknown -= not is_known
                self._condition.notify_all()

    def _enter(self, *, is_known: bool) -> None:
        ticket = object()
        queue = self._known if is_known else self._unknown
        room = self._limits.derivations_waiting_known if is_known else self._limits.derivations_waiting
        with self._condition:
            if len(self._known) + len(self._unknown) >= room:
                raise CrowdedError
            queue.append(ticket)
            come = self._condition.wait_for(lambda: self._is_next(ticket), self._limits.derivation_wait_seconds)
            queue.remove(ticket)
            if not come:
                self._condition.notify_all()
                raise CrowdedError
            self._running += 1
            self._running_unknown += not is_known
            self._condition.notify_all()

    def _is_next(self, ticket: object) -> bool:
        if self._running >= self._limits.derivations_at_once:
            return False
        if self._known:
            return self._known[0] is ticket
        return self._unknown[0] is ticket and self._running_unknown < self._limits.derivations_of_unknown


POOL = DerivationPool()

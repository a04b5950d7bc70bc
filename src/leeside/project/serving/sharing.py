"""Shares visitors out among the workers of a role: who has more than their share lets another take the next one.

It also asks those whom it answers to come again on a new connection: a worker that was forked just now has nobody.

The system wakes every worker for a new connection, and whoever is quickest takes it. A browser keeps its connection,
so an uneven start stays uneven: of sixteen visitors one of two workers had thirteen, its core was full and the other
stood idle (docs/performance.md). Each worker tells how many connections it has in one byte of memory that all of them
see; the numbers are hints, and a wrong one (of a worker that was killed) costs some milliseconds at worst.
"""

import mmap
from typing import Final

_PLACES: Final = 256
_MOST: Final = 254
_MARGIN: Final = 2


class Shares:
    """How many connections each worker has. Made in the parent, before workers are forked."""

    def __init__(self) -> None:
        self._counts = mmap.mmap(-1, _PLACES)

    def tell(self, worker: int, connections: int) -> None:
        """Worker number `worker` (gunicorn counts them up) has so many connections."""
        self._counts[worker % _PLACES] = 1 + min(connections, _MOST)

    def leave(self, worker: int) -> None:
        """The worker is gone."""
        self._counts[worker % _PLACES] = 0

    def is_beyond_share(self, worker: int) -> bool:
        """Whether another worker has so many fewer connections that it should take the next one."""
        told = self._counts[:]
        place = worker % _PLACES
        others = (told[:place] + told[place + 1 :]).translate(None, b"\x00")
        if not others:
            return False
        least = min(others)
        return told[place] > least + _MARGIN + least // 4

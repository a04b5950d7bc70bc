"""Files on their way in or out: the only bodies that a thread reads or writes piece by piece.

A file is too long to be gathered. Its thread reads it as it comes, after the application has looked at the head and
asked for the body, and sends one as it is opened. Rules:
1. Only so many threads of a worker do so at a time; whoever finds no place is broken off.
2. Nothing may stand still for longer than `piece_seconds`, and all of it ends after `upload_seconds`.
3. Memory holds one piece.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from leeside.project.serving.arriving import LIMITS

_READ_BYTES: Final = 64 * 1024


class Transfer:
    """What one request reads or sends beyond what is gathered. `touch` is told of every piece."""

    def __init__(self, sock: socket.socket, places: threading.Semaphore, touch: Callable[[], None]) -> None:
        self._sock = sock
        self._places = places
        self._touch = touch
        self._ends = time.monotonic() + LIMITS.upload_seconds
        self._has_place = False
        self.has_sent = False
        """Whether a part of the answer has gone out."""
        self.is_broken = False
        """Whether the visitor got less than was meant."""

    def arriving(self, gathered: bytes, whole_bytes: int) -> Iterator[bytes]:
        """The request: what has come already, then the rest as it comes. Raises OSError when it does not."""
        yield gathered
        left = whole_bytes - len(gathered)
        while left > 0:
            self._take_place()
            self._set_patience()
            part = self._sock.recv(min(left, _READ_BYTES))
            if not part:
                raise ConnectionResetError
            self._touch()
            left -= len(part)
            yield part

    def send(self, part: bytes) -> None:
        """Send a part of the answer. Raises OSError when the visitor does not take it."""
        self.is_broken = True
        self._take_place()
        self._set_patience()
        self._sock.sendall(part)
        self.has_sent, self.is_broken = True, False

    def end(self) -> None:
        """Give the place back, and the socket to the loop."""
        if self._has_place:
            self._has_place = False
            self._places.release()
            self._sock.setblocking(False)

    def _take_place(self) -> None:
        if not self._has_place:
            if not self._places.acquire(timeout=LIMITS.answer_seconds):
                raise TimeoutError
            self._has_place = True

    def _set_patience(self) -> None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(left, LIMITS.piece_seconds))

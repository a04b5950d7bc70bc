"""A progress line for work that takes over two seconds: on a terminal only, on stderr, gone when the work is done."""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO, TypeVar

Item = TypeVar("Item")

_FIRST_SHOWN_AFTER_SECONDS = 2.0
_SHOWN_EVERY_SECONDS = 0.2
_WIDTH = 24


class Progress:
    """Counts steps up to `total` and redraws one line, at most five times a second."""

    def __init__(self, title: str, total: int, stream: TextIO | None = None) -> None:
        self._title = title
        self._total = max(total, 1)
        self._stream = stream or sys.stderr
        self._done = 0
        self._began = time.monotonic()
        self._drawn_at = 0.0

    def step(self, count: int = 1) -> None:
        """Note that `count` more are done."""
        self._done += count
        now = time.monotonic()
        is_long = now - self._began >= _FIRST_SHOWN_AFTER_SECONDS
        if is_long and now - self._drawn_at >= _SHOWN_EVERY_SECONDS and self._stream.isatty():
            self._drawn_at = now
            filled = min(_WIDTH, _WIDTH * self._done // self._total)
            bar = "#" * filled + "." * (_WIDTH - filled)
            self._stream.write(f"\r{self._title} [{bar}] {self._done} of {self._total}")
            self._stream.flush()

    def finish(self) -> float:
        """Take the line away and return how many seconds it all took."""
        if self._drawn_at:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
        return time.monotonic() - self._began


def with_progress(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:
    """Hand out `items` one by one and show how far it is."""
    progress = Progress(title, total)
    for item in items:
        yield item
        progress.step()
    progress.finish()


@contextmanager
def working(title: str, share: Callable[[], float] | None = None, stream: TextIO | None = None) -> Iterator[None]:
    """Show that something is being done that cannot be counted step by step, for as long as the block takes.

    `share` says how much of it is done, from 0 to 1, where that can be known; otherwise the seconds are shown.
    """
    out = stream or sys.stderr
    ended = threading.Event()

    def draw() -> None:
        began = time.monotonic()
        while not ended.wait(_FIRST_SHOWN_AFTER_SECONDS if time.monotonic() - began < 1 else _SHOWN_EVERY_SECONDS):
            done = f"{min(share(), 1.0):.0%}" if share else f"{time.monotonic() - began:.0f} s"
            out.write(f"\r{title} ... {done}")
            out.flush()

    thread = threading.Thread(target=draw, daemon=True)
    if out.isatty():
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if thread.is_alive():
            thread.join()
            out.write("\r\x1b[K")
            out.flush()

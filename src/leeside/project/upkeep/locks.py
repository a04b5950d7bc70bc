"""Who may touch the databases as a whole: a lock file that the server shares and upgrade and restore hold alone.

A second one lets copies be made one after another, by whoever makes them: `backup`, `upgrade`, the server's `tick`.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from leeside.project.errors import InstallationError

_NAME = "serving.lock"
_COPYING = "copying.lock"


@contextmanager
def being_served(directory: Path) -> Iterator[None]:
    """Hold the installation as served; several servers may, upgrade and restore may not meanwhile."""
    with _lock(directory, fcntl.LOCK_SH, "an upgrade or a restore is under way"):
        yield


@contextmanager
def held_alone(directory: Path) -> Iterator[None]:
    """Hold the installation alone: nobody serves it meanwhile."""
    with _lock(directory, fcntl.LOCK_EX, "the installation is being served; stop the server first"):
        yield


@contextmanager
def being_copied(directory: Path) -> Iterator[None]:
    """Make a copy; whoever comes meanwhile waits for its end."""
    with _opened(directory, _COPYING) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _lock(directory: Path, kind: int, refusal: str) -> Iterator[None]:
    with _opened(directory, _NAME) as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InstallationError(refusal) from None
        yield


def _opened(directory: Path, name: str) -> TextIO:
    """A lock file. The kernel lets go when it is closed, or when this process dies in whatever way."""
    (directory / "run").mkdir(mode=0o700, exist_ok=True)
    return (directory / "run" / name).open("a")

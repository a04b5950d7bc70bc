"""Who may touch the databases as a whole: a lock file that the server shares and upgrade and restore hold alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leeside.project.errors import InstallationError

_NAME = "serving.lock"


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
def _lock(directory: Path, kind: int, refusal: str) -> Iterator[None]:
    (directory / "run").mkdir(mode=0o700, exist_ok=True)
    with (directory / "run" / _NAME).open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InstallationError(refusal) from None
        # The kernel lets go when the file is closed, or when this process dies in whatever way.
        yield

"""Takes away from a process that opens much what it does not need: dumps, debuggers, swap, children, time, memory.

Linux only, as `project.serving.hardening` for the roles; elsewhere what is not there is passed over, and `doctor` says
so for the roles.
"""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_GET_DUMPABLE: Final = 3
_PR_SET_DUMPABLE: Final = 4
_LOCK_AS_USED: Final = 1 | 2 | 4


def is_readable() -> bool:
    """Whether this process's memory may be read by its own user (in tests and demos it may)."""
    library = _library()
    return library is None or library.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) != 0


def forbid_reading() -> None:
    """Make this process's memory unreadable for its own user."""
    _prctl(_PR_SET_DUMPABLE, 0)


def end_with_parent(parent: int) -> None:
    """Be killed when the parent ends, whatever this process does just then; one that is gone already ends it now."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def default_signals() -> None:
    """Forget the handlers of whoever this process was forked from. An interrupt of the terminal is the parent's."""
    signal.set_wakeup_fd(-1)
    for one in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        with suppress(OSError, ValueError):
            signal.signal(one, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def close_all_but(kept: set[int]) -> None:
    """Close every descriptor that was inherited: a server's socket must not live on in a child."""
    folder = Path("/proc/self/fd")
    numbers = [int(entry) for entry in os.listdir(folder)] if folder.exists() else range(3, 4096)  # noqa: PTH208
    for number in set(numbers) - kept:
        with suppress(OSError):
            os.close(number)


def confine(*, seconds: int, more_bytes: int) -> None:
    """The limits of one search: no dump, no child, so much time by the clock and by the processor, so much memory.

    When the time is over the system ends the process; nothing of ours has to be awake for it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    # Not the address space: a mapped database counts there, and takes no memory of this process.
    resource.setrlimit(resource.RLIMIT_DATA, (_size() + more_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    library = _library()
    if library is not None and resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
        library.mlockall(_LOCK_AS_USED)


def _size() -> int:
    """Bytes of data that this process has now."""
    path = Path("/proc/self/statm")
    pages = int(path.read_text().split()[5]) if path.exists() else 1 << 18
    return pages * resource.getpagesize()


def _prctl(option: int, value: int) -> None:
    library = _library()
    if library is not None:
        library.prctl(option, value, 0, 0, 0)


def _library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

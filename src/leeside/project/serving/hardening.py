"""Keeps a process's memory to itself: no core dump, no debugger, no swap where the machine allows.

Linux only; elsewhere the calls do nothing and `doctor` says so.
"""

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
# MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT: a page is locked when it is first used, so that nothing is paid in advance.
_LOCK_AS_USED = 1 | 2 | 4


def forbid_dumps() -> None:
    """End core dumps for this process and its children."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_reading() -> None:
    """Make this process's memory unreadable for its own user, debuggers included; children inherit it by fork."""
    _prctl(_PR_SET_DUMPABLE, 0)


def end_with_parent(supervisor: int) -> None:
    """Ask for SIGTERM when the supervisor dies, so that no role outlives it.

    A supervisor that was killed while this process was starting is gone already; its number tells that.
    """
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:
        sys.exit(1)


def lock_memory() -> bool:
    """Keep this process's pages out of swap, when its limit allows any amount; returns whether it does.

    With a small limit nothing is locked: allocations beyond it would begin to fail in the middle of a request.
    """
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] != resource.RLIM_INFINITY:
        return False
    library = _library()
    return library is not None and library.mlockall(_LOCK_AS_USED) == 0


def _prctl(option: int, value: int) -> None:
    library = _library()
    if library is not None:
        library.prctl(option, value, 0, 0, 0)


def _library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

"""The walls around the drawing process, put up by itself before it reads a byte of anybody's file.

In this order: it ends with its parent; nobody reads its memory and it leaves no dump; namespaces of its own without
network or mounts, where the machine permits; then, after everything it needs is loaded, limits of memory, time, files
and processes, and the filter of calls. Without the filter nothing is drawn.
"""

import ctypes
import os
import resource
import signal
import sys
from typing import Final

from leeside.desk.files.pixels.syscalls import install_filter

MEMORY_BYTES: Final = 640 * 1024 * 1024
"""All memory, the libraries' own included."""
PROCESSOR_SECONDS: Final = 12
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_NEW_USER, _NEW_NETWORK, _NEW_MOUNTS, _NEW_IPC, _NEW_UTS = 0x10000000, 0x40000000, 0x00020000, 0x08000000, 0x04000000


def begin(parent: int) -> None:
    """What must stand before anything is loaded."""
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)
    # A second wall where the machine permits it; the first is the filter.
    library.unshare(_NEW_USER | _NEW_NETWORK | _NEW_MOUNTS | _NEW_IPC | _NEW_UTS)


def confine() -> bool:
    """What stands from here on; False when it cannot be had, and then nothing may be drawn."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return install_filter()

"""The list of what the drawing process may ask of the kernel, and the filter that ends it for anything else.

Seccomp in filter mode (Linux 3.5 and later, `man 2 seccomp`): a small program that the kernel runs before every call.
Rules:
1. A call for another machine's set of calls ends the process (x32 and 32-bit calls too).
2. Memory may be asked for, but never memory that can be executed.
3. Besides: reading and writing what is open already, locks, clocks, random bytes, its own end. No file is opened, no
   process made, no socket.
4. Everything else ends the process at once.
"""

import ctypes
import os
import struct
import sys
from typing import Final

# name -> number on x86_64 and on aarch64 (include/uapi/asm); None where the machine does not have it.
ALLOWED: Final[dict[str, tuple[int | None, int | None]]] = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "getpid": (39, 172),
    "exit": (60, 93),
    "gettimeofday": (96, 169),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "sched_getaffinity": (204, 123),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "getrandom": (318, 278),
    "restart_syscall": (219, 128),
}
NEVER_EXECUTABLE: Final[dict[str, tuple[int, int]]] = {"mmap": (9, 222), "mprotect": (10, 226)}

_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _THIRD_ARGUMENT_AT = 0, 4, 32
_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000
_X32_BIT: Final = 0x40000000
_PROT_EXEC: Final = 4

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_PR_SET_NO_NEW_PRIVS: Final = 38


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def is_known_machine() -> bool:
    """Whether the filter can be made for this machine."""
    return sys.platform == "linux" and os.uname().machine in _MACHINES


def filter_program(machine: str) -> bytes:
    """The filter's instructions, eight bytes each."""
    column, audit = _MACHINES[machine]
    steps = [
        _step(_LOAD, _MACHINE_AT),
        _step(_EQUAL, audit, 1, 0),
        _step(_RETURN, _KILL_PROCESS),
        _step(_LOAD, _NUMBER_AT),
        _step(_AT_LEAST, _X32_BIT, 0, 1),
        _step(_RETURN, _KILL_PROCESS),
    ]
    for numbers in ALLOWED.values():
        number = numbers[column]
        if number is not None:
            steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    for numbers_of_memory in NEVER_EXECUTABLE.values():
        steps += [
            _step(_EQUAL, numbers_of_memory[column], 0, 4),
            _step(_LOAD, _THIRD_ARGUMENT_AT),
            _step(_ANY_BIT, _PROT_EXEC, 1, 0),
            _step(_RETURN, _ALLOW),
            _step(_RETURN, _KILL_PROCESS),
        ]
    return b"".join([*steps, _step(_RETURN, _KILL_PROCESS)])


def install_filter() -> bool:
    """Put the filter in force for this process, for good; False where the kernel refuses."""
    if not is_known_machine():
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    code = filter_program(os.uname().machine)
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(held, ctypes.c_void_p))
    return bool(library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)

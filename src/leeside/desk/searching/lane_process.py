"""The clean process that searches are forked from, and the child that does one search and ends.

Rules:
1. A lane has seen no request: it is forked from a worker before its first one, or started from the command line. It
   reads one byte at a time from its pipe, the sign to fork; what is searched for, with the ring, is read by the child.
2. A child opens, answers and ends. It writes nothing anywhere but the answer into the pipe: the vault is only read.
3. The child is killed when its time is over, when its memory is used up, and when the lane, the worker or the server
   ends. What it held goes back to the machine with it.
"""

import gc
import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Final, NoReturn

from leeside.desk.limits import LIMITS
from leeside.desk.searching import confinement

Work = Callable[[bytes], bytes]
"""What a child does: the request as it came through the pipe, to the answer."""

GO: Final = b"g"
REPLY: Final = b"r"
ENDED: Final = b"e"
LENGTH_BYTES: Final = 4


def serve_lane(commands: int, replies: int, parent: int, work: Work) -> NoReturn:
    """Fork a child for each sign, one after the other, until the pipe is closed."""
    try:
        confinement.end_with_parent(parent)
        confinement.default_signals()
        confinement.close_all_but({0, 1, 2, commands, replies})
        sys.excepthook = _tell
        while os.read(commands, 1) == GO:
            lane = os.getpid()
            child = os.fork()
            if child == 0:
                _search_once(commands, replies, lane, work)
            os.waitpid(child, 0)
            os.write(replies, ENDED)
    finally:
        os._exit(0)


def _search_once(commands: int, replies: int, lane: int, work: Work) -> NoReturn:
    try:
        confinement.end_with_parent(lane)
        confinement.confine(seconds=LIMITS.search_seconds, more_bytes=LIMITS.search_memory_bytes)
        # Nothing made here outlives the search, so nothing has to be looked for.
        gc.disable()
        size = int.from_bytes(_read(commands, LENGTH_BYTES), "big")
        answer = work(_read(commands, size))
        _write(replies, REPLY + len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
    finally:
        error = sys.exception()
        if error is not None:
            sys.excepthook(type(error), error, error.__traceback__)
        os._exit(0 if error is None else 1)


def _read(descriptor: int, size: int) -> bytes:
    parts, left = [], size
    while left:
        part = os.read(descriptor, left)
        if not part:
            raise EOFError
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _write(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """One line with kind and place: a message might quote what was being read."""
    place = "?"
    while trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
        trace = trace.tb_next
    sys.stderr.write(f"leeside search: {kind.__name__} at {place}\n")


def main() -> NoReturn:
    """A lane of its own, started anew: pipes are standard input and output, the parent's number is given."""
    import django  # noqa: PLC0415 -- whoever forks lanes has set it up already

    commands, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    parent, readable = int(sys.argv[1]), sys.argv[2] == "readable"
    if not readable:
        confinement.forbid_reading()
    django.setup()
    from leeside.desk.lines import read_packs  # noqa: PLC0415 -- it needs the apps to be ready
    from leeside.desk.searching.works import answer_request  # noqa: PLC0415 -- likewise

    # As the worker did for the lanes that it forked: once for the lane, and not by every search anew.
    read_packs()
    serve_lane(commands, replies, parent, answer_request)


if __name__ == "__main__":
    main()

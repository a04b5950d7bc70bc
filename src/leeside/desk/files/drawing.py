"""Has a file drawn in a child that can reach nothing, and takes nothing from it on trust.

Rules:
1. Each drawing has a child of its own: a fresh Python with an empty environment, two pipes and no other descriptor.
   What it puts around itself stands in `pixels.confine`. Without those walls nothing is drawn.
2. A child that takes longer than `DRAWING_SECONDS`, asks the kernel for what drawing does not need, or gives more or
   less than it said, is ended, and what it gave is thrown away.
3. Only so many children live at a time, in each process of the desk.
4. What comes back is a width, a height and exactly so many bytes of colour. They are made into a JPEG here.
"""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from PIL import Image

import leeside
from leeside.desk.files.pixels.answers import HEADER, Became

DRAWING_SECONDS: Final = 20.0
AT_ONCE: Final = 2
WAITING_SECONDS: Final = 25.0
LONGEST_SIDE: Final = 2000
PROGRAM: Final = "from leeside.desk.files.pixels.main import main"
_QUALITY: Final = 85
_places = threading.BoundedSemaphore(AT_ONCE)


class DrawingError(Exception):
    """A file could not be shown. `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REASONS: Final = ("broken", "too_large", "locked", "no_wall", "too_slow", "misbehaved", "busy")
_TOLD: Final = {
    Became.BROKEN: "broken",
    Became.TOO_LARGE: "too_large",
    Became.LOCKED: "locked",
    Became.NO_WALL: "no_wall",
}


@dataclass(frozen=True)
class Measured:
    """What a file is, before it is drawn: how many pages, and the size of the first."""

    pages: int
    width: int
    height: int


@dataclass(frozen=True)
class Drawn:
    """Raw pixels: three bytes each, row by row."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


def measure(shape: str, plain_pieces: Iterable[bytes]) -> Measured:
    """Look at a file without drawing it. Raises DrawingError."""
    became, pages, width, height, _ = _run(shape, 0, "measure", plain_pieces)
    if became is not Became.MEASURED:
        raise DrawingError("misbehaved")
    return Measured(pages, width, height)


def draw(shape: str, page: int, plain_pieces: Iterable[bytes]) -> Drawn:
    """Draw a picture, or one page of a PDF counted from 0. Raises DrawingError."""
    became, _, width, height, pixels = _run(shape, page, "draw", plain_pieces)
    if became is not Became.DRAWN or len(pixels) != width * height * 3 or not pixels:
        raise DrawingError("misbehaved")
    return Drawn(width, height, pixels)


def as_jpeg(drawn: Drawn) -> bytes:
    """The pixels as a file of our own making: nothing of what came is in it but colours."""
    made = io.BytesIO()
    Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels).save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def is_possible() -> bool:
    """Whether this machine can draw behind walls at all: tried on a dot of our own."""
    dot = io.BytesIO()
    Image.new("RGB", (1, 1)).save(dot, "PNG")
    try:
        return draw("png", 0, [dot.getvalue()]).width == 1
    except DrawingError:
        return False


def _run(shape: str, page: int, what: str, plain_pieces: Iterable[bytes]) -> tuple[Became, int, int, int, bytes]:
    if not _places.acquire(timeout=WAITING_SECONDS):
        raise DrawingError("busy")
    try:
        return _ask_child(shape, page, what, plain_pieces)
    finally:
        _places.release()


def _ask_child(shape: str, page: int, what: str, plain_pieces: Iterable[bytes]) -> tuple[Became, int, int, int, bytes]:
    child = subprocess.Popen(
        _command(shape, page, what),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        close_fds=True,
        start_new_session=True,
    )
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 -- both are pipes by the call above
    clock = threading.Timer(DRAWING_SECONDS, child.kill)
    clock.start()
    try:
        # A child that has ended early reads no more: its answer says why.
        with suppress(BrokenPipeError), child.stdin as to_child:
            for piece in plain_pieces:
                to_child.write(piece)
        untrusted_header = child.stdout.read(HEADER.size)
        untrusted_pixels = _read_pixels(child.stdout, untrusted_header)
    finally:
        was_in_time = clock.is_alive()
        clock.cancel()
        child.kill()
        child.stdout.close()
        status = child.wait()
    return _judged(untrusted_header, untrusted_pixels, status, was_in_time=was_in_time)


def _command(shape: str, page: int, what: str) -> list[str]:
    """A Python that looks at no environment and no folder but the libraries' and ours."""
    ours = str(Path(leeside.__file__).parents[1])
    program = f"import sys; sys.path.append({ours!r}); {PROGRAM}; main(sys.argv[1:])"
    return [sys.executable, "-I", "-B", "-c", program, shape, str(page), what, str(os.getpid())]


def _read_pixels(from_child: IO[bytes], untrusted_header: bytes) -> bytes:
    """As many bytes as the header told, if that is no more than we show; one more would be one too many."""
    if len(untrusted_header) != HEADER.size:
        return b""
    _, _, width, height = HEADER.unpack(untrusted_header)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        return b""
    return from_child.read(width * height * 3 + 1)


def _judged(
    untrusted_header: bytes, untrusted_pixels: bytes, status: int, *, was_in_time: bool
) -> tuple[Became, int, int, int, bytes]:
    if not was_in_time or status == -signal.SIGXCPU:
        raise DrawingError("too_slow")
    if len(untrusted_header) != HEADER.size:
        # Ended by the filter, by the end of its memory, or by a fault of a library.
        raise DrawingError("misbehaved" if status == -signal.SIGSYS else "broken")
    number, pages, width, height = HEADER.unpack(untrusted_header)
    if number not in list(Became):
        raise DrawingError("misbehaved")
    became = Became(number)
    if became in _TOLD:
        raise DrawingError(_TOLD[became])
    return became, pages, width, height, untrusted_pixels

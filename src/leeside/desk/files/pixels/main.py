"""The drawing process: `main([shape, page, measure or draw, the parent's number])`."""

import os
from collections.abc import Sequence
from typing import Final

from leeside.desk.files.pixels import confine
from leeside.desk.files.pixels.answers import HEADER, Became

_PIECE_BYTES: Final = 64 * 1024
_FROM_PARENT, _TO_PARENT = 0, 1


def main(words: Sequence[str]) -> None:
    """Put up the walls, read the file, give its pixels, and end without any of Python's own tidying up."""
    shape, page, what, parent = words
    confine.begin(int(parent))
    # Only now, when the namespaces stand: these libraries are large.
    from leeside.desk.files.pixels import draw  # noqa: PLC0415

    draw.warm()
    if confine.confine():
        drawing = draw.draw(shape, int(page), _read_all(), only_measure=what == "measure")
    else:
        drawing = draw.Drawing(Became.NO_WALL)
    _write_all(HEADER.pack(drawing.became, drawing.pages, drawing.width, drawing.height))
    _write_all(drawing.pixels)
    os._exit(0)


def _read_all() -> bytes:
    read = bytearray()
    while piece := os.read(_FROM_PARENT, _PIECE_BYTES):
        read += piece
    return bytes(read)


def _write_all(answer: bytes) -> None:
    left = memoryview(answer)
    while left:
        left = left[os.write(_TO_PARENT, left) :]

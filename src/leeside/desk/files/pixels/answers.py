"""How the drawing process and its parent speak: one line of words there, one header and raw pixels back.

The header is fifteen bytes: what became of it, how many pages there are, width, height. Pixels follow only behind
`DRAWN`: three bytes each, row by row.
"""

import struct
from enum import IntEnum
from typing import Final

HEADER: Final = struct.Struct(">BIII")


class Became(IntEnum):
    """What became of a file."""

    DRAWN = 1
    MEASURED = 2
    """It can be drawn; header only."""
    BROKEN = 3
    """It is not what its first bytes say, or it is damaged."""
    TOO_LARGE = 4
    """It has more pixels, or needs more memory, than is drawn."""
    LOCKED = 5
    """It needs a password."""
    NO_WALL = 6
    """The walls could not be put up; nothing of the file was read."""

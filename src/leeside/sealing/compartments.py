"""The compartments of a case, and masks of several of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from leeside.sealing.errors import MalformedError


class Compartment(IntEnum):
    """A part of a case with a key of its own. The numbers stand in the format for ever."""

    STORY = 1
    """What passed between writer and line."""
    IDENTITY = 2
    """Name, address or number, images of papers."""
    PLACE = 3
    """Exact location."""
    WORK = 4
    """The staff's own; never the writer's."""


WRITER_COMPARTMENTS: Final = (Compartment.STORY, Compartment.IDENTITY, Compartment.PLACE)
"""What a parcel carries and its writer holds."""

FULL_MASK: Final = 0b1111


def mask_of(compartments: Iterable[Compartment]) -> int:
    """One bit a compartment: STORY 1, IDENTITY 2, PLACE 4, WORK 8."""
    mask = 0
    for compartment in compartments:
        mask |= 1 << (compartment - 1)
    return mask


def compartments_in(mask: int) -> tuple[Compartment, ...]:
    """The compartments of ``mask``, in order; an unknown bit is a MalformedError."""
    if not 0 <= mask <= FULL_MASK:
        raise MalformedError("a mask names a compartment that does not exist")
    return tuple(c for c in Compartment if mask & 1 << (c - 1))


def is_in(compartment: Compartment, mask: int) -> bool:
    """Whether ``mask`` has ``compartment``."""
    return bool(mask & 1 << (compartment - 1))


WRITER_MASK: Final = mask_of(WRITER_COMPARTMENTS)

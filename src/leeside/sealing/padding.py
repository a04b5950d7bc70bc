"""Padding, so that a size says little: steps for texts, Padmé for attachments.

A padded text is four bytes of length, the text, and zeros up to the smallest step that holds them.
The spelling is the only one: a larger step or other filling is refused.
"""

from __future__ import annotations

from typing import Final

from leeside.sealing.errors import MalformedError, TooLargeError
from leeside.sealing.limits import KIB

STEPS: Final = (1 * KIB, 4 * KIB, 16 * KIB, 64 * KIB, 128 * KIB)
"""Sizes of a padded text. 128 KiB is for 30,000 characters of four bytes each."""

_LENGTH_SIZE: Final = 4
_ZEROS: Final = bytes(STEPS[-1])


def step_for(size: int) -> int:
    """The padded size of ``size`` plain bytes; raises TooLargeError above the last step."""
    for step in STEPS:
        if size + _LENGTH_SIZE <= step:
            return step
    raise TooLargeError("a text is larger than the largest step of padding")


def pad_to_step(plain: bytes) -> bytes:
    """``plain`` with its length in front and zeros behind, as large as a step."""
    step = step_for(len(plain))
    return len(plain).to_bytes(_LENGTH_SIZE, "big") + plain + _ZEROS[: step - _LENGTH_SIZE - len(plain)]


def unpad(padded: bytes) -> bytes:
    """The plain bytes of ``pad_to_step``; anything else is a MalformedError."""
    size = int.from_bytes(padded[:_LENGTH_SIZE], "big")
    end = _LENGTH_SIZE + size
    if len(padded) not in STEPS or end > len(padded) or step_for(size) != len(padded):
        raise MalformedError("padding is not of the smallest step")
    if padded[end:] != _ZEROS[: len(padded) - end]:
        raise MalformedError("padding is not made of zeros")
    return padded[_LENGTH_SIZE:end]


def pad_to_multiple(plain: bytes, multiple: int, most: int) -> bytes:
    """``plain`` with its length in front and zeros behind, to the next ``multiple`` up to ``most``."""
    size = -(-(len(plain) + _LENGTH_SIZE) // multiple) * multiple
    if size > most:
        raise TooLargeError("a record is larger than its limit")
    return (len(plain).to_bytes(_LENGTH_SIZE, "big") + plain).ljust(size, b"\0")


def unpad_multiple(padded: bytes, multiple: int, most: int) -> bytes:
    """The plain bytes of ``pad_to_multiple``; anything else is a MalformedError."""
    plain = padded[_LENGTH_SIZE : _LENGTH_SIZE + int.from_bytes(padded[:_LENGTH_SIZE], "big")]
    if len(padded) > most or pad_to_multiple(plain, multiple, most) != padded:
        raise MalformedError("padding is not the only one allowed")
    return plain


def padme_length(size: int) -> int:
    """The size to which ``size`` bytes of an attachment are padded: at most 12 % more.

    Padmé keeps only the leading bits of a size (Nikitin and others, "Reducing Metadata Leakage
    from Encrypted Files and Communication with PURBs", 2019, algorithm 1).
    """
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    kept_bits = exponent.bit_length()
    low_bits = exponent - kept_bits
    mask = (1 << low_bits) - 1
    return (size + mask) & ~mask

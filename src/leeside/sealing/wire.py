"""Writing and reading of fixed fields: big-endian numbers, counted bytes, one spelling only.

The reader takes each byte once, in order, and refuses what is left over. It holds bytes from
outside, so each of its errors is a ``MalformedError`` with a text that quotes nothing.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from leeside.sealing.errors import MalformedError, MisuseError, UnknownVersionError
from leeside.sealing.limits import LIMITS

_NAME: Final = re.compile(rf"[a-z][a-z0-9_-]{{0,{LIMITS.name_characters - 1}}}\Z")


def u8(number: int) -> bytes:
    """One byte."""
    return number.to_bytes(1, "big") if 0 <= number < 1 << 8 else _unfit()


def u16(number: int) -> bytes:
    """Two bytes, big-endian."""
    return number.to_bytes(2, "big") if 0 <= number < 1 << 16 else _unfit()


def u32(number: int) -> bytes:
    """Four bytes, big-endian."""
    return number.to_bytes(4, "big") if 0 <= number < 1 << 32 else _unfit()


def u64(number: int) -> bytes:
    """Eight bytes, big-endian."""
    return number.to_bytes(8, "big") if 0 <= number < 1 << 64 else _unfit()


def _unfit() -> NoReturn:
    raise MisuseError("a number does not fit its field")


def fixed(value: bytes, size: int) -> bytes:
    """``value``, which must have exactly ``size`` bytes."""
    if len(value) != size:
        raise MisuseError(f"a field of {size} bytes has another size")
    return value


def counted8(value: bytes) -> bytes:
    """At most 255 bytes behind one byte of length."""
    return u8(len(value)) + value


def counted32(value: bytes) -> bytes:
    """Bytes behind four bytes of length."""
    return u32(len(value)) + value


def name(value: str) -> bytes:
    """A name of ours (circle, channel, pack, language) behind one byte of length."""
    if not is_name(value):
        raise MisuseError("a name has a character or a length that names may not have")
    return counted8(value.encode("ascii"))


def is_name(value: str) -> bool:
    """Whether ``value`` is 1 to 32 of ``a-z 0-9 _ -`` and begins with a letter."""
    return _NAME.match(value) is not None


class Reader:
    """Reads fields from bytes that came from outside."""

    def __init__(self, untrusted: bytes, shape: str) -> None:
        """``shape`` is the format's name for what is read; it stands in error texts."""
        self._rest = untrusted
        self.at = 0
        """How many bytes were taken."""
        self._shape = shape

    def version(self, known: int) -> None:
        """The version byte in front; an unknown one is refused by name."""
        found = self.u8()
        if found != known:
            raise UnknownVersionError(self._shape, found)

    def take(self, size: int) -> bytes:
        """Exactly ``size`` bytes."""
        end = self.at + size
        if end > len(self._rest):
            raise self.malformed("ends too early")
        taken = self._rest[self.at : end]
        self.at = end
        return taken

    def u8(self) -> int:
        """A number of one byte."""
        return self.take(1)[0]

    def u16(self) -> int:
        """A number of two bytes."""
        return int.from_bytes(self.take(2), "big")

    def u32(self) -> int:
        """A number of four bytes."""
        return int.from_bytes(self.take(4), "big")

    def u64(self) -> int:
        """A number of eight bytes."""
        return int.from_bytes(self.take(8), "big")

    def ranged(self, number: int, low: int, high: int) -> int:
        """``number``, which must lie between ``low`` and ``high``, both included."""
        if not low <= number <= high:
            raise self.malformed("has a number out of its range")
        return number

    def counted8(self) -> bytes:
        """Bytes behind one byte of length."""
        return self.take(self.u8())

    def counted32(self, most: int) -> bytes:
        """Bytes behind four bytes of length, at most ``most``."""
        size = self.u32()
        if size > most:
            raise self.malformed("has a part that is too long")
        return self.take(size)

    def name(self) -> str:
        """A name of ours behind one byte of length."""
        untrusted = self.counted8()
        try:
            found = untrusted.decode("ascii")
        except UnicodeDecodeError:
            found = ""
        if not is_name(found):
            raise self.malformed("has a name that is none")
        return found

    def end(self) -> None:
        """Nothing may be left."""
        if self.at != len(self._rest):
            raise self.malformed("has bytes after its end")

    def malformed(self, what: str) -> MalformedError:
        """The error to raise: the shape's name and ``what``, which must be a text of ours."""
        return MalformedError(f"{self._shape} {what}")

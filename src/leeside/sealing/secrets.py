"""A type for bytes that must not be seen: it does not print, hash, pickle or copy itself."""

from __future__ import annotations

import hmac
import os
from typing import NoReturn

from leeside.sealing.errors import MisuseError


class Secret:
    """Secret bytes. ``reveal()`` is the only way to them, and easy to search for in the code.

    Python cannot wipe memory: the bytes live until the interpreter reuses their place. What unseals
    therefore runs in processes that end soon; this type only keeps secrets out of logs, tracebacks,
    caches and sessions.
    """

    __slots__ = ("_hidden",)

    def __init__(self, hidden: bytes) -> None:
        if not isinstance(hidden, bytes):
            raise MisuseError("a Secret is made of bytes")
        self._hidden = hidden

    def reveal(self) -> bytes:
        """The bytes themselves."""
        return self._hidden

    def __len__(self) -> int:
        return len(self._hidden)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        """Compare in constant time; a Secret equals no other type."""
        if not isinstance(other, Secret):
            return False
        return hmac.compare_digest(self._hidden, other._hidden)

    __hash__ = None  # type: ignore[assignment]  # a hash of a secret would end up in a table

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise MisuseError("a Secret is neither pickled nor copied")


def make_secret(size: int = 32) -> Secret:
    """``size`` random bytes from the operating system."""
    return Secret(os.urandom(size))


def is_equal(one: bytes, other: bytes) -> bool:
    """Compare two byte strings in constant time (for equal lengths)."""
    return hmac.compare_digest(one, other)

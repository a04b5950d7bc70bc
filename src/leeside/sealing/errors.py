"""The errors of the sealing zone: our bug, bad input, refusal; never mixed, never with content.

No message holds plaintext, keys, words of a receipt or names: what stands in one is written in this
package, so that any of them may be logged.
"""

from __future__ import annotations

from typing import Literal

ReceiptFault = Literal["count", "word", "check"]


class SealingError(Exception):
    """Base of all errors of this zone; nothing raises it itself."""


class MisuseError(SealingError):
    """A caller of ours did what no caller may do: a bug, to be loud about."""


class MalformedError(SealingError):
    """Bytes or text from outside have a shape that the format does not allow."""


class TooLargeError(MalformedError):
    """Something from outside is larger than ``limits.LIMITS`` allows."""


class ReceiptError(MalformedError):
    """Typed words are no receipt. Says which word to look at, and never what was typed.

    ``code`` is ``count`` (not twelve words), ``word`` (the word at ``position``, counted from 1, is
    in no list and near to none) or ``check`` (twelve known words that do not belong together).
    To tell this at once reveals nothing: no mailbox was asked.
    """

    def __init__(self, code: ReceiptFault, position: int | None = None) -> None:
        super().__init__(f"not a receipt: {code}")
        self.code: ReceiptFault = code
        self.position = position


class RefusedError(SealingError):
    """The one opaque failure of opening and verifying: all causes look alike."""

    def __init__(self, message: str = "refused") -> None:
        super().__init__(message)


class UnknownVersionError(RefusedError, MalformedError):
    """A version byte that this program does not know: made by a newer one, or by chance.

    Both a refusal and a malformation, so that whoever handles either handles this. The version
    stands in clear in front of what is sealed, so that telling it apart gives nothing away.
    """

    def __init__(self, shape: str, version: int) -> None:
        super().__init__(f"{shape}: version {version} is not known to this program")
        self.shape = shape
        self.version = version

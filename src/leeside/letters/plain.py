"""Makes what somebody typed fit to stand on a paper: plain text, nothing that a program could take for an order."""

import re
import unicodedata
from typing import Final

LIMIT_SHORT: Final = 1_000
"""Letters that a line may have on a paper."""
LIMIT_LONG: Final = 30_000
"""Letters that a text of several paragraphs may have on a paper."""
_LINE_ENDS: Final = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_SPACES: Final = re.compile(r"\s+")


def plain_line(untrusted: str) -> str:
    """One line: line ends become spaces, what cannot be seen is dropped, no more than `LIMIT_SHORT` letters."""
    return _SPACES.sub(" ", _seen(untrusted)).strip()[:LIMIT_SHORT]


def plain_text(untrusted: str) -> str:
    """Several lines: each line end is one letter, no more than one line stays empty in a row."""
    lines = (line.strip() for line in _seen(untrusted).replace("\t", " ").split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()[:LIMIT_LONG]


def _seen(untrusted: str) -> str:
    """The text without letters that are not seen or that turn the direction of what follows."""
    text = _LINE_ENDS.sub("\n", untrusted)
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter)[0] != "C")

"""Looking for letters in bytes as they stand, so that ten thousand cases need not be decoded to be passed over.

Bytes that tell a capital from a small letter, or ё from е, are made alike: only those of the letters that are looked
for, in the needles and in the text. So whatever `matching.fold` would make equal is equal here, and a little more: what
is let through is compared letter by letter afterwards. Letters whose variants take another number of bytes (ß, the sign
for kelvin) are found as they were typed only.
"""

from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import Final

from leeside.desk.searching.matching import fold

Group = Sequence[tuple[str, ...]]
"""Ways in which one term may stand in a text; each a number of needles that are all needed."""

_LETTERS_WITH_CAPITALS: Final = range(0x41, 0x590)
"""Latin, Greek, Cyrillic and Armenian."""


class Sieve:
    """Asks of a text whether each of several groups of folded needles may be in it."""

    def __init__(self, groups: Iterable[Group]) -> None:
        every = list(groups)
        self._table = _table({letter for group in every for way in group for needle in way for letter in needle})
        self._groups = [
            [tuple(needle.encode().translate(self._table) for needle in way) for way in group] for group in every
        ]

    def may_hold(self, text: bytes, but: Container[int] = ()) -> bool:
        """Whether some way of each group may be in the text; groups whose numbers are in `but` are not asked for."""
        alike = text.translate(self._table)
        return all(
            number in but or any(all(needle in alike for needle in way) for way in group)
            for number, group in enumerate(self._groups)
        )


def _table(letters: Iterable[str]) -> bytes:
    """Each byte to one that stands for all it is made alike with."""
    table = list(range(256))
    for letter in letters:
        for variant in _variants().get(letter, ()):
            for one, other in zip(letter.encode(), variant.encode(), strict=True):
                kept, given_up = table[one], table[other]
                table = [kept if byte == given_up else byte for byte in table]
    return bytes(table)


@cache
def _variants() -> dict[str, list[str]]:
    """By folded letter: what is folded to it and has as many bytes."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, _LETTERS_WITH_CAPITALS):
        folded = fold(letter)
        if folded != letter and len(folded.encode()) == len(letter.encode()):
            found.setdefault(folded, []).append(letter)
    return found

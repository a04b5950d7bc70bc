"""The word lists: 2,048 words a language, aligned by index, and how typed words find theirs.

Reads ``wordlists/{en,ru,uk}.txt`` of this package and nothing else. Repairs a typing error only
towards the one nearest word of a list, so that no store is ever asked to help.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from leeside.sealing.errors import MisuseError

LANGUAGES: Final = ("en", "ru", "uk")
LIST_SIZE: Final = 2048
BITS_PER_WORD: Final = 11
ENOUGH_LETTERS: Final = 4

_FOLDER: Final = Path(__file__).parent / "wordlists"
_APOSTROPHES: Final = str.maketrans("", "", "'\u2019\u2018\u02bc\u0060\u00b4\u2032\u02b9")
_RUN_OF_LETTERS: Final = re.compile(r"[^\W\d_]+")


def fold(text: str) -> str:
    """``text`` as words are compared: lower case, no stress marks or apostrophes, ё as е."""
    composed = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold()
    bare = "".join(c for c in composed if unicodedata.category(c) != "Mn")
    return bare.replace("ё", "е")


def split_words(text: str) -> list[str]:
    """The folded words of ``text``; digits, numbering and every separator fall away."""
    return _RUN_OF_LETTERS.findall(fold(text))


class WordList:
    """One language's list, ready for looking up."""

    def __init__(self, language: str, words: tuple[str, ...]) -> None:
        self.language = language
        self.words = words
        self._folded = tuple(fold(word) for word in words)
        self._index = {word: index for index, word in enumerate(self._folded)}
        self._starts = {word[:ENOUGH_LETTERS]: index for index, word in enumerate(self._folded)}
        if len(words) != LIST_SIZE or len(self._starts) != LIST_SIZE:
            raise MisuseError("a word list has 2,048 words that differ in their first four letters")
        self._shortened: dict[str, list[int]] = {}
        for index, word in enumerate(self._folded):
            for shorter in set(_without_one(word)):
                self._shortened.setdefault(shorter, []).append(index)

    def find(self, typed: str) -> tuple[int, bool] | None:
        """The index of a folded typed word and whether it had to be repaired; None if there is none.

        In this order: the word itself; its first four letters or more; the one word that differs by
        one letter too many, too few, other, or two neighbours exchanged.
        """
        index = self._index.get(typed)
        if index is not None:
            return index, False
        index = self._starts.get(typed[:ENOUGH_LETTERS])
        if index is not None and self._folded[index].startswith(typed):
            return index, False
        near = self._near(typed)
        return (near, True) if near is not None else None

    def _near(self, typed: str) -> int | None:
        # A word within one step of what was typed shares with it a string of which each lacks at
        # most one letter; so a few lookups find all candidates, and each is then compared truly.
        candidates = set(self._shortened.get(typed, ()))
        for shorter in _without_one(typed):
            candidates.update(self._shortened.get(shorter, ()))
            if shorter in self._index:
                candidates.add(self._index[shorter])
        near = [index for index in candidates if _is_one_step(typed, self._folded[index])]
        return near[0] if len(near) == 1 else None


def _without_one(word: str) -> Iterator[str]:
    for position in range(len(word)):
        yield word[:position] + word[position + 1 :]


def _is_one_step(one: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or exchange of neighbours leads over."""
    if len(one) > len(other):
        one, other = other, one
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    exchanged = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    return exchanged == other[start:]


@cache
def word_list(language: str) -> WordList:
    """The list of ``en``, ``ru`` or ``uk``, read once a process."""
    if language not in LANGUAGES:
        raise MisuseError("no word list has this language")
    text = (_FOLDER / f"{language}.txt").read_text(encoding="utf-8")
    return WordList(language, tuple(text.split()))


def words_of(number: int, count: int, language: str) -> tuple[str, ...]:
    """``count`` words that spell ``number``, eleven bits each, the highest first."""
    words = word_list(language).words
    shifts = range((count - 1) * BITS_PER_WORD, -1, -BITS_PER_WORD)
    return tuple([words[number >> shift & (LIST_SIZE - 1)] for shift in shifts])

"""Words compared as people mean them: capitals, ё and е, ґ and г are alike, and endings of longer words may differ.

Light by intent: a word of four letters or more is found at the beginning of a word, whatever follows; a usual ending of
Russian, Ukrainian or English is cut off the typed word first, as long as three letters stay. So "паспорта" finds
"паспортом", and "порт" does not find "паспорт". A phrase in quotation marks is taken letter by letter.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_ALIKE: Final = str.maketrans({"ё": "е", "ґ": "г", "’": "'", "ʼ": "'"})
_ENDINGS: Final = (
    "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ості", "ости",
    "ой", "ей", "ий", "ый", "ая", "яя", "ое", "ее", "ов", "ев", "ам", "ям", "ах", "ях", "ою", "ею", "єю", "ів", "їв",
    "ые", "ие", "ую", "юю", "им", "ым", "ом", "ем", "єм", "их", "ых",
    "а", "я", "о", "е", "є", "и", "ы", "у", "ю", "ь", "й", "і", "ї", "s",
)  # fmt: skip
_SHORTEST_STEM, _LONG_STEM = 3, 4
_MOST_BEHIND, _MOST_BEHIND_SHORT = 8, 2
"""Letters that may follow a stem of four letters and more, and one of three: "рук" is not to find "руководство"."""
_LETTERS: Final = re.compile(r"[^\W_]+")
_BEFORE, _BEHIND = 60, 110


def fold(text: str) -> str:
    """The text as it is compared: as long as it was, letter for letter, so that places in it stay the same."""
    folded = text.casefold()
    if len(folded) != len(text):
        folded = "".join((one.casefold() or one)[0] for one in text)
    return folded.translate(_ALIKE)


def stem_of(word: str) -> str:
    """A folded word without its usual ending, where three letters stay."""
    if len(word) < _LONG_STEM:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True)
class Term:
    """One word, or one phrase, that must occur."""

    words: tuple[str, ...]
    is_phrase: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it in a folded text."""
        if self.is_phrase:
            return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, self.words)) + r"(?![^\W_])")
        word = stem_of(self.words[0])
        most = _MOST_BEHIND if len(word) >= _LONG_STEM else _MOST_BEHIND_SHORT
        behind = rf"[^\W_]{{0,{most}}}" if len(self.words[0]) >= _LONG_STEM else ""
        return re.compile(r"(?<![^\W_])" + re.escape(word) + behind + r"(?![^\W_])")

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Runs of letters that any text with this term contains, whatever marks stand between them."""
        words = self.words if self.is_phrase else (stem_of(self.words[0]),)
        return tuple(max(_LETTERS.findall(word), key=len) for word in words)


def terms_of(words: Iterable[str], phrases: Iterable[Sequence[str]]) -> tuple[Term, ...]:
    """The terms of a query."""
    single = [Term((fold(word),)) for word in words]
    return (*single, *(Term(tuple(map(fold, phrase)), is_phrase=True) for phrase in phrases))


Snippet = list[tuple[str, bool]]
"""A line cut out of a text: pieces, and whether each is what was searched for."""


def cut_out(text: str, terms: Iterable[Term]) -> Snippet:
    """The line around the first place where a term occurs, with every place in it marked."""
    flat = " ".join(text.split())
    spans = sorted(found.span() for term in terms for found in term.pattern.finditer(fold(flat)))
    if not spans:
        return [(flat[: _BEFORE + _BEHIND], False)]
    start = _cut(flat, spans[0][0] - _BEFORE)
    end = min(len(flat), spans[0][0] + _BEHIND)
    end = flat.rfind(" ", spans[0][1], end) if end < len(flat) and " " in flat[spans[0][1] : end] else end
    pieces: Snippet = [("… " if start else "", False)]
    place = start
    for first, last in spans:
        if first < place or last > end:
            continue
        pieces += [(flat[place:first], False), (flat[first:last], True)]
        place = last
    pieces.append((flat[place:end] + (" …" if end < len(flat) else ""), False))
    return [piece for piece in pieces if piece[0]]


def _cut(text: str, at: int) -> int:
    """The beginning of a word near a place, so that no line begins inside one."""
    return 0 if at <= 0 else text.find(" ", at) + 1 or at

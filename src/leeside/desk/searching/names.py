"""Code names as something that can be searched for: by either word, in every language of the lists, or as an address.

Which rows of the lists a term fits is worked out once a search; for each of ten thousand cases two numbers are then
looked up. Whoever may open a case may see its code name, so a hit by name tells nobody more than the queue does.
A word that stands in both lists is one word, whatever its ending: "соль" finds Salt Harbour, «Соляная Гавань».
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from leeside.desk.code_names import rows_of_name, word_lists, write_code_name, write_slug
from leeside.desk.searching.matching import Term, fold
from leeside.vault.store import CodeName

_LETTERS: Final = re.compile(r"[^\W_]+")
Rows = tuple[frozenset[int], frozenset[int]]
"""Rows of the first list and of the second."""


class Names:
    """The terms of one search, asked of code names."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self._terms, self._language = terms, language
        self._rows = [_rows(term) for term in terms]
        self._first = frozenset().union(*(first for first, _ in self._rows))
        self._second = frozenset().union(*(second for _, second in self._rows))

    def fitting(self, code: CodeName) -> frozenset[int]:
        """Which terms, by their numbers, the code name fits."""
        if not self._first and not self._second:
            return frozenset()
        first, second = rows_of_name(code)
        if first not in self._first and second not in self._second:
            return frozenset()
        return frozenset(number for number in range(len(self._terms)) if self._fits(number, code))

    def shown(self, code: CodeName) -> str:
        """The name as it is shown: as the reader has it, behind it as its address has it where only that was typed."""
        name, slug = write_code_name(code, self._language), write_slug(code)
        plain, address = fold(name), fold(slug)
        is_in_name = any(term.pattern.search(plain) for term in self._terms)
        return (
            name if is_in_name or not any(term.pattern.search(address) for term in self._terms) else f"{name}: {slug}"
        )

    def _fits(self, number: int, code: CodeName) -> bool:
        first, second = rows_of_name(code)
        (firsts, seconds), term = self._rows[number], self._terms[number]
        if first not in firsts and second not in seconds:
            return False
        if len(_words(term)) == 1:
            return True
        written = [write_slug(code), *(write_code_name(code, language) for language in _languages())]
        return any(term.pattern.search(fold(one)) for one in written)


def _rows(term: Term) -> Rows:
    """The rows where a term fits a word in some language, and those with the same word in the other list."""
    patterns = [Term((word,)).pattern for word in _words(term)] if len(_words(term)) > 1 else [term.pattern]
    lists = word_lists()
    english = {
        row["en"].lower()
        for row in (*lists.first, *lists.second)
        if any(pattern.search(fold(" ".join(_cells(row)))) for pattern in patterns)
    }
    return _with(lists.first, english), _with(lists.second, english)


def _with(rows: Iterable[dict[str, str]], english: set[str]) -> frozenset[int]:
    return frozenset(number for number, row in enumerate(rows) if row["en"].lower() in english)


def _words(term: Term) -> list[str]:
    return [part for word in term.words for part in _LETTERS.findall(word)]


def _cells(row: dict[str, str]) -> list[str]:
    return [cell for name, cell in row.items() if cell and not name.endswith("_gender")]


def _languages() -> list[str]:
    return sorted(name for name in word_lists().second[0] if not name.endswith("_gender"))

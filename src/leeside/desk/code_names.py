"""Code names: two numbers from the store become two words, and an address's words become the numbers again.

The lists lie in `desk/codenames`, one row a word in three languages; a row's place is the number and never changes
while a line is in use. In Russian and Ukrainian the first word takes the gender of the second. When a line has used
up its pairs the second number lies beyond its list: the word begins again and a number stands behind it.

Rows behind the drawn ones make fixed names: a first number beyond the drawn ones reads both lists to their very end.
No store draws them; a demo gives them.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from leeside.vault.store import CodeName

_FOLDER: Final = Path(__file__).parent / "codenames"
_SLUG_PARTS: Final = (2, 3)


@dataclass(frozen=True)
class WordLists:
    """Both lists. `first` and `second` hold one mapping a row; `first_drawn`, `second_drawn` how many are in use."""

    first: tuple[dict[str, str], ...]
    second: tuple[dict[str, str], ...]
    first_drawn: int
    second_drawn: int


@cache
def word_lists() -> WordLists:
    """The lists as shipped."""
    first, first_drawn = _read("first.tsv")
    second, second_drawn = _read("second.tsv")
    return WordLists(first, second, first_drawn, second_drawn)


def drawn_counts() -> tuple[int, int]:
    """How many words of either list the store draws from: `add_line` is told so."""
    lists = word_lists()
    return lists.first_drawn, lists.second_drawn


def write_code_name(code: CodeName, language: str) -> str:
    """`Quiet Maple`, `Тихий Клён`: as the queue and a case's head show it."""
    first, second = _rows(code)
    gender = second.get(f"{language}_gender", "")
    words = f"{_cell(first, language, gender)} {_cell(second, language, '')}".title().replace("’S", "’s")
    return words + _number_behind(code)


def rows_of_name(code: CodeName) -> tuple[int, int]:
    """The rows of both lists whose words make the name."""
    lists = word_lists()
    if _is_fixed(code):
        return code.first, code.second
    return code.first % lists.first_drawn, code.second % lists.second_drawn


def write_slug(code: CodeName) -> str:
    """`quiet-maple`: as an address has it, in every language."""
    first, second = _rows(code)
    number = _round(code)
    return f"{first['en']}-{second['en']}".lower() + (f"-{number}" if number else "")


def read_slug(untrusted: str) -> CodeName | None:
    """The code name that an address names, or None. Many slugs name no case at all; the store says which do."""
    parts = untrusted.split("-")
    if len(parts) not in _SLUG_PARTS:
        return None
    first, second = _indexes()
    if parts[0] not in first or parts[1] not in second:
        return None
    is_fixed = first[parts[0]] >= word_lists().first_drawn
    if is_fixed != (second[parts[1]] >= word_lists().second_drawn):
        return None
    rounds = 0
    if is_fixed and len(parts) == max(_SLUG_PARTS):
        return None
    if len(parts) == max(_SLUG_PARTS):
        if not (parts[2].isascii() and parts[2].isdigit()) or len(parts[2]) > 3 or parts[2].startswith("0"):
            return None
        rounds = int(parts[2])
    return CodeName(first[parts[0]], second[parts[1]] + rounds * word_lists().second_drawn)


@cache
def _indexes() -> tuple[dict[str, int], dict[str, int]]:
    lists = word_lists()
    first = {row["en"].lower(): number for number, row in enumerate(lists.first)}
    second = {row["en"].lower(): number for number, row in enumerate(lists.second)}
    return first, second


def _cell(row: dict[str, str], language: str, gender: str) -> str:
    key = f"{language}_{gender}" if gender else language
    return row.get(key) or row["en"]


def _rows(code: CodeName) -> tuple[dict[str, str], dict[str, str]]:
    first, second = rows_of_name(code)
    return word_lists().first[first], word_lists().second[second]


def _is_fixed(code: CodeName) -> bool:
    lists = word_lists()
    beyond = lists.first_drawn <= code.first < len(lists.first)
    return beyond and lists.second_drawn <= code.second < len(lists.second)


def _round(code: CodeName) -> int:
    return 0 if _is_fixed(code) else code.second // word_lists().second_drawn


def _number_behind(code: CodeName) -> str:
    number = _round(code)
    return f" {number}" if number else ""


def _read(name: str) -> tuple[tuple[dict[str, str], ...], int]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    drawn = next(int(line.partition(":")[2]) for line in lines if line.startswith("# drawn:"))
    rows = csv.DictReader((line for line in lines if line and not line.startswith("#")), delimiter="\t")
    return tuple(dict(row) for row in rows), drawn

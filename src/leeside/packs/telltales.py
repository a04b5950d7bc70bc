"""Words by which a text gives a fact away, as a pack lists them for each language, and how they are looked for.

One text of the pack is a list with commas: "hospital*, ward, military hospital*". A star stands for any ending, so that
one word of the list finds all its cases and forms; several words are found in their order, whatever stands between
them that is no word. The list finds words and understands nothing: it warns, and decides nothing.
"""

import re
from functools import cache
from typing import Final

from leeside.sealing.words import fold

_LEAST_LETTERS: Final = 3
"""What is shorter would be found in every text, and nobody reads a warning that always stands there."""
_ONE: Final = re.compile(r"[^\W_]+\*?([ -][^\W_]+\*?)*")


def split_telltales(wording: str) -> tuple[str, ...]:
    """The words and phrases of one list, folded as texts are."""
    return tuple(one for each in wording.split(",") if (one := " ".join(fold(each).split())))


def fault_of_telltales(wording: str) -> str | None:
    """The first that cannot be used, in words; None for a good list."""
    for one in split_telltales(wording):
        if not _ONE.fullmatch(one):
            return f"`{one}` is no word, nor words with at most one star at the end of each."
        if len(re.sub(r"[^\w]", "", one)) < _LEAST_LETTERS:
            return f"`{one}` would be found in every text: at least {_LEAST_LETTERS} letters are needed."
    return None


@cache
def pattern_of(telltales: tuple[str, ...]) -> re.Pattern[str]:
    """How any of these folded words and phrases is found in a folded text; there must be one at least."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_spelled(one) for one in telltales)})(?!\w)")


def _spelled(telltale: str) -> str:
    parts = (re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else "") for part in telltale.split())
    return r"\W+".join(parts)

"""The words of a pack: one for each key, language and voice, with plural forms and places to fill in.

A voice is who writes about whom: its words and grammar differ ("where are you", "where is he"). A text that does not
differ is written once; a voice without a wording of its own takes that of the voice it falls back to.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from leeside.packs.errors import MissingTextError

Wording: TypeAlias = str | Mapping[str, str]
"""One text, or a text by voice, or a text by plural form."""

PLURAL_FORMS: Final = ("one", "few", "many", "other")
QUESTION_BLANK: Final = "question:"
"""`{question:where}` in a canned answer stands for the words of that question."""
_BLANK: Final = re.compile(r"\{((?:question:)?[a-z_]+)\}")
_BRACES: Final = re.compile(r"\{([^{}]*)\}")


def _slavic_form(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


def _english_form(number: int) -> str:
    return "one" if number == 1 else "other"


_RULES: Final[dict[str, tuple[tuple[str, ...], Callable[[int], str]]]] = {
    # Unicode CLDR, plural rules for whole numbers.
    "ru": (("one", "few", "many"), _slavic_form),
    "uk": (("one", "few", "many"), _slavic_form),
    "en": (("one", "other"), _english_form),
}


def plural_forms(language: str) -> tuple[str, ...]:
    """The forms that a counted text needs in `language`; a language we know no rule for has `other` only."""
    return _RULES[language][0] if language in _RULES else ("other",)


def plural_form(language: str, number: int) -> str:
    """Which form goes with the whole number `number` (CLDR)."""
    return _RULES[language][1](abs(number)) if language in _RULES else "other"


def blanks_of(wording: Wording) -> frozenset[str]:
    """Whatever stands in braces in a text, also what nothing could ever fill."""
    parts = [wording] if isinstance(wording, str) else wording.values()
    return frozenset(name for part in parts for name in _BRACES.findall(part))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its `{names}` filled in; a name without a value stays as it is, so that it is seen."""
    return _BLANK.sub(lambda blank: values.get(blank[1], blank[0]), text) if values else text


@dataclass(frozen=True)
class Texts:
    """All words of a pack. `wordings` is by language and key, `chains` by voice: itself, then what it falls back to."""

    wordings: Mapping[str, Mapping[str, Wording]]
    chains: Mapping[str, tuple[str, ...]]

    def has(self, key: str, language: str) -> bool:
        """Whether there is any wording of `key` in `language`."""
        return key in self.wordings.get(language, {})

    def text(self, key: str, language: str, voice: str, values: Mapping[str, str] = MappingProxyType({})) -> str:
        """The text as the voice needs it, filled in. Raises MissingTextError for a key the pack does not have."""
        wording = self._wording(key, language)
        if isinstance(wording, str):
            return fill(wording, values)
        for each in self.chains.get(voice, ()):
            if each in wording:
                return fill(wording[each], values)
        # A voice that this pack no longer has (an old case): the first wording is the plainest.
        return fill(next(iter(wording.values())), values)

    def counted(self, key: str, language: str, number: int, values: Mapping[str, str] = MappingProxyType({})) -> str:
        """The text in the plural form that goes with `number`, which also fills `{number}` unless a value is given."""
        wording = self._wording(key, language)
        form = wording if isinstance(wording, str) else wording[plural_form(language, number)]
        return fill(form, {"number": str(number), **values})

    def _wording(self, key: str, language: str) -> Wording:
        try:
            return self.wordings[language][key]
        except KeyError:
            raise MissingTextError(f"{key} in {language}") from None

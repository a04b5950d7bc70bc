"""The text of one paper in one language: address, title, paragraphs, enclosures, signature."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final

from leeside.packs.conditions import Condition
from leeside.packs.letters.fields import Field

BLANK: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A field inside a text."""


class Form(Enum):
    """How a paper is laid out: the shared forms of `leeside.letters`."""

    OFFICIAL = "official"
    """To a Russian office or court: addressee and sender in the right half, the title in the middle."""
    LETTER = "letter"
    """To an office elsewhere: sender and addressee one below the other, the subject in bold."""
    STATEMENT = "statement"
    """To nobody: a title and a text that is signed, such as a power of attorney or an asylum seeker's own story."""


class Kind(Enum):
    """What one part of the body is."""

    TEXT = "text"
    LIST = "list"
    """Numbered; lists that follow each other count on."""
    HEADING = "heading"


@dataclass(frozen=True)
class Paragraph:
    """One part of the body, or one enclosure.

    `place` is how people find it in the file, such as `body[2]`. It is written when `condition` is YES, every field of
    `needs` has a value, and, where it names `rules` that it rests on, one of them is in force on the day.
    """

    place: str
    kind: Kind
    texts: tuple[str, ...]
    condition: Condition | None = None
    needs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The ids of the fields in the order in which they stand in the text."""
        return tuple(dict.fromkeys(name for text in self.texts for name in BLANK.findall(text)))


@dataclass(frozen=True)
class LetterText:
    """One paper in one language. `digest` changes with every word of it; `fields` are all that it uses, by id."""

    id: str
    language: str
    form: Form
    to: tuple[str, ...]
    sender: tuple[str, ...]
    title: str
    subtitle: str
    body: tuple[Paragraph, ...]
    enclosures: tuple[Paragraph, ...]
    signed_by: str
    digest: str
    fields: Mapping[str, Field]

    def places(self) -> Iterator[tuple[str, str]]:
        """Every single text with the place where it stands."""
        for part, lines in (("to", self.to), ("from", self.sender)):
            for number, line in enumerate(lines):
                yield f"{part}[{number}]", line
        yield "title", self.title
        yield "subtitle", self.subtitle
        for paragraph in (*self.body, *self.enclosures):
            for text in paragraph.texts:
                yield paragraph.place, text
        yield "signed_by", self.signed_by


@dataclass(frozen=True)
class Letters:
    """All papers of a pack: `texts` by id and language, `fields` by id."""

    texts: Mapping[tuple[str, str], LetterText] = field(default_factory=lambda: MappingProxyType({}))
    fields: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, letter_id: str, language: str) -> LetterText | None:
        """The text of a paper in a language, or None."""
        return self.texts.get((letter_id, language))

    def languages_of(self, letter_id: str) -> tuple[str, ...]:
        """The languages in which a paper is written, in alphabetical order; empty for one without a text."""
        return tuple(sorted(language for each, language in self.texts if each == letter_id))

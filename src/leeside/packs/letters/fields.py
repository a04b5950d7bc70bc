"""A field: one blank of a paper, and where what stands in it comes from.

A field holds no value. Whoever drafts a paper finds the values: the desk from an opened case, a lawyer who tries a
text from a file of invented ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final

from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment


class Source(Enum):
    """Where the value of a field comes from. The values are the keys of letters/fields.toml."""

    QUESTION = "question"
    """A question of the pack: a fact of the story, or something of the compartments identity and place."""
    LEDGER = "ledger"
    """A column of the ledger of papers."""
    OUTGOING = "outgoing"
    """A column of the newest paper of a kind that went out."""
    TERM = "term"
    """The day on which a term of the guide ends."""
    LINE = "line"
    """The line's own name."""
    TODAY = "today"
    """The day on which the paper is drafted."""
    TYPED = "typed"
    """Nothing that the case knows: typed for this paper only."""


LEDGER_COLUMNS: Final = ("holder", "since", "number")
OUTGOING_COLUMNS: Final = ("authority", "sent", "number", "answered")
DAY_COLUMNS: Final = frozenset({"since", "sent", "answered"})
TYPED_KINDS: Final = ("short", "text", "date")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Field:
    """One field.

    `of` is what the source is asked for: the id of a question, a paper, a kind of outgoing paper or a term, or the
    kind of a typed field; `column` is that of the ledger or of what went out. `phrases` are what an option is called
    inside a sentence, by language and option. `labels` and `helps` are by language.
    """

    id: str
    source: Source
    of: str = ""
    column: str = ""
    phrases: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    helps: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    question: Question | None = None
    """The question that it is filled from, for the source QUESTION."""

    def help(self, language: str) -> str:
        """A line that says what to write; empty for none."""
        return self.helps.get(language, "")

    @property
    def compartment(self) -> Compartment | None:
        """The part of the case in which the value lies; None for what is no question of the pack."""
        return self.question.compartment if self.question is not None else None

    @property
    def is_day(self) -> bool:
        """Whether the value is a day, handed over as 2023-12-31 and written out in the language of the paper."""
        if self.question is not None:
            return self.question.kind == "date"
        if self.source in (Source.TERM, Source.TODAY):
            return True
        return self.column in DAY_COLUMNS or (self.source is Source.TYPED and self.of == "date")

    @property
    def is_long(self) -> bool:
        """Whether the value may have several paragraphs."""
        return self.source is Source.TYPED and self.of == "text"

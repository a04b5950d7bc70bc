"""A pack before it is one: what the checks look at, and what they ask of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from leeside.packs.files import PackFile
from leeside.packs.places import Path
from leeside.packs.questions import Question, Voice
from leeside.packs.rules import Rules
from leeside.packs.series import FigureDefinitions

FORM_PARTS: Final = ("first_screen", "folded", "at_words")
"""The parts of questions.toml in the order of the form."""

LATER_PART: Final = "asked_later"
"""The part with what colleagues ask while they work a case: never on the form, never on the card."""


@dataclass(frozen=True)
class Draft:
    """A pack before it is one: its files by name, and the values made of them."""

    files: Mapping[str, PackFile]
    voices: tuple[Voice, ...]
    parts: Mapping[str, tuple[Question, ...]]
    rules: Rules
    figures: FigureDefinitions

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the form."""
        return tuple(question for part in FORM_PARTS for question in self.parts[part])

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """The form's questions, then those that colleagues ask later."""
        return (*self.questions, *self.parts[LATER_PART])

    @property
    def by_id(self) -> dict[str, Question]:
        """The form's questions by id; of two with one id, the first."""
        return {question.id: question for question in reversed(self.questions)}

    @property
    def all_by_id(self) -> dict[str, Question]:
        """Every question by id; of two with one id, the first."""
        return {question.id: question for question in reversed(self.all_questions)}

    def tables(self, file: str, part: str) -> Sequence[Mapping[str, Any]]:
        """The tables of one part of a file, as written."""
        tables: Sequence[Mapping[str, Any]] = self.files[file].table.get(part, ())
        return tables

    def question_paths(self) -> list[tuple[Question, Path]]:
        """Each question with its place in questions.toml."""
        parts = (*FORM_PARTS, LATER_PART)
        return [(question, (part, index)) for part in parts for index, question in enumerate(self.parts[part])]


def fault_of_options(question: Question, values: Iterable[object]) -> str | None:
    """The first of the values that is no option of the question, in words."""
    known = {option.id for option in question.options}
    wrong = [value for value in values if value not in known]
    return f"`{question.id}` has no option `{wrong[0]}`." if wrong else None

"""What a line teaches its newcomers: the code of conduct and invented letters with a guided first answer.

Only ids stand here; the words are texts of the pack. The letters are invented, and what is typed about them is kept by
nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leeside.packs.places import Path

LETTER_TEXTS = ("title", "letter", "draft_a", "draft_b", "why_presses", "why_missing", "why_draft", "why_promise")
"""The texts that each letter has, as `training.<id>.<one of these>`."""


@dataclass(frozen=True)
class Conduct:
    """The code of conduct. A higher version is asked of everybody again."""

    version: int
    points: tuple[str, ...]


@dataclass(frozen=True)
class TrainingLetter:
    """One invented letter and the answers that its guide finds good."""

    id: str
    presses: str
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    better: str
    promises: tuple[str, ...]
    never: str


@dataclass(frozen=True)
class Training:
    """The training desk: letters in their order, and everything that may press."""

    letters: tuple[TrainingLetter, ...]
    presses: tuple[str, ...]

    def letter(self, letter_id: str) -> TrainingLetter | None:
        """The letter with this id, or None."""
        return next((letter for letter in self.letters if letter.id == letter_id), None)


def faults_of_training(table: Mapping[str, Any], questions: frozenset[str]) -> Iterator[tuple[Path, str]]:
    """What is wrong with team.toml: a letter asks only what the pack has words for, and its good answers are among
    those it offers."""
    presses, promises = set(table["presses"]), set(table["promises"])
    for index, letter in enumerate(table["training"]):
        named = (
            ("presses", [letter["presses"]], presses, "is not among `presses`"),
            ("facts", letter["facts"], questions, "is no question of this pack"),
            ("missing", letter["missing"], set(letter["facts"]), "is not among the letter's `facts`"),
            ("promises", letter["promises"], promises, "is not among `promises`"),
            ("never", [letter["never"]], set(letter["promises"]), "is not among the letter's `promises`"),
        )
        for key, ids, known, fault in named:
            yield from ((("training", index, key), f"`{each}` {fault}.") for each in ids if each not in known)

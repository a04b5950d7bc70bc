"""What can be wrong with a pack, and the one error that says all of it at once.

Bad answers from a writer are no errors: `answers.AnswersRead` carries them as plain values beside their field.
"""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class PackProblem:
    """One fault in the files of a pack.

    `file` is relative to the pack's folder, `line` counts from 1 (0 when no line can be named, as for a file that
    is missing), `key` is the dotted place inside the file, `message` a full sentence for the pack's author.
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class PackError(Exception):
    """A pack cannot be used. `problems` holds every fault that was found, in the order of files and lines."""

    def __init__(self, folder: str, problems: tuple[PackProblem, ...]) -> None:
        self.folder = folder
        self.problems = problems
        listed = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"The pack in {folder} cannot be used:{listed}")


class MissingTextError(KeyError):
    """Code asked for a text that the pack does not have: a fault of ours, or of a check that let the pack pass."""

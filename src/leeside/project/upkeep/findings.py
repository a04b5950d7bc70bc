"""What a check of an installation found: one line each."""

from dataclasses import asdict, dataclass
from enum import IntEnum


class Grade(IntEnum):
    """How a finding is to be taken. Only BAD changes an exit code."""

    FINE = 0
    CARE = 1
    BAD = 2


@dataclass(frozen=True)
class Finding:
    """One line of `doctor` or `verify`; the text holds nothing of any case."""

    grade: Grade
    name: str
    text: str

    def write(self) -> str:
        """The line as it is printed."""
        return f"{self.grade.name.lower():<5} {self.name:<14} {self.text}"

    def as_dict(self) -> dict[str, str]:
        """The finding for a program."""
        return {**asdict(self), "grade": self.grade.name.lower()}


def fine(name: str, text: str) -> Finding:
    """All is as it should be."""
    return Finding(Grade.FINE, name, text)


def care(name: str, text: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding(Grade.CARE, name, text)


def bad(name: str, text: str) -> Finding:
    """It does not hold."""
    return Finding(Grade.BAD, name, text)

"""The graded check of who writes: how sure the line is, on what ground, and what waits until it is surer.

A provocateur may write as well as a person in danger, and a person in danger fears a trap as well. So the check is a
grade, reversible, with a ground from a closed list and one line, never the raw evidence; what it unlocks is a rule of
the software.
"""

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.errors import InputError
from leeside.desk.permissions import Standing


@unique
class Level(IntEnum):
    """How sure we are that the writer is who they say. A higher one unlocks all that a lower one does."""

    DOUBTFUL = 1
    UNVERIFIED = 2
    CONSISTENT = 3
    CONFIRMED = 4
    NOT_NEEDED = 5
    """Nothing hangs on it: a general question."""


LEVELS: Final = {level.name.lower(): level for level in Level}
GROUNDS: Final = (
    "nothing_hangs",
    "details_fit",
    "paper_seen",
    "voice_heard",
    "phrase_right",
    "third_vouches",
    "contradicts",
    "same_as_others",
    "asks_about_us",
)


@dataclass(frozen=True)
class Check:
    """The newest check of a case."""

    level: Level = Level.UNVERIFIED
    ground: str = ""
    line: str = ""
    by: bytes | None = None
    at: str = ""


def check_of(file: CaseFile) -> Check:
    """The newest check, or that nobody has checked yet."""
    written = file.of_kind("check")
    if not written:
        return Check()
    newest = written[-1]
    level = LEVELS.get(newest.text("level"), Level.UNVERIFIED)
    return Check(level, newest.text("ground"), newest.text("line"), newest.author.reader_id, newest.body.at)


def is_checked(file: CaseFile, at_least: Level = Level.CONSISTENT) -> bool:
    """Whether the check reaches this far."""
    return check_of(file).level >= at_least


def require_checked(file: CaseFile, at_least: Level = Level.CONSISTENT, *, field: str = "check") -> None:
    """Refuse what waits for a surer check. Raises InputError beside `field`, with what is missing."""
    if not is_checked(file, at_least):
        wanted = level_words(at_least)
        raise InputError(
            field, _("First the check of who writes: this needs at least “%(level)s”.") % {"level": wanted}
        )


def may_open_drawers(file: CaseFile) -> bool:
    """Whether the drawers open here: for a circle's member who has not taken the case, not before the check says that
    things fit together. Whoever works the case needs them to check."""
    return file.standing is not Standing.HOLDER or is_checked(file)


def level_words(level: Level) -> str:
    """A level as people say it."""
    return {
        Level.DOUBTFUL: _("doubtful"),
        Level.UNVERIFIED: _("not checked"),
        Level.CONSISTENT: _("fits together"),
        Level.CONFIRMED: _("confirmed"),
        Level.NOT_NEEDED: _("not needed"),
    }[level]


def ground_words(ground: str) -> str:
    """A ground as people say it; one of another version as it is."""
    words = {
        "nothing_hangs": _("a general question, nothing hangs on it"),
        "details_fit": _("dates, places and law fit together"),
        "paper_seen": _("a paper was seen"),
        "voice_heard": _("we spoke by voice"),
        "phrase_right": _("the code phrase was right"),
        "third_vouches": _("somebody we know vouches"),
        "contradicts": _("what is said contradicts itself"),
        "same_as_others": _("the same text came as another case"),
        "asks_about_us": _("asks about us or about others, not for themselves"),
    }
    return words.get(ground, ground)

"""The two errors of counting. Neither ever carries a count that is not published.

Their text is English, for the command line. `why` is for pages, which say the same in the language of their reader.
"""

from enum import StrEnum


class Why(StrEnum):
    """What somebody who asks for an edition can do something about, and the rest in one."""

    MONTH_MISSPELT = "month misspelt"
    MONTHS_TURNED_ROUND = "months turned round"
    MONTH_RUNNING = "month running"
    NO_FIGURE = "no figure"
    CONTRADICTS = "contradicts"
    EXPOSES = "exposes"
    PUBLISHED_ALREADY = "published already"
    FOLDER = "folder"
    OTHER = "other"


class TallyError(Exception):
    """Anything that counting refuses."""

    def __init__(self, text: str, why: Why = Why.OTHER) -> None:
        super().__init__(text)
        self.why = why


class DefinitionError(TallyError):
    """A definition, month or row has the wrong shape; the text names which and what would be right."""


class EditionError(TallyError):
    """An edition cannot be made, written or read; the text says why in one line that an operator can act on."""


class DamagedEditionError(EditionError):
    """The folder of a published edition is not what was published."""

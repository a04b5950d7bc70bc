"""One term: from which day how long, in which kind of days, and what becomes of it when it ends on a day off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from leeside.packs.guidebook.rules import Confidence


class Unit(Enum):
    """What a term is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    AT_ONCE = "at_once"
    """Without delay: the day of the event itself is meant, and no number."""


@dataclass(frozen=True)
class TermWords:
    """A term in one language: what must be done by its end, and the act that says so."""

    title: str
    act: str
    remark: str = ""


@dataclass(frozen=True)
class Term:
    """One term of the law.

    `events` are the facts (dates) from which it runs, the first known one. `is_duty` is False for what is nobody's task
    but an effect of the law or an authority's: once over it has passed, and nobody missed it. `count` units after the
    event, or before it where `is_before`; `longest` is the other end of a term that lies between two numbers, else 0.
    The day of the event is not counted unless `counts_event_day`. `moves_on` moves an end on a day off to the next
    working day of `country` (ISO 3166). `may_compute` is False where no day may be proposed, because the text was not
    seen. `is_restorable` says that a court may restore a missed term for a good reason, with the paper `restored_by`.
    """

    id: str
    events: tuple[str, ...]
    is_duty: bool
    unit: Unit
    count: int
    longest: int
    is_before: bool
    counts_event_day: bool
    moves_on: bool
    country: str
    may_compute: bool
    is_restorable: bool
    restored_by: str
    since: date | None
    until: date | None
    confidence: Confidence
    sources: tuple[str, ...]
    research: tuple[str, ...]
    words: Mapping[str, TermWords]

    def is_in_force(self, event: date) -> bool:
        """Whether this wording of the term governs what happened on that day."""
        return (self.since is None or self.since <= event) and (self.until is None or event <= self.until)

"""The two marks that a pack computes and that lie beside a case in clear: how urgent, and when to look again.

They are numbers because the store ranks by them; the words belong to the pack. Smaller comes first. Numbers are
part of the sealed format's surroundings and never change their meaning.
"""

from enum import IntEnum


class Urgency(IntEnum):
    """How urgent a case is, as the pack's rules find from the closed answers and the day."""

    RED = 1
    SOON = 2
    CALM = 3
    LATER = 4


class LookBy(IntEnum):
    """Within which stretch of days a person should look at the case again. Never the date itself."""

    TODAY = 1
    THREE_DAYS = 2
    WEEK = 3
    LATER = 4


URGENCY_WORDS = {"red": Urgency.RED, "soon": Urgency.SOON, "calm": Urgency.CALM, "later": Urgency.LATER}
"""How a pack's files spell the urgencies."""

LOOK_BY_WORDS = {
    "today": LookBy.TODAY,
    "three_days": LookBy.THREE_DAYS,
    "week": LookBy.WEEK,
    "later": LookBy.LATER,
}
"""How a pack's files spell the look-by buckets."""


def look_by_of_days(days: int) -> LookBy:
    """The bucket of something due in `days` days; a day that has passed is due today."""
    if days <= 0:
        return LookBy.TODAY
    if days <= 3:
        return LookBy.THREE_DAYS
    return LookBy.WEEK if days <= 7 else LookBy.LATER

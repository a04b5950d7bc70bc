"""The clocks of a case: its promise at half and at three quarters, past it, and how long it waits for a person.

All of them are read from one mark, the coarse *answer by* of a running promise, and from the pack's hours. That mark
is up to half an hour too late (it was rounded up, with noise), so the words of an age are coarse, and nothing here is
a record of when somebody wrote.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from leeside.desk.queue_times import HALF, NEARLY
from leeside.packs.marks import Urgency
from leeside.packs.pack import Pack


class Stretch(IntEnum):
    """How far a promise has run out."""

    NONE = 0
    RUNNING = 1
    HALF = 2
    NEARLY = 3
    PAST = 4


@dataclass(frozen=True)
class Clock:
    """A case's clocks at one moment. `waited` is minutes of the line's hours since the person wrote, at least."""

    stretch: Stretch
    waited: int
    is_unassigned_too_long: bool


NO_CLOCK = Clock(Stretch.NONE, 0, is_unassigned_too_long=False)


def clock_of(pack: Pack, urgency: int, answer_by: datetime | None, *, is_untaken: bool, now: datetime) -> Clock:
    """The clocks of a case with these marks."""
    if answer_by is None:
        return NO_CLOCK
    level = Urgency(int(urgency))
    waited = waited_minutes(pack, level, answer_by, now)
    return Clock(
        _stretch_of(pack, level, answer_by, now),
        waited,
        is_unassigned_too_long=is_untaken and waited >= pack.clocks.unassigned[level],
    )


def waited_minutes(pack: Pack, urgency: Urgency, answer_by: datetime, now: datetime) -> int:
    """For how many minutes of the line's hours the person has waited for an answer, at least."""
    promises = pack.promises
    left, over = promises.minutes_between(now, answer_by), promises.minutes_between(answer_by, now)
    return max(0, int(promises.minutes[urgency] - left + over))


def _stretch_of(pack: Pack, urgency: Urgency, answer_by: datetime, now: datetime) -> Stretch:
    if answer_by < now:
        return Stretch.PAST
    gone = pack.promises.share_gone(answer_by, now, urgency)
    if gone >= NEARLY:
        return Stretch.NEARLY
    return Stretch.HALF if gone >= HALF else Stretch.RUNNING

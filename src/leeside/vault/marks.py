"""The few marks of a case that stand in clear, and the one number that orders the queue.

Evolution: the numbers stand in databases for ever; new ones are added at the end, none is used twice.
"""

import secrets
from datetime import date, datetime
from enum import IntEnum

from leeside.sealing.parcels import LookBy, Urgency
from leeside.vault.days import day_number, moment_of, second_number

__all__ = [
    "EARLIEST_DAYS",
    "AccountState",
    "CaseState",
    "Direction",
    "LineState",
    "LookBy",
    "Urgency",
    "earliest_day",
    "look_by_on",
    "rank_of",
]


class CaseState(IntEnum):
    """How far a case is. The writer sees the first three in words."""

    RECEIVED = 1
    READ = 2
    ANSWERED = 3
    CLOSED = 4


class LineState(IntEnum):
    """A line takes requests only when it is open, and it opens when two coordinators exist."""

    FOUNDING = 1
    OPEN = 2


class AccountState(IntEnum):
    """A colleague's way in. Only an active one reads anything."""

    INVITED = 1
    ACTIVE = 2
    LOCKED = 3


class Direction(IntEnum):
    """Which way an entry goes. It decides what a mailbox shows; who wrote what stands inside the seal."""

    FROM_WRITER = 1
    TO_WRITER = 2
    INSIDE = 3


EARLIEST_DAYS = {LookBy.TODAY: 0, LookBy.THREE_DAYS: 1, LookBy.WEEK: 4, LookBy.LATER: 8}
"""The earliest day a bucket can mean, counted from the day it was set."""

_FIRST_DAY = day_number(date(2020, 1, 1))
_DAY_BITS, _PROMISE_BITS, _TAIL_BITS = 16, 24, 21
_QUARTER_SECONDS = 900
NO_PROMISE = (1 << _PROMISE_BITS) - 1
PROMISE_OF_RANK = f"((rank >> {_TAIL_BITS}) & {NO_PROMISE})"
"""SQL: the promise inside a rank, as a number that `promise_of` reads."""
URGENCY_OF_RANK = f"(rank >> {_DAY_BITS + _PROMISE_BITS + _TAIL_BITS})"
"""SQL: one less than the urgency inside a rank."""


def earliest_day(look_by: int, set_on: date) -> int:
    """The day number from which a case with this bucket may fall due."""
    return day_number(set_on) + EARLIEST_DAYS[LookBy(look_by)]


def look_by_on(due_from: int, today: int) -> LookBy:
    """The bucket a case stands in today, when `due_from` is the earliest day it can mean."""
    left = due_from - today
    if left <= 0:
        return LookBy.TODAY
    if left <= 3:
        return LookBy.THREE_DAYS
    return LookBy.WEEK if left <= 7 else LookBy.LATER


def rank_of(urgency: int, due_from: int, answer_by: datetime | None) -> int:
    """Draw the place of a case in every queue: red first, then look-by, then promise, then chance.

    63 bits: 2 of urgency, 16 of the earliest day, 24 of the promise in quarters of an hour, 21 random. The day is
    absolute, so a rank does not age. The random tail makes equal cases no first-come list; it never says who came
    earlier within a day.
    """
    day = min(max(due_from - _FIRST_DAY, 0), (1 << _DAY_BITS) - 1)
    promise = NO_PROMISE if answer_by is None else _quarter_of(second_number(answer_by))
    rank = Urgency(urgency) - 1
    rank = rank << _DAY_BITS | day
    rank = rank << _PROMISE_BITS | promise
    return rank << _TAIL_BITS | secrets.randbits(_TAIL_BITS)


def ranks_of_urgency(urgency: Urgency) -> tuple[int, int]:
    """The ranks of an urgency that is not the last: the first of them, and the first that is none."""
    shift = _DAY_BITS + _PROMISE_BITS + _TAIL_BITS
    return (urgency - 1) << shift, urgency << shift


def ranks_due(day: int) -> tuple[tuple[int, int], ...]:
    """The ranks of what may be due by a day (a day number), one range an urgency."""
    shift = _PROMISE_BITS + _TAIL_BITS
    days = min(max(day - _FIRST_DAY + 1, 0), (1 << _DAY_BITS) - 1)
    firsts = [(urgency - 1) << _DAY_BITS for urgency in Urgency]
    return tuple((first << shift, (first | days) << shift) for first in firsts)


def promise_of(number: int | None) -> datetime | None:
    """The moment that a rank's promise means, to the quarter of an hour; None when no promise runs."""
    if number is None or number == NO_PROMISE:
        return None
    return moment_of(_FIRST_DAY * 86_400 + number * _QUARTER_SECONDS)


def first_promise_after(now: datetime) -> int:
    """The number of the first promise, as it stands inside a rank, that has not passed at `now`."""
    return _quarter_of(second_number(now) + _QUARTER_SECONDS - 1)


def _quarter_of(second: int) -> int:
    return min(max((second - _FIRST_DAY * 86_400) // _QUARTER_SECONDS, 0), NO_PROMISE - 1)

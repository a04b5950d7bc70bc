"""Days and moments as the tables hold them: whole numbers, alike on every database.

A day is the count of days since 1 January 1970; a moment is whole seconds since then. The tables of `default` hold
days only; the one exception is the `answer by` of a running promise, which is deleted when the answer is given.
"""

from datetime import UTC, date, datetime

from leeside.vault.errors import MisuseError

_FIRST = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """The number of a day. A moment is not a day and is refused, so that no clock time slips in."""
    if isinstance(day, datetime):
        raise MisuseError("a day was expected, not a moment")
    return day.toordinal() - _FIRST


def day_of(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + _FIRST)


def maybe_day_of(number: int | None) -> date | None:
    """The day of a number, or nothing."""
    return None if number is None else day_of(number)


def second_number(moment: datetime) -> int:
    """The whole second of an aware moment."""
    if moment.tzinfo is None:
        raise MisuseError("a moment without time zone")
    return int(moment.timestamp())


def moment_of(number: int) -> datetime:
    """The moment of a number, in UTC."""
    return datetime.fromtimestamp(number, UTC)


def maybe_moment_of(number: int | None) -> datetime | None:
    """The moment of a number, or nothing."""
    return None if number is None else moment_of(number)

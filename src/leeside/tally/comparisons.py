"""What can be said about a published series, as typed values without words.

Everything here is computed from what is told, and is None where nothing can be said: a period of zero, a tie, one
month, a month that is hidden or missing. `statements` puts it into words.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from leeside.tally.cells import CellState, PublishedSeries
from leeside.tally.months import Month

#: Months in a period unless the caller asks for another length.
PERIOD_MONTHS = 3
#: From this ratio on a growth is told as "so many times", below it in per cent.
_TIMES_FROM = 3


class Direction(Enum):
    """How a number stands to the one before."""

    MORE = "more"
    FEWER = "fewer"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """The change from one number above zero to another.

    `percent` is rounded half up and counts in the direction (89 more, 40 fewer); 0 with MORE or FEWER means that it
    rounds to nothing. `times` in tenths is given instead where the number at least tripled (34 is 3.4 times).
    """

    direction: Direction
    percent: int
    tenfold_times: int | None = None


@dataclass(frozen=True)
class PeriodComparison:
    """The period that ends with the last month, and the equally long one before it where the two can be compared."""

    months: tuple[Month, ...]
    value: int
    before: tuple[Month, ...] | None
    before_value: int | None
    change: Change | None


@dataclass(frozen=True)
class Extremes:
    """The one highest and the one lowest month; either may be missing, never both."""

    highest: tuple[Month, int] | None
    lowest: tuple[Month, int] | None


@dataclass(frozen=True)
class LastMonth:
    """Where the last month stands among the others: `higher` and `lower` in order of time, no month equal to it."""

    month: Month
    value: int
    higher: tuple[Month, ...]
    lower: tuple[Month, ...]


@dataclass(frozen=True)
class TotalSince:
    """The sum since the first month, and what share of it the last period holds."""

    first: Month
    value: int
    period: tuple[Month, ...] | None
    share: Fraction | None


def compare_periods(series: PublishedSeries, length: int = PERIOD_MONTHS) -> PeriodComparison | None:
    """Compare the last `length` months with the `length` before; None when the last ones are hidden, too few or zero.

    A single month is no period: it says nothing until there is one before it to compare it with.
    """
    months = series.months
    period = months[-length:]
    value = series.sum_of(period)
    if len(period) < length or len(months) < 2 or not value:
        return None
    before = months[-2 * length : -length]
    before_value = series.sum_of(before) if len(before) == length else None
    if not before_value:
        return None if length == 1 else PeriodComparison(period, value, None, None, None)
    return PeriodComparison(period, value, before, before_value, _change(before_value, value))


def _change(before: int, now: int) -> Change:
    """The change from `before`, which is above zero, to `now`."""
    if now == before:
        return Change(Direction.SAME, 0)
    if now < before:
        return Change(Direction.FEWER, _rounded(Fraction(100 * (before - now), before)))
    times = _rounded(Fraction(10 * now, before)) if now >= _TIMES_FROM * before else None
    return Change(Direction.MORE, _rounded(Fraction(100 * (now - before), before)), times)


def _rounded(number: Fraction) -> int:
    """Round half up, as readers do; Python's own `round` would take 0.5 to the even neighbour."""
    return int(number + Fraction(1, 2))


def find_extremes(series: PublishedSeries) -> Extremes | None:
    """The highest and the lowest month, each only when it stands alone.

    A month with "fewer than" lies below every told one: it hides which month is lowest, not which is highest. A
    withheld month could be either, and then nothing is said.
    """
    told = _told_months(series)
    if told is None or len(series.cells) < 2 or not told:
        return None
    highest = _alone(told, max(told.values()))
    lowest = _alone(told, min(told.values())) if len(told) == len(series.cells) else None
    return Extremes(highest, lowest) if highest or lowest else None


def _told_months(series: PublishedSeries) -> dict[Month, int] | None:
    """The months that are told; None when any is withheld."""
    if any(cell.state is CellState.WITHHELD for cell in series.cells.values()):
        return None
    return {month: cell.value for month, cell in series.cells.items() if cell.value is not None}


def _alone(told: dict[Month, int], value: int) -> tuple[Month, int] | None:
    """The month with this value, if there is only one and it is not zero."""
    months = [month for month, number in told.items() if number == value]
    return (months[0], value) if len(months) == 1 and value else None


def rank_last_month(series: PublishedSeries) -> LastMonth | None:
    """Where the last month stands; None when it is tied, hidden, the highest or the lowest (`find_extremes` says that).

    A month with "fewer than" counts as lower: it is.
    """
    told = _told_months(series)
    if not told or series.months[-1] not in told:
        return None
    last = series.months[-1]
    value = told[last]
    others = [month for month in series.months if month != last]
    if any(told.get(month) == value for month in others):
        return None
    higher = tuple(month for month in others if told.get(month, -1) > value)
    lower = tuple(month for month in others if month not in higher)
    return LastMonth(last, value, higher, lower) if higher and lower else None


def total_since(series: PublishedSeries, length: int = PERIOD_MONTHS) -> TotalSince | None:
    """The sum of all months, and the last period's share of it; None when a month is hidden, alone, or all are zero."""
    months = series.months
    total = series.total
    if not total or len(months) < 2:
        return None
    period = months[-length:]
    part = series.sum_of(period)
    if len(months) <= length or not part:
        return TotalSince(months[0], total, None, None)
    return TotalSince(months[0], total, period, Fraction(part, total))

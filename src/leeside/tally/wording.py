"""What a language must be able to say, and what the three wordings share.

One file a language (`wording_en`, `wording_ru`, `wording_uk`): a sentence is written whole by somebody who writes
that language, never put together from translated pieces. Sentences avoid forms that would have to agree with the
gender of a unit from the pack.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Protocol

from leeside.tally.comparisons import Extremes, LastMonth, PeriodComparison, TotalSince
from leeside.tally.definitions import Unit
from leeside.tally.months import Month, Season, season_of
from leeside.tally.numbers import write_list

#: So many months are still named one by one; beyond it they are counted.
NAMED_MONTHS = 3
#: Shares that have a name: what the share is more than, largest first.
NAMED_SHARES = (Fraction(3, 4), Fraction(2, 3), Fraction(1, 2), Fraction(1, 3), Fraction(1, 4))


class Wording(Protocol):
    """The four statements in one language. `with_years` is true when the series spans more than one year."""

    def compare(self, found: PeriodComparison, unit: Unit, *, with_years: bool) -> str:
        """The last period, compared with the one before where that can be said."""

    def extremes(self, found: Extremes, unit: Unit, *, with_years: bool) -> str:
        """The highest and the lowest month."""

    def last(self, found: LastMonth, unit: Unit, *, with_years: bool) -> str:
        """The last month among the others."""

    def since(self, found: TotalSince, unit: Unit, *, with_years: bool) -> str:
        """The sum since the first month, and the last period's share."""


class MonthNames:
    """Month names in one grammatical case, with years where they are needed.

    `names` are twelve, from January; `joiner` is the language's "and"; `year` is a template for a name with its year
    (`{name} {year} года`).
    """

    def __init__(self, names: str, joiner: str, year: str) -> None:
        """Keep twelve names, written in one string with spaces between."""
        self._names = names.split()
        self._joiner = joiner
        self._year = year

    def bare(self, month: Month) -> str:
        """The name alone."""
        return self._names[month.number - 1]

    def one(self, month: Month, *, with_year: bool) -> str:
        """The name of a month, with its year where asked."""
        return self.dated(self.bare(month), month.year) if with_year else self.bare(month)

    def many(self, months: Sequence[Month], *, with_years: bool) -> str:
        """Several months in order of time; months of one year carry it once, behind the last of them."""
        if not with_years:
            return write_list([self.bare(month) for month in months], self._joiner)
        years = [
            (year, [self.bare(month) for month in group]) for year, group in groupby(months, lambda month: month.year)
        ]
        if len(years) == 1:
            return self.dated(write_list(years[0][1], self._joiner), years[0][0])
        return write_list([self.dated(", ".join(names), year) for year, names in years], self._joiner)

    def dated(self, names: str, year: int) -> str:
        """Put the year behind names."""
        return self._year.format(name=names, year=year)


@dataclass(frozen=True)
class Contrast:
    """How a sentence about the last month sets it against the others: those on one side by name, the other side whole.

    `named` are on the higher side when `named_are_higher`; `others` are all the rest.
    """

    named: tuple[Month, ...]
    named_are_higher: bool
    others: tuple[Month, ...]


def contrast_last(found: LastMonth) -> Contrast | None:
    """Name the smaller side; None when both are too long to name, and only their counts can be told."""
    if min(len(found.higher), len(found.lower)) > NAMED_MONTHS:
        return None
    if len(found.higher) <= len(found.lower):
        return Contrast(found.higher, True, found.lower)
    return Contrast(found.lower, False, found.higher)


def named_share(share: Fraction) -> tuple[Fraction, bool] | None:
    """The named share that this one is (True) or just exceeds (False); None when a percentage says it better.

    "More than half" is said up to two thirds, "more than a quarter" up to a third, and so on; from there on the next
    name takes over. Nine tenths and more are no longer "more than three quarters".
    """
    if share in NAMED_SHARES:
        return share, True
    above = [name for name in NAMED_SHARES if share > name]
    return (above[0], False) if above and share < Fraction(9, 10) else None


def percent_of(share: Fraction) -> int:
    """A share as a percentage, rounded half up."""
    return int(100 * share + Fraction(1, 2))


def season_within(months: Sequence[Month]) -> tuple[Season, int, int] | None:
    """The season these months are, with the years it begins and ends in; None when they are not exactly one."""
    season = season_of(months)
    return (season, months[0].year, months[-1].year) if season else None


def opened(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[0].upper() + sentence[1:]

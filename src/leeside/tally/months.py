"""Months of the calendar and the seasons they make. Plain values, ordered in time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from leeside.tally.errors import DefinitionError, Why

_SPELLING = re.compile("([0-9]{4})-(0[1-9]|1[0-2])")


class Season(Enum):
    """The four seasons as the northern calendar counts them, by their first month."""

    WINTER = 12
    SPRING = 3
    SUMMER = 6
    AUTUMN = 9


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year; `number` is 1 to 12."""

    year: int
    number: int

    def __str__(self) -> str:
        """Write it as tally rows spell it: `2023-11`."""
        return f"{self.year:04}-{self.number:02}"

    def plus(self, months: int) -> "Month":
        """The month so many months later, or earlier when negative."""
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    def has_ended(self, today: date) -> bool:
        """Whether `today` lies after the month's last day."""
        return (today.year, today.month) > (self.year, self.number)


def parse_month(untrusted_text: str) -> Month:
    """Read `YYYY-MM`, the only spelling; anything else raises `DefinitionError`."""
    found = _SPELLING.fullmatch(untrusted_text)
    if found is None or found[1] == "0000":
        words = f"A month is written YYYY-MM, such as 2023-11, and not {untrusted_text[:20]!r}."
        raise DefinitionError(words, Why.MONTH_MISSPELT)
    return Month(int(found[1]), int(found[2]))


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """All months from `first` to `last`, both included; `DefinitionError` when they stand the wrong way round."""
    if last < first:
        raise DefinitionError(f"The first month, {first}, lies after the last, {last}.", Why.MONTHS_TURNED_ROUND)
    return tuple(first.plus(step) for step in range((last.year - first.year) * 12 + last.number - first.number + 1))


def season_of(months: Sequence[Month]) -> Season | None:
    """The season these months are, when they are exactly the three months of one season, in order; else None."""
    if len(months) != 3 or months[0].number not in {season.value for season in Season}:
        return None
    if tuple(months) != months_between(months[0], months[0].plus(2)):
        return None
    return Season(months[0].number)


def blocks_within(months: Sequence[Month], length: int) -> tuple[tuple[Month, ...], ...]:
    """Cut consecutive months into whole blocks of `length`: 1, 3 (seasons, from December on) or 12 (calendar years).

    Where a block starts is fixed by the calendar, so blocks of two editions are the same block or have no month in
    common: no sum of one can be subtracted from a sum of the other. What does not fill a block is left out.
    """
    # Counted from December of year 0, so that a season starts where the count divides by three.
    offset = 1 if length == 3 else 0
    starts = [month for month in months if (month.year * 12 + month.number - 1 + offset) % length == 0]
    inside = set(months)
    blocks = (months_between(start, start.plus(length - 1)) for start in starts)
    return tuple(block for block in blocks if inside.issuperset(block))

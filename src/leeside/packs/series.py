"""What a pack defines of figures and claims: data only. Counting, disclosure control and statements are not here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Series:
    """One defined count by month. Texts: `series.<id>.title`, `.definition`, and the counted `.unit`.

    `month_of` is "opened" (requests of `kinds`, in the month in which each was opened) or "first_answer" (one row a
    case, in the month of the first answer that a person wrote; `kinds` is then empty). `row_kinds` are the kinds of
    tally rows that it counts.
    """

    id: str
    kinds: tuple[str, ...]
    month_of: str
    is_main: bool

    @property
    def row_kinds(self) -> tuple[str, ...]:
        """The `kind` of the tally rows that this series counts: a series of first answers has rows of its own."""
        return self.kinds or (self.id,)


@dataclass(frozen=True)
class Dimension:
    """One way to split a series beside the month. `values` maps published values to the answers that lead to them."""

    id: str
    question: str
    values: Mapping[str, tuple[str, ...]]
    otherwise: str

    def value_of(self, answers: Mapping[str, object]) -> str:
        """The published value that these answers fall under."""
        answer = answers.get(self.question)
        return next((value for value, options in self.values.items() if answer in options), self.otherwise)


@dataclass(frozen=True)
class FigureDefinitions:
    """All figures of a line. No published cell rests on fewer than the threshold."""

    series: tuple[Series, ...]
    dimensions: tuple[Dimension, ...]
    threshold: int
    threshold_of_dimensions: int
    rounding_of_dimensions: int

    @property
    def main(self) -> Series:
        """The series that the headline speaks of."""
        return next(series for series in self.series if series.is_main)

    def dims_of(self, answers: Mapping[str, object]) -> dict[str, str]:
        """What a tally row says beside month and kind."""
        return {dimension.id: dimension.value_of(answers) for dimension in self.dimensions}


@dataclass(frozen=True)
class Claim:
    """What somebody else said. It is never added to our figures and may contradict them.

    Texts: `claim.<id>.who`, `.quote`, and `.caveat` if there is one. `published` is the day of the publication and
    `as_of` the day that the statement is about, if either is known; `address` is "" when only publication and day are
    known. `contradicts` are the ids of claims that say otherwise; the relation is read both ways.
    """

    id: str
    published: date | None
    as_of: date | None
    address: str
    numbers: tuple[int, ...]
    has_caveat: bool
    contradicts: tuple[str, ...] = ()

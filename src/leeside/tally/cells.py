"""What is published: cells, and the series they make. Everything after the control of disclosure works on these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from leeside.tally.months import Month


class CellState(StrEnum):
    """What the public is told about one number.

    PUBLISHED: the number. FEW: that it is below the threshold, and no more. WITHHELD: nothing, because telling it
    would tell another number that has to stay hidden.
    """

    PUBLISHED = "published"
    FEW = "few"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Cell:
    """One cell as published; `value` is a number in the state PUBLISHED and None otherwise."""

    state: CellState
    value: int | None = None

    def __post_init__(self) -> None:
        """A cell that hides its number must not carry it."""
        if (self.state is CellState.PUBLISHED) is (self.value is None):
            raise ValueError("A cell has a value exactly when it is published.")


FEW = Cell(CellState.FEW)
WITHHELD = Cell(CellState.WITHHELD)


def published(value: int) -> Cell:
    """Make the cell that tells this number."""
    return Cell(CellState.PUBLISHED, value)


@dataclass(frozen=True)
class PublishedSeries:
    """One figure month by month, as an edition tells it.

    `cells` holds consecutive months in order of time. `kinds` and `threshold` are those it was counted and protected
    with, so that a later edition can be held against this one.
    """

    id: str
    kinds: frozenset[str]
    threshold: int
    cells: Mapping[Month, Cell]

    @property
    def months(self) -> tuple[Month, ...]:
        """Its months, in order."""
        return tuple(self.cells)

    def value(self, month: Month) -> int | None:
        """The number told for a month; None where none is told, or the month is not in the series."""
        cell = self.cells.get(month)
        return cell.value if cell is not None else None

    def sum_of(self, months: Iterable[Month]) -> int | None:
        """The sum of these months, when every one of them is told; else None.

        This is the only way that a sum comes into being. A sum that held a hidden month would tell it by
        subtraction, so there is none: it is the secondary suppression of totals.
        """
        total = 0
        for month in months:
            value = self.value(month)
            if value is None:
                return None
            total += value
        return total

    @property
    def total(self) -> int | None:
        """The sum of all its months, by the same rule."""
        return self.sum_of(self.months)


@dataclass(frozen=True)
class PublishedTable:
    """A figure by one dimension, in rows that are blocks of months which never overlap.

    `columns` are value ids, and `otherwise` the one of them that holds all that is not listed. A row's cells stand in
    the order of the columns; told numbers are rounded.
    """

    series: str
    dimension: str
    threshold: int
    columns: tuple[str, ...]
    otherwise: str
    rows: Mapping[tuple[Month, ...], tuple[Cell, ...]]

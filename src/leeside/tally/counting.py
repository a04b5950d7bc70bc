"""From tally rows to counts. They are still secret: only `disclosure` and `tables` may turn them into figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from leeside.tally.definitions import Dimension, SeriesDefinition
from leeside.tally.months import Month


class TallyRow(Protocol):
    """What a row must offer to be counted. The vault's rows do; so does anything with these three fields."""

    @property
    def month(self) -> str:
        """The month, `YYYY-MM`."""

    @property
    def kind(self) -> str:
        """What was confirmed."""

    @property
    def dims(self) -> Mapping[str, str]:
        """Value ids by dimension id."""


@dataclass(frozen=True)
class Counts:
    """Exact counts. They never leave the process: no field of an edition, log or error may hold one.

    `by_kind` maps (month as written in the row, kind) and `by_value` maps (month, kind, dimension id, value id) to a
    number of rows.
    """

    by_kind: Mapping[tuple[str, str], int]
    by_value: Mapping[tuple[str, str, str, str], int]

    def of(self, definition: SeriesDefinition, month: Month) -> int:
        """How many rows of this figure the month has."""
        return sum(self.by_kind.get((str(month), kind), 0) for kind in definition.kinds)

    def of_kinds(self, kinds: Iterable[str], month: Month) -> int:
        """How many rows of these kinds the month has."""
        return sum(self.by_kind.get((str(month), kind), 0) for kind in kinds)

    def of_value(self, definition: SeriesDefinition, month: Month, dimension: Dimension, value: str) -> int:
        """How many rows of this figure the month has under one value of a dimension."""
        return sum(self.by_value.get((str(month), kind, dimension.id, value), 0) for kind in definition.kinds)


def count_rows(rows: Iterable[TallyRow]) -> Counts:
    """Count rows in one pass; the order of rows tells nothing and changes nothing.

    Identical rows are counted together first, which is what makes a million of them take about a second.
    """
    alike = Counter((row.month, row.kind, *row.dims.items()) for row in rows)
    by_kind: Counter[tuple[str, str]] = Counter()
    by_value: Counter[tuple[str, str, str, str]] = Counter()
    for (month, kind, *values), number in alike.items():
        by_kind[str(month), str(kind)] += number
        for dimension, value in values:
            by_value[str(month), str(kind), dimension, value] += number
    return Counts(by_kind, by_value)

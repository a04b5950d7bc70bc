"""What a reader of every edition knows, written down as linear facts about the hidden numbers.

The variables are the requests of each group of kinds in each month, and the cells of tables. A group holds the kinds
that every figure counts together: no figure can tell them apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from leeside.tally.cells import Cell, CellState, PublishedSeries, PublishedTable
from leeside.tally.definitions import ROUNDING_STEP
from leeside.tally.linear import Fact
from leeside.tally.months import Month
from leeside.tally.statements import SumTold

#: Up to so many groups every union of them is a target; with more of them, single groups and whole figures are.
_UNIONS_UP_TO = 6

Group = frozenset[str]


@dataclass(frozen=True)
class Publication:
    """What one edition tells: its series and tables as published, and every sum that a statement names."""

    series: Sequence[PublishedSeries]
    tables: Sequence[PublishedTable] = ()
    sums: Sequence[SumTold] = ()


@dataclass(frozen=True)
class Target:
    """A number that the reader is after: requests of some kinds in a month, or one cell of a table.

    `terms` are the variables whose sum it is. For a cell, `table` and `value` say which one of the block `months` it
    is; `kinds` are then those of the table's series.
    """

    months: tuple[Month, ...]
    kinds: frozenset[str]
    threshold: int
    terms: Mapping[str, int] = field(repr=False)
    table: PublishedTable | None = None
    value: str = ""


@dataclass(frozen=True)
class Knowledge:
    """All facts, and all numbers worth trying."""

    facts: tuple[Fact, ...]
    targets: tuple[Target, ...]


def learn(publications: Sequence[Publication]) -> Knowledge:
    """Read editions, oldest first. A cell that a later edition tells again counts as it was told last."""
    return _Reader(publications).knowledge()


class _Reader:
    """Reads a list of publications once; the methods share what it holds of all of them."""

    def __init__(self, publications: Sequence[Publication]) -> None:
        """Bring cells of all publications together and group the kinds."""
        self._publications = publications
        self._series: dict[str, PublishedSeries] = {}
        self._cells: dict[str, dict[Month, Cell]] = {}
        for series in (series for publication in publications for series in publication.series):
            self._series[series.id] = series
            self._cells.setdefault(series.id, {}).update(series.cells)
        self._groups = _group_kinds({series.kinds for series in self._series.values()})

    def knowledge(self) -> Knowledge:
        """Everything that was told, and everything worth trying."""
        facts = (*self._cell_facts(), *self._sum_facts(), *self._table_facts())
        return Knowledge(facts, (*self._month_targets(), *self._table_targets()))

    def _terms(self, kinds: frozenset[str], months: Iterable[Month]) -> dict[str, int]:
        """The variables whose sum is the number of these kinds in these months."""
        return {_name(month, group): 1 for month in months for group in self._groups if group <= kinds}

    def _cell_facts(self) -> Iterator[Fact]:
        """What the cells of series tell."""
        for identity, cells in self._cells.items():
            series = self._series[identity]
            for month, cell in cells.items():
                terms = self._terms(series.kinds, (month,))
                if cell.state is CellState.PUBLISHED:
                    yield Fact(terms, cell.value, cell.value)
                elif cell.state is CellState.FEW:
                    yield Fact(terms, most=series.threshold - 1)

    def _sum_facts(self) -> Iterator[Fact]:
        """What totals and statements tell, when the cells do not tell it already."""
        for publication in self._publications:
            totals = (
                SumTold(each.id, each.months, each.total) for each in publication.series if each.total is not None
            )
            for told in (*totals, *publication.sums):
                if self._sum(told.series, told.months) != told.value:
                    yield Fact(self._terms(self._series[told.series].kinds, told.months), told.value, told.value)

    def _sum(self, series: str, months: Iterable[Month]) -> int | None:
        """The sum of told cells, when all of these months are told."""
        values = [self._cells[series][month].value for month in months]
        told = [value for value in values if value is not None]
        return sum(told) if len(told) == len(values) else None

    def _table_facts(self) -> Iterator[Fact]:
        """What tables tell: each cell by the rules of rounding and withholding, and the sum of each row."""
        for table in self._tables():
            for block, row in table.rows.items():
                yield from _row_facts(table, block, row)
                cells = {_cell_name(table, block, column): 1 for column in table.columns}
                known_sum = self._sum(table.series, block)
                if known_sum is not None:
                    yield Fact(cells, known_sum, known_sum)
                else:
                    parts = self._terms(self._series[table.series].kinds, block)
                    yield Fact({**cells, **dict.fromkeys(parts, -1)}, 0, 0)

    def _tables(self) -> Iterator[PublishedTable]:
        """All tables of all publications."""
        return (table for publication in self._publications for table in publication.tables)

    def _month_targets(self) -> Iterator[Target]:
        """Each month's groups, and the unions of them that a difference could single out."""
        for month in sorted({month for cells in self._cells.values() for month in cells}):
            for union in self._unions():
                kinds = frozenset[str]().union(*union)
                threshold = max(series.threshold for series in self._series.values() if series.kinds & kinds)
                yield Target((month,), kinds, threshold, {_name(month, group): 1 for group in union})

    def _unions(self) -> Iterator[tuple[Group, ...]]:
        """Groups of kinds to try together."""
        if len(self._groups) <= _UNIONS_UP_TO:
            for size in range(1, len(self._groups) + 1):
                yield from combinations(self._groups, size)
            return
        yield from ((group,) for group in self._groups)
        for series in self._series.values():
            yield tuple(group for group in self._groups if group <= series.kinds)

    def _table_targets(self) -> Iterator[Target]:
        """Each cell of each table once."""
        seen = set()
        for table in self._tables():
            kinds = self._series[table.series].kinds
            for block in table.rows:
                for column in table.columns:
                    name = _cell_name(table, block, column)
                    if name not in seen:
                        seen.add(name)
                        yield Target(block, kinds, table.threshold, {name: 1}, table, column)


def _group_kinds(counted: set[frozenset[str]]) -> tuple[Group, ...]:
    """Put kinds together that every figure counts together."""
    groups: dict[frozenset[frozenset[str]], set[str]] = {}
    for kind in sorted(frozenset[str]().union(*counted)):
        groups.setdefault(frozenset(kinds for kinds in counted if kind in kinds), set()).add(kind)
    return tuple(frozenset(group) for group in groups.values())


def _name(month: Month, group: Group) -> str:
    """The variable for a group of kinds in a month."""
    return f"{month} {'+'.join(sorted(group))}"


def _cell_name(table: PublishedTable, block: Sequence[Month], column: str) -> str:
    """The variable for a cell of a table."""
    return f"{block[0]}..{block[-1]} {table.series} {table.dimension}={column}"


def _row_facts(table: PublishedTable, block: Sequence[Month], row: Sequence[Cell]) -> Iterator[Fact]:
    """What the cells of one row tell, to a reader who knows how rows are protected."""
    blur = ROUNDING_STEP // 2
    told = [cell.value for cell in row if cell.value is not None]
    for column, cell in zip(table.columns, row, strict=True):
        terms = {_cell_name(table, block, column): 1}
        if cell.value is not None:
            yield Fact(terms, max(table.threshold, cell.value - blur), cell.value + blur)
        elif cell.state is CellState.FEW:
            yield Fact(terms, most=table.threshold - 1)
        elif told:
            # Cells are withheld from the smallest up, and never below the threshold, while anything is told.
            yield Fact(terms, table.threshold, min(told) + blur)

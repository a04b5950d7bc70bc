"""The control of disclosure for tables: a figure by one dimension, in blocks of months.

The rules, in the order of the code (tests follow the same list):
1. Rows are blocks of the calendar that never overlap; a row that an earlier edition told or hid stays as it was.
2. A row stands only when every month of it is told in its series. Its sum is then known to everyone, so the control
   counts with a reader who knows it. There are no sums of columns.
3. A row whose requests all stand in one column is withheld whole: it would say something about everyone in it.
4. A cell below the threshold is not told; the others are rounded to the nearest multiple of five.
5. While a reader could narrow a hidden cell below the threshold, the smallest told cell is withheld too. When none
   is left, the row is withheld whole.
"""

from collections.abc import Sequence

from leeside.tally.cells import FEW, WITHHELD, Cell, CellState, PublishedSeries, PublishedTable, published
from leeside.tally.counting import Counts
from leeside.tally.definitions import ROUNDING_STEP, Dimension, SeriesDefinition
from leeside.tally.months import Month, blocks_within

#: How far a rounded number may lie from the exact one.
_BLUR = ROUNDING_STEP // 2


def publish_table(
    counts: Counts,
    definition: SeriesDefinition,
    dimension: Dimension,
    series: PublishedSeries,
    earlier: Sequence[PublishedTable] = (),
) -> PublishedTable:
    """Decide what is told of one figure by one dimension. `series` is the same figure after its own control."""
    columns = tuple(dimension.values)
    frozen = {
        block: row
        for table in earlier
        if (table.series, table.dimension, table.columns) == (definition.id, dimension.id, columns)
        for block, row in table.rows.items()
    }
    # A table that was told with other columns is told: its blocks get no second row.
    taken = {
        block
        for table in earlier
        if (table.series, table.dimension) == (definition.id, dimension.id)
        for block in table.rows
    }
    rows: dict[tuple[Month, ...], tuple[Cell, ...]] = {}
    for block in blocks_within(series.months, dimension.months_in_row):
        told_sum = series.sum_of(block)
        if block in frozen:
            rows[block] = frozen[block]
        elif told_sum is not None and block not in taken:
            rows[block] = _publish_block(counts, definition, dimension, block, told_sum)
    return PublishedTable(definition.id, dimension.id, dimension.threshold, columns, dimension.otherwise, rows)


def _publish_block(
    counts: Counts, definition: SeriesDefinition, dimension: Dimension, block: Sequence[Month], told_sum: int
) -> tuple[Cell, ...]:
    """Count one block and protect it, against the sum that is told and, if rows came late, the sum of today as well."""
    exact_sum = sum(counts.of(definition, month) for month in block)
    listed = {
        value: sum(counts.of_value(definition, month, dimension, value) for month in block)
        for value in dimension.values
        if value != dimension.otherwise
    }
    values = [listed.get(value, exact_sum - sum(listed.values())) for value in dimension.values]
    return protect_row(values, {told_sum, exact_sum}, dimension.threshold)


def protect_row(values: Sequence[int], known_sums: set[int], threshold: int) -> tuple[Cell, ...]:
    """Rules 3 to 5 for the exact numbers of one row. `known_sums` are the sums a reader may take for the row's own."""
    hidden_row = (WITHHELD,) * len(values)
    if sum(value > 0 for value in values) <= 1:
        return hidden_row
    cells = [FEW if value < threshold else published(round_to_step(value)) for value in values]
    while not all(row_is_safe(cells, known_sum, threshold) for known_sum in known_sums):
        told = [place for place, cell in enumerate(cells) if cell.state is CellState.PUBLISHED]
        if not told:
            return hidden_row
        cells[min(told, key=lambda place: values[place])] = WITHHELD
    return tuple(cells)


def round_to_step(value: int) -> int:
    """The nearest multiple of `ROUNDING_STEP`; the step is odd, so there is always one nearest."""
    return (value + _BLUR) // ROUNDING_STEP * ROUNDING_STEP


def row_is_safe(cells: Sequence[Cell], known_sum: int, threshold: int) -> bool:
    """Whether each hidden small cell could still be 0 and could still be threshold - 1, for a reader who knows the sum.

    A row that tells no cell is not worth keeping, and counts as not safe.

    The reader knows that a told cell lies within two of its number and not below the threshold, and, knowing rule 5,
    that a withheld one is not below the threshold and not larger than any told one.
    """
    told = [cell.value for cell in cells if cell.value is not None]
    few = sum(cell.state is CellState.FEW for cell in cells)
    withheld = sum(cell.state is CellState.WITHHELD for cell in cells)
    if not told:
        return False
    least = sum(max(threshold, value - _BLUR) for value in told) + threshold * withheld
    most = sum(value + _BLUR for value in told) + (min(told) + _BLUR) * withheld
    if not few:
        # Nothing small is hidden, but numbers and sum must fit, or the rows that came late would show.
        return least <= known_sum <= most
    return least + threshold - 1 <= known_sum <= most + (few - 1) * (threshold - 1)

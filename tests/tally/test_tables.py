"""The control of tables, rule by rule."""

import pytest

from leeside.tally.cells import FEW, WITHHELD, PublishedTable, published
from leeside.tally.counting import count_rows
from leeside.tally.disclosure import publish_series
from leeside.tally.tables import protect_row, publish_table, round_to_step, row_is_safe
from tally.making import Row, definition, dimension, months


def _rows(month: str, **values: int) -> list[Row]:
    return [Row(month, "leave", {"place": value}) for value, number in values.items() for _ in range(number)]


def _table(rows: list[Row], first: str, last: str, earlier: tuple[PublishedTable, ...] = ()) -> PublishedTable:
    figure = definition(dimensions=[dimension()])
    counts = count_rows(rows)
    series = publish_series(counts, [figure], months(first, last))[0]
    return publish_table(counts, figure, figure.dimensions[0], series, earlier)


SUMMER = [*_rows("2023-06", a=20, b=10, c=12), *_rows("2023-07", a=20, b=10, c=12), *_rows("2023-08", a=20, b=10, c=12)]


# Rule 1


def test_rows_are_whole_seasons() -> None:
    table = _table(SUMMER, "2023-06", "2023-08")
    assert table.rows == {months("2023-06", "2023-08"): (published(60), published(30), published(35))}
    assert _table(SUMMER, "2023-07", "2023-08").rows == {}


def test_a_row_that_was_told_stays_as_it_was_told() -> None:
    first = _table(SUMMER, "2023-06", "2023-08")
    late = [*SUMMER, *_rows("2023-08", a=9)]
    assert _table(late, "2023-06", "2023-08", (first,)).rows == first.rows


def test_a_row_that_was_told_with_other_columns_is_not_told_again() -> None:
    block = months("2023-06", "2023-08")
    old = PublishedTable("requests", "place", 10, ("a", "c"), "c", {block: (published(60), published(65))})
    assert _table(SUMMER, "2023-06", "2023-08", (old,)).rows == {}


def test_tables_of_other_figures_and_dimensions_change_nothing() -> None:
    block = months("2023-06", "2023-08")
    other = PublishedTable("requests", "writer", 10, ("a", "b", "c"), "c", {block: (FEW, FEW, FEW)})
    assert _table(SUMMER, "2023-06", "2023-08", (other,)) == _table(SUMMER, "2023-06", "2023-08")


# Rule 2


def test_a_row_with_a_hidden_month_does_not_exist() -> None:
    rows = [*_rows("2023-06", a=2), *_rows("2023-07", a=40, b=40), *_rows("2023-08", a=40, b=40)]
    assert _table(rows, "2023-06", "2023-08").rows == {}


def test_rows_without_a_listed_value_count_under_the_last_column() -> None:
    rows = [*_rows("2023-06", a=20, elsewhere=15), *_rows("2023-07", a=20, b=30), *_rows("2023-08", a=20, b=30)]
    rows += [Row("2023-06", "leave")] * 5
    table = _table(rows, "2023-06", "2023-08")
    assert table.rows[months("2023-06", "2023-08")] == (published(60), published(60), published(20))


# Rule 3


def test_a_row_that_stands_in_one_column_is_withheld() -> None:
    assert protect_row([60, 0, 0], {60}, 10) == (WITHHELD,) * 3
    assert protect_row([0, 0, 0], {0}, 10) == (WITHHELD,) * 3


def test_a_row_that_nearly_stands_in_one_column_is_withheld() -> None:
    assert protect_row([60, 1, 0], {61}, 10) == (WITHHELD,) * 3


# Rule 4


@pytest.mark.parametrize(("exact", "told"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (0, 0), (2, 0), (3, 5)])
def test_numbers_are_rounded_to_the_nearest_five(exact: int, told: int) -> None:
    assert round_to_step(exact) == told


def test_a_cell_below_the_threshold_is_not_told_and_the_others_hide_it() -> None:
    assert protect_row([64, 33, 5, 21], {123}, 10) == (published(65), published(35), FEW, published(20))


# Rule 5


def test_the_smallest_told_cell_is_withheld_while_a_small_one_could_be_narrowed() -> None:
    assert protect_row([60, 21, 1], {82}, 10) == (published(60), WITHHELD, FEW)


def test_a_row_of_small_cells_only_is_withheld() -> None:
    assert protect_row([4, 4, 4], {12}, 10) == (WITHHELD,) * 3


def test_a_row_must_fit_the_sum_that_was_told_although_rows_came_late() -> None:
    assert row_is_safe([published(60), published(30)], 91, 10)
    assert not row_is_safe([published(60), published(30)], 80, 10)
    assert protect_row([60, 30], {80, 90}, 10) == (published(60), WITHHELD)
    assert protect_row([60, 30], {20, 90}, 10) == (WITHHELD,) * 2
    assert protect_row([60, 32], {90, 92}, 10) == (published(60), published(30))

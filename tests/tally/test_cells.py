"""Cells and the series they make."""

import pytest

from leeside.tally.cells import FEW, WITHHELD, Cell, CellState, published
from leeside.tally.months import Month
from tally.making import demo_series, months, series


def test_a_cell_that_hides_its_number_cannot_carry_it() -> None:
    with pytest.raises(ValueError, match="exactly when"):
        Cell(CellState.FEW, 3)
    with pytest.raises(ValueError, match="exactly when"):
        Cell(CellState.PUBLISHED)
    assert published(0).value == 0


def test_a_sum_with_a_hidden_month_does_not_exist() -> None:
    assert demo_series().total == 1037
    assert series([7, None, 9]).total is None
    assert series([7, WITHHELD, 9]).total is None
    assert series([7, FEW, 9]).sum_of(months("2023-06", "2023-06")) == 9


def test_a_month_outside_the_series_is_not_told() -> None:
    assert demo_series().value(Month(2023, 12)) is None
    assert demo_series().sum_of([Month(2023, 11), Month(2023, 12)]) is None

"""What can be said, and what cannot."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeside.tally.cells import FEW, WITHHELD, PublishedSeries
from leeside.tally.comparisons import (
    Change,
    Direction,
    Extremes,
    compare_periods,
    find_extremes,
    rank_last_month,
    total_since,
)
from leeside.tally.months import Month
from tally.making import demo_series, months, series


def test_the_demo_says_what_the_press_said() -> None:
    found = compare_periods(demo_series())
    assert found is not None
    assert (found.value, found.before_value, found.change) == (577, 305, Change(Direction.MORE, 89))
    assert (found.months, found.before) == (months("2023-09", "2023-11"), months("2023-06", "2023-08"))
    assert find_extremes(demo_series()) == Extremes((Month(2023, 10), 218), (Month(2023, 6), 54))
    last = rank_last_month(demo_series())
    assert last is not None
    assert last.higher == (Month(2023, 9), Month(2023, 10))
    assert len(last.lower) == 5
    since = total_since(demo_series())
    assert since is not None
    assert (since.value, since.share) == (1037, Fraction(577, 1037))


# Periods


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ([10, 10, 10, 5, 5, 5], Change(Direction.FEWER, 50)),
        ([10, 10, 10, 15, 10, 5], Change(Direction.SAME, 0)),
        ([1000, 1000, 1000, 1001, 1001, 1001], Change(Direction.MORE, 0)),
        ([100, 50, 50, 100, 50, 51], Change(Direction.MORE, 1)),
        ([10, 10, 10, 29, 30, 30], Change(Direction.MORE, 197)),
        ([10, 10, 10, 30, 30, 30], Change(Direction.MORE, 200, 30)),
        ([10, 10, 10, 34, 34, 34], Change(Direction.MORE, 240, 34)),
    ],
)
def test_a_change_is_told_in_its_direction_rounded_half_up(values: list[int], change: Change) -> None:
    found = compare_periods(series(values))
    assert found is not None
    assert found.change == change


@pytest.mark.parametrize(
    "values",
    [
        [],
        [70],
        [70, 80],
        [10, 10, 10, 10, None, 10],
        [10, 10, 10, 10, 10, WITHHELD],
    ],
)
def test_nothing_is_said_of_a_period_that_is_too_short_or_hidden(values: list[int | None]) -> None:
    assert compare_periods(series(values)) is None


@pytest.mark.parametrize("values", [[10, 10, 10, 10], [10, None, 10, 10, 10, 10], [0, 0, 0, 10, 10, 10]])
def test_a_period_without_one_to_compare_is_told_alone(values: list[int | None]) -> None:
    found = compare_periods(series(values, threshold=0))
    assert found is not None
    assert (found.value, found.before, found.change) == (30, None, None)


def test_nothing_is_said_of_a_period_of_zero() -> None:
    assert compare_periods(series([10, 10, 10, 0, 0, 0], threshold=0)) is None


def test_a_single_month_is_compared_with_the_one_before_or_not_at_all() -> None:
    found = compare_periods(series([10, 15]), 1)
    assert found is not None
    assert found.change == Change(Direction.MORE, 50)
    assert compare_periods(series([None, 15]), 1) is None


# Highest and lowest


def test_a_tie_has_no_highest_and_no_lowest() -> None:
    assert find_extremes(series([7, 9, 9])) == Extremes(None, (Month(2023, 4), 7))
    assert find_extremes(series([7, 7, 9])) == Extremes((Month(2023, 6), 9), None)
    assert find_extremes(series([7, 7, 9, 9])) is None


def test_a_few_hides_which_month_is_lowest_and_a_withheld_month_hides_both() -> None:
    assert find_extremes(series([7, 9, FEW])) == Extremes((Month(2023, 5), 9), None)
    assert find_extremes(series([7, 9, WITHHELD])) is None
    assert find_extremes(series([None, None])) is None


def test_one_month_or_a_month_of_zero_is_no_record() -> None:
    assert find_extremes(series([7])) is None
    assert find_extremes(series([0, 9], threshold=0)) == Extremes((Month(2023, 5), 9), None)


# The last month


@pytest.mark.parametrize(
    "values",
    [[], [7], [7, 9], [9, 7], [7, 9, 9, 8, 9, 9, None], [7, 9, 9, 8, WITHHELD, 8.5], [7, 8, 9, 8], [7, 8, None]],
)
def test_nothing_is_said_of_a_last_month_that_is_first_last_tied_or_hidden(values: list[int | None]) -> None:
    assert rank_last_month(series(values)) is None  # type: ignore[arg-type]


def test_a_few_counts_as_lower() -> None:
    found = rank_last_month(series([9, None, 7]))
    assert found is not None
    assert (found.higher, found.lower) == ((Month(2023, 4),), (Month(2023, 5),))


# The sum


@pytest.mark.parametrize("values", [[], [70], [70, None, 80], [0, 0]])
def test_there_is_no_sum_of_one_month_of_hidden_months_or_of_nothing(values: list[int | None]) -> None:
    assert total_since(series(values, threshold=0)) is None


def test_a_sum_names_a_share_only_of_a_shorter_period_that_is_not_zero() -> None:
    short = total_since(series([5, 6, 7]))
    assert short is not None
    assert (short.value, short.share) == (18, None)
    empty = total_since(series([5, 6, 7, 0, 0, 0], threshold=0))
    assert empty is not None
    assert empty.share is None


VALUES = st.lists(st.one_of(st.none(), st.integers(5, 400)), min_size=1, max_size=14)


@settings(deadline=None)
@given(VALUES)
def test_whatever_is_said_is_true_of_the_numbers_told(values: list[int | None]) -> None:
    told = series(values)
    known = [value for value in values if value is not None]
    _check_period(told)
    extremes = find_extremes(told)
    if extremes and extremes.highest:
        assert known.count(extremes.highest[1]) == 1
        assert extremes.highest[1] == max(known)
    if extremes and extremes.lowest:
        assert None not in values
        assert extremes.lowest[1] == min(known)
    last = rank_last_month(told)
    if last:
        assert all((told.value(month) or 0) > last.value for month in last.higher)
        assert all((told.value(month) or 0) < last.value for month in last.lower)
        assert len(last.higher) + len(last.lower) == len(values) - 1
    since = total_since(told)
    if since:
        assert since.value == sum(known)
        assert None not in values


def _check_period(told: PublishedSeries) -> None:
    found = compare_periods(told)
    if found is None or found.change is None:
        return
    assert found.before is not None
    now = sum(told.value(month) or 0 for month in found.months)
    before = sum(told.value(month) or 0 for month in found.before)
    assert (found.change.direction is Direction.MORE) == (now > before)
    assert abs(100 * abs(now - before) / before - found.change.percent) <= 0.5

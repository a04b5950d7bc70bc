"""The control of series, rule by rule."""

import pytest

from leeside.tally.cells import FEW, WITHHELD, PublishedSeries, published
from leeside.tally.disclosure import publish_series
from leeside.tally.errors import DefinitionError
from leeside.tally.months import Month
from tally.making import counts_of, definition, months

APRIL = Month(2023, 4)
ONE = months("2023-04", "2023-04")


def _told(series: tuple[PublishedSeries, ...]) -> dict[str, object]:
    return {each.id: each.cells[APRIL] for each in series}


def _publish(numbers: dict[str, int], **figures: str) -> dict[str, object]:
    """Publish one month: `figures` names each figure's kinds, one letter each, in order of importance."""
    counts = counts_of(**{kind: {"2023-04": number} for kind, number in numbers.items()})
    return _told(publish_series(counts, [definition(name, tuple(kinds)) for name, kinds in figures.items()], ONE))


# Rule 1


def test_a_month_that_was_told_stays_as_it_was_told() -> None:
    first = publish_series(counts_of(leave={"2023-04": 70}), [definition()], ONE)
    late = counts_of(leave={"2023-04": 73, "2023-05": 80})
    second = publish_series(late, [definition()], months("2023-04", "2023-05"), first)
    assert [cell.value for cell in second[0].cells.values()] == [70, 80]


def test_a_month_that_was_hidden_stays_hidden() -> None:
    first = publish_series(counts_of(leave={"2023-04": 4}), [definition()], ONE)
    second = publish_series(counts_of(leave={"2023-04": 6}), [definition()], ONE, first)
    assert second[0].cells[APRIL] == FEW


def test_a_figure_that_counts_something_else_needs_another_id() -> None:
    first = publish_series(counts_of(leave={"2023-04": 70}), [definition()], ONE)
    with pytest.raises(DefinitionError, match="new id"):
        publish_series(counts_of(), [definition(kinds=("leave", "summons"))], ONE, first)
    with pytest.raises(DefinitionError, match="new id"):
        publish_series(counts_of(), [definition(threshold=6)], ONE, first)


def test_a_new_figure_may_not_cut_across_an_old_one() -> None:
    first = publish_series(counts_of(), [definition(kinds=("a", "b"))], ONE)
    with pytest.raises(DefinitionError, match="overlaps"):
        publish_series(counts_of(), [definition("other", ("b", "c"))], ONE, first)


def test_a_figure_of_an_earlier_edition_still_limits_a_new_one() -> None:
    first = publish_series(counts_of(a={"2023-04": 103}), [definition("all", ("a", "b"))], ONE)
    second = publish_series(counts_of(a={"2023-04": 100}), [definition("inner", ("a",))], ONE, first)
    assert _told(second) == {"inner": WITHHELD}


# Rule 2


@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_month_below_the_threshold_is_not_told(number: int) -> None:
    assert _publish({"a": number}, figure="a") == {"figure": FEW}


def test_a_month_at_the_threshold_is_told() -> None:
    assert _publish({"a": 5}, figure="a") == {"figure": published(5)}


def test_public_counts_with_threshold_nought_are_told_whatever_they_are() -> None:
    told = publish_series(counts_of(), [definition(threshold=0)], ONE)
    assert told[0].cells[APRIL] == published(0)


# Rule 3


def test_a_small_difference_between_two_figures_is_not_told() -> None:
    assert _publish({"a": 100, "b": 3}, inner="a", outer="ab") == {"inner": published(100), "outer": WITHHELD}
    assert _publish({"a": 100, "b": 3}, outer="ab", inner="a") == {"outer": published(103), "inner": WITHHELD}


def test_a_large_difference_is_told() -> None:
    assert _publish({"a": 100, "b": 5}, inner="a", outer="ab") == {"inner": published(100), "outer": published(105)}


def test_a_sum_does_not_tell_the_one_hidden_figure_inside_it() -> None:
    told = _publish({"a": 100, "b": 3}, left="a", right="b", outer="ab")
    assert told == {"left": published(100), "right": FEW, "outer": WITHHELD}


def test_hidden_figures_may_stay_inside_a_sum_that_leaves_all_of_them_open() -> None:
    numbers = {"a": 100, "b": 2, "c": 2, "d": 2}
    told = _publish(numbers, left="a", one="b", two="c", three="d", outer="abcd")
    assert told["outer"] == published(106)
    numbers = {"a": 100, "b": 4, "c": 4, "d": 4}
    told = _publish(numbers, left="a", one="b", two="c", three="d", outer="abcd")
    assert told["outer"] == WITHHELD


def test_what_nobody_counts_alone_hides_a_small_figure_only_when_it_is_surely_large_or_may_be_nothing() -> None:
    assert _publish({"a": 3, "b": 100}, inner="a", outer="ab")["outer"] == published(103)
    assert _publish({"a": 4, "b": 4}, inner="a", outer="ab")["outer"] == WITHHELD
    assert _publish({"a": 2, "b": 2, "c": 2}, one="a", two="b", outer="abc")["outer"] == published(6)


def test_even_fewer_than_is_not_said_when_it_would_tell_another_number() -> None:
    told = _publish({"a": 4, "b": 4}, outer="ab", left="a", right="b")
    assert told["outer"] == published(8)
    assert WITHHELD in (told["left"], told["right"])


def test_figures_that_fill_another_completely_are_told_when_they_add_up() -> None:
    told = _publish({"a": 60, "b": 40}, left="a", right="b", outer="ab")
    assert told == {"left": published(60), "right": published(40), "outer": published(100)}


def test_rows_that_came_late_do_not_show_in_figures_that_must_add_up() -> None:
    first = publish_series(
        counts_of(a={"2023-04": 60}, b={"2023-04": 40}),
        [definition("outer", ("a", "b")), definition("left", ("a",))],
        ONE,
    )
    late = counts_of(a={"2023-04": 60}, b={"2023-04": 43})
    figures = [definition("outer", ("a", "b")), definition("left", ("a",)), definition("right", ("b",))]
    assert _told(publish_series(late, figures, ONE, first))["right"] == WITHHELD


def test_two_figures_that_count_the_same_tell_the_same() -> None:
    assert _publish({"a": 60}, one="a", two="a") == {"one": published(60), "two": published(60)}


def test_only_the_largest_figures_inside_are_subtracted() -> None:
    numbers = {"a": 50, "b": 30, "c": 20}
    told = _publish(numbers, small="a", middle="ab", large="abc")
    assert told == {"small": published(50), "middle": published(80), "large": published(100)}
    numbers = {"a": 50, "b": 3, "c": 20}
    told = _publish(numbers, small="a", middle="ab", large="abc")
    assert told == {"small": published(50), "middle": WITHHELD, "large": published(73)}


def test_late_rows_do_not_show_in_a_new_figure_beside_an_old_few() -> None:
    first = publish_series(counts_of(a={"2023-04": 3}), [definition("old", ("a",))], ONE)
    figures = [definition("old", ("a",)), definition("new", ("a",))]
    assert _told(publish_series(counts_of(a={"2023-04": 5}), figures, ONE, first)) == {"old": FEW, "new": WITHHELD}


def test_a_correction_does_not_show_in_a_new_figure_around_an_old_one() -> None:
    first = publish_series(counts_of(a={"2023-04": 7}), [definition("inner", ("a",))], ONE)
    figures = [definition("inner", ("a",)), definition("outer", ("a", "b"))]
    told = publish_series(counts_of(a={"2023-04": 3}), figures, ONE, first)
    assert _told(told) == {"inner": published(7), "outer": WITHHELD}

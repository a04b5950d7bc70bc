"""The attack against the control: on random data, and against a control that is broken on purpose."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeside.tally import disclosure, tables
from leeside.tally.attack import find_certain, find_changed, find_exposed, true_value
from leeside.tally.cells import FEW, WITHHELD, Cell, PublishedSeries, PublishedTable, published
from leeside.tally.counting import Counts, count_rows
from leeside.tally.definitions import SeriesDefinition
from leeside.tally.knowledge import Publication, learn
from leeside.tally.months import Month, months_between
from leeside.tally.statements import SumTold, state
from tally.making import Row, counts_of, definition, dimension, months, series

FIRST = Month(2023, 6)
#: Ways in which a pack's figures may lie inside one another; each letter is a kind.
HOUSES = (
    {"one": "a"},
    {"one": "a", "all": "abc"},
    {"all": "abc", "one": "a", "two": "b"},
    {"one": "a", "two": "b", "three": "c", "all": "abc"},
    {"one": "a", "pair": "ab", "all": "abcd"},
    {"all": "abcd", "pair": "ab", "one": "a", "other": "cd"},
    {"one": "a", "same": "a", "all": "ab"},
)
NUMBERS = st.one_of(st.integers(0, 9), st.integers(0, 120))


def _publish(
    counts: Counts, definitions: Sequence[SeriesDefinition], last: Month, earlier: Sequence[Publication] = ()
) -> Publication:
    """One edition without its files: what `editions` does, without its own attack."""
    told = disclosure.publish_series(
        counts, definitions, months_between(FIRST, last), [each for one in earlier for each in one.series]
    )
    rows = [
        tables.publish_table(counts, figure, split, each, [table for one in earlier for table in one.tables])
        for figure, each in zip(definitions, told, strict=True)
        for split in figure.dimensions
    ]
    sums = [
        rested
        for figure, each in zip(definitions, told, strict=True)
        for statement in state(each, figure)
        for rested in statement.rests_on
    ]
    return Publication(told, rows, sums)


@st.composite
def _years(draw: st.DrawFn) -> tuple[list[SeriesDefinition], list[Counts]]:
    """A house of figures and what was confirmed at two days: the second day has late rows and corrections."""
    house: Mapping[str, str] = draw(st.sampled_from(HOUSES))
    split = dimension(values=("x", "y", "z", "w")[: draw(st.integers(2, 4))])
    definitions = [
        definition(name, tuple(kinds), dimensions=[split] if place == 0 else ())
        for place, (name, kinds) in enumerate(house.items())
    ]
    kinds = sorted({kind for each in house.values() for kind in each})
    by_value = {
        (str(FIRST.plus(month)), kind, value): draw(NUMBERS)
        for month in range(3)
        for kind in kinds
        for value in split.values
    }
    late = {key: max(0, number + draw(st.integers(-2, 6))) for key, number in by_value.items() if draw(st.booleans())}
    return definitions, [_counts(by_value), _counts({**by_value, **late})]


def _counts(by_value: Mapping[tuple[str, str, str], int]) -> Counts:
    by_kind: dict[tuple[str, str], int] = {}
    for (month, kind, _), number in by_value.items():
        by_kind[month, kind] = by_kind.get((month, kind), 0) + number
    return Counts(by_kind, {(month, kind, "place", value): number for (month, kind, value), number in by_value.items()})


@pytest.mark.promise(8, "linear algebra and bounds against one edition of random counts", times=150)
@settings(max_examples=150, deadline=None)
@given(_years())
def test_nothing_small_can_be_worked_out_of_an_edition(drawn: tuple[list[SeriesDefinition], list[Counts]]) -> None:
    definitions, (counts, _) = drawn
    edition = _publish(counts, definitions, FIRST.plus(2))
    assert find_exposed([edition], counts) == ()
    assert find_certain([edition]) == ()


@pytest.mark.promise(8, "differences between editions, with late rows and figures added later", times=150)
@settings(max_examples=150, deadline=None)
@given(_years(), st.integers(1, 6))
def test_nothing_small_can_be_worked_out_of_two_editions(
    drawn: tuple[list[SeriesDefinition], list[Counts]], known: int
) -> None:
    definitions, (counts, later) = drawn
    first = _publish(counts, definitions[:known], FIRST.plus(1))
    second = _publish(later, definitions, FIRST.plus(2), [first])
    assert find_changed([first, second]) == ()
    assert find_certain([first, second]) == ()
    assert find_exposed([first, second], later) == ()


# A control that is broken on purpose


def _expose(counts: Counts, definitions: Sequence[SeriesDefinition], last: Month) -> bool:
    return bool(find_exposed([_publish(counts, definitions, last)], counts))


def test_the_attack_finds_a_threshold_that_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = counts_of(leave={"2023-06": 3})
    assert not _expose(counts, [definition()], FIRST)
    monkeypatch.setattr(disclosure, "FEW", published(3))
    assert _expose(counts, [definition()], FIRST)


def test_the_attack_finds_a_small_difference_between_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = counts_of(a={"2023-06": 100}, b={"2023-06": 3})
    figures = [definition("inner", ("a",)), definition("outer", ("a", "b"))]
    assert not _expose(counts, figures, FIRST)
    monkeypatch.setattr(disclosure, "is_safe", lambda told: True)
    assert _expose(counts, figures, FIRST)


def test_the_attack_finds_a_total_that_holds_a_hidden_month(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = counts_of(leave={"2023-06": 30, "2023-07": 3, "2023-08": 40})
    last = FIRST.plus(2)
    assert not _expose(counts, [definition()], last)
    leaky = property(lambda told: sum(counts.of(definition(), month) for month in told.months))
    monkeypatch.setattr(PublishedSeries, "total", leaky)
    assert _expose(counts, [definition()], last)


def test_the_attack_finds_a_statement_that_holds_a_hidden_month() -> None:
    counts = counts_of(leave={"2023-06": 30, "2023-07": 3, "2023-08": 40})
    told = _publish(counts, [definition()], FIRST.plus(2))
    leaky = Publication(told.series, told.tables, [SumTold("requests", months("2023-06", "2023-08"), 73)])
    assert find_exposed([leaky], counts)
    assert find_certain([leaky])


@pytest.mark.parametrize("rule", [lambda cells, known, threshold: True, None])
def test_the_attack_finds_a_row_that_gives_its_small_cell_away(
    monkeypatch: pytest.MonkeyPatch, rule: Callable[..., bool] | None
) -> None:
    rows = [Row("2023-06", "leave", {"place": place}) for place in "a" * 60 + "b" * 40 + "c"]
    figure = definition(dimensions=[dimension(months=1)])
    counts = count_rows(rows)
    if rule is not None:
        monkeypatch.setattr(tables, "row_is_safe", rule)
    assert _expose(counts, [figure], FIRST) is (rule is not None)


def test_the_attack_finds_a_row_that_stands_in_one_column() -> None:
    counts = count_rows([Row("2023-06", "leave", {"place": "a"}) for _ in range(60)])
    block = months("2023-06", "2023-06")
    table = PublishedTable("requests", "place", 10, ("a", "b"), "b", {block: (published(60), FEW)})
    assert find_exposed([Publication([series([60], "2023-06")], [table])], counts)


def test_the_attack_finds_a_month_that_changed_between_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    first, later = counts_of(leave={"2023-06": 70}), counts_of(leave={"2023-06": 73})
    told = _publish(first, [definition()], FIRST)
    assert find_exposed([told, _publish(later, [definition()], FIRST, [told])], later) == ()
    thawed = _publish(later, [definition()], FIRST)
    found = find_exposed([told, thawed], later)
    assert [(each.least, each.most) for each in found] == [(3, 3)]


# What the attack calls a finding


def _told(*cells: Cell) -> Publication:
    return Publication([series(list(cells), "2023-06")])


def test_a_change_of_a_whole_threshold_is_no_finding_and_a_smaller_one_is() -> None:
    assert find_changed([_told(published(70)), _told(published(75))]) == ()
    assert find_changed([_told(published(75)), _told(published(70))]) == ()
    assert find_changed([_told(published(70)), _told(published(66))])


def test_from_few_to_a_number_is_a_change_unless_it_is_surely_large() -> None:
    assert find_changed([_told(FEW), _told(published(6))])
    assert find_changed([_told(FEW), _told(published(9))]) == ()
    assert find_changed([_told(FEW), _told(FEW)]) == ()
    assert find_changed([_told(WITHHELD), _told(published(6))]) == ()


def test_a_number_that_was_corrected_downwards_later_is_not_exposed() -> None:
    counts = counts_of(leave={"2023-06": 3})
    assert find_exposed([_told(published(7)), _told(published(7))], counts) == ()
    assert find_exposed([_told(published(7))], counts)


def test_the_attack_finds_a_small_cell_that_rounding_makes_look_large() -> None:
    rows = [Row("2023-06", "leave", {"place": place}) for place in "a" * 60 + "b" * 9 + "c" * 20]
    counts, block = count_rows(rows), months("2023-06", "2023-06")
    row = (published(60), published(10), published(20))
    told = Publication(
        [series([89], "2023-06")], [PublishedTable("requests", "place", 10, ("a", "b", "c"), "c", {block: row})]
    )
    assert find_exposed([told], counts)
    assert find_exposed([told, told], counts) == ()


def test_a_few_is_not_exposed_by_being_called_a_few() -> None:
    assert find_exposed([_told(FEW)], counts_of(leave={"2023-06": 3})) == ()
    assert find_certain([_told(FEW)]) == ()


def test_with_many_groups_of_kinds_single_ones_and_whole_figures_are_tried() -> None:
    kinds = "abcdefgh"
    told = [PublishedSeries(kind, frozenset({kind}), 5, {FIRST: published(10)}) for kind in kinds]
    told.append(PublishedSeries("all", frozenset(kinds), 5, {FIRST: published(80)}))
    targets = learn([Publication(told)]).targets
    assert len(targets) == len(kinds) * 2 + 1
    assert {len(target.kinds) for target in targets} == {1, 8}


def test_the_true_value_of_a_cell_counts_unlisted_values_under_the_last_column() -> None:
    rows = [Row("2023-06", "leave", {"place": "a"}), Row("2023-06", "leave", {"place": "elsewhere"})]
    counts = count_rows([*rows, Row("2023-06", "leave"), Row("2023-05", "leave", {"place": "a"})])
    block = months("2023-06", "2023-06")
    table = PublishedTable("requests", "place", 10, ("a", "b"), "b", {block: (WITHHELD, WITHHELD)})
    cells = [each for each in learn([Publication([series([7], "2023-06")], [table])]).targets if each.table]
    assert [true_value(cell, counts) for cell in cells] == [1, 2]


def test_a_row_of_a_month_that_is_not_told_is_tied_to_the_month() -> None:
    block = months("2023-06", "2023-06")
    table = PublishedTable("requests", "place", 10, ("a", "b"), "b", {block: (published(60), FEW)})
    twice = Publication([series([WITHHELD], "2023-06")], [table, table])
    # The month is not told, and its row says that it has between 58 and 71: the reader may know that.
    found = [each for each in find_exposed([twice], counts_of(leave={"2023-06": 3})) if each.target.table is None]
    assert [(each.least, each.most) for each in found] == [(58, 71)]
    assert len([each for each in learn([twice]).targets if each.table]) == 2

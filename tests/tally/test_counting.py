"""From rows to counts."""

import itertools
import sys
import time

from leeside.tally.counting import count_rows
from leeside.tally.months import Month
from tally.making import Row, definition, dimension


def test_rows_are_counted_by_month_kind_and_value() -> None:
    rows = [
        Row("2023-04", "leave", {"place": "a"}),
        Row("2023-04", "leave", {"place": "a"}),
        Row("2023-04", "leave", {"place": "b"}),
        Row("2023-04", "summons"),
        Row("2023-05", "leave"),
    ]
    counts = count_rows(rows)
    figure = definition(kinds=("leave", "summons"))
    assert counts.of(figure, Month(2023, 4)) == 4
    assert counts.of_kinds(["leave"], Month(2023, 4)) == 3
    assert counts.of_value(figure, Month(2023, 4), dimension(), "a") == 2
    assert counts.of(figure, Month(2023, 6)) == 0


def test_the_order_of_rows_and_of_their_dimensions_changes_nothing() -> None:
    one = [Row("2023-04", "leave", {"place": "a", "who": "x"}), Row("2023-05", "leave")]
    other = [Row("2023-05", "leave"), Row("2023-04", "leave", {"who": "x", "place": "a"})]
    assert count_rows(one) == count_rows(other)


def test_a_million_rows_are_counted_well_within_the_time_of_an_edition() -> None:
    different = [
        Row(f"2023-{month:02}", "leave", {"place": place, "who": who})
        for month in range(1, 13)
        for place in "abcd"
        for who in "xyz"
    ]
    rows = itertools.islice(itertools.cycle(different), 1_000_000)
    start = time.process_time()
    counts = count_rows(rows)
    # Coverage follows every row and takes several times as long as the counting.
    assert time.process_time() - start < (10 if sys.gettrace() else 2)
    assert sum(counts.by_kind.values()) == 1_000_000

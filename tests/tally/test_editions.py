"""Preparing an edition."""

import sys
import time
from datetime import date

import pytest

from leeside.tally import editions
from leeside.tally.cells import FEW, published
from leeside.tally.counting import Counts
from leeside.tally.editions import prepare_edition
from leeside.tally.errors import EditionError
from leeside.tally.linear import InconsistentError
from leeside.tally.months import Month
from tally.making import claim, counts_of, definition, demo_counts, dimension, edition, months


def test_an_edition_holds_months_statements_and_claims() -> None:
    made = edition(claims=[claim()])
    assert made.number == 1
    assert made.months == months("2023-04", "2023-11")
    assert made.main.total == 1037
    assert [statement.kind for statement in made.statements_of("requests")] == ["period", "extremes", "last", "since"]
    assert made.statements_of("other") == ()
    assert made.claims == (claim(),)


def test_the_next_edition_has_the_next_number_and_the_same_old_months() -> None:
    first = edition(last="2023-10")
    late = counts_of(leave={**{f"2023-{month:02}": 100 for month in range(4, 12)}})
    second = edition(late, earlier=[first])
    third = edition(late, earlier=[second, first])
    assert (second.number, third.number) == (2, 3)
    assert second.main.value(Month(2023, 4)) == 70
    assert second.main.value(Month(2023, 11)) == 100


def test_a_month_that_has_not_ended_is_refused() -> None:
    with pytest.raises(EditionError, match="2023-12 has not ended"):
        edition(last="2023-12")


def test_a_pack_without_figures_has_nothing_to_publish() -> None:
    with pytest.raises(EditionError, match="no figure"):
        edition(definitions=[])


def test_how_many_are_unconfirmed_is_told_by_the_rule_for_months() -> None:
    assert edition(unconfirmed=4).unconfirmed == FEW
    assert edition(unconfirmed=12).unconfirmed == published(12)


def test_nothing_is_published_when_the_attack_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = counts_of(leave={"2023-04": 3})
    assert edition(counts, last="2023-04").main.cells[Month(2023, 4)] == FEW
    monkeypatch.setattr(editions, "find_exposed", lambda publications, exact: ["something"])
    with pytest.raises(EditionError, match="could be worked out") as caught:
        edition(counts, last="2023-04")
    assert "3" not in str(caught.value)


def test_nothing_is_published_when_editions_contradict_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def contradict(publications: object, exact: object) -> None:
        raise InconsistentError

    monkeypatch.setattr(editions, "find_exposed", contradict)
    with pytest.raises(EditionError, match="contradict"):
        edition()


def test_tables_of_a_later_edition_keep_the_rows_of_an_earlier_one() -> None:
    split = definition(dimensions=[dimension(values=("a", "b"), months=1)])
    number = {("2023-04", "leave"): 60}
    counts = Counts(number, {("2023-04", "leave", "place", "a"): 30})
    first = edition(counts, last="2023-04", definitions=[split])
    moved = Counts(number, {("2023-04", "leave", "place", "a"): 40})
    second = edition(moved, last="2023-04", definitions=[split], earlier=[first])
    assert first.tables[0].rows == second.tables[0].rows
    assert [cell.value for cell in first.tables[0].rows[months("2023-04", "2023-04")]] == [30, 30]


def test_ten_years_of_several_figures_are_prepared_well_within_the_time_of_an_edition() -> None:
    numbers = {str(Month(2014, 1).plus(step)): 3 + step * 7 % 90 for step in range(119)}
    counts = counts_of(a=numbers, b=numbers, c=numbers, d=numbers)
    figures = [definition("one", ("a",)), definition("two", ("b",)), definition("all", ("a", "b", "c"))]
    start = time.process_time()
    made = edition(counts, "2014-01", "2023-11", definitions=[*figures, definition("counselled", ("d",))])
    assert time.process_time() - start < (10 if sys.gettrace() else 1.5)
    assert len(made.main.cells) == 119


def test_the_first_day_of_the_next_month_is_early_enough() -> None:
    made = prepare_edition(
        demo_counts(),
        [definition()],
        [],
        line="refusal",
        titles={},
        first=Month(2023, 11),
        last=Month(2023, 11),
        today=date(2023, 12, 1),
    )
    assert made.made == date(2023, 12, 1)
    assert made.statements == ()

"""Months and seasons."""

from datetime import date

import pytest

from leeside.tally.errors import DefinitionError
from leeside.tally.months import Month, Season, blocks_within, months_between, parse_month, season_of
from tally.making import months


def test_a_month_is_read_and_written_in_one_spelling() -> None:
    assert str(parse_month("2023-04")) == "2023-04"
    assert parse_month("2023-12") == Month(2023, 12)


@pytest.mark.parametrize(
    "text",
    ["", "2023", "2023-4", "2023-13", "2023-00", "0000-01", "23-04", "2023-04-01", " 2023-04", "2023-04\n", "२०२३-०४"],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError, match="YYYY-MM"):
        parse_month(text)


def test_months_are_ordered_and_counted_across_years() -> None:
    assert Month(2022, 12) < Month(2023, 1)
    assert Month(2022, 12).plus(1) == Month(2023, 1)
    assert Month(2023, 1).plus(-13) == Month(2021, 12)
    assert months_between(Month(2022, 11), Month(2023, 2)) == (
        Month(2022, 11),
        Month(2022, 12),
        Month(2023, 1),
        Month(2023, 2),
    )


def test_months_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(DefinitionError, match="after the last"):
        months_between(Month(2023, 2), Month(2023, 1))


def test_a_month_has_ended_from_the_first_day_of_the_next() -> None:
    assert not Month(2023, 11).has_ended(date(2023, 11, 30))
    assert Month(2023, 11).has_ended(date(2023, 12, 1))
    assert Month(2023, 11).has_ended(date(2024, 1, 1))


def test_a_season_is_exactly_its_three_months_of_one_year() -> None:
    assert season_of(months("2023-09", "2023-11")) is Season.AUTUMN
    assert season_of(months("2022-12", "2023-02")) is Season.WINTER
    assert season_of(months("2023-08", "2023-10")) is None
    assert season_of(months("2023-09", "2023-10")) is None
    assert season_of((Month(2023, 9), Month(2023, 10), Month(2024, 11))) is None


def test_blocks_start_where_the_calendar_says_and_are_whole() -> None:
    eight = months("2023-04", "2023-11")
    assert blocks_within(eight, 3) == (months("2023-06", "2023-08"), months("2023-09", "2023-11"))
    assert len(blocks_within(eight, 1)) == 8
    assert blocks_within(eight, 12) == ()
    assert blocks_within(months("2022-12", "2024-01"), 12) == (months("2023-01", "2023-12"),)
    assert blocks_within(months("2022-12", "2023-02"), 3) == (months("2022-12", "2023-02"),)

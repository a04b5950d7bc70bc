"""Names of months, held against babel's reading of CLDR."""

import pytest
from babel.dates import get_month_names

from leeside.tally.month_names import write_month, write_short_month, write_span
from leeside.tally.months import Month
from tally.making import months


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_names_are_those_of_cldr(language: str) -> None:
    for number, name in get_month_names("wide", context="stand-alone", locale=language).items():
        assert write_month(Month(2023, number), language) == f"{name} 2023"
        short = write_short_month(Month(2023, number), language)
        assert len(short) == 3
        assert name.lower().startswith(short.lower())


def test_spans() -> None:
    assert write_span(months("2023-04", "2023-11"), "en") == "April – November 2023"
    assert write_span(months("2022-12", "2023-11"), "ru") == "декабрь 2022 – ноябрь 2023"
    assert write_span(months("2023-11", "2023-11"), "uk") == "листопад 2023"

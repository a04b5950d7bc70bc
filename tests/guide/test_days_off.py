"""Days off by country, beside a calendar that was written down from the decrees."""

from datetime import date

import pytest

from guide.calendars import EVERY_DAY, WORKDAYS
from leeside.guide import days_off
from leeside.guide.days_off import calendar_of, known_countries
from leeside.packs.reader import shipped_names, shipped_pack


def test_russian_working_days_are_those_of_the_decrees() -> None:
    calendar = calendar_of("RU")
    assert [day for day in EVERY_DAY if not calendar.is_day_off(day)] == list(WORKDAYS)


@pytest.mark.parametrize(
    ("country", "day", "is_off"),
    [
        ("FR", "2026-07-14", True),
        ("FR", "2026-07-15", False),
        ("DE", "2026-10-03", True),
        ("KZ", "2026-12-16", True),
        ("KZ", "2026-12-15", False),
        ("AM", "2026-05-28", True),
        ("GB", "2026-12-25", True),
        ("", "2026-01-01", False),
        ("", "2026-01-03", True),
    ],
)
def test_other_countries_have_their_own_days(country: str, day: str, is_off: bool) -> None:
    assert calendar_of(country).is_day_off(date.fromisoformat(day)) is is_off


def test_a_country_without_a_calendar_is_refused_and_says_where_to_add_it() -> None:
    with pytest.raises(ValueError, match=r"XX: see days_off\.toml"):
        calendar_of("XX")


@pytest.mark.parametrize("name", shipped_names())
def test_every_country_whose_days_a_shipped_term_counts_has_a_calendar(name: str) -> None:
    countries = {term.country for term in shipped_pack(name).guide.terms} - {""}
    assert countries <= known_countries()


def test_a_day_is_named_and_a_weekend_is_not() -> None:
    assert calendar_of("RU").name_of(date(2024, 2, 23)) == "Defender of the Fatherland Day"
    assert calendar_of("RU").name_of(date(2024, 2, 24)) == ""
    assert calendar_of("").name_of(date(2024, 2, 23)) == ""


def test_what_is_not_decreed_yet_is_said() -> None:
    calendar = calendar_of("RU")
    assert calendar.is_decreed(2026)
    assert not calendar.is_decreed(2031)
    assert calendar_of("").is_decreed(2031)


def test_a_decree_that_the_library_does_not_know_yet_is_data(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = {"decreed_until": 2028, "off": [{"day": "2028-02-25"}], "works": [{"day": "2028-02-26"}]}
    monkeypatch.setattr(days_off, "_data", lambda: {"RU": moved})
    days_off._moved.cache_clear()
    try:
        calendar = calendar_of("RU")
        assert calendar.is_day_off(date(2028, 2, 25))
        assert not calendar.is_day_off(date(2028, 2, 26))
        assert calendar.is_day_off(date(2028, 2, 27))
        assert calendar.is_decreed(2028)
    finally:
        days_off._moved.cache_clear()

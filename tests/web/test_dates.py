from datetime import UTC, date, datetime

import pytest

from leeside.web.dates import write_day, write_moment, write_near_day, write_short_day

MONDAY = date(2023, 12, 11)
TODAY = date(2023, 12, 5)


@pytest.mark.parametrize(
    ("language", "text"),
    [("ru", "понедельник, 11 декабря"), ("uk", "понеділок, 11 грудня"), ("en", "Monday 11 December")],
)
def test_a_day_is_written_with_its_weekday(language: str, text: str) -> None:
    assert write_day(MONDAY, language, TODAY) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("ru", "четверг, 4 января 2024 года"), ("uk", "четвер, 4 січня 2024 року"), ("en", "Thursday 4 January 2024")],
)
def test_a_day_of_another_year_carries_its_year(language: str, text: str) -> None:
    assert write_day(date(2024, 1, 4), language, TODAY) == text


def test_without_a_today_the_year_is_always_told() -> None:
    assert write_day(MONDAY, "en") == "Monday 11 December 2023"


def test_near_days_have_a_word_of_their_own() -> None:
    assert write_near_day(TODAY, "ru", TODAY) == "сегодня, вторник, 5 декабря"
    assert write_near_day(date(2023, 12, 6), "uk", TODAY) == "завтра, середа, 6 грудня"
    assert write_near_day(date(2023, 12, 4), "en", TODAY) == "yesterday, Monday 4 December"
    assert write_near_day(MONDAY, "en", TODAY) == "Monday 11 December"


def test_a_short_day_fits_a_narrow_row() -> None:
    assert write_short_day(MONDAY, "ru", TODAY) == "пн, 11 декабря"
    assert write_short_day(date(2024, 1, 4), "en", TODAY) == "Thu 4 January 2024"


def test_a_moment_is_told_by_the_clock_of_the_line() -> None:
    moment = datetime(2023, 12, 5, 18, 15, tzinfo=UTC)
    assert write_moment(moment, "ru", "Europe/Moscow", TODAY) == "сегодня, вторник, 5 декабря, 21:15"
    assert write_moment(moment, "en", "Europe/Moscow", TODAY, is_near=False) == "Tuesday 5 December, 21:15"


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
def test_every_day_of_a_week_and_every_month_has_its_word(language: str) -> None:
    assert len({write_day(date(2023, 12, day), language).split()[0] for day in range(4, 11)}) == 7
    assert len({write_day(date(2023, month, 1), language).split()[2] for month in range(1, 13)}) == 12

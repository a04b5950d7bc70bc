"""Days off by country: weekends, holidays, and the days that governments move each year.

The library `holidays` knows most of it; what a government decreed after the library's last release is data in
days_off.toml beside this file, each day with its act.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

import holidays

_SATURDAY: Final = 5


@dataclass(frozen=True)
class Calendar:
    """The days off of one country. An empty `country` has weekends only, and nothing that could be decreed."""

    country: str

    def is_day_off(self, day: date) -> bool:
        """Whether nobody works on that day."""
        moved = _moved(self.country)
        if day in moved.off:
            return True
        if day in moved.works:
            return False
        known = _of_year(self.country, day.year)
        if known is None:
            return day.weekday() >= _SATURDAY
        return not known.is_working_day(day)

    def name_of(self, day: date) -> str:
        """What the day off is called in English, or an empty text for a weekend."""
        known = _of_year(self.country, day.year)
        return "" if known is None else str(known.get(day, ""))

    def is_decreed(self, year: int) -> bool:
        """Whether the days off of that year are fixed."""
        return not self.country or year <= _moved(self.country).decreed_until


@dataclass(frozen=True)
class _Moved:
    decreed_until: int
    off: frozenset[date]
    works: frozenset[date]


@cache
def calendar_of(country: str) -> Calendar:
    """The calendar of a country (ISO 3166, two letters), or of none at all for an empty text.

    Raises ValueError for a country that nobody has a calendar of.
    """
    if country and country not in _data():
        raise ValueError(f"no days off are known of {country}: see days_off.toml")
    return Calendar(country)


def known_countries() -> frozenset[str]:
    """The countries whose terms can be counted."""
    return frozenset(_data())


@cache
def _data() -> dict[str, Any]:
    text = resources.files("leeside.guide").joinpath("days_off.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _moved(country: str) -> _Moved:
    table = _data().get(country, {})
    days = {
        part: frozenset(date.fromisoformat(each["day"]) for each in table.get(part, ())) for part in ("off", "works")
    }
    return _Moved(table.get("decreed_until", 0), days["off"], days["works"])


@cache
def _of_year(country: str, year: int) -> holidays.HolidayBase | None:
    return holidays.country_holidays(country, years=year, expand=False, language="en_US") if country else None

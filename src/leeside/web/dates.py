"""Days and moments written out with their weekday, as people read them under stress: "Monday 11 December".

Plain Python. `today` is handed in; a day of another year carries its year.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

_WEEKDAYS: Final = {
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "uk": ("понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = {
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "uk": (
        "січня", "лютого", "березня", "квітня", "травня", "червня",
        "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_SHORT_WEEKDAYS: Final = {
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "uk": ("пн", "вт", "ср", "чт", "пт", "сб", "нд"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_TODAY: Final = {"ru": "сегодня", "uk": "сьогодні", "en": "today"}
_TOMORROW: Final = {"ru": "завтра", "uk": "завтра", "en": "tomorrow"}
_YESTERDAY: Final = {"ru": "вчера", "uk": "вчора", "en": "yesterday"}
_YEAR: Final = {"ru": " года", "uk": " року", "en": ""}
_COMMA: Final = {"ru": ", ", "uk": ", ", "en": " "}


def write_day(day: date, language: str, today: date | None = None) -> str:
    """`понедельник, 11 декабря` or `Monday 11 December`; the year is told unless it is that of `today`."""
    text = f"{_WEEKDAYS[language][day.weekday()]}{_COMMA[language]}{day.day} {_MONTHS[language][day.month - 1]}"
    if today is not None and day.year == today.year:
        return text
    return f"{text} {day.year}{_YEAR[language]}"


def write_short_day(day: date, language: str, today: date | None = None) -> str:
    """The same for a narrow row: `пн, 11 декабря` or `Mon 11 December`."""
    text = f"{_SHORT_WEEKDAYS[language][day.weekday()]}{_COMMA[language]}{day.day} {_MONTHS[language][day.month - 1]}"
    return text if today is not None and day.year == today.year else f"{text} {day.year}"


def write_near_day(day: date, language: str, today: date) -> str:
    """As `write_day`, with `today`, `tomorrow` or `yesterday` said first when it is one of them."""
    word = {0: _TODAY, 1: _TOMORROW, -1: _YESTERDAY}.get((day - today).days)
    text = write_day(day, language, today)
    return text if word is None else f"{word[language]}, {text}"


def write_moment(moment: datetime, language: str, zone: str, today: date, *, is_near: bool = True) -> str:
    """`сегодня, вторник, 5 декабря, 21:15`: an aware moment as the clock on the wall of `zone` shows it.

    Without `is_near` the word for today is left out, for a page that may be read on another day.
    """
    local = moment.astimezone(ZoneInfo(zone))
    write = write_near_day if is_near else write_day
    return f"{write(local.date(), language, today)}, {local:%H:%M}"

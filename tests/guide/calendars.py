"""An independent calendar of Russia's days off, 2023 to 2026, written down from the Labour Code and the decrees.

Labour Code (ТК РФ), art. 112: the holidays; a holiday on a Saturday or Sunday moves its day off to the next working
day, but for those of January, which the government moves by decree:
2023: Decree 1505 of 29.08.2022; 2024: Decree 1314 of 10.08.2023; 2025: Decree 1335 of 04.10.2024; 2026: Decree 1466
of 24.09.2025.
"""

from datetime import date, datetime, timedelta

from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule, rruleset

HOLIDAYS = [(1, day) for day in range(1, 9)] + [(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)]
YEARS = (2023, 2024, 2025, 2026)
OFF_BY_DECREE = [
    *("2023-02-24", "2023-05-08"),
    *("2024-04-29", "2024-04-30", "2024-05-10", "2024-12-30", "2024-12-31"),
    *("2025-05-02", "2025-05-08", "2025-06-13", "2025-11-03", "2025-12-31"),
    *("2026-01-09", "2026-12-31"),
]
WORKED_BY_DECREE = ["2024-04-27", "2024-11-02", "2024-12-28", "2025-11-01"]
MOVED_BY_THE_CODE = [
    "2023-11-06",  # 4 November was a Saturday
    "2026-03-09",  # 8 March is a Sunday
    "2026-05-11",  # 9 May is a Saturday
]
DAYS_OFF = {
    *(date(year, month, day) for year in YEARS for month, day in HOLIDAYS),
    *map(date.fromisoformat, OFF_BY_DECREE + MOVED_BY_THE_CODE),
}
WORKED_SATURDAYS = set(map(date.fromisoformat, WORKED_BY_DECREE))
FIRST, LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)


def _workdays() -> tuple[date, ...]:
    """The working days of these years, drawn by dateutil."""
    days = rruleset()
    days.rrule(rrule(DAILY, dtstart=_noon(FIRST), until=_noon(LAST), byweekday=(MO, TU, WE, TH, FR)))
    for day in DAYS_OFF:
        days.exdate(_noon(day))
    for day in WORKED_SATURDAYS:
        days.rdate(_noon(day))
    return tuple(moment.date() for moment in days)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - rrule counts naive moments


WORKDAYS = _workdays()
EVERY_DAY = tuple(FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))

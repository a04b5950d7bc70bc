"""How many requests the demo's line had in each month of 2023.

September to November are as Idite Lesom's were published: June 54, October 218, November 175; September 184 is derived
(577 from September to November, less the two); June to August together 305. April 70, May 85, July 112 and August 139
are made up to fit these sums. Around them about a sixth more requests are of another need, so that the definition
behind the count can be seen; December has begun.
"""

import calendar
import datetime
from collections.abc import Iterator

LEAVE_SERVICE = {
    "2023-04": 70,  # made up
    "2023-05": 85,  # made up
    "2023-06": 54,  # published: the lowest month
    "2023-07": 112,  # made up, so that June to August are 305
    "2023-08": 139,  # made up, so that June to August are 305
    "2023-09": 184,  # derived: 577 less October and November
    "2023-10": 218,  # published: the highest month
    "2023-11": 175,  # published
}


def other_needs_in(month: str) -> int:
    """Return how many requests of another need came in that month: about a sixth."""
    return round(LEAVE_SERVICE[month] / 6)


def days_of(month: str) -> Iterator[datetime.date]:
    """Yield the days of a month 'YYYY-MM' in order."""
    year, number = (int(part) for part in month.split("-"))
    for day in range(1, calendar.monthrange(year, number)[1] + 1):
        yield datetime.date(year, number, day)

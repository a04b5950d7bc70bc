"""By when a line promises to answer, and what follows when it does not: so many minutes of its hours, in its zone.

All spans are minutes of the line's hours: what comes in at night has lost nothing by the morning. Steps of days are
made on the wall clock, so that a change to summer time does not move the hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from leeside.packs.marks import Urgency

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Promises:
    """`minutes` by urgency; people answer from `opens` to `closes` (the same moment: day and night)."""

    minutes: Mapping[Urgency, int]
    opens: time
    closes: time
    time_zone: str

    def answer_by(self, now: datetime, urgency: Urgency) -> datetime:
        """The moment by which an answer is promised to what came in at `now` (which must know its time zone).

        What comes in at night is promised for the morning, and a promise that closing time cuts goes on the next day.
        The result is in the line's time zone.
        """
        return self.after(now, self.minutes[urgency])

    def after(self, now: datetime, minutes: float) -> datetime:
        """The moment at which so many minutes of the line's hours have passed since `now`."""
        moment = now.astimezone(ZoneInfo(self.time_zone))
        left = timedelta(minutes=minutes)
        if self.opens == self.closes:
            return moment + left
        while True:
            opens, closes = self._hours_of(moment)
            moment = max(moment, opens)
            if moment + left <= closes:
                return moment + left
            left -= max(closes - moment, timedelta(0))
            moment = opens + timedelta(days=1)

    def before(self, moment: datetime, minutes: float) -> datetime:
        """The moment from which so many minutes of the line's hours passed until `moment`."""
        end = moment.astimezone(ZoneInfo(self.time_zone))
        left = timedelta(minutes=minutes)
        if self.opens == self.closes:
            return end - left
        opens, closes = self._hours_of(end)
        while True:
            end = min(end, closes)
            if end - left >= opens:
                return end - left
            left -= max(end - opens, timedelta(0))
            opens, closes = self._hours_of(opens - timedelta(days=1))

    def minutes_between(self, start: datetime, end: datetime) -> float:
        """How many minutes of the line's hours lie between two moments; 0 when the end comes first."""
        zone = ZoneInfo(self.time_zone)
        start, end = start.astimezone(zone), end.astimezone(zone)
        if self.opens == self.closes:
            return max((end - start) / _MINUTE, 0.0)
        counted, moment = timedelta(0), start
        while moment < end:
            opens, closes = self._hours_of(moment)
            counted += max(min(end, closes) - max(moment, opens), timedelta(0))
            moment = opens + timedelta(days=1)
        return counted / _MINUTE

    def share_gone(self, answer_by: datetime, now: datetime, urgency: Urgency) -> float:
        """How much of a promise has run out: 0 just made, 0.5 at half, 1 and more when it is past."""
        return 1 - self.minutes_between(now, answer_by) / self.minutes[urgency]

    def end_of_share(self, now: datetime, urgency: Urgency, left: float) -> datetime:
        """A promise of this urgency that ends before this moment has less than the share `left` of it left."""
        return self.after(now, self.minutes[urgency] * left)

    def is_open(self, now: datetime) -> bool:
        """Whether people answer at `now`."""
        if self.opens == self.closes:
            return True
        moment = now.astimezone(ZoneInfo(self.time_zone))
        opens, closes = self._hours_of(moment)
        return opens <= moment < closes

    def _hours_of(self, moment: datetime) -> tuple[datetime, datetime]:
        day = moment.date()
        zone = moment.tzinfo
        opens = datetime.combine(day, self.opens, zone)
        if self.closes == time(0):
            return opens, datetime.combine(day + timedelta(days=1), self.closes, zone)
        return opens, datetime.combine(day, self.closes, zone)


@dataclass(frozen=True)
class Clocks:
    """What follows when nobody moves. Minutes of the line's hours, by urgency.

    `unassigned` is how long a case may wait for a person before it is said; `silent` how long after a broken promise a
    case goes back from its owner to the coordinators. `places` is how many open cases that wait on us one person
    carries, unless their shift says otherwise.
    """

    unassigned: Mapping[Urgency, int]
    silent: Mapping[Urgency, int]
    places: int

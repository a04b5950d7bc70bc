"""By when a line promises to answer: so many minutes of its hours, in its time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from leeside.packs.marks import Urgency


@dataclass(frozen=True)
class Promises:
    """`minutes` by urgency; people answer from `opens` to `closes` (the same moment: day and night)."""

    minutes: Mapping[Urgency, int]
    opens: time
    closes: time
    time_zone: str

    def answer_by(self, now: datetime, urgency: Urgency) -> datetime:
        """The moment by which an answer is promised to what came in at `now` (which must know its time zone).

        Only the line's hours count: what comes in at night is promised for the morning, and a promise that closing
        time cuts goes on the next day. The result is in the line's time zone. Steps of days are made on the wall
        clock, so that a change to summer time does not move the hours.
        """
        moment = now.astimezone(ZoneInfo(self.time_zone))
        left = timedelta(minutes=self.minutes[urgency])
        if self.opens == self.closes:
            return moment + left
        while True:
            opens, closes = self._hours_of(moment)
            moment = max(moment, opens)
            if moment + left <= closes:
                return moment + left
            left -= max(closes - moment, timedelta(0))
            moment = opens + timedelta(days=1)

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

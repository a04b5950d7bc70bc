"""The one domain clock: what people see as now, today and this month.

It is real time plus an offset, so that a demo can live on a day of its own; it may stand still at a moment, so
that a demo never slips into its tomorrow. Sessions, limits and one-time codes use `real_now`, never this clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


@dataclass(frozen=True)
class ClockSettings:
    """How far the domain clock runs from real time, and the moment (UTC) past which it does not move."""

    offset: timedelta = timedelta(0)
    stands_still_at: datetime | None = None


def real_now() -> datetime:
    """Real time, aware, in UTC: for sessions, limits and one-time codes."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class DomainClock:
    """Real time plus an offset, stopped at a moment when one is set."""

    setting: ClockSettings
    real: Callable[[], datetime] = real_now

    def now(self) -> datetime:
        """The moment people see, aware, in UTC."""
        moment = self.real() + self.setting.offset
        stop = self.setting.stands_still_at
        return moment if stop is None else min(moment, stop)

    def today(self, zone: str) -> date:
        """The day people see in the named time zone (`Europe/Moscow`)."""
        return self.now().astimezone(ZoneInfo(zone)).date()


def domain_clock() -> DomainClock:
    """The clock of this installation, from the setting `LEESIDE_CLOCK`."""
    return DomainClock(getattr(settings, "LEESIDE_CLOCK", None) or ClockSettings())

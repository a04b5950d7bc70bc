from datetime import UTC, date, datetime, timedelta

from django.test import override_settings

from leeside.web.clock import ClockSettings, DomainClock, domain_clock, real_now

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_domain_time_is_real_time_plus_the_offset() -> None:
    clock = DomainClock(ClockSettings(offset=timedelta(days=-10)), real=lambda: NOON)
    assert clock.now() == datetime(2026, 11, 13, 12, tzinfo=UTC)


def test_domain_time_stands_still_at_its_stop() -> None:
    stop = datetime(2026, 11, 23, 11, 59, tzinfo=UTC)
    clock = DomainClock(ClockSettings(stands_still_at=stop), real=lambda: NOON)
    assert clock.now() == stop


def test_today_is_the_day_of_the_named_zone() -> None:
    late = datetime(2023, 12, 5, 22, tzinfo=UTC)
    clock = DomainClock(ClockSettings(), real=lambda: late)
    assert clock.today("UTC") == date(2023, 12, 5)
    assert clock.today("Europe/Moscow") == date(2023, 12, 6)


@override_settings(LEESIDE_CLOCK=ClockSettings(offset=timedelta(days=365)))
def test_the_installation_sets_the_clock_and_real_time_stays_real() -> None:
    assert domain_clock().now() - real_now() > timedelta(days=364)

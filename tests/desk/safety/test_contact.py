"""Safe hours: windows over midnight, days of the week, and clocks that are put forward, back, or wrong."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.desk.safety.contact import ZONES, Window, read_window

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
HOURS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WINDOWS = st.builds(
    Window,
    zone=st.sampled_from(ZONES),
    starts=HOURS,
    ends=HOURS,
    days=st.frozensets(st.integers(0, 6)),
)


def at(text: str, zone: str = "Europe/Moscow") -> datetime:
    """A moment as a clock on the wall of `zone` shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def evening(zone: str = "Europe/Moscow", *days: int) -> Window:
    """Seven to eleven in the evening."""
    return Window(zone, time(19), time(23), frozenset(days))


@given(WINDOWS, MOMENTS)
def test_the_next_opening_is_never_in_the_past_and_lies_inside(window: Window, moment: datetime) -> None:
    """Broken on purpose: without `max(opens, moment)` the moment of an open window lies in the past."""
    opening = window.next_opening(moment)
    assert moment <= opening <= moment + timedelta(days=8, hours=2)
    assert window.is_inside(opening)
    assert window.next_opening(opening) == opening


@given(WINDOWS, MOMENTS)
def test_an_opening_is_at_the_first_minute_on_the_person_s_clock_or_now(window: Window, moment: datetime) -> None:
    opening = window.next_opening(moment)
    if opening > moment:
        local = opening.astimezone(ZoneInfo(window.zone))
        begins = datetime.combine(local.date(), window.starts, local.tzinfo)
        assert begins.astimezone(UTC) == opening, (
            "a clock put forward moves an opening by what it lost, nothing else does"
        )
        assert not window.is_inside(opening - timedelta(seconds=1))


@given(WINDOWS, MOMENTS)
def test_inside_means_the_hours_and_the_day_on_which_the_window_began(window: Window, moment: datetime) -> None:
    if not window.is_inside(moment):
        return
    zone = ZoneInfo(window.zone)
    begun = [moment.astimezone(zone).date() - timedelta(days=back) for back in (0, 1)]
    assert not window.days or any(day.weekday() in window.days for day in begun)


def test_a_window_of_the_evening_waits_for_the_evening_of_the_person() -> None:
    assert evening().next_opening(at("2023-12-05T18:40")) == at("2023-12-05T19:00")
    assert evening().is_inside(at("2023-12-05T22:59"))
    assert evening().next_opening(at("2023-12-05T23:00")) == at("2023-12-06T19:00"), "the last minute is outside"
    assert evening("Asia/Kamchatka").next_opening(at("2023-12-05T15:00")) == at("2023-12-06T10:00")


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_began() -> None:
    night = Window("Europe/Moscow", time(22), time(2), frozenset({4}))
    assert night.is_inside(at("2023-12-09T01:30")), "Saturday, half past one: Friday's night"
    assert not night.is_inside(at("2023-12-08T01:30")), "Friday, half past one: Thursday's"
    assert night.next_opening(at("2023-12-09T02:00")) == at("2023-12-15T22:00")


def test_a_window_that_ends_when_it_begins_is_the_whole_day() -> None:
    always = Window("Europe/Moscow", time(0), time(0))
    assert all(always.is_inside(at(f"2023-12-05T{hour:02d}:30")) for hour in range(24))


def test_clocks_that_are_put_forward_and_back_move_no_window_into_the_night() -> None:
    berlin = evening("Europe/Berlin")
    for day in ("2024-03-30", "2024-03-31", "2024-10-26", "2024-10-27"):
        assert berlin.next_opening(at(f"{day}T12:00", "Europe/Berlin")) == at(f"{day}T19:00", "Europe/Berlin")
    lost = Window("Europe/Berlin", time(2, 10), time(2, 50))
    opening = lost.next_opening(at("2024-03-31T00:00", "Europe/Berlin"))
    assert opening == at("2024-03-31T03:10", "Europe/Berlin"), "an hour that does not exist is the one after it"


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"zone": "Europe/Moscow"},
        {"zone": "Europe/Moscow", "starts": "19:00", "ends": "25:00"},
        {"zone": "Mars/Olympus", "starts": "19:00", "ends": "23:00"},
        {"zone": "Europe/Moscow", "starts": "19:00+03:00", "ends": "23:00"},
        {"zone": ["Europe/Moscow"], "starts": "19:00", "ends": "23:00"},
    ],
)
def test_hours_that_cannot_be_read_are_no_hours(content: dict[str, object]) -> None:
    assert read_window(content) is None


def test_days_that_are_none_are_passed_over() -> None:
    read = read_window({"zone": "Europe/Moscow", "starts": "19:00", "ends": "23:00", "days": [0, 7, "x", -1, 6]})
    assert read == Window("Europe/Moscow", time(19), time(23), frozenset({0, 6}))

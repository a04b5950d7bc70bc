"""The clocks of a case at every stretch of its promise, by day, by night and across closing time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leeside.desk.queues.clocks import NO_CLOCK, Clock, Stretch, clock_of
from leeside.packs.marks import Urgency
from leeside.packs.reader import shipped_pack

MOSCOW = ZoneInfo("Europe/Moscow")
PACK = shipped_pack("refusal")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW).astimezone(UTC)


def clock(answer_by: str, now: str, urgency: Urgency = Urgency.SOON, *, is_untaken: bool = True) -> Clock:
    return clock_of(PACK, urgency, at(answer_by), is_untaken=is_untaken, now=at(now))


@pytest.mark.parametrize(
    ("now", "stretch", "waited"),
    [
        ("2023-12-05T14:00", Stretch.RUNNING, 0),
        ("2023-12-05T14:59", Stretch.RUNNING, 59),
        ("2023-12-05T15:00", Stretch.HALF, 60),
        ("2023-12-05T15:30", Stretch.NEARLY, 90),
        ("2023-12-05T16:00", Stretch.NEARLY, 120),
        ("2023-12-05T16:01", Stretch.PAST, 121),
    ],
)
def test_a_promise_of_two_hours_at_every_stretch(now: str, stretch: Stretch, waited: int) -> None:
    found = clock("2023-12-05T16:00", now)
    assert (found.stretch, found.waited) == (stretch, waited)


def test_a_night_counts_for_nobody() -> None:
    """Promised at 23:00 for 10:00: an hour before midnight, an hour after nine. At four in the morning it is half."""
    assert clock("2023-12-06T10:00", "2023-12-06T04:00").stretch is Stretch.HALF
    assert clock("2023-12-06T10:00", "2023-12-06T04:00").waited == 60


@pytest.mark.parametrize(
    ("urgency", "minutes"), [(Urgency.RED, 15), (Urgency.SOON, 60), (Urgency.CALM, 90), (Urgency.LATER, 180)]
)
def test_a_case_waits_too_long_for_a_person_by_its_urgency(urgency: Urgency, minutes: int) -> None:
    answer_by = at("2023-12-05T16:00")
    began = answer_by - timedelta(minutes=PACK.promises.minutes[urgency])
    for late, is_too_long in ((-1, False), (0, True), (600, True)):
        now = began + timedelta(minutes=minutes + late)
        found = clock_of(PACK, urgency, answer_by, is_untaken=True, now=now)
        assert found.is_unassigned_too_long is is_too_long
        taken = clock_of(PACK, urgency, answer_by, is_untaken=False, now=now)
        assert not taken.is_unassigned_too_long


def test_without_a_promise_no_clock_runs() -> None:
    assert clock_of(PACK, 1, None, is_untaken=True, now=at("2023-12-05T16:00")) == NO_CLOCK


def test_a_clock_that_is_days_behind_shows_nothing_impossible() -> None:
    assert clock("2023-12-05T16:00", "2023-11-05T16:00") == Clock(Stretch.RUNNING, 0, is_unassigned_too_long=False)

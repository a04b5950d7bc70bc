"""By when an answer is promised: only the line's hours count."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.packs.marks import Urgency
from leeside.packs.promises import Promises

MOSCOW = ZoneInfo("Europe/Moscow")
MINUTES = {Urgency.RED: 30, Urgency.SOON: 120, Urgency.CALM: 240, Urgency.LATER: 1000}
OFFICE = Promises(MINUTES, time(9), time(18), "Europe/Moscow")
TO_MIDNIGHT = Promises(MINUTES, time(9), time(0), "Europe/Moscow")
FIRST = datetime.fromisoformat("2023-01-01T00:00")
LAST = datetime.fromisoformat("2024-12-31T00:00")
ALWAYS = Promises(MINUTES, time(0), time(0), "Europe/Moscow")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("promises", "now", "urgency", "promised"),
    [
        (OFFICE, "2023-12-05T10:00", Urgency.RED, "2023-12-05T10:30"),
        (OFFICE, "2023-12-05T17:45", Urgency.RED, "2023-12-06T09:15"),
        (OFFICE, "2023-12-05T17:30", Urgency.RED, "2023-12-05T18:00"),
        (OFFICE, "2023-12-05T22:00", Urgency.SOON, "2023-12-06T11:00"),
        (OFFICE, "2023-12-05T03:00", Urgency.SOON, "2023-12-05T11:00"),
        (OFFICE, "2023-12-05T12:00", Urgency.LATER, "2023-12-07T10:40"),
        (TO_MIDNIGHT, "2023-12-05T23:30", Urgency.SOON, "2023-12-06T10:30"),
        (TO_MIDNIGHT, "2023-12-05T19:05", Urgency.SOON, "2023-12-05T21:05"),
        (ALWAYS, "2023-12-05T23:50", Urgency.RED, "2023-12-06T00:20"),
        (OFFICE, "2023-12-31T17:59", Urgency.RED, "2024-01-01T09:29"),
    ],
)
def test_only_the_hours_of_the_line_count(promises: Promises, now: str, urgency: Urgency, promised: str) -> None:
    assert promises.answer_by(at(now), urgency) == at(promised)


def test_a_moment_of_another_zone_is_read_in_the_lines_own() -> None:
    now = datetime(2023, 12, 5, 7, 0, tzinfo=UTC)
    promised = OFFICE.answer_by(now, Urgency.RED)
    assert promised == at("2023-12-05T10:30")
    assert promised.tzinfo == MOSCOW


@pytest.mark.parametrize(("now", "is_open"), [("09:00", True), ("17:59", True), ("18:00", False), ("08:59", False)])
def test_whether_people_answer_now(now: str, is_open: bool) -> None:
    assert OFFICE.is_open(at(f"2023-12-05T{now}")) is is_open
    assert ALWAYS.is_open(at(f"2023-12-05T{now}"))


@given(st.datetimes(FIRST, LAST, timezones=st.just(MOSCOW)), st.sampled_from(list(Urgency)))
def test_a_promise_lies_ahead_and_inside_the_hours(now: datetime, urgency: Urgency) -> None:
    promised = OFFICE.answer_by(now, urgency)
    assert (promised - now).total_seconds() >= MINUTES[urgency] * 60
    assert time(9) <= promised.time() <= time(18)


def test_a_change_to_summer_time_does_not_move_the_hours() -> None:
    berlin = Promises(MINUTES, time(9), time(18), "Europe/Berlin")
    now = datetime(2024, 3, 30, 22, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert berlin.answer_by(now, Urgency.RED).isoformat() == "2024-03-31T09:30:00+02:00"


@pytest.mark.parametrize(
    ("promises", "until", "minutes", "since"),
    [
        (OFFICE, "2023-12-05T10:30", 30, "2023-12-05T10:00"),
        (OFFICE, "2023-12-06T09:15", 30, "2023-12-05T17:45"),
        (OFFICE, "2023-12-05T22:00", 60, "2023-12-05T17:00"),
        (OFFICE, "2023-12-05T03:00", 60, "2023-12-04T17:00"),
        (OFFICE, "2023-12-07T10:40", 1000, "2023-12-05T12:00"),
        (TO_MIDNIGHT, "2023-12-06T10:30", 120, "2023-12-05T23:30"),
        (TO_MIDNIGHT, "2023-12-06T00:00", 30, "2023-12-05T23:30"),
        (ALWAYS, "2023-12-06T00:20", 30, "2023-12-05T23:50"),
    ],
)
def test_going_back_counts_the_same_hours(promises: Promises, until: str, minutes: int, since: str) -> None:
    assert promises.before(at(until), minutes) == at(since)


@pytest.mark.parametrize(
    ("promises", "start", "end", "minutes"),
    [
        (OFFICE, "2023-12-05T10:00", "2023-12-05T10:30", 30),
        (OFFICE, "2023-12-05T17:45", "2023-12-06T09:15", 30),
        (OFFICE, "2023-12-05T18:30", "2023-12-06T08:00", 0),
        (OFFICE, "2023-12-05T10:30", "2023-12-05T10:00", 0),
        (OFFICE, "2023-12-04T17:00", "2023-12-06T10:00", 60 + 540 + 60),
        (TO_MIDNIGHT, "2023-12-05T23:00", "2023-12-06T10:00", 120),
        (ALWAYS, "2023-12-05T23:00", "2023-12-06T10:00", 660),
    ],
)
def test_minutes_between_are_minutes_of_the_lines_hours(promises: Promises, start: str, end: str, minutes: int) -> None:
    assert promises.minutes_between(at(start), at(end)) == minutes


def test_half_and_three_quarters_of_a_promise_are_of_its_working_hours() -> None:
    answer_by = OFFICE.answer_by(at("2023-12-05T17:00"), Urgency.SOON)
    assert answer_by == at("2023-12-06T10:00")
    for now, gone in (
        ("2023-12-05T17:00", 0),
        ("2023-12-05T18:00", 0.5),
        ("2023-12-06T03:00", 0.5),
        ("2023-12-06T09:30", 0.75),
        ("2023-12-06T10:00", 1),
    ):
        assert OFFICE.share_gone(answer_by, at(now), Urgency.SOON) == gone
    assert OFFICE.end_of_share(at("2023-12-06T09:30"), Urgency.SOON, 0.25) == answer_by


@given(st.datetimes(FIRST, LAST), st.integers(0, 3000), st.sampled_from([OFFICE, TO_MIDNIGHT, ALWAYS]))
def test_after_before_and_between_say_the_same(naive: datetime, minutes: int, promises: Promises) -> None:
    now = naive.replace(tzinfo=MOSCOW, second=0, microsecond=0)
    then = promises.after(now, minutes)
    assert promises.minutes_between(now, then) == minutes
    assert promises.minutes_between(promises.before(then, minutes), then) == minutes

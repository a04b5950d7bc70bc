"""The one number that orders the queue, and what buckets can mean."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leeside.vault.days import day_number
from leeside.vault.marks import EARLIEST_DAYS, LookBy, earliest_day, look_by_on, rank_of

DAYS = st.dates(date(2020, 1, 1), date(2190, 1, 1)).map(day_number)
MOMENTS = st.one_of(
    st.none(),
    st.datetimes(datetime(2020, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
PLACES = st.tuples(st.integers(1, 4), DAYS, MOMENTS)
QUARTER = timedelta(minutes=15)


def order_of(place: tuple[int, int, datetime | None]) -> tuple[object, ...]:
    urgency, due_from, answer_by = place
    quarter = 1 << 40 if answer_by is None else int(answer_by.timestamp()) // 900
    return urgency, due_from, quarter


@given(PLACES, PLACES)
def test_rank_orders_by_urgency_then_day_then_promise(
    one: tuple[int, int, datetime | None], other: tuple[int, int, datetime | None]
) -> None:
    if order_of(one) < order_of(other):
        assert rank_of(*one) < rank_of(*other)


@given(PLACES)
def test_rank_fits_a_signed_whole_number_of_64_bits(place: tuple[int, int, datetime | None]) -> None:
    assert 0 <= rank_of(*place) < 1 << 63


def test_days_far_away_and_promises_long_past_stay_in_their_bits() -> None:
    ranks = [rank_of(4, due, moment) for due in (0, 10**9) for moment in (datetime(1990, 1, 1, tzinfo=UTC), None)]
    assert all(3 << 61 <= rank < 4 << 61 for rank in ranks)


def test_equal_places_are_ordered_by_chance() -> None:
    assert len({rank_of(1, 20_000, None) for _ in range(50)}) > 45


@given(st.sampled_from(LookBy), st.dates(date(2023, 1, 1), date(2024, 1, 1)), st.integers(0, 12))
def test_a_bucket_never_lies_later_than_what_it_can_mean(bucket: LookBy, set_on: date, later: int) -> None:
    due_from = earliest_day(bucket, set_on)
    assert due_from - day_number(set_on) == EARLIEST_DAYS[bucket]
    on_that_day = look_by_on(due_from, day_number(set_on) + later)
    assert on_that_day <= bucket
    reach = {LookBy.TODAY: 0, LookBy.THREE_DAYS: 3, LookBy.WEEK: 7, LookBy.LATER: 10**6}
    assert due_from - (day_number(set_on) + later) <= reach[on_that_day]

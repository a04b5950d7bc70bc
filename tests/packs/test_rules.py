"""What a pack concludes: circle, urgency and why, by when to look, flags and voice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.packs.answers import Answer
from leeside.packs.marks import LOOK_BY_WORDS, URGENCY_WORDS, LookBy, Urgency, look_by_of_days
from leeside.packs.pack import Pack
from leeside.packs.reader import shipped_pack

TODAY = date(2023, 12, 5)


def test_the_first_routing_rule_that_fires_decides(tiny: Pack) -> None:
    assert tiny.routing({"need": "eviction"}) == "law"
    assert tiny.routing({"need": "repair"}) == "desk"
    assert tiny.routing({}) == "desk"


@pytest.mark.parametrize(
    ("answers", "urgency", "reasons"),
    [
        ({}, Urgency.CALM, []),
        ({"need": "eviction"}, Urgency.SOON, ["eviction"]),
        ({"signs": ("letter",), "letter_by": "2023-12-07"}, Urgency.RED, ["letter_soon"]),
        ({"signs": ("letter",), "letter_by": "2023-12-08"}, Urgency.CALM, []),
        ({"signs": ("letter",), "letter_by": "2023-11-01"}, Urgency.RED, ["letter_soon"]),
        ({"need": "eviction", "letter_by": "2023-12-05"}, Urgency.RED, ["letter_soon", "eviction"]),
    ],
)
def test_the_most_urgent_reason_decides_and_all_are_told(
    tiny: Pack, answers: dict[str, Answer], urgency: Urgency, reasons: list[str]
) -> None:
    assert tiny.marks(answers, TODAY).urgency is urgency
    assert [reason.id for reason in tiny.marks(answers, TODAY).reasons] == reasons


def test_a_reason_carries_the_date_it_is_about(tiny: Pack) -> None:
    (reason,) = tiny.marks({"letter_by": "2023-12-07"}, TODAY).reasons
    assert reason.day == date(2023, 12, 7)
    assert tiny.reason_text("letter_soon", "en", "Thursday") == "Words of reason.letter_soon Thursday"
    assert tiny.reason_text("from_long_ago", "en") == "from_long_ago"


@pytest.mark.parametrize(
    ("day", "look_by"),
    [
        ("2023-12-06", LookBy.TODAY),
        ("2023-12-01", LookBy.TODAY),
        ("2023-12-09", LookBy.THREE_DAYS),
        ("2023-12-10", LookBy.WEEK),
        ("2024-12-10", LookBy.WEEK),  # a calm case is looked at within a week in any case
    ],
)
def test_dates_bring_the_look_nearer(tiny: Pack, day: str, look_by: LookBy) -> None:
    assert tiny.marks({"letter_by": day}, TODAY).look_by is look_by


@pytest.mark.parametrize(
    ("days", "look_by"),
    [
        (-1, LookBy.TODAY),
        (0, LookBy.TODAY),
        (1, LookBy.THREE_DAYS),
        (3, LookBy.THREE_DAYS),
        (4, LookBy.WEEK),
        (7, LookBy.WEEK),
        (8, LookBy.LATER),
        (400, LookBy.LATER),
    ],
)
def test_the_buckets_of_look_by(days: int, look_by: LookBy) -> None:
    assert look_by_of_days(days) is look_by


@given(st.dates(date(2023, 1, 1), date(2024, 12, 31)), st.integers(0, 60))
def test_waiting_makes_nothing_less_urgent(day: date, later: int) -> None:
    answers: dict[str, Answer] = {"presses": ("leave_ends",), "presses_leave_ends_by": day.isoformat()}
    pack = shipped_pack("refusal")
    now = date(2023, 6, 1)
    then = date.fromordinal(now.toordinal() + later)
    assert pack.marks(answers, then).urgency <= pack.marks(answers, now).urgency
    assert pack.marks(answers, then).look_by <= pack.marks(answers, now).look_by


def test_the_next_date_is_the_nearest_ahead_or_the_last_that_passed(tiny: Pack) -> None:
    assert tiny.next_date({}, TODAY) is None
    ahead = tiny.next_date({"letter_by": "2023-12-11"}, TODAY)
    assert ahead is not None
    assert (ahead.question, ahead.day) == ("letter_by", date(2023, 12, 11))
    passed = tiny.next_date({"letter_by": "2023-12-01"}, TODAY)
    assert passed is not None
    assert passed.day == date(2023, 12, 1)


def test_an_answer_of_another_shape_than_today_counts_as_not_known(tiny: Pack) -> None:
    odd: dict[str, Answer] = {"letter_by": ("2023-12-05",), "need": ("eviction",)}
    assert tiny.marks(odd, TODAY).urgency is Urgency.CALM
    assert tiny.next_date(odd, TODAY) is None
    assert tiny.next_date({"letter_by": "soon"}, TODAY) is None


def test_flags_and_voice_follow_from_answers_and_form(tiny: Pack) -> None:
    assert tiny.card({"need": "repair"}, TODAY, "neighbour")["flags"] == ["other"]
    assert tiny.card({"need": "repair"}, TODAY)["flags"] == []
    assert tiny.voice_of({"heated": "no"}, "self") == "neighbour"
    assert tiny.voice_of({"heated": "yes"}, "self") == "self"


def test_marks_keep_their_numbers_for_ever() -> None:
    assert {name: int(value) for name, value in URGENCY_WORDS.items()} == {"red": 1, "soon": 2, "calm": 3, "later": 4}
    assert {name: int(value) for name, value in LOOK_BY_WORDS.items()} == {
        "today": 1,
        "three_days": 2,
        "week": 3,
        "later": 4,
    }

"""Conditions that can never be true are found, and no other is called so."""

from hypothesis import given
from hypothesis import strategies as st

from leeside.packs.conditions import All, Not, Truth, parse_condition
from leeside.packs.contradictions import can_be_true
from leeside.packs.pack import Pack
from leeside.packs.questions import Option, Question
from leeside.sealing.compartments import Compartment

ONE = Question("one", "one", Compartment.STORY, tuple(Option(name) for name in "abc"))
MANY = Question("many", "many", Compartment.STORY, tuple(Option(name) for name in "xyz"))
QUESTIONS = {"one": ONE, "many": MANY, "day": Question("day", "date", Compartment.STORY)}

choices = st.one_of(
    st.builds(lambda value: {"fact": "one", "is": value}, st.sampled_from("abc")),
    st.builds(lambda value: {"fact": "many", "contains": value}, st.sampled_from("xyz")),
    st.builds(lambda days: {"fact": "day", "at_most": {"days_from_today": days}}, st.integers(-3, 3)),
    st.builds(lambda days: {"fact": "day", "more_than": {"days_from_today": days}}, st.integers(-3, 3)),
    st.builds(lambda wanted: {"fact": "day", "known": wanted}, st.booleans()),
).map(parse_condition)


@given(st.lists(choices, min_size=1, max_size=4), st.booleans())
def test_what_some_answers_make_true_can_be_true(parts: list[object], turned: bool) -> None:
    condition = All(tuple(Not(part) if turned else part for part in parts))  # type: ignore[arg-type]
    answers = [
        {"one": one, "many": many, "day": day, "today": "2023-12-05"}
        for one in (None, *"abc")
        for many in (None, (), ("x",), ("x", "y"), ("y",), ("z",), ("x", "y", "z"), ("x", "z"), ("y", "z"))
        for day in (None, *(f"2023-12-{number:02d}" for number in range(1, 11)))
    ]
    possible = any(condition.evaluate(each) is Truth.YES for each in answers)
    assert can_be_true(condition, QUESTIONS) is possible


def test_a_condition_needs_its_question_to_be_open(tiny: Pack) -> None:
    by_id = {question.id: question for question in tiny.questions}
    condition = parse_condition({"all": [{"fact": "letter_by", "known": True}, {"fact": "signs", "contains": "visit"}]})
    assert can_be_true(condition, by_id)
    closed = parse_condition(
        {"all": [{"fact": "letter_by", "known": True}, {"not": {"fact": "signs", "contains": "letter"}}]}
    )
    assert not can_be_true(closed, by_id)


def test_a_condition_too_large_to_try_is_believed() -> None:
    questions = {
        name: Question(name, "one", Compartment.STORY, tuple(Option(f"o{number}") for number in range(24)))
        for name in "abcdef"
    }
    impossible = All(tuple(parse_condition({"fact": name, "is": value}) for name in "abcdef" for value in ("o1", "o2")))
    assert can_be_true(impossible, questions)


def test_numbers_and_free_facts_are_tried_too() -> None:
    assert can_be_true(parse_condition({"fact": "age", "at_least": 18}), {})
    assert can_be_true(parse_condition({"fact": "name", "known": True}), {})
    assert not can_be_true(
        parse_condition({"all": [{"fact": "age", "at_least": 18}, {"fact": "age", "less_than": 18}]}), {}
    )

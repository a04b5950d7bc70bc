"""A condition is possible if some answers that the questions have make it true, and only then."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.making import TUESDAY, a_choice
from leeside.guide.possible import can_be_true
from leeside.packs.conditions import TODAY, Truth, parse_condition
from leeside.packs.questions import Option, Question
from leeside.sealing.compartments import Compartment

QUESTIONS = {
    one.id: one
    for one in (
        a_choice("where", "unit", "home", "abroad"),
        a_choice("country", "kazakhstan", "france", when={"fact": "where", "is": "abroad"}),
        Question(
            "presses", "many", Compartment.STORY, (Option("sent"), Option("summons"), Option("nothing", alone=True))
        ),
        Question("learned_on", "date", Compartment.STORY),
        Question("words", "text", Compartment.STORY),
    )
}


@pytest.mark.parametrize(
    "when",
    [
        {"fact": "where", "is": "unit"},
        {"not": {"fact": "where", "in": ["unit", "home"]}},
        {"all": [{"fact": "presses", "contains": "sent"}, {"fact": "presses", "contains": "summons"}]},
        {"all": [{"not": {"fact": "presses", "contains": "sent"}}, {"fact": "where", "is": "home"}]},
        {"all": [{"fact": "country", "is": "france"}, {"fact": "where", "is": "abroad"}]},
        {"any": [{"fact": "country", "is": "france"}, {"fact": "where", "is": "home"}]},
        {
            "all": [
                {"any": [{"fact": "country", "is": "france"}, {"fact": "where", "is": "home"}]},
                {"not": {"fact": "where", "is": "abroad"}},
            ]
        },
        {
            "all": [
                {"fact": "learned_on", "more_than": "2023-12-01"},
                {"fact": "learned_on", "less_than": "2023-12-03"},
            ]
        },
        {
            "all": [
                {"fact": "learned_on", "at_least": {"days_from_today": -1}},
                {"fact": "learned_on", "at_most": "2023-12-04"},
            ]
        },
    ],
)
def test_what_some_answers_make_true_is_possible(when: dict[str, Any]) -> None:
    assert can_be_true(parse_condition(when), QUESTIONS, TUESDAY)


@pytest.mark.parametrize(
    "when",
    [
        {"all": [{"fact": "where", "is": "unit"}, {"fact": "where", "is": "home"}]},
        {"not": {"fact": "where", "in": ["unit", "home", "abroad"]}},
        {"all": [{"fact": "presses", "contains": "sent"}, {"fact": "presses", "contains": "nothing"}]},
        {"all": [{"fact": "country", "is": "france"}, {"fact": "where", "is": "home"}]},
        {
            "all": [
                {"fact": "learned_on", "more_than": "2023-12-01"},
                {"fact": "learned_on", "less_than": "2023-12-02"},
            ]
        },
        {
            "all": [
                {"fact": "learned_on", "at_least": {"days_from_today": 0}},
                {"fact": "learned_on", "at_most": "2023-12-04"},
            ]
        },
        {"fact": "words", "is": "anything"},
        {"fact": "nobody_asks", "is": "unit"},
    ],
)
def test_what_no_answers_make_true_is_not(when: dict[str, Any]) -> None:
    assert not can_be_true(parse_condition(when), QUESTIONS, TUESDAY)


FREE = {one.id: one for one in (a_choice("a", "x", "y", "z"), a_choice("b", "x", "y"), a_choice("c", "x", "y"))}
TESTS = st.sampled_from([{"fact": fact, "is": option.id} for fact, one in FREE.items() for option in one.options])
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=8,
)


@given(when=CONDITIONS)
def test_the_search_finds_what_trying_every_answer_finds(when: dict[str, Any]) -> None:
    condition = parse_condition(when)
    every = product(*([option.id for option in one.options] for one in FREE.values()))
    tried = any(
        condition.evaluate({TODAY: TUESDAY, **dict(zip(FREE, answers, strict=True))}) is Truth.YES for answers in every
    )
    assert can_be_true(condition, FREE, TUESDAY) is tried

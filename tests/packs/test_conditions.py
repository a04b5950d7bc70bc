"""The condition language: three values, and the laws that advice relies on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.packs.conditions import (
    All,
    AnyOf,
    Condition,
    ConditionError,
    FactValue,
    Not,
    Truth,
    facts_of,
    leaves_of,
    opened_by,
    parse_condition,
    uses_known,
)

TODAY = date(2023, 12, 5)
SINGLE = ("a", "b")
MANY = ("m", "n")
DATED = ("d",)
NUMBERED = ("x",)

days = st.dates(date(2023, 11, 1), date(2024, 1, 31)).map(date.isoformat)
words = st.sampled_from(["red", "blue", "green"])
OPERATORS = st.sampled_from(["at_least", "at_most", "more_than", "less_than"])

without_known = st.one_of(
    st.builds(lambda fact, value: {"fact": fact, "is": value}, st.sampled_from(SINGLE), words),
    st.builds(
        lambda fact, values: {"fact": fact, "in": values},
        st.sampled_from(SINGLE),
        st.lists(words, min_size=1, max_size=3),
    ),
    st.builds(lambda fact, value: {"fact": fact, "contains": value}, st.sampled_from(MANY), words),
    st.builds(
        lambda fact, operator, bound: {"fact": fact, operator: bound},
        st.sampled_from(DATED),
        OPERATORS,
        st.one_of(days, st.builds(lambda number: {"days_from_today": number}, st.integers(-40, 40))),
    ),
    st.builds(
        lambda fact, operator, bound: {"fact": fact, operator: bound},
        st.sampled_from(NUMBERED),
        OPERATORS,
        st.integers(-5, 5),
    ),
)
about_knowledge = st.builds(
    lambda fact, wanted: {"fact": fact, "known": wanted},
    st.sampled_from(SINGLE + MANY + DATED + NUMBERED),
    st.booleans(),
)


def nested(leaves: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[dict[str, object]]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=8,
    )


conditions = nested(without_known).map(parse_condition)
all_conditions = nested(st.one_of(without_known, about_knowledge)).map(parse_condition)
facts = st.fixed_dictionaries(
    {"today": st.just(TODAY)},
    optional={
        **dict.fromkeys(SINGLE, words),
        **dict.fromkeys(MANY, st.lists(words, max_size=3, unique=True).map(tuple)),
        **dict.fromkeys(DATED, days),
        **dict.fromkeys(NUMBERED, st.integers(-6, 6)),
    },
)


@given(st.lists(all_conditions, min_size=1, max_size=4), facts)
def test_not_all_is_any_not(parts: list[Condition], known: dict[str, FactValue]) -> None:
    left = Not(All(tuple(parts)))
    right = AnyOf(tuple(Not(part) for part in parts))
    assert left.evaluate(known) is right.evaluate(known)


@given(st.lists(all_conditions, min_size=1, max_size=4), facts)
def test_not_any_is_all_not(parts: list[Condition], known: dict[str, FactValue]) -> None:
    left = Not(AnyOf(tuple(parts)))
    right = All(tuple(Not(part) for part in parts))
    assert left.evaluate(known) is right.evaluate(known)


@given(all_conditions, facts)
def test_twice_not_is_nothing(condition: Condition, known: dict[str, FactValue]) -> None:
    assert Not(Not(condition)).evaluate(known) is condition.evaluate(known)


@given(conditions, facts, facts)
def test_more_facts_never_change_what_is_certain(
    condition: Condition, known: dict[str, FactValue], learned: dict[str, FactValue]
) -> None:
    before = condition.evaluate(known)
    after = condition.evaluate({**learned, **known})
    assert before is Truth.UNKNOWN or after is before


@given(conditions, facts)
def test_a_certain_result_holds_however_the_unknown_turns_out(
    condition: Condition, known: dict[str, FactValue]
) -> None:
    result = condition.evaluate(known)
    filled: dict[str, FactValue] = {**dict.fromkeys(SINGLE, "red"), **dict.fromkeys(MANY, ("red",))}
    filled |= {**dict.fromkeys(DATED, "2023-12-05"), **dict.fromkeys(NUMBERED, 0)}
    with_everything = condition.evaluate({**filled, **known})
    assert with_everything is not Truth.UNKNOWN
    assert result in (Truth.UNKNOWN, with_everything)


@given(all_conditions, facts)
def test_dates_count_alike_as_dates_and_as_text(condition: Condition, known: dict[str, FactValue]) -> None:
    as_dates = {
        name: date.fromisoformat(value) if name in DATED and isinstance(value, str) else value
        for name, value in known.items()
    }
    assert condition.evaluate(known) is condition.evaluate({**as_dates, "today": TODAY.isoformat()})


@given(all_conditions)
def test_facts_are_those_of_the_single_tests(condition: Condition) -> None:
    assert facts_of(condition) == {test.fact for test in leaves_of(condition)}


@pytest.mark.parametrize(
    ("written", "known", "truth"),
    [
        ({"fact": "a", "is": "red"}, {"a": "red"}, Truth.YES),
        ({"fact": "a", "is": "red"}, {"a": "blue"}, Truth.NO),
        ({"fact": "a", "is": "red"}, {}, Truth.UNKNOWN),
        ({"fact": "a", "is": "red"}, {"a": None}, Truth.UNKNOWN),
        ({"fact": "a", "is": "red"}, {"a": ("red",)}, Truth.UNKNOWN),
        ({"fact": "a", "is": 1}, {"a": True}, Truth.NO),
        ({"fact": "a", "is": True}, {"a": 1}, Truth.NO),
        ({"fact": "a", "is": 1}, {"a": "1"}, Truth.NO),
        ({"fact": "a", "is": 1}, {"a": 1.0}, Truth.YES),
        ({"fact": "a", "is": "2023-12-05"}, {"a": TODAY}, Truth.YES),
        ({"fact": "a", "in": ["red", "blue"]}, {"a": "blue"}, Truth.YES),
        ({"fact": "m", "contains": "red"}, {"m": ["red", "blue"]}, Truth.YES),
        ({"fact": "m", "contains": "red"}, {"m": ()}, Truth.NO),
        ({"fact": "m", "contains": "red"}, {"m": "red"}, Truth.UNKNOWN),
        ({"fact": "x", "at_least": 2}, {"x": 2}, Truth.YES),
        ({"fact": "x", "more_than": 2}, {"x": 2}, Truth.NO),
        ({"fact": "x", "at_most": 2.5}, {"x": 2}, Truth.YES),
        ({"fact": "x", "less_than": 2}, {"x": True}, Truth.UNKNOWN),
        ({"fact": "x", "less_than": 2}, {"x": "1"}, Truth.UNKNOWN),
        ({"fact": "d", "at_most": "2023-12-05"}, {"d": "2023-12-05"}, Truth.YES),
        ({"fact": "d", "at_most": "2023-12-05"}, {"d": "in winter"}, Truth.UNKNOWN),
        ({"fact": "d", "at_most": {"days_from_today": 3}}, {"d": "2023-12-08", "today": TODAY}, Truth.YES),
        ({"fact": "d", "at_most": {"days_from_today": 3}}, {"d": "2023-12-09", "today": TODAY}, Truth.NO),
        ({"fact": "d", "at_least": {"days_from_today": -1}}, {"d": "2023-12-04", "today": TODAY}, Truth.YES),
        ({"fact": "d", "at_most": {"days_from_today": 3}}, {"d": "2023-12-08"}, Truth.UNKNOWN),
        ({"fact": "d", "known": True}, {"d": "2023-12-08"}, Truth.YES),
        ({"fact": "d", "known": False}, {}, Truth.YES),
        ({"all": [{"fact": "a", "is": "red"}, {"fact": "b", "is": "red"}]}, {"a": "blue"}, Truth.NO),
        ({"all": [{"fact": "a", "is": "red"}, {"fact": "b", "is": "red"}]}, {"a": "red"}, Truth.UNKNOWN),
        ({"any": [{"fact": "a", "is": "red"}, {"fact": "b", "is": "red"}]}, {"b": "red"}, Truth.YES),
        ({"any": [{"fact": "a", "is": "red"}, {"fact": "b", "is": "red"}]}, {"b": "blue"}, Truth.UNKNOWN),
        ({"not": {"fact": "a", "is": "red"}}, {}, Truth.UNKNOWN),
    ],
)
def test_known_answers(written: object, known: dict[str, FactValue], truth: Truth) -> None:
    assert parse_condition(written).evaluate(known) is truth


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ([], ""),
        ({}, ""),
        ({"all": []}, "all"),
        ({"any": "a"}, "any"),
        ({"some": [{"fact": "a", "is": 1}]}, ""),
        ({"all": [{"fact": "a", "is": 1}], "any": [{"fact": "a", "is": 1}]}, ""),
        ({"fact": "a"}, ""),
        ({"fact": "", "is": 1}, "fact"),
        ({"fact": 3, "is": 1}, "fact"),
        ({"fact": "a", "is": 1, "in": [1]}, ""),
        ({"fact": "a", "is": [1]}, "is"),
        ({"fact": "a", "is": None}, "is"),
        ({"fact": "a", "in": []}, "in"),
        ({"fact": "a", "in": [[1]]}, "in[0]"),
        ({"fact": "a", "contains": 1}, "contains"),
        ({"fact": "a", "known": "yes"}, "known"),
        ({"fact": "a", "like": "x"}, ""),
        ({"fact": "a", "at_least": True}, "at_least"),
        ({"fact": "a", "at_least": "soon"}, "at_least"),
        ({"fact": "a", "at_least": "2023-02-30"}, "at_least"),
        ({"fact": "a", "at_least": {"days": 3}}, "at_least"),
        ({"fact": "a", "at_least": {"days_from_today": 1.5}}, "at_least"),
        ({"fact": "a", "at_least": {"days_from_today": True}}, "at_least"),
        ({"any": [{"fact": "a", "is": 1}, {"not": {"fact": "b"}}]}, "any[1].not"),
    ],
)
def test_a_fault_is_named_with_its_place(written: object, where: str) -> None:
    with pytest.raises(ConditionError) as refused:
        parse_condition(written)
    assert refused.value.where == where
    assert refused.value.message.endswith(".")
    assert str(refused.value).endswith(refused.value.message)


def test_conditions_may_not_be_nested_without_end() -> None:
    written: dict[str, object] = {"fact": "a", "is": 1}
    for _ in range(20):
        written = {"not": written}
    with pytest.raises(ConditionError, match="nested"):
        parse_condition(written)


def test_a_truth_is_no_yes_or_no() -> None:
    with pytest.raises(TypeError):
        bool(Truth.UNKNOWN)


def test_asking_what_is_known_is_found_at_any_depth() -> None:
    assert uses_known(parse_condition({"not": {"any": [{"fact": "a", "is": 1}, {"fact": "b", "known": True}]}}))
    assert not uses_known(parse_condition({"fact": "a", "is": 1}))


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ({"fact": "m", "contains": "n"}, (("m", "n"),)),
        ({"fact": "a", "is": "b"}, (("a", "b"),)),
        ({"fact": "a", "in": ["b", "c"]}, (("a", "b"), ("a", "c"))),
        ({"any": [{"fact": "a", "is": "b"}, {"fact": "m", "contains": "n"}]}, (("a", "b"), ("m", "n"))),
        ({"fact": "a", "is": 1}, None),
        ({"all": [{"fact": "a", "is": "b"}]}, None),
        ({"any": [{"fact": "a", "is": "b"}, {"not": {"fact": "m", "contains": "n"}}]}, None),
        ({"fact": "d", "at_least": 1}, None),
    ],
)
def test_what_style_alone_can_open(written: object, pairs: object) -> None:
    assert opened_by(parse_condition(written)) == pairs


def test_days_from_today_cross_the_end_of_a_year() -> None:
    condition = parse_condition({"fact": "d", "at_most": {"days_from_today": 30}})
    day = (date(2023, 12, 31) + timedelta(days=30)).isoformat()
    assert condition.evaluate({"d": day, "today": date(2023, 12, 31)}) is Truth.YES

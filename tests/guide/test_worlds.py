"""All answers at once: the same as one after the other, on the shipped law and on laws that nobody would write."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guide.making import TUESDAY, a_book, a_choice, a_date, a_rule, listed
from guide.plain import missing_facts, plain_asks
from guide.test_evaluating import PACK, QUESTIONS, some_facts
from leeside.guide.evaluating import ask_guide
from leeside.guide.worlds import worlds_of
from leeside.packs.conditions import TODAY, FactValue, Truth
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Confidence, Gives
from leeside.packs.questions import Question

ASKED = listed(
    a_choice("where", "unit", "front", "home"),
    a_choice("presses", "summons", "sent_back", "nothing", kind="many", when={"fact": "where", "is": "unit"}),
    a_date("learned_on"),
    a_choice("said", kind="text"),
)


def some_test_of(fact: str) -> st.SearchStrategy[dict[str, Any]]:
    bounds = st.one_of(
        st.dates(date(2023, 11, 1), date(2024, 1, 31)).map(date.isoformat),
        st.integers(-40, 40).map(lambda days: {"days_from_today": days}),
        st.integers(0, 3),
    )
    words = st.sampled_from(["unit", "front", "home", "summons", "sent_back", "nothing", "elsewhere"])
    return st.one_of(
        st.builds(lambda value: {"fact": fact, "is": value}, words),
        st.builds(lambda values: {"fact": fact, "in": values}, st.lists(words, min_size=1, max_size=3)),
        st.builds(lambda value: {"fact": fact, "contains": value}, words),
        st.builds(
            lambda word, bound: {"fact": fact, word: bound},
            st.sampled_from(["at_least", "at_most", "more_than", "less_than"]),
            bounds,
        ),
    )


# Tests of the wrong kind for their fact too, and of facts that no question asks.
some_test = st.sampled_from([*ASKED, "never_asked"]).flatmap(some_test_of)
some_condition: st.SearchStrategy[dict[str, Any]] = st.recursive(
    some_test,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=10,
)
some_values: st.SearchStrategy[FactValue] = st.one_of(
    st.sampled_from(["unit", "home", "elsewhere", "2023-12-01", "2024-01-05", "soon"]),
    st.just(("summons",)),
    st.just(2),
    st.none(),
)


def same_as_plain(book: Guidebook, questions: Mapping[str, Question], facts: Mapping[str, FactValue], on: date) -> None:
    result = ask_guide(book, questions, facts, on)
    seen = {**facts, TODAY: on}
    in_force = [rule for rule in book.rules if rule.is_in_force(on)]
    open_rules = [rule for rule in in_force if rule.condition.evaluate(seen) is Truth.UNKNOWN]
    assert {one.rule.id: one.missing for one in result.open} == {
        rule.id: missing_facts(rule.condition, seen) for rule in open_rules
    }
    plain = plain_asks([one.rule for one in result.open], result.deadlines, questions, seen)
    assert list(result.asks) == plain, "to the last digit: an order must not hang on rounding"


@settings(max_examples=30, deadline=None)
@given(facts=some_facts, on=st.dates(date(2022, 9, 1), date(2026, 12, 31)))
def test_the_shipped_law_asks_what_the_plain_way_asks(facts: Mapping[str, FactValue], on: date) -> None:
    """Broken on purpose: no day after a bound; `any` that adds up as `all`; a day's bounds of all rules, not of those
    that wait."""
    same_as_plain(PACK.guide, QUESTIONS, facts, on)


@settings(max_examples=120, deadline=None)
@given(
    conditions=st.lists(some_condition, min_size=1, max_size=4),
    facts=st.dictionaries(st.sampled_from([*ASKED, "never_asked"]), some_values),
    gives=st.lists(st.sampled_from(list(Gives)), min_size=4, max_size=4),
    is_general=st.booleans(),
)
def test_any_law_asks_what_the_plain_way_asks(
    conditions: list[dict[str, Any]], facts: Mapping[str, FactValue], gives: list[Gives], is_general: bool
) -> None:
    """Broken on purpose: `not` that forgets to change the two; a value of the wrong kind taken for known."""
    confidence = Confidence.GENERAL if is_general else Confidence.OFFICIAL
    rules = [
        a_rule(f"rule-{number}", when=when, gives=gives[number], confidence=confidence)
        for number, when in enumerate(conditions)
    ]
    same_as_plain(a_book(*rules), ASKED, facts, TUESDAY)


def test_what_is_kept_belongs_to_this_guide_these_questions_and_this_day() -> None:
    """Broken on purpose: worlds kept by the guide alone, so that tomorrow is asked with the days of today."""
    book, questions = a_book(a_rule(when={"fact": "where", "is": "unit"})), dict(ASKED)
    kept = worlds_of(book, questions, TUESDAY)
    assert worlds_of(book, questions, TUESDAY) is kept
    assert worlds_of(book, questions, TUESDAY + timedelta(days=1)) is not kept
    assert worlds_of(book, dict(ASKED), TUESDAY) is not kept
    assert worlds_of(a_book(*book.rules), questions, TUESDAY) is not kept

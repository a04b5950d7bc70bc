"""Which rules apply, which lie ahead, and of which nobody can tell yet."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.making import TUESDAY, a_book, a_choice, a_date, a_rule, a_term, listed
from leeside.guide.evaluating import ask_guide, decisive_tests
from leeside.packs.conditions import TODAY, FactValue, Truth, parse_condition
from leeside.packs.guidebook.rules import Confidence, Gives
from leeside.packs.reader import shipped_pack

PACK = shipped_pack("refusal")
QUESTIONS = {question.id: question for question in PACK.all_questions}
IN_UNIT = {"where": "unit"}


def ids(results: object) -> list[str]:
    return [one.rule.id for one in results]  # type: ignore[attr-defined]


class TestInForce:
    @pytest.mark.parametrize(
        ("on", "applies", "coming"),
        [
            ("2023-07-30", False, False),
            ("2023-07-31", False, True),
            ("2023-12-10", False, True),
            ("2023-12-11", True, False),
            ("2024-12-31", True, False),
            ("2025-01-01", False, False),
        ],
    )
    def test_a_rule_is_coming_once_it_is_published_and_applies_from_its_first_day_to_its_last(
        self, on: str, applies: bool, coming: bool
    ) -> None:
        rule = a_rule(published=date(2023, 7, 31), since=date(2023, 12, 11), until=date(2024, 12, 31))
        result = ask_guide(a_book(rule), {}, IN_UNIT, date.fromisoformat(on))
        assert (bool(result.applies), bool(result.coming)) == (applies, coming)

    def test_what_lies_ahead_is_shown_to_those_whom_it_will_concern_and_to_nobody_else(self) -> None:
        rule = a_rule(published=date(2023, 7, 31), since=date(2023, 12, 11))
        assert not ask_guide(a_book(rule), {}, {"where": "home"}, TUESDAY).coming
        assert not ask_guide(a_book(rule), {}, {}, TUESDAY).coming

    def test_what_is_coming_sets_no_deadline_and_asks_for_no_paper(self) -> None:
        rule = a_rule(published=date(2023, 7, 31), since=date(2023, 12, 11), terms=("term",), papers=("claim_court",))
        result = ask_guide(a_book(rule, terms=(a_term(),)), {}, {**IN_UNIT, "learned_on": "2023-12-01"}, TUESDAY)
        assert ids(result.coming) == ["rule"]
        assert result.deadlines == ()
        assert result.papers == ()

    def test_what_is_open_sets_no_deadline_before_it_is_known_to_apply(self) -> None:
        rule = a_rule(when={"fact": "held", "is": "yes"}, terms=("term",))
        result = ask_guide(a_book(rule, terms=(a_term(),)), {}, {"learned_on": "2023-12-01"}, TUESDAY)
        assert ids(result.open) == ["rule"]
        assert result.deadlines == ()

    def test_the_day_that_conditions_count_from_is_the_day_asked_about(self) -> None:
        rule = a_rule(when={"fact": "appear_on", "at_most": {"days_from_today": 3}})
        facts: Mapping[str, FactValue] = {"appear_on": "2023-12-08", TODAY: date(1999, 1, 1)}
        assert ids(ask_guide(a_book(rule), {}, facts, TUESDAY).applies) == ["rule"]
        assert not ask_guide(a_book(rule), {}, facts, TUESDAY - timedelta(days=1)).applies


class TestOrderAndPapers:
    def test_remedies_come_first_questions_to_check_last_and_rank_orders_the_rest(self) -> None:
        rules = (
            a_rule("heard_of", confidence=Confidence.GENERAL),
            a_rule("danger", gives=Gives.RISK),
            a_rule("later", rank=60),
            a_rule("shield", gives=Gives.PROTECTION),
            a_rule("first", rank=10),
            a_rule("also_later", rank=60),
        )
        found = ids(ask_guide(a_book(*rules), {}, IN_UNIT, TUESDAY).applies)
        assert found == ["first", "also_later", "later", "shield", "danger", "heard_of"]

    def test_papers_follow_from_rules_that_apply_each_once_and_never_from_a_question_to_check(self) -> None:
        rules = (
            a_rule("second", rank=20, papers=("claim_court", "report_commission")),
            a_rule("first", rank=10, papers=("report_commission",)),
            a_rule("heard_of", confidence=Confidence.GENERAL, papers=("application_acs",)),
            a_rule("elsewhere", when={"fact": "where", "is": "home"}, papers=("red_cross",)),
            a_rule("open", when={"fact": "held", "is": "yes"}, papers=("un_committee",)),
        )
        assert ask_guide(a_book(*rules), {}, IN_UNIT, TUESDAY).papers == ("report_commission", "claim_court")


class TestMissingFacts:
    @pytest.mark.parametrize(
        ("facts", "missing"),
        [
            ({}, ("where", "held", "wanted", "fitness")),
            ({"where": "unit"}, ("held", "wanted", "fitness")),
            ({"where": "unit", "held": "no"}, ("wanted", "fitness")),
            ({"where": "unit", "held": "yes"}, ("fitness",)),
            ({"where": "home"}, ()),
            ({"where": "unit", "held": "yes", "fitness": "a"}, ()),
        ],
    )
    def test_an_open_rule_waits_for_the_facts_that_keep_it_open_and_no_others(
        self, facts: Mapping[str, FactValue], missing: tuple[str, ...]
    ) -> None:
        rule = a_rule(
            when={
                "all": [
                    {"fact": "where", "is": "unit"},
                    {"any": [{"fact": "held", "is": "yes"}, {"fact": "wanted", "is": "yes"}]},
                    {"not": {"fact": "fitness", "is": "d"}},
                    {"fact": "where", "in": ["unit", "front"]},
                ]
            }
        )
        result = ask_guide(a_book(rule), {}, facts, TUESDAY)
        assert [one.missing for one in result.open] == ([missing] if missing else [])

    def test_a_value_of_another_kind_is_not_known(self) -> None:
        result = ask_guide(a_book(a_rule(when={"fact": "where", "is": "unit"})), {}, {"where": ("unit",)}, TUESDAY)
        assert [one.missing for one in result.open] == [("where",)]


class TestDecisiveTests:
    @pytest.mark.parametrize(
        ("facts", "decisive"),
        [
            ({"where": "unit", "held": "yes"}, [("where", Truth.YES), ("held", Truth.YES)]),
            ({"where": "unit", "held": "no", "fitness": "v"}, [("where", Truth.YES), ("fitness", Truth.NO)]),
            ({"where": "home", "held": "yes"}, [("where", Truth.NO)]),
            ({"where": "unit", "held": "no", "fitness": "d"}, [("held", Truth.NO), ("fitness", Truth.YES)]),
            ({"where": "unit", "held": "no"}, [("fitness", Truth.UNKNOWN)]),
        ],
    )
    def test_only_what_counted_is_named(
        self, facts: Mapping[str, FactValue], decisive: list[tuple[str, Truth]]
    ) -> None:
        condition = parse_condition(
            {
                "all": [
                    {"fact": "where", "is": "unit"},
                    {"any": [{"fact": "held", "is": "yes"}, {"not": {"fact": "fitness", "is": "d"}}]},
                ]
            }
        )
        assert [(test.fact, truth) for test, truth in decisive_tests(condition, facts)] == decisive


def known_values(fact: str) -> st.SearchStrategy[FactValue]:
    """Every answer that a question of the shipped pack can have."""
    question = QUESTIONS[fact]
    options = [option.id for option in question.options]
    if question.kind == "one":
        return st.sampled_from(options)
    if question.kind == "many":
        return st.lists(st.sampled_from(options), unique=True, max_size=3).map(tuple)
    return st.dates(date(2022, 9, 1), date(2026, 12, 31)).map(date.isoformat)


FACTS = sorted(fact for fact in PACK.guide.facts if QUESTIONS[fact].is_closed)
some_facts = st.lists(st.sampled_from(FACTS), unique=True, max_size=25).flatmap(
    lambda chosen: st.fixed_dictionaries({fact: known_values(fact) for fact in chosen})
)


class TestTheShippedLaw:
    @settings(max_examples=150, deadline=None)
    @given(facts=some_facts, more=some_facts, on=st.dates(date(2022, 9, 1), date(2026, 12, 31)))
    def test_adding_a_fact_never_turns_a_certain_result(
        self, facts: Mapping[str, FactValue], more: Mapping[str, FactValue], on: date
    ) -> None:
        before = ask_guide(PACK.guide, QUESTIONS, facts, on)
        after = ask_guide(PACK.guide, QUESTIONS, {**more, **facts}, on)
        assert set(ids(before.applies)) <= set(ids(after.applies))
        assert set(ids(before.coming)) <= set(ids(after.coming))
        assert set(ids(after.open)) <= set(ids(before.open))

    @settings(max_examples=60, deadline=None)
    @given(facts=some_facts, on=st.dates(date(2022, 9, 1), date(2026, 12, 31)))
    def test_each_rule_in_force_says_one_thing_and_an_open_one_names_what_it_waits_for(
        self, facts: Mapping[str, FactValue], on: date
    ) -> None:
        result = ask_guide(PACK.guide, QUESTIONS, facts, on)
        shown = ids(result.applies) + ids(result.open) + ids(result.coming)
        assert len(shown) == len(set(shown))
        for one in result.open:
            assert one.missing
            assert not set(one.missing) & set(facts)

    def test_nothing_is_said_to_nobody(self) -> None:
        assert ask_guide(PACK.guide, QUESTIONS, {}, TUESDAY).applies == ()


def test_a_question_follows_from_what_is_open() -> None:
    rules = (a_rule("open", when={"fact": "held", "is": "yes"}), a_rule("sure", terms=("term",)))
    questions = listed(a_choice("held", "yes", "no"), a_date("learned_on"))
    result = ask_guide(a_book(*rules, terms=(a_term(),)), questions, IN_UNIT, TUESDAY)
    assert {ask.fact: (ask.rules, ask.terms) for ask in result.asks} == {
        "held": (("open",), ()),
        "learned_on": ((), ("term",)),
    }
    settled = ask_guide(a_book(rules[0]), questions, {"held": "no"}, TUESDAY)
    assert settled.best_question == ""

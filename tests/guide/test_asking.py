"""Which single question would decide most."""

from collections.abc import Mapping

from guide.making import TUESDAY, a_book, a_choice, a_date, a_rule, a_term, listed
from leeside.guide.asking import Ask
from leeside.guide.evaluating import ask_guide
from leeside.packs.conditions import FactValue
from leeside.packs.guidebook.rules import Confidence, Gives, Rule
from leeside.packs.guidebook.terms import Term
from leeside.packs.questions import Question

HELD = a_choice("held", "yes", "no")
FITNESS = a_choice("fitness", "none", "a", "b", "v", "g", "d")
SIGNS = a_choice("presses", "sent_back", "summons", kind="many")


def asks_of(
    rules: tuple[Rule, ...],
    *questions: Question,
    facts: Mapping[str, FactValue] | None = None,
    terms: tuple[Term, ...] = (),
) -> list[Ask]:
    return list(ask_guide(a_book(*rules, terms=terms), listed(*questions), facts or {}, TUESDAY).asks)


def first(asks: list[Ask]) -> str:
    return asks[0].fact


def test_the_question_that_settles_more_rules_comes_first() -> None:
    held, fit = {"fact": "held", "is": "yes"}, {"fact": "fitness", "is": "d"}
    rules = (a_rule("one", when=held), a_rule("two", when=fit), a_rule("three", when=fit))
    asks = asks_of(rules, HELD, FITNESS)
    assert [(ask.fact, ask.worth, ask.rules) for ask in asks] == [
        ("fitness", 6.0, ("three", "two")),
        ("held", 3.0, ("one",)),
    ]


def test_a_question_is_worth_what_its_answers_settle_on_their_mean() -> None:
    # `held` alone settles the rule only when the answer is no; the mean of two answers is half of a remedy.
    rule = a_rule("both", when={"all": [{"fact": "held", "is": "yes"}, {"fact": "fitness", "is": "d"}]})
    asks = asks_of((rule,), HELD, FITNESS)
    assert {ask.fact: round(ask.worth, 3) for ask in asks} == {"held": 1.5, "fitness": 2.5}


def test_what_helps_counts_more_than_what_threatens_and_that_more_than_a_thing_to_check() -> None:
    worth = {}
    for name, more in {
        "remedy": {},
        "risk": {"gives": Gives.RISK},
        "document": {"gives": Gives.DOCUMENT},
        "heard_of": {"confidence": Confidence.GENERAL},
    }.items():
        worth[name] = asks_of((a_rule(when={"fact": "held", "is": "yes"}, **more),), HELD)[0].worth
    assert worth["remedy"] > worth["risk"] > worth["document"] > worth["heard_of"] > 0


def test_among_equals_the_order_of_the_pack_decides() -> None:
    rules = (a_rule("one", when={"fact": "wounded", "is": "yes"}), a_rule("two", when={"fact": "held", "is": "yes"}))
    wounded = a_choice("wounded", "yes", "no")
    assert first(asks_of(rules, HELD, wounded)) == "held"
    assert first(asks_of(rules, wounded, HELD)) == "wounded"


def test_what_nobody_may_be_asked_is_not_asked() -> None:
    rule = a_rule(when={"fact": "held", "is": "yes"})
    only_at_home = a_choice("held", "yes", "no", when={"fact": "where", "is": "home"})
    assert asks_of((rule,), only_at_home, facts={"where": "unit"}) == []
    assert first(asks_of((rule,), only_at_home, facts={"where": "home"})) == "held"
    # While it is not known whether the question fits, it may be asked.
    assert first(asks_of((rule,), only_at_home)) == "held"


def test_a_fact_that_no_question_of_the_pack_asks_is_left_out() -> None:
    assert asks_of((a_rule(when={"fact": "held", "is": "yes"}),), FITNESS) == []


def test_a_choice_of_many_is_tried_option_by_option() -> None:
    asks = asks_of((a_rule(when={"fact": "presses", "contains": "sent_back"}),), SIGNS)
    assert [(ask.fact, ask.worth) for ask in asks] == [("presses", 3.0)]


def test_days_are_tried_around_each_bound_and_around_today() -> None:
    rule = a_rule(
        when={
            "any": [
                {"fact": "appear_on", "at_most": "2024-01-05"},
                {"all": [{"fact": "appear_on", "less_than": {"days_from_today": 90}}, {"fact": "held", "is": "yes"}]},
            ]
        }
    )
    asks = {ask.fact: ask.worth for ask in asks_of((rule,), HELD, a_date("appear_on"))}
    # Of nine days (around today, 5 January and 4 March) two leave the rule to `held`: 6 January and 3 March.
    assert round(asks["appear_on"], 3) == round(3.0 * 7 / 9, 3)


def test_a_day_without_which_a_running_term_cannot_be_counted_is_worth_asking() -> None:
    rule = a_rule(when={"fact": "where", "is": "unit"}, terms=("term",))
    facts: Mapping[str, FactValue] = {"where": "unit"}
    asks = asks_of((rule,), a_date("learned_on"), facts=facts, terms=(a_term(),))
    assert [(ask.fact, ask.worth, ask.rules, ask.terms) for ask in asks] == [("learned_on", 3.0, (), ("term",))]
    known = asks_of((rule,), a_date("learned_on"), facts={**facts, "learned_on": "2023-12-01"}, terms=(a_term(),))
    assert known == []


def test_the_first_of_several_events_is_asked_for() -> None:
    term = a_term(events=("appear_on", "learned_on"))
    rule = a_rule(terms=("term",))
    asks = asks_of((rule,), a_date("learned_on"), a_date("appear_on"), facts={"where": "unit"}, terms=(term,))
    assert [ask.fact for ask in asks] == ["appear_on"]


def test_a_term_that_is_not_computed_asks_for_no_day() -> None:
    rule = a_rule(terms=("term",))
    term = a_term(may_compute=False)
    assert asks_of((rule,), a_date("learned_on"), facts={"where": "unit"}, terms=(term,)) == []

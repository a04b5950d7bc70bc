"""What differs between what was told and what the guide says today: every turn, and what is none."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from guide.making import TUESDAY, a_book, a_rule, a_term
from leeside.guide.comparing import Comparer, Difference, Telling, Turn
from leeside.packs.conditions import Facts
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.earlier import EarlierRule, EarlierRules
from leeside.packs.guidebook.rules import Confidence, Rule

NEXT_WEEK = TUESDAY + timedelta(days=7)
IN_UNIT = {"where": "unit"}
OLD, NEW = "0" * 16, "1" * 16


def kept(*rules: Rule, on: date = TUESDAY) -> EarlierRules:
    return EarlierRules(
        EarlierRule(one.id, one.digest, on, one.condition, one.since, one.until, one.words) for one in rules
    )


def told(*rules: str, on: date = TUESDAY, facts: Facts = IN_UNIT, **more: Any) -> Telling:
    return Telling(on=on, rules=dict.fromkeys(rules, OLD), facts=facts, days=more.pop("days", {}), **more)


def differences(
    before: Iterable[Rule],
    now: Guidebook,
    *tellings: Telling,
    facts: Facts = IN_UNIT,
    on: date = NEXT_WEEK,
    then: Facts | None = None,
) -> list[Difference]:
    return list(Comparer(now, kept(*before), on).compare(tellings, facts, then))


def turns(*args: Any, **more: Any) -> list[tuple[str, str, str]]:
    return [(one.change.turn, one.change.id, one.change.now) for one in differences(*args, **more)]


def test_what_is_as_it_was_told_is_no_difference() -> None:
    rule = a_rule("a")
    assert turns([rule], a_book(rule), told("a")) == []
    assert turns([rule], a_book(rule)) == [], "nothing was told"


def test_a_rule_worded_anew_differs_by_its_digest() -> None:
    """Broken on purpose: rules compared by their ids alone."""
    rule = a_rule("a")
    assert turns([rule], a_book(replace(rule, digest=NEW)), told("a")) == [("worded", "a", "a")]


def test_a_rule_that_ended_differs_and_names_what_took_its_place() -> None:
    rule, next_one = a_rule("a"), a_rule("b", digest=NEW, supersedes="a", since=date(2023, 12, 10))
    ended = replace(rule, until=date(2023, 12, 9), digest=NEW)
    assert turns([rule], a_book(ended, next_one), told("a")) == [("ended", "a", "b")]
    assert turns([rule], a_book(next_one), told("a")) == [("ended", "a", "b")], "gone from the pack"
    assert turns([rule], a_book(ended), told("a")) == [("ended", "a", "")]


def test_a_condition_that_covers_the_case_no_more_is_the_laws_doing() -> None:
    rule = a_rule("a")
    narrower = a_rule("a", {"all": [{"fact": "where", "is": "unit"}, {"fact": "wants", "is": "acs"}]}, digest=NEW)
    assert turns([rule], a_book(narrower), told("a"), facts={**IN_UNIT, "wants": "leave"}) == [("lapsed", "a", "a")]


def test_a_condition_that_asks_what_nobody_knows_leaves_it_open() -> None:
    rule = a_rule("a")
    asks = a_rule("a", {"all": [{"fact": "where", "is": "unit"}, {"fact": "wants", "is": "acs"}]}, digest=NEW)
    assert turns([rule], a_book(asks), told("a")) == [("unsure", "a", "a")]


def test_days_that_pass_turn_a_rule_without_any_change_of_the_pack() -> None:
    rule = a_rule("a", {"fact": "learned_on", "at_least": {"days_from_today": -3}})
    known = {"learned_on": "2023-12-04"}
    assert turns([rule], a_book(rule), told("a", facts=known), facts=known, on=TUESDAY) == []
    assert turns([rule], a_book(rule), told("a", facts=known), facts=known) == [("lapsed", "a", "a")]


def test_new_facts_are_told_apart_from_new_law() -> None:
    """Broken on purpose: without the facts of then, every fact that a colleague learned looks like a change of law."""
    rule, other = a_rule("a"), a_rule("b", {"fact": "where", "is": "home"})
    found = turns([rule, other], a_book(rule, other), told("a"), facts={"where": "home"}, then=IN_UNIT)
    assert found == [("facts", "", "")], "once a case, however many rules"
    wish = a_rule("c", {"fact": "wants", "is": "acs"})
    learned = {**IN_UNIT, "wants": "acs"}
    assert turns([rule, wish], a_book(rule, wish), told("a"), facts=learned, then=IN_UNIT) == [("facts", "", "")]
    assert turns([rule, wish], a_book(rule, wish), told("a"), facts=learned) == [], "known then, and left out"


def test_a_rule_that_came_into_force_differs_on_its_day_and_not_before() -> None:
    """Broken on purpose: a wording taken to be in force from the day after its first."""
    rule, coming = a_rule("a"), a_rule("b", since=date(2023, 12, 11), published=date(2023, 12, 1))
    law = a_book(rule, coming)
    for on, expected in ((10, []), (11, [("began", "", "b")]), (12, [("began", "", "b")])):
        assert turns([rule, coming], law, told("a"), on=date(2023, 12, on)) == expected
    assert turns([rule, coming], law, told("a", "b"), on=NEXT_WEEK) == [], "told as coming"
    assert turns([rule, coming], law, told("a", on=date(2023, 12, 11)), on=NEXT_WEEK) == [], "it stood on the page"


def test_a_rule_that_the_line_did_not_have_is_new_and_one_that_was_left_out_is_none() -> None:
    """Broken on purpose: without the wordings of then, whatever was not told is recalled for ever."""
    rule, other = a_rule("a"), a_rule("b")
    assert turns([rule, other], a_book(rule, other), told("a")) == []
    assert turns([rule], a_book(rule, other), told("a")) == [("new", "", "b")]
    narrower = a_rule("b", {"fact": "wants", "is": "acs"})
    wider = a_rule("b", digest=NEW)
    assert turns([rule, narrower], a_book(rule, wider), told("a")) == [("new", "", "b")], "its condition was widened"
    reworded = replace(other, digest=NEW)
    assert turns([rule, other], a_book(rule, reworded), told("a")) == [], "left out, and only worded anew"


def test_general_knowledge_is_never_recalled_as_new() -> None:
    rule, check = a_rule("a"), a_rule("k", confidence=Confidence.GENERAL)
    assert turns([rule], a_book(rule, check), told("a")) == []


def test_a_last_day_that_the_law_moved_differs_and_one_that_its_event_moved_is_of_the_facts() -> None:
    rule = a_rule("a", terms=("term",))
    law, longer = a_book(rule, terms=(a_term(count=10),)), a_book(rule, terms=(a_term(count=20),))
    known = {**IN_UNIT, "learned_on": "2023-12-01"}
    given = told("a", facts=known, days={"term": date(2023, 12, 11)})
    assert turns([rule], law, given, facts=known) == []
    [moved] = differences([rule], longer, given, facts=known)
    assert moved.change.turn == Turn.MOVED.value
    assert (moved.was, moved.day) == (date(2023, 12, 11), date(2023, 12, 21))
    later = {**IN_UNIT, "learned_on": "2023-12-04"}
    assert turns([rule], law, given, facts=later) == [("facts", "", "")]


def test_a_change_of_a_rule_tells_its_last_day_of_then_and_of_now() -> None:
    rule = a_rule("a", terms=("term",))
    known = {**IN_UNIT, "learned_on": "2023-12-01"}
    given = told("a", facts=known, days={"term": date(2023, 12, 11)})
    worded = a_book(replace(rule, digest=NEW), terms=(a_term(count=20),))
    [one, _moved] = differences([rule], worded, given, facts=known)
    assert (one.change.turn, one.was, one.day) == ("worded", date(2023, 12, 11), date(2023, 12, 21))


def test_what_a_recall_wrote_settles_its_own_change_and_no_other() -> None:
    """Broken on purpose: a recall's word taken for advice that looked at everything."""
    rule, coming, another = a_rule("a"), a_rule("b", since=date(2023, 12, 11)), a_rule("c", since=date(2023, 12, 11))
    law = a_book(rule, coming, another)
    word = told("b", on=date(2023, 12, 12), is_recall=True)
    assert turns([rule, coming, another], law, told("a"), word, on=date(2023, 12, 12)) == [("began", "", "c")]


def test_a_rule_that_was_told_to_hold_no_more_is_settled_until_it_is_told_again() -> None:
    rule = a_rule("a", until=date(2023, 12, 9))
    over = Telling(date(2023, 12, 12), {}, {}, {}, ended=frozenset({"a"}), is_recall=True)
    assert turns([rule], a_book(rule), told("a"), over) == []
    assert turns([rule], a_book(rule), told("a"), over, told("a", on=date(2023, 12, 12), facts=IN_UNIT)) == [
        ("ended", "a", "")
    ]


def test_a_rule_that_did_not_apply_when_advice_was_given_again_is_not_told_any_more() -> None:
    rule, other = a_rule("a"), a_rule("b", {"fact": "where", "is": "home"})
    at_home = {"where": "home"}
    again = told("b", on=date(2023, 12, 8), facts=at_home)
    assert turns([rule, other], a_book(rule, other), told("a"), again, facts=at_home, then=at_home) == []


def test_a_rule_that_was_told_as_coming_and_still_lies_ahead_differs_by_its_words_only() -> None:
    """Broken on purpose: what lies ahead passed over, whose first day somebody moved."""
    coming = a_rule("b", since=date(2023, 12, 20), published=date(2023, 12, 1))
    assert turns([coming], a_book(coming), told("b")) == []
    postponed = replace(coming, since=date(2024, 1, 15), digest=NEW)
    assert turns([coming], a_book(postponed), told("b")) == [("worded", "b", "b")]


def test_what_was_told_although_it_did_not_apply_is_no_difference_while_it_still_does_not() -> None:
    """Broken on purpose: without rule 5 a doubt that somebody meant is recalled on the same day."""
    rule = a_rule("a", {"all": [{"fact": "where", "is": "unit"}, {"fact": "wants", "is": "acs"}]})
    assert turns([rule], a_book(rule), told("a")) == [], "open then, open now"
    assert turns([rule], a_book(rule), told("a"), facts={**IN_UNIT, "wants": "leave"}) == []
    known = {**IN_UNIT, "wants": "acs"}
    assert turns([rule], a_book(rule), told("a", facts=known), facts=IN_UNIT, then=known) == [("facts", "", "")]

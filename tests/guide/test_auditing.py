"""A reviewer is told of everything that needs a person, and of nothing that does not."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from guide.making import TUESDAY, a_choice, a_rule, a_term
from leeside.guide.auditing import Finding, Look, audit
from leeside.packs.conditions import Truth
from leeside.packs.guidebook.book import Guidebook, LetterKind, Situation, Source
from leeside.packs.guidebook.rules import Confidence, Example, Gives, Review, Rule
from leeside.packs.reader import shipped_pack

QUESTIONS = {
    one.id: one
    for one in (
        a_choice("where", "unit", "home", "abroad"),
        a_choice("country", "france", when={"fact": "where", "is": "abroad"}),
        a_choice("closed", "yes", when={"all": [{"fact": "where", "is": "unit"}, {"fact": "where", "is": "home"}]}),
    )
}
YESTERDAY = TUESDAY - timedelta(days=1)
EXAMPLES = tuple(Example(truth.value, TUESDAY, {}, truth) for truth in Truth)


def a_sound_rule(rule_id: str = "rule", when: object = None, **more: Any) -> Rule:
    return a_rule(rule_id, when, **{"examples": EXAMPLES, "review": Review("A. Lawyer", YESTERDAY), **more})


def a_situation(*applies: str, **more: Any) -> Situation:
    plain = Situation("one", TUESDAY, {}, applies, (), (), {}, (), "", {})
    return replace(plain, **more)


def found(*rules: Rule, on: date = TUESDAY, **book: Any) -> list[Finding]:
    """What is found in a guide of these rules, each reached by a situation."""
    situations = book.pop("situations", (a_situation(*(rule.id for rule in rules)),))
    return list(audit(Guidebook(rules=rules, situations=situations, **book), QUESTIONS, on))


def test_a_rule_that_was_reviewed_yesterday_and_is_sure_needs_nobody() -> None:
    assert found(a_sound_rule()) == []


def test_a_rule_that_nobody_read_is_unreviewed() -> None:
    assert found(a_sound_rule(review=Review())) == [Finding(Look.UNREVIEWED, "rule")]


def test_a_review_lasts_a_hundred_and_eighty_days_and_no_day_longer() -> None:
    rule = a_sound_rule(review=Review("A. Lawyer", date(2023, 1, 1)))
    last = date(2023, 1, 1) + timedelta(days=180)
    assert found(rule, on=last) == []
    assert found(rule, on=last + timedelta(days=1)) == [Finding(Look.STALE, "rule", ("2023-01-01",))]
    book = Guidebook(rules=(rule,), situations=(a_situation("rule"),))
    assert not audit(book, QUESTIONS, TUESDAY, review_lasts_days=400)


@pytest.mark.parametrize("change", ["published", "since", "term"])
def test_a_review_older_than_the_law_that_it_speaks_of_is_stale(change: str) -> None:
    days = {"published": date(2023, 11, 1), "since": date(2023, 12, 11), "review": Review("A. Lawyer", YESTERDAY)}
    terms = (a_term("claim", since=date(2023, 12, 11)),) if change == "term" else (a_term("claim"),)
    if change == "published":
        days |= {"published": TUESDAY}
    if change == "term":
        days |= {"since": date(2023, 11, 1)}
    rule = a_sound_rule(terms=("claim",), **days)
    on = TUESDAY if change == "published" else date(2023, 12, 11)
    assert found(rule, on=on, terms=terms) == [Finding(Look.STALE, "rule", ("2023-12-04",))]
    if change != "published":
        assert found(rule, on=date(2023, 12, 10), terms=terms) == []


def test_days_marked_as_not_sure_are_named() -> None:
    rule = a_sound_rule(is_since_sure=False, is_until_sure=False)
    assert found(rule) == [Finding(Look.UNCONFIRMED, "rule", ("from", "until"))]


def test_general_knowledge_is_on_the_list_with_or_without_a_review() -> None:
    assert found(a_sound_rule(confidence=Confidence.GENERAL)) == [Finding(Look.GENERAL, "rule")]


def test_weak_pages_are_named_with_the_rule_that_leans_on_them() -> None:
    sources = {"S1": Source("S1", "https://a.example", is_weak=True), "S2": Source("S2", "https://b.example")}
    rule = a_sound_rule(sources=("S1", "S2"))
    assert found(rule, sources=MappingProxyType(sources)) == [Finding(Look.WEAK, "rule", ("S1",))]


def test_a_condition_that_no_answers_make_true_is_unreachable() -> None:
    both = {"all": [{"fact": "where", "is": "unit"}, {"fact": "where", "is": "home"}]}
    assert found(a_sound_rule(when=both)) == [Finding(Look.UNREACHABLE, "rule")]


def test_a_fact_whose_question_never_opens_is_named() -> None:
    rule = a_sound_rule(when={"any": [{"fact": "where", "is": "unit"}, {"fact": "closed", "is": "yes"}]})
    assert found(rule) == [Finding(Look.UNASKED, "rule", ("closed",))]


def test_missing_kinds_of_examples_are_named() -> None:
    assert found(a_sound_rule(examples=EXAMPLES[:1])) == [Finding(Look.UNTESTED, "rule", ("no", "unknown"))]


@pytest.mark.parametrize("part", ["applies", "unknown", "coming"])
def test_a_rule_is_reached_by_any_situation_that_names_it(part: str) -> None:
    assert found(a_sound_rule(), situations=(a_situation(**{part: ("rule",)}),)) == []
    assert found(a_sound_rule(), situations=()) == [Finding(Look.UNREACHED, "rule")]


def test_a_paper_that_one_rule_gives_and_another_warns_of_clashes_where_one_person_meets_both() -> None:
    letters = (LetterKind("paper", "", {}),)
    gives = a_sound_rule("gives", papers=("paper",))
    warns = a_sound_rule("warns", gives=Gives.RISK, papers=("paper",))
    assert found(gives, warns, letters=letters) == [Finding(Look.CLASH, "gives", ("warns",))]
    elsewhere = a_sound_rule("warns", {"fact": "where", "is": "home"}, gives=Gives.RISK, papers=("paper",))
    assert found(gives, elsewhere, letters=letters) == []
    ended = replace(warns, until=date(1999, 12, 31), since=date(1990, 1, 1), published=date(1990, 1, 1))
    assert found(gives, ended, letters=letters) == []


def test_a_rule_and_the_one_that_it_replaced_clash_when_both_are_in_force() -> None:
    newer = a_sound_rule("newer", supersedes="older", since=date(2020, 1, 1))
    assert found(newer, a_sound_rule("older")) == [Finding(Look.CLASH, "newer", ("older",))]
    assert found(newer, a_sound_rule("older", until=date(2019, 12, 31))) == []


def test_two_rules_that_give_the_same_are_doubled_and_those_that_give_something_else_are_not() -> None:
    letters = (LetterKind("paper", "", {}),)
    one, other = (a_sound_rule(name, papers=("paper",), authority="court") for name in ("one", "other"))
    assert found(one, other, letters=letters) == [Finding(Look.DOUBLED, "one", ("other",))]
    assert found(one, replace(other, authority="prosecutor"), letters=letters) == []
    assert found(one, replace(other, gives=Gives.PROTECTION), letters=letters) == []
    assert found(replace(one, papers=()), replace(other, papers=())) == []


def test_terms_papers_and_sources_that_nothing_names_are_idle() -> None:
    rule = a_sound_rule(terms=("claim",), papers=("paper",), sources=("S1",))
    sources = {name: Source(name, "https://a.example") for name in ("S1", "S2", "S3")}
    idle = found(
        rule,
        terms=(a_term("claim", restored_by="restore", sources=("S2",)), a_term("other")),
        letters=tuple(LetterKind(name, "", {}) for name in ("paper", "restore", "left")),
        sources=MappingProxyType(sources),
    )
    assert idle == [
        Finding(Look.IDLE_TERM, "other"),
        Finding(Look.IDLE_PAPER, "left"),
        Finding(Look.IDLE_SOURCE, "S3"),
    ]


def test_what_is_worst_stands_first() -> None:
    rules = (a_sound_rule("b", confidence=Confidence.GENERAL), a_sound_rule("a", review=Review(), examples=()))
    looks = [(one.look, one.subject) for one in found(*rules, situations=(a_situation("a", "b"),))]
    assert looks == [(Look.UNREVIEWED, "a"), (Look.GENERAL, "b"), (Look.UNTESTED, "a")]


def test_the_shipped_law_can_be_reached_and_does_not_clash() -> None:
    pack = shipped_pack("refusal")
    listed = audit(pack.guide, {question.id: question for question in pack.all_questions}, TUESDAY)
    assert not [one for one in listed if one.look in (Look.CLASH, Look.UNREACHABLE, Look.UNASKED, Look.UNTESTED)]
    assert {one.subject for one in listed if one.look is Look.UNREVIEWED} == set(pack.guide.by_id)

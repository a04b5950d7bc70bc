"""Small laws for tests: rules, terms and questions made of the few words that a test is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from leeside.packs.conditions import parse_condition
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Confidence, Gives, Review, Rule, RuleWords
from leeside.packs.guidebook.terms import Term, TermWords, Unit
from leeside.packs.questions import Option, Question
from leeside.sealing.compartments import Compartment

TUESDAY = date(2023, 12, 5)


def a_rule(rule_id: str = "rule", when: object = None, **more: Any) -> Rule:
    """A rule in force since 2000, seen in an official text; `when` is written as in a pack."""
    since = more.pop("since", date(2000, 1, 1))
    plain = Rule(
        id=rule_id,
        gives=Gives.REMEDY,
        condition=parse_condition(when or {"fact": "where", "is": "unit"}),
        published=since,
        since=since,
        until=None,
        is_since_sure=True,
        is_until_sure=True,
        confidence=Confidence.OFFICIAL,
        sources=(),
        research=(),
        terms=(),
        papers=(),
        asks=(),
        authority="",
        rank=50,
        for_lawyer=False,
        supersedes="",
        review=Review(),
        words={"en": RuleWords(rule_id, "why", "act")},
        examples=(),
        digest="0" * 16,
    )
    return replace(plain, **more)


def a_term(term_id: str = "term", unit: Unit = Unit.DAYS, count: int = 15, **more: Any) -> Term:
    """A Russian term that runs from `learned_on`, the day of the event out, its end moved from a day off."""
    plain = Term(
        id=term_id,
        events=("learned_on",),
        is_duty=True,
        unit=unit,
        count=count,
        longest=0,
        is_before=False,
        counts_event_day=False,
        moves_on=True,
        country="RU",
        may_compute=True,
        is_restorable=False,
        restored_by="",
        since=None,
        until=None,
        confidence=Confidence.OFFICIAL,
        sources=(),
        research=(),
        words={"en": TermWords(term_id, "act")},
    )
    return replace(plain, **more)


def a_book(*rules: Rule, terms: tuple[Term, ...] = ()) -> Guidebook:
    return Guidebook(rules=rules, terms=terms)


def a_choice(question_id: str, *options: str, kind: str = "one", when: object = None) -> Question:
    condition = None if when is None else parse_condition(when)
    return Question(question_id, kind, Compartment.STORY, tuple(Option(each) for each in options), condition)


def a_date(question_id: str, when: object = None) -> Question:
    return a_choice(question_id, kind="date", when=when)


def listed(*questions: Question) -> Mapping[str, Question]:
    return {question.id: question for question in questions}

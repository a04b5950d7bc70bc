"""The guide's questions in the plainest way: every answer is put among the facts, and every condition asked again."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from leeside.guide.asking import Ask
from leeside.guide.deadlines import Deadline, Standing
from leeside.packs.conditions import (
    TODAY,
    All,
    AnyOf,
    Compare,
    Condition,
    DaysFromToday,
    Facts,
    FactValue,
    Not,
    Truth,
    leaves_of,
)
from leeside.packs.guidebook.rules import Gives, Rule
from leeside.packs.questions import Question

WORTH = {Gives.REMEDY: 3.0, Gives.PROTECTION: 3.0, Gives.RISK: 2.0, Gives.DOCUMENT: 1.0, Gives.AUTHORITY: 1.0}


def missing_facts(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """The unknown facts that keep an open condition open, each once, in the order in which it asks for them."""
    if condition.evaluate(facts) is not Truth.UNKNOWN:
        return ()
    if isinstance(condition, (All, AnyOf)):
        parts = [missing_facts(part, facts) for part in condition.parts]
        return tuple(dict.fromkeys(fact for part in parts for fact in part))
    if isinstance(condition, Not):
        return missing_facts(condition.part, facts)
    return (condition.fact,)


def plain_asks(
    open_rules: Iterable[Rule], deadlines: Iterable[Deadline], questions: Mapping[str, Question], facts: Facts
) -> list[Ask]:
    """What could be asked, in the order in which it should be."""
    rules = list(open_rules)
    undated = [(one.term.events[0], one.term.id) for one in deadlines if one.standing is Standing.NO_EVENT]
    asks = []
    for place, (fact, question) in enumerate(questions.items()):
        waiting = [rule for rule in rules if fact in missing_facts(rule.condition, facts)]
        terms = tuple(term for event, term in undated if event == fact)
        fits = question.condition is None or question.condition.evaluate(facts) is not Truth.NO
        if terms or (waiting and fits):
            worth = _settled(question, waiting, facts) + 3.0 * len(terms)
            asks.append((-worth, place, Ask(fact, worth, tuple(rule.id for rule in waiting), terms)))
    return [ask for _worth, _place, ask in sorted(asks, key=lambda one: one[:2])]


def _settled(question: Question, rules: list[Rule], facts: Facts) -> float:
    answers = list(_answers(question, rules, facts))
    if not answers or not rules:
        return 0.0
    worth = 0.0
    for rule in rules:
        tried = [rule.condition.evaluate({**facts, question.id: answer}) for answer in answers]
        worth += (0.5 if rule.is_question else WORTH[rule.gives]) * sum(one is not Truth.UNKNOWN for one in tried)
    return worth / len(answers)


def _answers(question: Question, rules: list[Rule], facts: Facts) -> Iterable[FactValue]:
    if question.kind == "one":
        return [option.id for option in question.options]
    if question.kind == "many":
        return [(option.id,) for option in question.options]
    if question.kind != "date":
        return []
    today = facts[TODAY]
    assert isinstance(today, date)
    bounds = {today}
    for test in (test for rule in rules for test in leaves_of(rule.condition)):
        if test.fact == question.id and isinstance(test, Compare):
            if isinstance(test.bound, DaysFromToday):
                bounds.add(today + timedelta(days=test.bound.days))
            elif isinstance(test.bound, str):
                bounds.add(date.fromisoformat(test.bound))
    return [bound + timedelta(days=step) for bound in sorted(bounds) for step in (-1, 0, 1)]

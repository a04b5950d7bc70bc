"""Which single question would decide most: every answer that it can have is tried on the rules that are open.

A question is worth the open rules that an answer to it settles, on the mean of its answers, what helps a person
counting most; and the deadlines that cannot be counted before its day is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from leeside.guide.deadlines import Deadline, Standing
from leeside.packs.conditions import TODAY, Compare, DaysFromToday, Facts, FactValue, Truth
from leeside.packs.guidebook.rules import Gives, Rule
from leeside.packs.questions import Question

_WORTH: Final[Mapping[Gives, float]] = {
    Gives.REMEDY: 3.0,
    Gives.PROTECTION: 3.0,
    Gives.RISK: 2.0,
    Gives.DOCUMENT: 1.0,
    Gives.AUTHORITY: 1.0,
}
_WORTH_OF_QUESTION: Final = 0.5
"""A rule that is general knowledge only is worth little: it can only give something to check."""
_WORTH_OF_DEADLINE: Final = 3.0
"""What a day is worth without which a running term cannot be counted."""


@dataclass(frozen=True)
class Ask:
    """A fact to ask for, and the rules and terms (ids) that it may settle. `worth` orders; it has no unit."""

    fact: str
    worth: float
    rules: tuple[str, ...]
    terms: tuple[str, ...]


def rank_questions(
    open_rules: Sequence[tuple[Rule, tuple[str, ...]]],
    deadlines: Iterable[Deadline],
    questions: Mapping[str, Question],
    facts: Facts,
) -> tuple[Ask, ...]:
    """The questions that could settle something, the one that would decide most first; among equals in pack order.

    `open_rules` are rules with the facts that each waits for; `facts` carry the day under `TODAY`.
    """
    waiting: dict[str, list[Rule]] = {}
    for rule, missing in open_rules:
        for fact in missing:
            waiting.setdefault(fact, []).append(rule)
    undated: dict[str, list[str]] = {}
    for deadline in deadlines:
        if deadline.standing is Standing.NO_EVENT:
            undated.setdefault(deadline.term.events[0], []).append(deadline.term.id)
    order = {fact: number for number, fact in enumerate(questions)}
    asks = [
        Ask(
            fact,
            _settled(fact, waiting.get(fact, ()), questions[fact], facts)
            + _WORTH_OF_DEADLINE * len(undated.get(fact, ())),
            tuple(rule.id for rule in waiting.get(fact, ())),
            tuple(undated.get(fact, ())),
        )
        for fact in {**waiting, **undated}
        if fact in questions and (fact in undated or _can_be_asked(questions[fact], facts))
    ]
    return tuple(sorted(asks, key=lambda ask: (-ask.worth, order[ask.fact])))


def _can_be_asked(question: Question, facts: Facts) -> bool:
    return question.condition is None or question.condition.evaluate(facts) is not Truth.NO


def _settled(fact: str, rules: Sequence[Rule], question: Question, facts: Facts) -> float:
    """What the answers to a question settle on their mean."""
    answers = list(_answers(question, rules, facts))
    if not answers or not rules:
        return 0.0
    return sum(_worth(rule) * _settling(fact, answers, rule, facts) for rule in rules) / len(answers)


def _settling(fact: str, answers: Sequence[FactValue], rule: Rule, facts: Facts) -> int:
    """How many of the answers settle a rule. Answers that the rule's tests cannot tell apart are tried once."""
    tests = rule.tests.get(fact, ())
    known = dict(facts)
    tried: dict[tuple[bool, ...], bool] = {}
    settling = 0
    for answer in answers:
        known[fact] = answer
        # An answer of the question's own kind is never half fit: a test says yes or no to all of them, or to none.
        told = tuple(test.evaluate(known) is Truth.YES for test in tests)
        if told not in tried:
            tried[told] = rule.condition.evaluate(known) is not Truth.UNKNOWN
        settling += tried[told]
    return settling


def _worth(rule: Rule) -> float:
    return _WORTH_OF_QUESTION if rule.is_question else _WORTH[rule.gives]


def _answers(question: Question, rules: Sequence[Rule], facts: Facts) -> Iterable[FactValue]:
    """Every answer that can make a difference."""
    if question.kind == "one":
        return [option.id for option in question.options]
    if question.kind == "many":
        return [(option.id,) for option in question.options]
    if question.kind == "date":
        return _days(question.id, rules, facts)
    return ()


def _days(fact: str, rules: Sequence[Rule], facts: Facts) -> Iterable[FactValue]:
    today = facts.get(TODAY)
    if not isinstance(today, date):
        return
    bounds = {today}
    for rule in rules:
        for test in rule.tests.get(fact, ()):
            if isinstance(test, Compare):
                bounds |= _bound(test.bound, today)
    for bound in sorted(bounds):
        yield from (bound - timedelta(days=1), bound, bound + timedelta(days=1))


def _bound(bound: float | int | str | DaysFromToday, today: date) -> set[date]:
    if isinstance(bound, DaysFromToday):
        return {today + timedelta(days=bound.days)}
    return {date.fromisoformat(bound)} if isinstance(bound, str) else set()

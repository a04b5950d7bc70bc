"""Whether a condition can be true for anybody at all, with the answers that its pack's questions have.

A search over answers, where answers that no test tells apart are tried once. What is settled as NO is left at once:
without `known`, more facts never turn it. A fact may stay unknown, and may only be known while its question is asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Final

from leeside.packs.conditions import (
    TODAY,
    Compare,
    Condition,
    Contains,
    DaysFromToday,
    FactValue,
    Test,
    Truth,
    leaves_of,
)
from leeside.packs.questions import Question

_DAY: Final = timedelta(days=1)


class TooManyWaysError(Exception):
    """The answers to be looked at are more than whoever asks can wait for."""


def can_be_true(
    condition: Condition, questions: Mapping[str, Question], on: date, looks: Iterator[int] | None = None
) -> bool:
    """Whether some answers make the condition true on that day. A fact that nobody asks never has a value.

    Each look at the condition takes one of `looks`. Raises TooManyWaysError when none is left.
    """
    tests: dict[str, list[Test]] = {}
    for test in leaves_of(condition):
        tests.setdefault(test.fact, []).append(test)
    choices = [(fact, list(_values(fact, asked, questions, on))) for fact, asked in tests.items()]
    return _search(condition, questions, choices, {TODAY: on}, looks)


def _search(
    condition: Condition,
    questions: Mapping[str, Question],
    choices: Sequence[tuple[str, list[FactValue]]],
    facts: Mapping[str, FactValue],
    looks: Iterator[int] | None,
) -> bool:
    if looks is not None and next(looks, None) is None:
        raise TooManyWaysError
    truth = condition.evaluate(facts)
    if truth is Truth.NO:
        return False
    if truth is Truth.YES and all(_is_asked(questions[fact], facts) for fact in facts if fact in questions):
        return True
    if not choices:
        return False
    (fact, values), *later = choices
    return any(_search(condition, questions, later, {**facts, fact: value}, looks) for value in [*values, None])


def _is_asked(question: Question, facts: Mapping[str, FactValue]) -> bool:
    is_known = facts.get(question.id) is not None
    return not is_known or question.condition is None or question.condition.evaluate(facts) is not Truth.NO


def _values(fact: str, tests: list[Test], questions: Mapping[str, Question], on: date) -> Iterator[FactValue]:
    """One answer for each way in which the tests can come out."""
    question = questions.get(fact)
    if question is None:
        return
    needed = [*tests, *(test for other in questions.values() for test in _tests_on(fact, other))]
    seen: set[tuple[Truth, ...]] = set()
    for value in _answers(question, needed, on):
        outcome = tuple(test.evaluate({fact: value, TODAY: on}) for test in needed)
        if outcome not in seen:
            seen.add(outcome)
            yield value


def _tests_on(fact: str, question: Question) -> Iterator[Test]:
    """What must hold of a fact so that another question is asked."""
    if question.condition is not None:
        yield from (test for test in leaves_of(question.condition) if test.fact == fact)


def _answers(question: Question, tests: Iterable[Test], on: date) -> Iterable[FactValue]:
    if question.kind == "one":
        return [option.id for option in question.options]
    if question.kind == "many":
        return _sets(question, {test.value for test in tests if isinstance(test, Contains)})
    if question.kind == "date":
        bounds = {_day(test.bound, on) for test in tests if isinstance(test, Compare)}
        return sorted({day + step for day in bounds | {on} for step in (-_DAY, 0 * _DAY, _DAY)})
    return ()


def _sets(question: Question, tested: set[str]) -> Iterator[tuple[str, ...]]:
    """What can be chosen together of the options that are tested, and one that is not."""
    together = [option.id for option in question.options if option.id in tested and not option.alone]
    untested = [option.id for option in question.options if option.id not in tested][:1]
    sizes = chain.from_iterable(combinations(together, size) for size in range(1, len(together) + 1))
    yield from sizes
    yield from ((option.id,) for option in question.options if option.alone)
    yield tuple(untested)


def _day(bound: float | str | DaysFromToday, on: date) -> date:
    if isinstance(bound, DaysFromToday):
        return on + timedelta(days=bound.days)
    return date.fromisoformat(bound) if isinstance(bound, str) else on

"""Whether a condition can ever be true, found by trying every answer that could make a difference."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain, combinations, product
from math import prod
from typing import Final

from leeside.packs.conditions import (
    TODAY,
    All,
    Compare,
    Condition,
    Contains,
    DaysFromToday,
    Facts,
    FactValue,
    IsIn,
    Truth,
    facts_of,
    leaves_of,
)
from leeside.packs.questions import Question

LIMIT_TRIES: Final = 50_000
"""A condition with more combinations is believed; no condition that people can read comes near."""

_SOME_DAY: Final = date(2023, 12, 5)


def can_be_true(condition: Condition, questions: Mapping[str, Question], known: Iterable[Facts] = ()) -> bool:
    """Whether some answers make `condition` YES while every question it looks at is open.

    Facts that are no questions count as able to be anything the condition asks for. `known` are answers that somebody
    says do: they are tried first, and mostly settle it.
    """
    whole = _with_conditions_of_questions(condition, questions)
    if any(whole.evaluate({TODAY: _SOME_DAY, **facts}) is Truth.YES for facts in known):
        return True
    names = sorted(facts_of(whole))
    choices = [_values_to_try(name, whole, questions.get(name)) for name in names]
    if prod(len(values) for values in choices) > LIMIT_TRIES:
        return True
    return any(
        whole.evaluate({TODAY: _SOME_DAY, **dict(zip(names, values, strict=True))}) is Truth.YES
        for values in product(*choices)
    )


def _with_conditions_of_questions(condition: Condition, questions: Mapping[str, Question]) -> Condition:
    parts: list[Condition] = [condition]
    seen: set[str] = set()
    waiting = set(facts_of(condition))
    while waiting:
        name = waiting.pop()
        seen.add(name)
        question = questions.get(name)
        if question is not None and question.condition is not None:
            parts.append(question.condition)
            waiting |= facts_of(question.condition) - seen
    return All(tuple(parts))


def _values_to_try(name: str, condition: Condition, question: Question | None) -> list[FactValue]:
    tests = [test for test in leaves_of(condition) if test.fact == name]
    values: list[FactValue] = [None]
    if question is None or question.kind in ("short", "text"):
        values.append("anything")
    elif question.kind == "one":
        return values + [option.id for option in question.options]
    elif question.kind == "many":
        asked_for = {test.value for test in tests if isinstance(test, Contains)}
        possible = [option.id for option in question.options if option.id in asked_for]
        return values + [tuple(subset) for subset in _subsets(possible)]
    else:
        values.append(_SOME_DAY)
    values.extend(value for test in tests if isinstance(test, IsIn) for value in test.values)
    for test in tests:
        if isinstance(test, Compare):
            values.extend(_around(test.bound))
    return values


def _around(bound: float | int | str | DaysFromToday) -> Iterator[FactValue]:
    if isinstance(bound, (int, float)):
        yield from (bound - 1, bound, bound + 1)
        return
    day = _SOME_DAY + timedelta(days=bound.days) if isinstance(bound, DaysFromToday) else date.fromisoformat(bound)
    yield from (day - timedelta(days=1), day, day + timedelta(days=1))


def _subsets(values: list[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))

"""Every open rule on the facts as they are and, in the same pass, on each answer that one more question could bring.

A *world* is the facts as they are, or the same with one question answered in one way. What a condition is in all
worlds at once is two numbers: a bit for each world in which it is YES, and one for each in which it is NO; neither is
UNKNOWN. So `all` is the AND of the first and the OR of the second, `any` the other way round, and `not` changes the
two. What an answer makes of each single test depends on the rules, the questions and the day, never on a case: it is
worked out once and kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

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
    Test,
    Truth,
    leaves_of,
)
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Rule
from leeside.packs.questions import Question

_KEPT: Final = 16
"""Guides and days that a process keeps ready; of the shipped guide, one takes about forty kilobytes."""
_AS_THEY_ARE: Final = 1
_AROUND: Final = (timedelta(days=-1), timedelta(0), timedelta(days=1))


class Seen(NamedTuple):
    """A condition in all worlds, and the unknown facts that it waits for, each as often as it asks for them."""

    yes: int
    no: int
    missing: tuple[str, ...]

    @property
    def settled(self) -> int:
        """The worlds in which it is YES or NO."""
        return self.yes | self.no


class Worlds:
    """The worlds of one guide and its questions on one day."""

    def __init__(self, book: Guidebook, questions: Mapping[str, Question], on: date) -> None:
        self.on = on
        self._width = 1
        tests: dict[str, dict[Test, None]] = {}
        for rule in book.rules:
            for test in leaves_of(rule.condition):
                tests.setdefault(test.fact, {})[test] = None
        self._options: dict[str, int] = {}
        self._days: dict[str, dict[date, int]] = {}
        self._told: dict[Test, tuple[int, int, int]] = {}
        for fact, of_fact in tests.items():
            self._add(fact, of_fact, questions.get(fact))
        self._everything = (1 << self._width) - 1
        self._bounds = {rule.id: self._bounds_in(rule) for rule in book.rules}

    def answers(self, fact: str, rules: Iterable[Rule]) -> int:
        """The worlds of one question: each of its options, or the days around each bound that these rules have."""
        days = self._days.get(fact)
        if days is None:
            return self._options.get(fact, 0)
        worlds = days[self.on]
        for rule in rules:
            worlds |= self._bounds[rule.id].get(fact, 0)
        return worlds

    def look(self, facts: Facts) -> "Look":
        """These facts, in all worlds."""
        return Look(self._told, self._everything, facts)

    def _add(self, fact: str, tests: Iterable[Test], question: Question | None) -> None:
        """Give a fact its worlds, and work out what each of its tests is in them."""
        worlds: list[FactValue] = []
        first = self._width
        if question is not None and question.kind == "date":
            bounds = {self.on} | {day for test in tests for day in _bounds_of(test, self.on)}
            worlds = [bound + step for bound in sorted(bounds) for step in _AROUND]
            self._days[fact] = {bound: 0b111 << (first + 3 * place) for place, bound in enumerate(sorted(bounds))}
        elif question is not None and question.kind == "one":
            worlds = [option.id for option in question.options]
        elif question is not None and question.kind == "many":
            worlds = [(option.id,) for option in question.options]
        own = ((1 << len(worlds)) - 1) << first
        self._width += len(worlds)
        self._options[fact] = own
        for test in tests:
            truths = [test.evaluate({fact: answer, TODAY: self.on}) for answer in worlds]
            self._told[test] = (own, _bits(truths, Truth.YES) << first, _bits(truths, Truth.NO) << first)

    def _bounds_in(self, rule: Rule) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for test in leaves_of(rule.condition):
            for day in _bounds_of(test, self.on) if test.fact in self._days else ():
                found[test.fact] = found.get(test.fact, 0) | self._days[test.fact][day]
        return found


class Look:
    """One set of facts in all worlds. A test that several rules share is looked at once."""

    def __init__(self, told: Mapping[Test, tuple[int, int, int]], everything: int, facts: Facts) -> None:
        self._told = told
        self._everything = everything
        self._facts = facts
        self._seen: dict[Condition, Seen] = {}

    def at(self, condition: Condition) -> Seen:
        """A condition of one of the guide's rules."""
        if isinstance(condition, (All, AnyOf)):
            return self._together(condition)
        if isinstance(condition, Not):
            inner = self.at(condition.part)
            return Seen(inner.no, inner.yes, inner.missing)
        if condition not in self._seen:
            self._seen[condition] = self._test(condition)
        return self._seen[condition]

    def _together(self, condition: All | AnyOf) -> Seen:
        parts: Sequence[Seen] = [self.at(part) for part in condition.parts]
        alone, each = 0, self._everything
        if isinstance(condition, All):
            for part in parts:
                each &= part.yes
                alone |= part.no
            yes, no = each, alone
        else:
            for part in parts:
                each &= part.no
                alone |= part.yes
            yes, no = alone, each
        if (yes | no) & _AS_THEY_ARE:
            return Seen(yes, no, ())
        return Seen(yes, no, tuple(fact for part in parts for fact in part.missing))

    def _test(self, test: Test) -> Seen:
        own, yes, no = self._told[test]
        truth = test.evaluate(self._facts)
        others = self._everything & ~own
        if truth is Truth.UNKNOWN:
            return Seen(yes, no, (test.fact,))
        return Seen(yes | others, no, ()) if truth is Truth.YES else Seen(yes, no | others, ())


def worlds_of(book: Guidebook, questions: Mapping[str, Question], on: date) -> Worlds:
    """The worlds of a guide on a day: worked out once for the same book and the same questions."""
    return _kept(_Same(book, questions), on)


class _Same:
    """A guide with its questions, the same only as itself: both are read once and never change."""

    def __init__(self, book: Guidebook, questions: Mapping[str, Question]) -> None:
        self.book = book
        self.questions = questions

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.book is self.book and other.questions is self.questions

    def __hash__(self) -> int:
        return hash((id(self.book), id(self.questions)))


@lru_cache(maxsize=_KEPT)
def _kept(same: _Same, on: date) -> Worlds:
    return Worlds(same.book, same.questions, on)


def _bounds_of(test: Test, on: date) -> tuple[date, ...]:
    if not isinstance(test, Compare):
        return ()
    if isinstance(test.bound, DaysFromToday):
        return (on + timedelta(days=test.bound.days),)
    return (date.fromisoformat(test.bound),) if isinstance(test.bound, str) else ()


def _bits(truths: Sequence[Truth], wanted: Truth) -> int:
    return sum(1 << place for place, truth in enumerate(truths) if truth is wanted)

"""Which rules apply to these facts on this day, which lie ahead, and of which nobody can tell yet.

An unknown fact never makes a rule apply and never makes it fall: it leaves it open, with the facts it waits for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from leeside.guide.asking import Ask, OpenRule, rank_questions
from leeside.guide.deadlines import Deadline, run_terms
from leeside.guide.worlds import Look, worlds_of
from leeside.packs.conditions import TODAY, All, AnyOf, Condition, Facts, FactValue, Not, Test, Truth, leaves_of
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Gives, Rule
from leeside.packs.questions import Question

_ORDER: Final = {gives: number for number, gives in enumerate(Gives)}


@dataclass(frozen=True)
class RuleResult:
    """What one rule says. `missing` are the facts that an open rule waits for, in the order it asks for them."""

    rule: Rule
    truth: Truth
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What the guide says on one day to one set of facts.

    `applies`, `open` and `coming` are rules in the order of the page; a coming one applies once it is in force.
    `deadlines` are those of the rules that apply, the nearest first. Questions and papers follow from them.
    """

    on: date
    facts: Mapping[str, FactValue]
    applies: tuple[RuleResult, ...]
    open: tuple[RuleResult, ...]
    coming: tuple[RuleResult, ...]
    deadlines: tuple[Deadline, ...]
    asks: tuple[Ask, ...]

    @cached_property
    def papers(self) -> tuple[str, ...]:
        """The papers that follow from the rules that apply, each once, those of the first rules first."""
        sure = [one for one in self.applies if not one.rule.is_question]
        return tuple(dict.fromkeys(paper for one in sure for paper in one.rule.papers))

    @property
    def best_question(self) -> str:
        """The fact that would decide most; empty when nothing is open."""
        return self.asks[0].fact if self.asks else ""


def ask_guide(book: Guidebook, questions: Mapping[str, Question], facts: Facts, on: date) -> Result:
    """What the guide says to `facts` on the day `on`. `questions` are the pack's, by id."""
    seen = {**facts, TODAY: on}
    found = [(rule, rule.condition.evaluate(seen)) for rule in book.rules if rule.is_in_force(on)]
    ahead = [(rule, rule.condition.evaluate(seen)) for rule in book.rules if rule.lies_ahead(on)]
    applies = _in_order(RuleResult(rule, truth) for rule, truth in found if truth is Truth.YES)
    worlds = worlds_of(book, questions, on)
    look = worlds.look(seen)
    undecided = [_open_rule(rule, look) for rule, truth in found if truth is Truth.UNKNOWN]
    by_rule = {one.rule.id: one for one in undecided}
    open_rules = _in_order(RuleResult(one.rule, Truth.UNKNOWN, one.missing) for one in undecided)
    deadlines = run_terms(book, [one.rule for one in applies], facts, on)
    return Result(
        on=on,
        facts=facts,
        applies=applies,
        open=open_rules,
        coming=_in_order(RuleResult(rule, truth) for rule, truth in ahead if truth is Truth.YES),
        deadlines=deadlines,
        asks=rank_questions([by_rule[one.rule.id] for one in open_rules], deadlines, questions, seen, worlds),
    )


def _open_rule(rule: Rule, look: Look) -> OpenRule:
    """An open rule with the unknown facts that keep it open, each once, in the order in which it asks for them."""
    seen = look.at(rule.condition)
    return OpenRule(rule, tuple(dict.fromkeys(seen.missing)), seen.settled)


def decisive_tests(condition: Condition, facts: Facts) -> tuple[tuple[Test, Truth], ...]:
    """The tests that made a settled condition what it is, in its order: of many only those that counted."""
    truth = condition.evaluate(facts)
    if isinstance(condition, Not):
        return decisive_tests(condition.part, facts)
    if isinstance(condition, (All, AnyOf)):
        settles_alone = Truth.NO if isinstance(condition, All) else Truth.YES
        parts = [part for part in condition.parts if part.evaluate(facts) is truth]
        counted = parts[:1] if truth is settles_alone else parts
        return tuple(test for part in counted for test in decisive_tests(part, facts))
    return tuple((test, truth) for test in leaves_of(condition))


def _in_order(results: Iterable[RuleResult]) -> tuple[RuleResult, ...]:
    def place(one: RuleResult) -> tuple[bool, int, int, str]:
        return one.rule.is_question, _ORDER[one.rule.gives], one.rule.rank, one.rule.id

    return tuple(sorted(results, key=place))

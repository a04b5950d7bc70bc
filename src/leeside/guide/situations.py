"""Worked situations: what a lawyer wrote down beside what the guide says, both ways round.

A situation that does not come out exactly is a fault of the rules or of the situation; a person has to say which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leeside.guide.deadlines import days_of
from leeside.guide.evaluating import Result, RuleResult, ask_guide
from leeside.packs.guidebook.book import Guidebook, Situation
from leeside.packs.questions import Question


@dataclass(frozen=True)
class Difference:
    """One thing that differs. `part` is a key of the situation's file; `written` and `found` are empty for nothing."""

    part: str
    thing: str
    written: str
    found: str

    def __str__(self) -> str:
        if not self.written:
            return f"{self.part}: `{self.thing}` comes out and is not written"
        if not self.found:
            return f"{self.part}: `{self.thing}` is written and does not come out"
        return f"{self.part}: `{self.thing}` is {self.found}, and {self.written} is written"


def try_situation(book: Guidebook, questions: Mapping[str, Question], situation: Situation) -> tuple[Difference, ...]:
    """Everything in which the guide's answer differs from what the situation says; empty if it comes out exactly."""
    result = ask_guide(book, questions, situation.facts, situation.on)
    written: dict[str, Mapping[str, str]] = {
        "applies": _named(situation.applies),
        "unknown": _named(situation.unknown),
        "coming": _named(situation.coming),
        "days": {term: day.isoformat() for term, day in situation.days.items()},
        "papers": _named(situation.papers),
        "ask": {"fact": situation.ask} if situation.ask else {},
    }
    found = _found(result)
    return tuple(
        Difference(part, thing, one.get(thing, ""), found[part].get(thing, ""))
        for part, one in written.items()
        for thing in {**one, **found[part]}
        if one.get(thing) != found[part].get(thing)
    )


def _found(result: Result) -> dict[str, Mapping[str, str]]:
    return {
        "applies": _rules(result.applies),
        "unknown": _rules(result.open),
        "coming": _rules(result.coming),
        "days": {term: day.isoformat() for term, day in days_of(result.deadlines).items()},
        "papers": _named(result.papers),
        "ask": {"fact": result.best_question} if result.best_question else {},
    }


def _rules(results: Iterable[RuleResult]) -> Mapping[str, str]:
    return _named(one.rule.id for one in results)


def _named(ids: Iterable[str]) -> Mapping[str, str]:
    return {each: each for each in ids}

"""What the guide found, in sentences: why a rule applies, how a deadline was counted, how sure we are, who read it.

The sentences stand in `wording_en`, `wording_ru` and `wording_uk`; days are written by a function that is handed in.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import ModuleType
from typing import Final

from leeside.guide import wording_en, wording_ru, wording_uk
from leeside.guide.deadlines import Deadline, Standing, Step, StepKind, day_of
from leeside.guide.evaluating import decisive_tests
from leeside.packs.conditions import Facts
from leeside.packs.guidebook.rules import Rule
from leeside.packs.guidebook.terms import Term
from leeside.packs.pack import Pack

WriteDay = Callable[[date], str]
_WORDING: Final[Mapping[str, ModuleType]] = {"en": wording_en, "ru": wording_ru, "uk": wording_uk}


def because(rule: Rule, facts: Facts, pack: Pack, language: str, write_day: WriteDay) -> tuple[str, ...]:
    """The facts that made a settled rule what it is, each once, as the desk calls them.

    `facts` carry the day under `TODAY` where a condition counts from it.
    """
    asked = dict.fromkeys(test.fact for test, _truth in decisive_tests(rule.condition, facts))
    lines = []
    for one in pack.describe({fact: facts[fact] for fact in asked if facts.get(fact)}, language):
        days = [day_of(value) for value in one.values] if one.is_day else []
        values = [write_day(day) for day in days if day is not None] or list(one.values)
        lines.append(f"{one.label}: {', '.join(values)}")
    return tuple(lines)


def count_in_words(deadline: Deadline, language: str, write_day: WriteDay) -> tuple[str, ...]:
    """Every step of the count as a sentence; none for a term without a day."""
    wording = _WORDING[language]
    lines = [_step(step, deadline.term, wording, write_day) for step in deadline.steps]
    if deadline.earliest is not None:
        lines.append(wording.EARLIEST.format(day=write_day(deadline.earliest)))
    return tuple(lines)


def standing_in_words(deadline: Deadline, language: str, today: date) -> str:
    """Where a deadline stands on the day `today`, in a few words."""
    wording = _WORDING[language]
    days = abs((deadline.day - today).days) if deadline.day is not None else 0
    text: str = wording.STANDINGS[deadline.standing].format(days=wording.days(days))
    if deadline.standing is Standing.MISSED and deadline.can_be_restored:
        return f"{text}; {wording.RESTORABLE}"
    return text


def confidence_in_words(one: Rule | Term, language: str) -> str:
    """How a statement was seen."""
    text: str = _WORDING[language].CONFIDENCE[one.confidence]
    return text


def review_in_words(rule: Rule, language: str, write_day: WriteDay) -> str:
    """Who looked at a rule and when, or that nobody has."""
    wording = _WORDING[language]
    if rule.review.on is None:
        text: str = wording.UNREVIEWED
        return text
    reviewed: str = wording.REVIEWED.format(by=rule.review.by, day=write_day(rule.review.on))
    return reviewed


def _step(step: Step, term: Term, wording: ModuleType, write_day: WriteDay) -> str:
    template: str = wording.STEPS[step.kind]
    if step.kind is StepKind.RUNS_FROM and term.is_before:
        template = wording.RUNS_BEFORE
    return template.format(
        day=write_day(step.day),
        year=step.day.year,
        length=wording.length(term.unit, step.number),
        days=wording.days(step.number),
    )

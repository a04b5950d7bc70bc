"""What the guide found, in sentences: why, by when and how that was counted, how sure we are, who read it.

The sentences stand in `wording_en`, `wording_ru` and `wording_uk`, one value each; days are written by a function that
is handed in, because a page, a paper and the command line write them differently.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from leeside.guide.deadlines import Deadline, Step, StepKind, day_of
from leeside.guide.evaluating import decisive_tests
from leeside.guide.wording import Wording
from leeside.guide.wording_en import ENGLISH
from leeside.guide.wording_ru import RUSSIAN
from leeside.guide.wording_uk import UKRAINIAN
from leeside.packs.conditions import Facts
from leeside.packs.guidebook.rules import Rule
from leeside.packs.guidebook.terms import Term, Unit
from leeside.packs.pack import Pack
from leeside.packs.texts import plural_form

WriteDay = Callable[[date], str]
"""Writes a day out in the language of the sentences, in its first case."""

WORDINGS: Final[Mapping[str, Wording]] = {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}
"""The languages in which the guide can explain itself."""


def because(rule: Rule, facts: Facts, pack: Pack, language: str, write_day: WriteDay) -> tuple[str, ...]:
    """The facts that made a rule what it is, each once, as the desk calls them; "not known" for what it waits for.

    `facts` carry the day under `TODAY` where a condition counts from it.
    """
    wording = WORDINGS[language]
    lines = []
    for fact in dict.fromkeys(test.fact for test, _truth in decisive_tests(rule.condition, facts)):
        value = facts.get(fact)
        known = pack.describe({fact: value}, language) if value is not None else ()
        values = [
            _value(one, wording, write_day if known[0].is_day else None) for one in (known[0].values if known else ())
        ]
        label = known[0].label if known else _label(fact, pack, language)
        lines.append(wording.fact.format(label=label, values=", ".join(values) or wording.not_known))
    return tuple(lines)


def count_in_words(deadline: Deadline, language: str, write_day: WriteDay) -> tuple[str, ...]:
    """Every step of the count as a sentence, the source last; only the source for a term without a day."""
    wording, term = WORDINGS[language], deadline.term
    lines = [_step(step, term, language, write_day) for step in deadline.steps]
    if deadline.earliest is not None:
        lines.append(wording.earliest.format(day=write_day(deadline.earliest)))
    words = term.words.get(language)
    return (*lines, wording.source.format(act=words.act)) if words is not None else tuple(lines)


def standing_in_words(deadline: Deadline, language: str, today: date) -> str:
    """Where a deadline stands on the day `today`, in a few words."""
    wording, standing = WORDINGS[language], deadline.standing
    number = abs((deadline.day - today).days) if deadline.day is not None else 0
    form = plural_form(language, number)
    templates = wording.standings if deadline.term.is_duty else {**wording.standings, **wording.effects}
    text = templates[standing].format(
        left=wording.days_left[form].format(number=number), ago=wording.days_ago[form].format(number=number)
    )
    return f"{text}; {wording.restorable}" if deadline.can_be_restored else text


def force_in_words(rule: Rule, language: str, on: date, write_day: WriteDay) -> str:
    """Since when a rule is in force on the day `on`, or when it comes, and until when; unconfirmed days say so."""
    wording = WORDINGS[language]
    template = wording.coming if on < rule.since else wording.in_force
    text = _perhaps(template.format(day=write_day(rule.since)), wording, is_sure=rule.is_since_sure)
    if rule.until is None:
        return text
    until = _perhaps(wording.until.format(day=write_day(rule.until)), wording, is_sure=rule.is_until_sure)
    return f"{text}; {until}"


def confidence_in_words(one: Rule | Term, language: str) -> str:
    """How a statement was seen."""
    return WORDINGS[language].confidence[one.confidence]


def review_in_words(rule: Rule, language: str, write_day: WriteDay) -> str:
    """Who looked at a rule and when, or that nobody has."""
    wording = WORDINGS[language]
    if rule.review.on is None:
        return wording.unreviewed
    return wording.reviewed.format(by=rule.review.by, day=write_day(rule.review.on))


def length_in_words(unit: Unit, number: int, language: str) -> str:
    """A number with its unit: "15 days"."""
    return WORDINGS[language].units[unit][plural_form(language, number)].format(number=number)


def _value(value: str, wording: Wording, write_day: WriteDay | None) -> str:
    if write_day is None:
        return value
    day = day_of(value)
    return wording.not_known if day is None else write_day(day)


def _label(fact: str, pack: Pack, language: str) -> str:
    question = pack.question(fact)
    return fact if question is None else pack.text(question.label_key, language)


def _perhaps(text: str, wording: Wording, *, is_sure: bool) -> str:
    return text if is_sure else wording.unsure.format(text=text)


def _step(step: Step, term: Term, language: str, write_day: WriteDay) -> str:
    wording = WORDINGS[language]
    template = wording.steps[step.kind]
    if term.is_before and step.kind is StepKind.RUNS_FROM:
        template = wording.runs_before
    elif term.is_before and step.kind is StepKind.EVENT_DAY_OUT:
        template = wording.out_before
    elif step.kind is StepKind.DAY_OFF and step.name:
        template = wording.day_off_named
    return template.format(
        count=length_in_words(term.unit, step.number, language) if step.kind is StepKind.RUNS_FROM else "",
        skips=wording.skips[plural_form(language, step.number)].format(number=step.number),
        day=write_day(step.day),
        year=step.day.year,
        name=step.name,
    )

"""The page as a value: the form with what was chosen, and what the law would give, with what differs marked.

The form is short: what everybody is asked first, what would decide most next, what is chosen; all else is folded.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leeside.desk.guiding.deadline_lines import DeadlineLine, counted_line
from leeside.desk.guiding.panel import RuleLine, group_titles, readings_for, rule_line
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import describe_value
from leeside.desk.what_if.asking import NOW, WAS, Asked, facts_to_choose
from leeside.guide.deadlines import days_of
from leeside.guide.evaluating import Result, RuleResult, ask_guide
from leeside.packs.conditions import FactValue, Truth
from leeside.packs.questions import Question
from leeside.web.dates import write_day, write_short_day

_NEXT = 6
"""Facts that would decide most, shown unfolded."""


@dataclass(frozen=True)
class FactField:
    """One fact of the form. `was` says in words what it was in the case where that differs; None where it does not."""

    name: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    was: str | None
    problem: str


@dataclass(frozen=True)
class FactGroup:
    """Facts that stand together; folded unless `is_open`."""

    title: str
    fields: tuple[FactField, ...]
    is_open: bool


@dataclass(frozen=True)
class NewOr:
    """A rule, and whether it stands here only because of what was changed."""

    line: RuleLine
    is_new: bool


@dataclass(frozen=True)
class RuleGroup:
    """Rules that give the same kind of thing."""

    title: str
    rules: tuple[NewOr, ...]


@dataclass(frozen=True)
class DayLine:
    """A deadline, and what its last day was before the changes; empty where it is the same."""

    line: DeadlineLine
    was: str


@dataclass(frozen=True)
class Answer:
    """What the law would give. `changes` and `gone` are empty where nobody set out from a case."""

    day: str
    groups: tuple[RuleGroup, ...]
    coming: tuple[NewOr, ...]
    to_check: tuple[NewOr, ...]
    gone: tuple[str, ...]
    open: tuple[tuple[str, str], ...]
    deadlines: tuple[DayLine, ...]
    papers: tuple[str, ...]
    question: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class WhatIf:
    """Names are those the template uses. `answer` is None before anything was asked, and beside a problem."""

    on: str
    slug: str
    groups: tuple[FactGroup, ...]
    carried: tuple[tuple[str, str], ...]
    answer: Answer | None
    problem: str
    day_problem: str


def make_page(seat: Seat, asked: Asked | None) -> WhatIf:
    """The page before anything was asked, or with its answer."""
    chosen = asked or Asked({}, seat.today)
    result = ask_guide(seat.pack.guide, seat.pack.by_id, chosen.facts, chosen.on)
    was = chosen.was or {}
    return WhatIf(
        on=chosen.on.isoformat(),
        slug=chosen.slug,
        groups=_fact_groups(seat, chosen, result),
        carried=tuple((WAS + fact, one) for fact, value in was.items() for one in _values(value)),
        answer=_answer(seat, chosen, result) if asked is not None and not asked.problems else None,
        problem=_("Something chosen below cannot be taken; everything else is as you chose it.")
        if chosen.problems
        else "",
        day_problem=chosen.problems.get("on", ""),
    )


def _fact_groups(seat: Seat, chosen: Asked, result: Result) -> tuple[FactGroup, ...]:
    questions = {one.id: one for one in facts_to_choose(seat)}
    first = [one.id for one in seat.pack.first_screen if one.id in questions and _is_asked(one, chosen)]
    asks = [one.fact for one in result.asks if one.fact in questions and one.fact not in first][:_NEXT]
    known = [fact for fact in questions if fact in chosen.facts and fact not in (*first, *asks)]
    shown = {*first, *asks, *known}
    form = [one.id for one in seat.pack.questions if one.id in questions and one.id not in shown]
    later = [fact for fact in questions if fact not in shown and fact not in form]
    groups = (
        (_("First"), first, True),
        (_("What is known besides"), known, True),
        (_("What would decide most"), asks, True),
        (_("More from the form"), form, False),
        (_("What colleagues ask later"), later, False),
    )
    return tuple(
        FactGroup(title, fields, is_open or any(one.problem for one in fields))
        for title, facts, is_open in groups
        if (fields := tuple(_field(seat, chosen, questions[fact]) for fact in facts))
    )


def _is_asked(question: Question, chosen: Asked) -> bool:
    """Whether the form would ask it of somebody who chose this, or it has a value here."""
    if question.condition is None or question.id in chosen.facts:
        return True
    return question.condition.evaluate(chosen.facts) is Truth.YES


def _field(seat: Seat, chosen: Asked, question: Question) -> FactField:
    pack, language, fact = seat.pack, seat.language, question.id
    differs = chosen.was is not None and chosen.was.get(fact) != chosen.facts.get(fact)
    return FactField(
        name=NOW + fact,
        label=_label(seat, fact),
        kind=question.kind,
        options=tuple((one.id, pack.text(question.option_key(one.id), language)) for one in question.options),
        chosen=_values(chosen.facts.get(fact)),
        was=_in_words(seat, fact, (chosen.was or {}).get(fact)) if differs else None,
        problem=chosen.problems.get(NOW + fact, ""),
    )


def _answer(seat: Seat, asked: Asked, result: Result) -> Answer:
    before = ask_guide(seat.pack.guide, seat.pack.by_id, asked.was, seat.today) if asked.was is not None else None
    stood = {one.rule.id for one in (*before.applies, *before.coming)} if before is not None else None
    stands = {one.rule.id for one in (*result.applies, *result.coming)}
    settled = [one for one in result.applies if not one.rule.is_question]
    titles = {letter.id: letter.titles[seat.language] for letter in seat.pack.guide.letters}

    readings = readings_for(seat, result)

    def lines(found: Iterable[RuleResult]) -> tuple[NewOr, ...]:
        return tuple(
            NewOr(rule_line(seat, result, one, readings), stood is not None and one.rule.id not in stood)
            for one in found
        )

    return Answer(
        day=write_day(asked.on, seat.language, seat.today),
        groups=tuple(
            RuleGroup(title, rules)
            for title, gives in group_titles()
            if (rules := lines(one for one in settled if one.rule.gives in gives))
        ),
        coming=lines(result.coming),
        to_check=lines(one for one in result.applies if one.rule.is_question),
        gone=tuple(
            one.rule.words[seat.language].title
            for one in (*before.applies, *before.coming)
            if one.rule.id not in stands
        )
        if before is not None
        else (),
        open=tuple(
            (one.rule.words[seat.language].title, ", ".join(_label(seat, fact) for fact in one.missing))
            for one in result.open
        ),
        deadlines=_days(seat, asked, result, before),
        papers=tuple(titles[paper] for paper in result.papers),
        question=_label(seat, result.best_question) if result.best_question else "",
        changes=_changes(seat, asked),
    )


def _days(seat: Seat, asked: Asked, result: Result, before: Result | None) -> tuple[DayLine, ...]:
    stood = days_of(before.deadlines) if before is not None else {}
    found = []
    for one in result.deadlines:
        day = stood.get(one.term.id)
        differs = before is not None and day != one.day
        was = write_short_day(day, seat.language, seat.today) if day is not None else _("not known")
        found.append(DayLine(counted_line(seat, one, on=asked.on), was if differs else ""))
    return tuple(found)


def _changes(seat: Seat, asked: Asked) -> tuple[tuple[str, str, str], ...]:
    """Each fact that differs from the case's: what it is, what it was, what was chosen."""
    was = asked.was
    if was is None:
        return ()
    differing = [one.id for one in facts_to_choose(seat) if was.get(one.id) != asked.facts.get(one.id)]
    return tuple(
        (_label(seat, fact), _in_words(seat, fact, was.get(fact)), _in_words(seat, fact, asked.facts.get(fact)))
        for fact in differing
    )


def _in_words(seat: Seat, fact: str, value: FactValue | None) -> str:
    if value is None:
        return _("not known")
    described = seat.pack.describe({fact: value}, seat.language)
    return "; ".join(describe_value(seat, one) for one in described) or _("not known")


def _label(seat: Seat, fact: str) -> str:
    question = seat.pack.question(fact)
    return fact if question is None else seat.pack.text(question.label_key, seat.language)


def _values(value: FactValue | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)

"""Which single question would decide most: every answer that it can have is tried on the rules that are open.

A question is worth the open rules that an answer to it settles, on the mean of its answers, what helps a person
counting most; and the deadlines that cannot be counted before its day is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leeside.guide.deadlines import Deadline, Standing
from leeside.guide.worlds import Worlds
from leeside.packs.conditions import Facts, Truth
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
class OpenRule:
    """A rule that nobody can tell yet, the facts it waits for, and the worlds in which it is settled."""

    rule: Rule
    missing: tuple[str, ...]
    settled: int


@dataclass(frozen=True)
class Ask:
    """A fact to ask for, and the rules and terms (ids) that it may settle. `worth` orders; it has no unit."""

    fact: str
    worth: float
    rules: tuple[str, ...]
    terms: tuple[str, ...]


def rank_questions(
    open_rules: Sequence[OpenRule],
    deadlines: Iterable[Deadline],
    questions: Mapping[str, Question],
    facts: Facts,
    worlds: Worlds,
) -> tuple[Ask, ...]:
    """The questions that could settle something, the one that would decide most first; among equals in pack order."""
    waiting: dict[str, list[OpenRule]] = {}
    for one in open_rules:
        for fact in one.missing:
            waiting.setdefault(fact, []).append(one)
    undated: dict[str, list[str]] = {}
    for deadline in deadlines:
        if deadline.standing is Standing.NO_EVENT:
            undated.setdefault(deadline.term.events[0], []).append(deadline.term.id)
    order = {fact: number for number, fact in enumerate(questions)}
    asks = [
        Ask(
            fact,
            _settled(fact, waiting.get(fact, ()), worlds) + _WORTH_OF_DEADLINE * len(undated.get(fact, ())),
            tuple(one.rule.id for one in waiting.get(fact, ())),
            tuple(undated.get(fact, ())),
        )
        for fact in {**waiting, **undated}
        if fact in questions and (fact in undated or _can_be_asked(questions[fact], facts))
    ]
    return tuple(sorted(asks, key=lambda ask: (-ask.worth, order[ask.fact])))


def _can_be_asked(question: Question, facts: Facts) -> bool:
    return question.condition is None or question.condition.evaluate(facts) is not Truth.NO


def _settled(fact: str, waiting: Sequence[OpenRule], worlds: Worlds) -> float:
    """What the answers to a question settle on their mean."""
    answers = worlds.answers(fact, (one.rule for one in waiting))
    if not answers or not waiting:
        return 0.0
    return sum(_worth(one.rule) * (one.settled & answers).bit_count() for one in waiting) / answers.bit_count()


def _worth(rule: Rule) -> float:
    return _WORTH_OF_QUESTION if rule.is_question else _WORTH[rule.gives]

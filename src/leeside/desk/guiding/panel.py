"""What the law gives, on the case page: rules, deadlines, papers to make and the one question that would decide most.

Rules:
1. Whoever may open the case sees it (`SEE_LAW`); nothing of it is kept.
2. What is general knowledge only stands apart, as a question to check, and gives no paper.
3. A rule that no lawyer has read says so, a day that nobody has confirmed too, and one that lies ahead says when.
4. A deadline tells how it was counted, so that somebody can count after us.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.guide.deadlines import Deadline, Standing
from leeside.guide.evaluating import Result, RuleResult, ask_guide
from leeside.guide.explaining import (
    because,
    confidence_in_words,
    count_in_words,
    force_in_words,
    review_in_words,
    standing_in_words,
)
from leeside.packs.conditions import TODAY
from leeside.packs.guidebook.rules import Gives
from leeside.web.dates import write_day, write_short_day

_SHOWN: Final = 4
"""Rules of a group that stand on the case page; the page of the law has them all."""
_FACTS_ASKED: Final = 4
"""Unknown facts that the left column shows because the guide asks for them."""
_NEAR_DAYS: Final = 2


@dataclass(frozen=True)
class RuleLine:
    """One rule in words. `tell` is its id where its words may be put into an answer, else empty."""

    title: str
    why: str
    act: str
    how: str
    care: str
    because: tuple[str, ...]
    confidence: str
    review: str
    since: str
    for_lawyer: bool
    tell: str = ""


@dataclass(frozen=True)
class Offer:
    """A rule that an answer may tell. `is_ready` is False for one that does not apply to what is known today: it stands
    beside the field only while it is ticked."""

    id: str
    title: str
    is_ready: bool


@dataclass(frozen=True)
class OpenLine:
    """A rule that nobody can tell yet, and what it waits for."""

    title: str
    waits: str


@dataclass(frozen=True)
class Group:
    """Rules that give the same kind of thing; `more` is how many are left for the whole page."""

    title: str
    lines: tuple[RuleLine, ...]
    more: int


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline in words. `day` is empty where none may be proposed."""

    day: str
    title: str
    standing: str
    tone: str
    remark: str
    steps: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Question:
    """The unknown fact that would decide most, as the desk calls it."""

    fact: str
    label: str


@dataclass(frozen=True)
class LawPanel:
    """Names are those the template uses."""

    day: str
    groups: tuple[Group, ...]
    coming: tuple[RuleLine, ...]
    to_check: tuple[RuleLine, ...]
    open: tuple[OpenLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    papers: tuple[str, ...]
    question: Question | None
    offers: tuple[Offer, ...] = ()


def make_panel(seat: Seat, file: CaseFile) -> LawPanel | None:
    """The panel of an opened case; None for a pack without a guide, and for whoever may not see it."""
    return make_law(seat, file, shown=_SHOWN)


def make_law(seat: Seat, file: CaseFile, *, shown: int | None = None) -> LawPanel | None:
    """The same with every rule, or with so many of each group; what is left is counted."""
    if not is_allowed(seat, file, CaseAction.SEE_LAW) or not seat.pack.guide.rules:
        return None
    result = ask_for(seat, file)
    settled = [one for one in result.applies if not one.rule.is_question]
    return LawPanel(
        day=write_day(seat.today, seat.language),
        groups=_groups(seat, result, settled, shown),
        coming=tuple(_rule_line(seat, result, one) for one in result.coming),
        to_check=tuple(_rule_line(seat, result, one) for one in result.applies if one.rule.is_question),
        open=tuple(_open_line(seat, file, one) for one in result.open),
        deadlines=tuple(_deadline_line(seat, one) for one in result.deadlines),
        papers=_papers(seat, result),
        question=_question(seat, file, result),
        offers=_offers(seat, result),
    )


def facts_to_ask(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """The unknown facts that would decide most, for the left column."""
    if not file.is_open or not is_allowed(seat, file, CaseAction.SEE_LAW) or not seat.pack.guide.rules:
        return ()
    return tuple(one.fact for one in ask_for(seat, file).asks[:_FACTS_ASKED])


def ask_for(seat: Seat, file: CaseFile) -> Result:
    """What the guide says to this case today."""
    return ask_guide(seat.pack.guide, seat.pack.by_id, case_facts(seat, file), seat.today)


def _groups(seat: Seat, result: Result, settled: Sequence[RuleResult], shown: int | None) -> tuple[Group, ...]:
    titles = (
        (_("What can be done"), (Gives.REMEDY,)),
        (_("What protects"), (Gives.PROTECTION,)),
        (_("Papers and offices"), (Gives.DOCUMENT, Gives.AUTHORITY)),
        (_("Risks to know"), (Gives.RISK,)),
    )
    found = []
    for title, gives in titles:
        results = [one for one in settled if one.rule.gives in gives]
        lines = tuple(_rule_line(seat, result, one) for one in results[:shown])
        if lines:
            found.append(Group(title, lines, len(results) - len(lines)))
    return tuple(found)


def _rule_line(seat: Seat, result: Result, one: RuleResult) -> RuleLine:
    rule, language = one.rule, seat.language
    words = rule.words[language]
    return RuleLine(
        title=words.title,
        why=words.why,
        act=words.act,
        how=words.how,
        care=words.care,
        because=because(rule, {**result.facts, TODAY: result.on}, seat.pack, language, _writer(seat)),
        confidence=confidence_in_words(rule, language),
        review=review_in_words(rule, language, _writer(seat)),
        since=force_in_words(rule, language, result.on, _writer(seat)),
        for_lawyer=rule.for_lawyer,
        tell="" if rule.is_question else rule.id,
    )


def _offers(seat: Seat, result: Result) -> tuple[Offer, ...]:
    """First what applies or comes, in the order of the page; then every other rule, for a tick that was made before."""
    ready = [one.rule for one in (*result.applies, *result.coming)]
    seen = {rule.id for rule in ready}
    others = [rule for rule in seat.pack.guide.rules if rule.id not in seen]
    return tuple(Offer(one.id, one.words[seat.language].title, one.id in seen) for one in (*ready, *others))


def _open_line(seat: Seat, file: CaseFile, one: RuleResult) -> OpenLine:
    waits = ", ".join(_label(seat, file, fact) for fact in one.missing)
    return OpenLine(one.rule.words[seat.language].title, waits)


def _deadline_line(seat: Seat, one: Deadline) -> DeadlineLine:
    words, write = one.term.words[seat.language], _writer(seat)
    tone = ""
    if one.standing in (Standing.MISSED, Standing.TODAY):
        tone = "red"
    elif one.standing is Standing.AHEAD and one.day is not None and (one.day - seat.today).days <= _NEAR_DAYS:
        tone = "amber"
    return DeadlineLine(
        day=write_short_day(one.day, seat.language, seat.today) if one.day is not None else "",
        title=words.title,
        standing=standing_in_words(one, seat.language, seat.today),
        tone=tone,
        remark=words.remark,
        steps=count_in_words(one, seat.language, write),
        confidence=confidence_in_words(one.term, seat.language),
    )


def _papers(seat: Seat, result: Result) -> tuple[str, ...]:
    titles = {letter.id: letter.titles[seat.language] for letter in seat.pack.guide.letters}
    return tuple(titles[paper] for paper in result.papers)


def _question(seat: Seat, file: CaseFile, result: Result) -> Question | None:
    fact = result.best_question
    return Question(fact, _label(seat, file, fact)) if fact else None


def _label(seat: Seat, file: CaseFile, fact: str) -> str:
    question = seat.pack.question(fact)
    return fact if question is None else seat.pack.text(question.label_key, seat.language, file.voice)


def _writer(seat: Seat) -> Callable[[date], str]:
    """How the guide's sentences write a day: with its weekday, in the language of whoever reads."""
    return partial(write_day, language=seat.language, today=seat.today)

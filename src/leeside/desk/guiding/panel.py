"""What the law gives, on the case page: rules, deadlines, papers to make and the one question that would decide most.

Rules:
1. Whoever may open the case sees it (`SEE_LAW`); nothing of it is kept.
2. What is general knowledge only stands apart, as a question to check, and gives no paper.
3. A rule that no lawyer has read says so, a day that nobody has confirmed too, and one that lies ahead says when.
4. A deadline tells how it was counted, so that somebody can count after us.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.guiding.deadline_lines import DeadlineLine, deadline_lines
from leeside.desk.guiding.result import ask_for
from leeside.desk.guiding.told_lines import ToldSoFar, told_so_far
from leeside.desk.permissions import CaseAction
from leeside.desk.rules.reviews import ReadRules
from leeside.desk.rules.signing import read_rules
from leeside.desk.rules.words import reading_words
from leeside.desk.seat import Seat
from leeside.guide.auditing import is_stale
from leeside.guide.evaluating import Result, RuleResult
from leeside.guide.explaining import (
    because,
    confidence_in_words,
    force_in_words,
    review_in_words,
)
from leeside.packs.conditions import TODAY
from leeside.packs.guidebook.rules import Gives, Rule
from leeside.web.dates import write_day

_SHOWN: Final = 4
"""Rules of a group that stand on the case page; the page of the law has them all."""
_FACTS_ASKED: Final = 4
"""Unknown facts that the left column shows because the guide asks for them."""


@dataclass(frozen=True)
class SourceLine:
    """Where a rule was read: an address as text, which nobody loads, and what kind of page it is."""

    address: str
    remark: str
    is_weak: bool


@dataclass(frozen=True)
class RuleLine:
    """One rule in words. `tell` is its id where its words may be put into an answer, else empty; `stale` says that its
    review is too old, `instead` which rule it replaced."""

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
    stale: str = ""
    instead: str = ""
    sources: tuple[SourceLine, ...] = ()


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
class Question:
    """The unknown fact that would decide most, as the desk calls it."""

    fact: str
    label: str


@dataclass(frozen=True)
class PaperLine:
    """A paper that follows; `letter` is its id where this person may draft it here."""

    title: str
    letter: str


@dataclass(frozen=True)
class LawPanel:
    """Names are those the template uses."""

    day: str
    groups: tuple[Group, ...]
    coming: tuple[RuleLine, ...]
    to_check: tuple[RuleLine, ...]
    open: tuple[OpenLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    papers: tuple[PaperLine, ...]
    question: Question | None
    offers: tuple[Offer, ...] = ()
    told: ToldSoFar = field(default_factory=ToldSoFar)
    may_set: bool = False
    """Whether this person may set, finish and take back deadlines here."""


def make_panel(seat: Seat, file: CaseFile) -> LawPanel | None:
    """The panel of an opened case; None for a pack without a guide, and for whoever may not see it."""
    return make_law(seat, file, shown=_SHOWN)


def make_law(seat: Seat, file: CaseFile, *, shown: int | None = None) -> LawPanel | None:
    """The same with every rule, or with so many of each group; what is left is counted."""
    if not is_allowed(seat, file, CaseAction.SEE_LAW) or not seat.pack.guide.rules:
        return None
    result = ask_for(seat, file)
    readings = readings_for(seat, result)
    settled = [one for one in result.applies if not one.rule.is_question]
    return LawPanel(
        day=write_day(seat.today, seat.language),
        groups=_groups(seat, result, readings, settled, shown),
        coming=tuple(rule_line(seat, result, one, readings) for one in result.coming),
        to_check=tuple(rule_line(seat, result, one, readings) for one in result.applies if one.rule.is_question),
        open=tuple(_open_line(seat, file, one) for one in result.open),
        deadlines=deadline_lines(seat, file, result),
        papers=_papers(seat, file, result),
        question=_question(seat, file, result),
        offers=_offers(seat, result),
        told=told_so_far(seat, file, result),
        may_set=file.is_open and is_allowed(seat, file, CaseAction.SET_FACT),
    )


def facts_to_ask(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """The unknown facts that would decide most, for the left column."""
    if not file.is_open or not is_allowed(seat, file, CaseAction.SEE_LAW) or not seat.pack.guide.rules:
        return ()
    return tuple(one.fact for one in ask_for(seat, file).asks[:_FACTS_ASKED])


def group_titles() -> tuple[tuple[str, tuple[Gives, ...]], ...]:
    """The groups in which rules stand, in the order of the page, with what the rules of each give."""
    return (
        (_("What can be done"), (Gives.REMEDY,)),
        (_("What protects"), (Gives.PROTECTION,)),
        (_("Papers and offices"), (Gives.DOCUMENT, Gives.AUTHORITY)),
        (_("Risks to know"), (Gives.RISK,)),
    )


def _groups(
    seat: Seat, result: Result, readings: ReadRules, settled: Sequence[RuleResult], shown: int | None
) -> tuple[Group, ...]:
    found = []
    for title, gives in group_titles():
        results = [one for one in settled if one.rule.gives in gives]
        lines = tuple(rule_line(seat, result, one, readings) for one in results[:shown])
        if lines:
            found.append(Group(title, lines, len(results) - len(lines)))
    return tuple(found)


def readings_for(seat: Seat, result: Result) -> ReadRules:
    """What the line's lawyers signed about the rules of a result, in one look at the store."""
    return read_rules(seat, tuple(one.rule.id for one in (*result.applies, *result.coming)))


def rule_line(seat: Seat, result: Result, one: RuleResult, readings: ReadRules) -> RuleLine:
    """One rule of a result, in words."""
    rule, language = readings.lay_over(one.rule), seat.language
    words = rule.words[language]
    return RuleLine(
        title=words.title,
        why=words.why,
        act=words.act,
        how=words.how,
        care=words.care,
        because=because(rule, {**result.facts, TODAY: result.on}, seat.pack, language, _writer(seat)),
        confidence=confidence_in_words(rule, language),
        review=_review(seat, rule, readings),
        since=force_in_words(rule, language, result.on, _writer(seat)),
        for_lawyer=rule.for_lawyer,
        tell="" if rule.is_question else rule.id,
        stale=_stale(seat, rule),
        instead=_instead(seat, rule),
        sources=_sources(seat, rule),
    )


def _review(seat: Seat, rule: Rule, readings: ReadRules) -> str:
    """Who of the line signed for this wording and when; or against it; or that nobody has read it."""
    against = readings.objections(rule.id)
    if against:
        return reading_words(seat, against[0])
    return review_in_words(rule, seat.language, _writer(seat))


def _stale(seat: Seat, rule: Rule) -> str:
    """That somebody has to read the rule again; nothing for one that nobody has read at all: that is said anyway."""
    if not is_stale(rule, seat.pack.guide, seat.today, seat.pack.review_lasts_days):
        return ""
    return _("the review is too old: a lawyer reads it again before it is relied on")


def _instead(seat: Seat, rule: Rule) -> str:
    replaced = seat.pack.guide.rule(rule.supersedes) if rule.supersedes else None
    return replaced.words[seat.language].title if replaced is not None else rule.supersedes


def _sources(seat: Seat, rule: Rule) -> tuple[SourceLine, ...]:
    found = (seat.pack.guide.sources.get(one) for one in rule.sources)
    return tuple(SourceLine(one.address, one.remark, one.is_weak) for one in found if one is not None)


def _offers(seat: Seat, result: Result) -> tuple[Offer, ...]:
    """First what applies or comes, in the order of the page; then every other rule, for a tick that was made before."""
    ready = [one.rule for one in (*result.applies, *result.coming)]
    seen = {rule.id for rule in ready}
    others = [rule for rule in seat.pack.guide.rules if rule.id not in seen]
    return tuple(Offer(one.id, one.words[seat.language].title, one.id in seen) for one in (*ready, *others))


def _open_line(seat: Seat, file: CaseFile, one: RuleResult) -> OpenLine:
    waits = ", ".join(_label(seat, file, fact) for fact in one.missing)
    return OpenLine(one.rule.words[seat.language].title, waits)


def _papers(seat: Seat, file: CaseFile, result: Result) -> tuple[PaperLine, ...]:
    titles = {letter.id: letter.titles[seat.language] for letter in seat.pack.guide.letters}
    may_draft = is_allowed(seat, file, CaseAction.ATTACH)
    return tuple(
        PaperLine(titles[paper], paper if may_draft and seat.pack.letters.languages_of(paper) else "")
        for paper in result.papers
    )


def _question(seat: Seat, file: CaseFile, result: Result) -> Question | None:
    fact = result.best_question
    return Question(fact, _label(seat, file, fact)) if fact else None


def _label(seat: Seat, file: CaseFile, fact: str) -> str:
    question = seat.pack.question(fact)
    return fact if question is None else seat.pack.text(question.label_key, seat.language, file.voice)


def _writer(seat: Seat) -> Callable[[date], str]:
    """How the guide's sentences write a day: with its weekday, in the language of whoever reads."""
    return partial(write_day, language=seat.language, today=seat.today)

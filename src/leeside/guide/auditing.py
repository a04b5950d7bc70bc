"""What a reviewer has to look at in a guide: everything that no lawyer confirmed, that grew old, or that nothing uses.

`pack check` refuses what is wrong; here stands what may be right and still needs a person. Nothing is judged: each
finding names what it is about and what it leans on, and the reviewer decides.

1. A rule that a lawyer signed against is *objected*, one that was read in an earlier wording only *reworded*, and one
   that nobody reviewed *unreviewed*; one whose review is older than the limit, or older than the newest day
   that its own law names (published, in force, a wording of its terms), is *stale*.
2. *Unconfirmed* are days marked as not sure; *general* is what is general knowledge only; *weak* leans on a weak page.
3. Two rules *clash* when one person can meet both on one day and one replaced the other, or one gives a paper that the
   other warns of. Two are *doubled* when they give the same, to the same authority, with the same papers and terms.
4. *Unreachable* is a rule whose condition no answers make true; *unasked* one with a fact whose question cannot open.
5. *Untested* lacks a kind of example; *unreached* is named by no situation.
6. *Idle* are terms, papers and sources that nothing names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import combinations
from typing import Final

from leeside.guide.possible import can_be_true
from leeside.packs.conditions import All, Truth
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Gives, Rule
from leeside.packs.questions import Question

REVIEW_LASTS_DAYS: Final = 180


class Look(Enum):
    """Why somebody has to look. The order is that of the list."""

    CLASH = "clash"
    UNREACHABLE = "unreachable"
    UNASKED = "unasked"
    OBJECTED = "objected"
    UNREVIEWED = "unreviewed"
    REWORDED = "reworded"
    STALE = "stale"
    UNCONFIRMED = "unconfirmed"
    GENERAL = "general"
    WEAK = "weak"
    DOUBLED = "doubled"
    UNTESTED = "untested"
    UNREACHED = "unreached"
    IDLE_TERM = "idle_term"
    IDLE_PAPER = "idle_paper"
    IDLE_SOURCE = "idle_source"


@dataclass(frozen=True)
class Finding:
    """One thing to look at: the id of a rule, term, paper or source, and what it leans on (ids, keys or days)."""

    look: Look
    subject: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signatures:
    """What a line's lawyers signed, beside the reviews that the rules themselves name (which whoever asks has laid over
    them): rules that somebody speaks against, with the day; and rules that were read in an earlier wording only."""

    objected: Mapping[str, str] = field(default_factory=dict)
    reworded: frozenset[str] = frozenset()


_NO_SIGNATURES: Final = Signatures()


def audit(
    book: Guidebook,
    questions: Mapping[str, Question],
    on: date,
    review_lasts_days: int = REVIEW_LASTS_DAYS,
    signatures: Signatures = _NO_SIGNATURES,
) -> tuple[Finding, ...]:
    """Everything to look at on the day `on`, in the order of `Look`, then by id. `questions` are the pack's, by id."""
    return in_order(
        (*audit_law(book, questions, on), *audit_reviews(book, on, review_lasts_days, signatures)),
    )


def audit_law(
    book: Guidebook, questions: Mapping[str, Question], on: date, looks: Iterator[int] | None = None
) -> tuple[Finding, ...]:
    """What there is to look at whoever reviewed what: a second for a hundred rules.

    With `looks` it raises TooManyWaysError after so many of them: see `possible.can_be_true`.
    """
    found = [finding for rule in book.rules for finding in _of_rule(rule, book, questions, on, looks)]
    found += _of_pairs(book, questions, looks)
    found += _idle(book)
    return in_order(found)


def audit_reviews(
    book: Guidebook,
    on: date,
    review_lasts_days: int = REVIEW_LASTS_DAYS,
    signatures: Signatures = _NO_SIGNATURES,
) -> tuple[Finding, ...]:
    """Whose review is missing, old, of another wording, or against the rule."""
    found = [finding for rule in book.rules for finding in _of_review(rule, book, on, review_lasts_days, signatures)]
    return in_order(found)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """In the order of `Look`, then by id."""
    order = {look: number for number, look in enumerate(Look)}
    return tuple(sorted(findings, key=lambda one: (order[one.look], one.subject, one.details)))


def _of_review(
    rule: Rule, book: Guidebook, on: date, lasts_days: int, signatures: Signatures = _NO_SIGNATURES
) -> Iterator[Finding]:
    if rule.id in signatures.objected:
        yield Finding(Look.OBJECTED, rule.id, (signatures.objected[rule.id],))
        return
    if rule.review.on is None:
        yield Finding(Look.REWORDED if rule.id in signatures.reworded else Look.UNREVIEWED, rule.id)
        return
    changed = [rule.published, rule.since]
    changed += [term.since for term in book.terms if term.id in rule.terms and term.since is not None]
    newest = max((day for day in changed if day <= on), default=date.min)
    if on - rule.review.on > timedelta(days=lasts_days) or rule.review.on < newest:
        yield Finding(Look.STALE, rule.id, (rule.review.on.isoformat(),))


def is_stale(rule: Rule, book: Guidebook, on: date, lasts_days: int = REVIEW_LASTS_DAYS) -> bool:
    """Whether somebody read the rule, and has to read it again: point 1."""
    return any(finding.look is Look.STALE for finding in _of_review(rule, book, on, lasts_days))


def _of_rule(
    rule: Rule, book: Guidebook, questions: Mapping[str, Question], on: date, looks: Iterator[int] | None
) -> Iterator[Finding]:
    unsure = [("from", rule.is_since_sure), ("until", rule.is_until_sure)]
    if unconfirmed := tuple(key for key, is_sure in unsure if not is_sure):
        yield Finding(Look.UNCONFIRMED, rule.id, unconfirmed)
    if rule.is_question:
        yield Finding(Look.GENERAL, rule.id)
    if weak := tuple(one for one in rule.sources if (source := book.sources.get(one)) and source.is_weak):
        yield Finding(Look.WEAK, rule.id, weak)
    day = _day_in_force(rule, on)
    if unasked := tuple(sorted(fact for fact in rule.facts if not _can_be_asked(fact, questions, day))):
        yield Finding(Look.UNASKED, rule.id, unasked)
    elif not can_be_true(rule.condition, questions, day, looks):
        yield Finding(Look.UNREACHABLE, rule.id)
    kinds = {example.applies for example in rule.examples}
    if missing := tuple(truth.value for truth in Truth if truth not in kinds):
        yield Finding(Look.UNTESTED, rule.id, missing)
    if all(rule.id not in (*one.applies, *one.unknown, *one.coming) for one in book.situations):
        yield Finding(Look.UNREACHED, rule.id)


def _day_in_force(rule: Rule, on: date) -> date:
    """The day nearest to `on` on which the rule is in force."""
    return max(rule.since, min(on, rule.until or on))


def _can_be_asked(fact: str, questions: Mapping[str, Question], on: date) -> bool:
    question = questions.get(fact)
    if question is None:
        return False
    return question.condition is None or can_be_true(question.condition, questions, on)


def _of_pairs(book: Guidebook, questions: Mapping[str, Question], looks: Iterator[int] | None) -> Iterator[Finding]:
    for pair in combinations(sorted(book.rules, key=lambda rule: rule.id), 2):
        look = _between(*pair)
        if look is not None and _can_meet(*pair, questions, looks):
            yield Finding(look, pair[0].id, (pair[1].id,))


def _between(one: Rule, other: Rule) -> Look | None:
    """What two rules would be to one another if one person met both."""
    if one.supersedes == other.id or other.supersedes == one.id:
        return Look.CLASH
    warns = {rule.gives for rule in (one, other)} > {Gives.RISK}
    if warns and set(one.papers) & set(other.papers):
        return Look.CLASH
    if not one.papers and not one.terms:
        return None
    return Look.DOUBLED if _given(one) == _given(other) else None


def _given(rule: Rule) -> tuple[object, ...]:
    return rule.gives, rule.authority, frozenset(rule.papers), frozenset(rule.terms)


def _can_meet(one: Rule, other: Rule, questions: Mapping[str, Question], looks: Iterator[int] | None) -> bool:
    """Whether both are in force on one day on which the same answers make both true."""
    first = max(one.since, other.since)
    last = min(one.until or date.max, other.until or date.max)
    return first <= last and can_be_true(All((one.condition, other.condition)), questions, first, looks)


def _idle(book: Guidebook) -> Iterable[Finding]:
    terms = {term for rule in book.rules for term in rule.terms}
    papers = {paper for rule in book.rules for paper in rule.papers} | {term.restored_by for term in book.terms}
    sources = {one for rule in book.rules for one in rule.sources} | {
        one for term in book.terms for one in term.sources
    }
    yield from (Finding(Look.IDLE_TERM, one) for one in {term.id for term in book.terms} - terms)
    yield from (Finding(Look.IDLE_PAPER, one.id) for one in book.letters if one.id not in papers)
    yield from (Finding(Look.IDLE_SOURCE, one) for one in book.sources if one not in sources)

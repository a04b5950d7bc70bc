"""The page of all rules: by subject, each with what there is to look at, and filters that count.

What the audit of the law finds takes a second and changes with the pack and the day only, so a process keeps the
newest; reviews are judged anew for every page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.rules.reviews import ReadRules
from leeside.desk.rules.signing import may_sign, read_rules
from leeside.desk.rules.words import gives_title, look_title
from leeside.desk.seat import Seat
from leeside.guide.auditing import Finding, Look, Signatures, audit_law, audit_reviews, in_order
from leeside.guide.explaining import confidence_in_words, force_in_words, review_in_words
from leeside.packs.guidebook.rules import Rule
from leeside.packs.pack import Pack
from leeside.web.dates import write_day

_FILTERED: Final = (
    Look.OBJECTED,
    Look.UNREVIEWED,
    Look.REWORDED,
    Look.STALE,
    Look.CLASH,
    Look.UNREACHABLE,
    Look.UNTESTED,
    Look.UNCONFIRMED,
    Look.GENERAL,
)
_GRAVE: Final = frozenset({Look.OBJECTED, Look.CLASH, Look.UNREACHABLE, Look.UNASKED, Look.UNTESTED})
_COMING, _FOR_LAWYER, _READ = "coming", "lawyer", "read"

_kept: dict[str, tuple[Pack, date, tuple[Finding, ...]]] = {}


@dataclass(frozen=True)
class Filter:
    """One way to look at fewer rules."""

    key: str
    title: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class RuleRow:
    """One rule in the list."""

    id: str
    title: str
    gives: str
    since: str
    confidence: str
    review: str
    tone: str
    looks: tuple[str, ...]
    for_lawyer: bool


@dataclass(frozen=True)
class Subject:
    """The rules of one folder."""

    key: str
    title: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True)
class ListPage:
    """Names are those the template uses."""

    total: int
    shown: int
    read: int
    filters: tuple[Filter, ...]
    subjects: tuple[Subject, ...]
    others: tuple[str, ...]
    may_sign: bool
    refused: int
    is_open: bool
    """Whether the subjects stand unfolded: not while all rules are there."""


def make_list(seat: Seat, untrusted_filter: str) -> ListPage:
    """The page of rules, all of them or those that a filter keeps."""
    require_line_action(LineAction.SEE_RULES, seat.role)
    readings = read_rules(seat)
    findings = findings_of(seat, readings)
    rules = seat.pack.guide.rules
    kept = _kept_by(seat, findings, readings)
    chosen = untrusted_filter if untrusted_filter in kept else ""
    shown = [rule for rule in rules if not chosen or rule.id in kept[chosen]]
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.subject, []).append(finding)
    return ListPage(
        total=len(rules),
        shown=len(shown),
        read=len(kept[_READ]),
        filters=(
            Filter("", _("All"), len(rules), not chosen),
            *(Filter(key, _filter_title(key), len(ids), key == chosen) for key, ids in kept.items() if ids),
        ),
        subjects=_subjects(seat, shown, by_rule, readings),
        others=tuple(
            f"{look_title(one.look)}: {one.subject}" for one in findings if seat.pack.guide.rule(one.subject) is None
        ),
        may_sign=may_sign(seat),
        refused=sum(1 for found in readings.by_rule.values() for one in found if one.signed is None),
        is_open=bool(chosen),
    )


def findings_of(seat: Seat, readings: ReadRules) -> tuple[Finding, ...]:
    """What there is to look at today, with what the line's lawyers signed."""
    book = readings.lay_over_all(seat.pack.guide)
    signatures = Signatures(readings.objected, readings.reworded)
    return in_order(
        (
            *law_findings(seat.pack, seat.today),
            *audit_reviews(book, seat.today, seat.pack.review_lasts_days, signatures),
        )
    )


def tried_findings(pack: Pack, on: date) -> tuple[Finding, ...]:
    """The same for a pack that somebody only tries: not kept, and bounded. Raises TooManyWaysError."""
    looks = iter(range(LIMITS.tried_looks))
    return audit_law(pack.guide, {one.id: one for one in pack.all_questions}, on, looks)


def law_findings(pack: Pack, on: date) -> tuple[Finding, ...]:
    """What the audit of the law finds."""
    kept = _kept.get(pack.name)
    if kept is None or kept[0] is not pack or kept[1] != on:
        kept = (pack, on, audit_law(pack.guide, {one.id: one for one in pack.all_questions}, on))
        _kept[pack.name] = kept
    return kept[2]


def _kept_by(seat: Seat, findings: Sequence[Finding], readings: ReadRules) -> Mapping[str, frozenset[str]]:
    """The rules that each filter keeps, by its key, in the order of the page."""
    rules = seat.pack.guide.rules
    kept = {
        _READ: frozenset(rule.id for rule in rules if readings.accepted(rule.id) is not None),
        **{look.value: frozenset(one.subject for one in findings if one.look is look) for look in _FILTERED},
        _COMING: frozenset(rule.id for rule in rules if rule.lies_ahead(seat.today)),
        _FOR_LAWYER: frozenset(rule.id for rule in rules if rule.for_lawyer),
    }
    # Of a clash both sides are listed, though the finding names the first.
    clashes = [one for one in findings if one.look is Look.CLASH]
    kept[Look.CLASH.value] |= {other for one in clashes for other in one.details}
    return kept


def _filter_title(key: str) -> str:
    own = {_COMING: _("Coming"), _FOR_LAWYER: _("For lawyers"), _READ: _("Read by a lawyer")}
    return own[key] if key in own else look_title(Look(key))


def subject_title(seat: Seat, subject: str) -> str:
    """What a folder of rules is called."""
    titles = seat.pack.guide.subjects.get(subject, {})
    return titles.get(seat.language) or subject.replace("_", " ") or _("Other")


def _subjects(
    seat: Seat, rules: Sequence[Rule], findings: Mapping[str, Sequence[Finding]], readings: ReadRules
) -> tuple[Subject, ...]:
    order = {key: number for number, key in enumerate(seat.pack.guide.subjects)}
    keys = sorted({rule.subject for rule in rules}, key=lambda key: (order.get(key, len(order)), key))
    return tuple(
        Subject(
            key or "other",
            subject_title(seat, key),
            tuple(
                _row(seat, rule, findings.get(rule.id, ()), readings)
                for rule in sorted(rules, key=lambda one: one.words[seat.language].title.casefold())
                if rule.subject == key
            ),
        )
        for key in keys
    )


def _row(seat: Seat, rule: Rule, findings: Sequence[Finding], readings: ReadRules) -> RuleRow:
    write = partial(write_day, language=seat.language, today=seat.today)
    looks = {one.look for one in findings}
    tone = "ok" if readings.accepted(rule.id) is not None and Look.STALE not in looks else "amber"
    return RuleRow(
        id=rule.id,
        title=rule.words[seat.language].title,
        gives=gives_title(rule.gives),
        since=force_in_words(rule, seat.language, seat.today, write),
        confidence=confidence_in_words(rule, seat.language),
        review=_review_line(seat, rule, looks, readings),
        tone="red" if looks & _GRAVE else tone,
        looks=tuple(look_title(look) for look in Look if look in looks - _REVIEWS - {Look.UNCONFIRMED, Look.GENERAL}),
        for_lawyer=rule.for_lawyer,
    )


_REVIEWS: Final = frozenset({Look.OBJECTED, Look.UNREVIEWED, Look.REWORDED})


def _review_line(seat: Seat, rule: Rule, looks: set[Look], readings: ReadRules) -> str:
    for look in (Look.OBJECTED, Look.REWORDED):
        if look in looks:
            return look_title(look)
    write = partial(write_day, language=seat.language, today=seat.today)
    return review_in_words(readings.lay_over(rule), seat.language, write)

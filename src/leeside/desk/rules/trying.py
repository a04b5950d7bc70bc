"""Trying a new or changed rule: one file, read as the pack's reader reads it, laid over the pack for one page.

Nothing is stored, and the pack stays as it is: a pack is files, which the keeper puts there and every line sees alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.rules.listing import law_findings, tried_findings
from leeside.desk.rules.rule_page import RuleView, view_of
from leeside.desk.rules.words import finding_words
from leeside.desk.seat import Seat
from leeside.guide.possible import TooManyWaysError
from leeside.guide.situations import try_situation
from leeside.packs.errors import PackProblem
from leeside.packs.guidebook.rules import Rule, RuleWords
from leeside.packs.pack import Pack
from leeside.packs.trying import TOO_MANY_WAYS, is_rule_id, try_rule


@dataclass(frozen=True)
class Change:
    """One part of a rule that differs from the shipped one."""

    part: str
    before: str
    after: str


@dataclass(frozen=True)
class TriedPage:
    """What came of it. Without a view only the problems are there."""

    rule_id: str
    text: str
    problems: tuple[PackProblem, ...]
    view: RuleView | None = None
    is_new: bool = False
    changes: tuple[Change, ...] = ()
    situations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    found: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def try_one(seat: Seat, untrusted_id: str, untrusted_text: str) -> TriedPage:
    """Read, check and show one rule. Raises InputError for an id that is none, and for too much text."""
    require_line_action(LineAction.SEE_RULES, seat.role)
    rule_id = untrusted_id.strip()
    if not is_rule_id(rule_id):
        raise InputError("id", _("The id has small Latin letters, digits and _ only, and begins with a letter."))
    content = untrusted_text.encode("utf-8", "replace")
    if not content.strip():
        raise InputError("text", _("There is nothing to try yet."))
    if len(content) > LIMITS.tried_rule_bytes:
        raise InputError("text", _("That is too long for one rule."))
    tried = try_rule(seat.pack, rule_id, content)
    if tried.rule is None or tried.pack is None:
        return TriedPage(rule_id, untrusted_text, tried.problems)
    shipped = seat.pack.guide.rule(rule_id)
    try:
        before, after = set(law_findings(seat.pack, seat.today)), set(tried_findings(tried.pack, seat.today))
    except TooManyWaysError:
        # By itself it may be looked through, and not beside each rule that it could clash with.
        problem = PackProblem(f"{rule_id}.toml", 0, "when", TOO_MANY_WAYS)
        return TriedPage(rule_id, untrusted_text, (problem,))
    return TriedPage(
        rule_id=rule_id,
        text=untrusted_text,
        problems=(),
        view=view_of(seat, tried.rule, tried.pack),
        is_new=shipped is None,
        changes=tuple(_changes(shipped, tried.rule)) if shipped is not None else (),
        situations=tuple(_situations(seat, seat.pack, tried.pack)),
        found=tuple(sorted(finding_words(seat, one, tried.pack.guide) for one in after - before)),
        gone=tuple(sorted(finding_words(seat, one) for one in before - after)),
    )


def _changes(shipped: Rule, tried: Rule) -> Iterable[Change]:
    for one in fields(Rule):
        if one.name in ("digest", "law", "subject", "words", "examples", "review"):
            continue
        before, after = getattr(shipped, one.name), getattr(tried, one.name)
        if before != after:
            yield Change(one.name, _told(before), _told(after))
    for language in sorted({*shipped.words, *tried.words}):
        before, after = shipped.words.get(language), tried.words.get(language)
        for part in fields(RuleWords):
            was, now = getattr(before, part.name, ""), getattr(after, part.name, "")
            if was != now:
                yield Change(f"{part.name} ({language})", was, now)


def _told(value: object) -> str:
    """A value as a reviewer can read it; a condition is told by the drawing."""
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if hasattr(value, "value"):
        return str(value.value)
    if hasattr(value, "evaluate"):
        return _("see the drawing")
    return "" if value is None else str(value)


def _situations(seat: Seat, before: Pack, after: Pack) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Worked situations that come out otherwise than they did."""
    for one in after.guide.situations:
        was = set(try_situation(before.guide, before.by_id, one))
        now = [each for each in try_situation(after.guide, after.by_id, one) if each not in was]
        if now:
            yield one.words[seat.language], tuple(str(each) for each in now)

"""What differs, put together: one group a change, with the old and the new side by side and the cases it concerns.

A group holds cases by what changed and by nothing else, so that whoever reads it sees one change and decides once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import day_in
from leeside.desk.recalling.drafting import SENDABLE, draft
from leeside.desk.seat import Seat
from leeside.guide.comparing import Change, Turn
from leeside.packs.guidebook.earlier import EarlierRules
from leeside.packs.guidebook.rules import RuleWords
from leeside.web.dates import write_day, write_short_day
from leeside.web.languages import language_name

_ORDER: Final = {turn: place for place, turn in enumerate(Turn)}
_MOST_WORDS: Final = 400
"""Words of one text that are compared; no rule is so long."""

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, and whether each is what differs from the other side."""


@dataclass(frozen=True)
class Side:
    """A rule or a term as it was told, or as it is: nothing to say where it was not kept or is no more."""

    since: str
    texts: tuple[tuple[str, Pieces], ...]
    """What the text is called, and the text."""


@dataclass(frozen=True)
class Row:
    """One case of a group."""

    slug: str
    name: str
    owner: str
    is_mine: bool
    told: str
    was: str
    day: str
    why_not: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One change. `texts` are drafts by language: code, its name, the text; none where it is another thing in each."""

    key: str
    turn: str
    title: str
    about: str
    was: Side | None
    now: Side | None
    rows: tuple[Row, ...]
    is_sendable: bool
    texts: tuple[tuple[str, str, str], ...] = field(repr=False)


def make_groups(seat: Seat, cases: Iterable[Mapping[str, Any]], earlier: EarlierRules, most: int) -> tuple[Group, ...]:
    """The groups of one page, the changes of rules that were told first; `most` cases of each are chosen beforehand."""
    found: dict[Change, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for case in cases:
        for one in case["differences"]:
            found.setdefault(Change(*one["change"]), []).append((case, one))
    ordered = sorted(found, key=lambda change: (_ORDER[Turn(change.turn)], -len(found[change]), change))
    return tuple(_group(seat, change, found[change], earlier, most) for change in ordered)


def _group(
    seat: Seat,
    change: Change,
    found: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]],
    earlier: EarlierRules,
    most: int,
) -> Group:
    turn = Turn(change.turn)
    ready = [case["slug"] for case, _one in found if not case["why_not"]] if turn in SENDABLE else []
    languages = sorted({case["language"] for case, _one in found if case["slug"] in ready})
    has_days = bool(ready) and all(one["day"] for case, one in found if case["slug"] in ready)
    was, now = _sides(seat, change, earlier)
    return Group(
        key=write_change(change),
        turn=change.turn,
        title=_title(seat, change, earlier),
        about=about_turn(turn),
        was=was,
        now=now,
        rows=tuple(_row(seat, case, one, case["slug"] in ready[:most]) for case, one in found),
        is_sendable=turn in SENDABLE,
        texts=tuple(
            (one, language_name(one), draft(seat, change, earlier, one, has_days=has_days)) for one in languages
        ),
    )


def _row(seat: Seat, case: Mapping[str, Any], one: Mapping[str, Any], is_chosen: bool) -> Row:
    def written(spelled: str) -> str:
        day = day_in(spelled)
        return write_short_day(day, seat.language, seat.today) if day is not None else ""

    return Row(
        slug=case["slug"],
        name=case["name"],
        owner=case["owner"],
        is_mine=case["is_mine"],
        told=written(one["told_on"]),
        was=written(one["was"]),
        day=written(one["day"]),
        why_not=case["why_not"],
        is_chosen=is_chosen,
    )


def about_turn(turn: Turn) -> str:
    """What happened, in a few words."""
    return {
        Turn.WORDED: _("A rule that was told is worded anew"),
        Turn.ENDED: _("A rule that was told is over"),
        Turn.LAPSED: _("A rule that was told does not cover these cases any more"),
        Turn.UNSURE: _("Of a rule that was told nobody can tell any more whether it applies"),
        Turn.BEGAN: _("A rule came into force since"),
        Turn.NEW: _("A rule applies that was not there when advice was given"),
        Turn.MOVED: _("The last day of a term is another one"),
        Turn.FACTS: _("The facts are others than when advice was given"),
    }[turn]


def _title(seat: Seat, change: Change, earlier: EarlierRules) -> str:
    turn = Turn(change.turn)
    if turn is Turn.FACTS:
        return _("Look at each case")
    if turn is Turn.MOVED:
        term = seat.pack.guide.term(change.id)
        return term.words[seat.language].title if term is not None else change.id
    words = _words_now(seat, change.now) or _words_told(seat, change, earlier)
    return words.title if words is not None else change.id


def _sides(seat: Seat, change: Change, earlier: EarlierRules) -> tuple[Side | None, Side | None]:
    if Turn(change.turn) in (Turn.FACTS, Turn.MOVED):
        return None, None
    told, now = _words_told(seat, change, earlier), _words_now(seat, change.now)
    kept, rule = earlier.find(change.id, change.digest), seat.pack.guide.rule(change.now)
    was_since = _force(seat, kept.since, kept.until) if kept is not None else ""
    now_since = _force(seat, rule.since, rule.until) if rule is not None else ""
    if change.digest == change.now_digest and change.digest:
        told = None  # the same words, which cover these cases no more: once is enough
    return (
        Side(was_since, _texts(told, now)) if told is not None else None,
        Side(now_since, _texts(now, told)) if now is not None else None,
    )


def _words_told(seat: Seat, change: Change, earlier: EarlierRules) -> RuleWords | None:
    kept = earlier.find(change.id, change.digest)
    return kept.words.get(seat.language) if kept is not None else None


def _words_now(seat: Seat, rule_id: str) -> RuleWords | None:
    rule = seat.pack.guide.rule(rule_id)
    return rule.words.get(seat.language) if rule is not None else None


def _force(seat: Seat, since: date, until: date | None) -> str:
    values = {"since": write_day(since, seat.language, seat.today)}
    if until is None:
        return _("In force from %(since)s") % values
    return _("In force from %(since)s to %(until)s") % {**values, "until": write_day(until, seat.language, seat.today)}


def _texts(words: RuleWords, other: RuleWords | None) -> tuple[tuple[str, Pieces], ...]:
    """The texts of a side, with what the other side does not say."""
    named = (
        ("", "title"),
        (_("Why:"), "why"),
        (_("How:"), "how"),
        (_("Beware:"), "care"),
        ("", "act"),
    )
    return tuple(
        (label, pieces_of(getattr(words, name), getattr(other, name) if other is not None else None))
        for label, name in named
        if getattr(words, name)
    )


def pieces_of(text: str, other: str | None) -> Pieces:
    """A text, in pieces that stand in the other one as well and pieces that do not; whole where there is no other."""
    if other is None or text == other:
        return ((text, False),)
    ours, theirs = text.split()[:_MOST_WORDS], other.split()[:_MOST_WORDS]
    pieces = []
    for kind, first, last, _start, _end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if last > first:
            pieces.append((" ".join(ours[first:last]), kind != "equal"))
    return tuple(pieces)


def write_change(change: Change) -> str:
    """A change as a page carries it."""
    return "|".join((change.turn, change.id, change.digest, change.now, change.now_digest))


def read_change(untrusted: str) -> Change | None:
    """The change that a page posted; None for what is none."""
    parts = untrusted.split("|")
    if len(parts) != len(("turn", "id", "digest", "now", "now_digest")) or parts[0] not in {one.value for one in Turn}:
        return None
    return Change(*parts)

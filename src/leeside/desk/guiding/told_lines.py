"""Advice given, in words: on the page of a case's law each telling, on the case page one line about all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.casefile import CaseFile
from leeside.desk.guiding.advice import advice_of
from leeside.desk.guiding.since import marks_since
from leeside.desk.seat import Seat
from leeside.desk.telling.guiding import rule_title, way_words
from leeside.desk.told_rules import ASIDE, Advice
from leeside.guide.evaluating import Result
from leeside.web.dates import write_day, write_short_day


@dataclass(frozen=True)
class ToldRuleLine:
    """One rule that was told, and what has changed since."""

    title: str
    marks: tuple[str, ...]
    days: tuple[str, ...]


@dataclass(frozen=True)
class ToldLine:
    """One time that advice was given: when, by whom and how."""

    when: str
    how: str
    rules: tuple[ToldRuleLine, ...]


@dataclass(frozen=True)
class ToldSoFar:
    """All advice of a case. `changed` is how many rules have a mark; `words` is the one line of the case page."""

    lines: tuple[ToldLine, ...] = ()
    words: str = ""
    changed: str = ""


def told_so_far(seat: Seat, file: CaseFile, result: Result) -> ToldSoFar:
    """What was told in an opened case, the newest first, each beside what the guide says now. What has changed is said
    once: of the newest telling of a rule, unless a later one said that it holds no more."""
    looked = advice_of(seat, file)
    given = [one for one in looked if one.way != ASIDE]
    if not looked:
        return ToldSoFar()
    newest: dict[str, Advice] = {}
    for one in given:
        newest.update(dict.fromkeys(one.rule_ids, one))
        for rule in one.ended:
            newest.pop(rule, None)
    marks = {(one.entry, rule): marks_since(seat, result, one)[rule] for rule, one in newest.items()}
    return ToldSoFar(
        lines=tuple(_line(seat, one, marks) for one in sorted(looked, key=lambda one: one.at, reverse=True)),
        words=_words(seat, given),
        changed=_changed_words(sum(bool(each) for each in marks.values())),
    )


def _words(seat: Seat, given: Sequence[Advice]) -> str:
    rules = {rule for one in given for rule in one.rule_ids}
    if not rules:
        return ""
    day = write_short_day(max(one.on for one in given), seat.language, seat.today)
    words = ngettext("%(number)d rule told, last on %(day)s", "%(number)d rules told, last on %(day)s", len(rules))
    return words % {"number": len(rules), "day": day}


def _changed_words(changed: int) -> str:
    if not changed:
        return ""
    return ngettext("%(number)d changed since", "%(number)d changed since", changed) % {"number": changed}


def _line(seat: Seat, one: Advice, marks: Mapping[tuple[str, str], tuple[str, ...]]) -> ToldLine:
    name, day = seat.keyring.roster.name_of(one.by), write_day(one.on, seat.language, seat.today)
    how = _("with an answer") if one.answer else ", ".join(part for part in (way_words(one.way), one.line) if part)
    told = [
        ToldRuleLine(rule_title(seat, rule), marks.get((one.entry, rule), ()), _days_of(seat, one, rule))
        for rule in one.rule_ids
    ]
    over = [_("no longer holds: %(rule)s") % {"rule": rule_title(seat, rule)} for rule in one.ended]
    return ToldLine(
        when=day[:1].upper() + day[1:] if one.way == ASIDE else _("told on %(day)s") % {"day": day},
        how=" · ".join(part for part in (name, how) if part),
        rules=(*told, *(ToldRuleLine(words, (), ()) for words in over)),
    )


def _days_of(seat: Seat, one: Advice, rule_id: str) -> tuple[str, ...]:
    """The last days that were told with a rule."""
    rule = seat.pack.guide.rule(rule_id)
    days = [one.deadlines[term] for term in (rule.terms if rule is not None else ()) if term in one.deadlines]
    return tuple(_("by %(day)s") % {"day": write_short_day(day, seat.language, seat.today)} for day in days)

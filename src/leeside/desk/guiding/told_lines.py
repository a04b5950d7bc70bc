"""Advice given, in words: on the page of a case's law each telling, on the case page one line about all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.casefile import CaseFile
from leeside.desk.guiding.advice import advice_of
from leeside.desk.guiding.since import marks_since
from leeside.desk.seat import Seat
from leeside.desk.telling.guiding import rule_title, way_words
from leeside.desk.told_rules import Advice
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
    """What was told in an opened case, the newest first, each beside what the guide says now."""
    given = advice_of(seat, file)
    if not given:
        return ToldSoFar()
    marks = {one.entry: marks_since(seat, result, one) for one in given}
    newest: dict[str, str] = {rule: one.entry for one in given for rule in one.rule_ids}
    changed = sum(bool(marks[entry][rule]) for rule, entry in newest.items())
    day = write_short_day(given[-1].on, seat.language, seat.today)
    rules = ngettext("%(number)d rule told, last on %(day)s", "%(number)d rules told, last on %(day)s", len(newest))
    since = ngettext("%(number)d changed since", "%(number)d changed since", changed)
    return ToldSoFar(
        lines=tuple(_line(seat, one, marks[one.entry]) for one in sorted(given, key=lambda one: one.at, reverse=True)),
        words=rules % {"number": len(newest), "day": day},
        changed=since % {"number": changed} if changed else "",
    )


def _line(seat: Seat, one: Advice, marks: Mapping[str, tuple[str, ...]]) -> ToldLine:
    name = seat.keyring.roster.name_of(one.by)
    how = _("with an answer") if one.answer else ", ".join(part for part in (way_words(one.way), one.line) if part)
    return ToldLine(
        when=_("told on %(day)s") % {"day": write_day(one.on, seat.language, seat.today)},
        how=" · ".join(part for part in (name, how) if part),
        rules=tuple(
            ToldRuleLine(rule_title(seat, rule), marks[rule], _days_of(seat, one, rule)) for rule in one.rule_ids
        ),
    )


def _days_of(seat: Seat, one: Advice, rule_id: str) -> tuple[str, ...]:
    """The last days that were told with a rule."""
    rule = seat.pack.guide.rule(rule_id)
    days = [one.deadlines[term] for term in (rule.terms if rule is not None else ()) if term in one.deadlines]
    return tuple(_("by %(day)s") % {"day": write_short_day(day, seat.language, seat.today)} for day in days)

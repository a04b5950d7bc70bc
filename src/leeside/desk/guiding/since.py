"""What became of advice since it was given: the rule, what it says to this case, and the days that followed from it.

Rules:
1. Another wording, an end of force, or a rule that replaced it is said, whoever is concerned.
2. A rule that applied and does not any more, or of which nobody can tell any more, says so; so does one that was told
   although it did not apply.
3. A last day that moved says both days; one that no longer follows says so.
Nothing is judged: whoever reads decides whether the person has to be told.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from leeside.desk.seat import Seat
from leeside.desk.told_rules import Advice, ToldRule
from leeside.guide.deadlines import days_of
from leeside.guide.evaluating import Result
from leeside.packs.conditions import TODAY, Truth
from leeside.packs.guidebook.rules import Rule
from leeside.web.dates import write_short_day


def marks_since(seat: Seat, result: Result, advice: Advice) -> Mapping[str, tuple[str, ...]]:
    """What has changed of each rule that was told, by its id, in words; empty for one of which nothing has."""
    return {one.id: _marks(seat, result, advice, one) for one in advice.rules}


def _marks(seat: Seat, result: Result, advice: Advice, told: ToldRule) -> tuple[str, ...]:
    rule = seat.pack.guide.rule(told.id)
    if rule is None:
        return (_("this rule is no longer in the guide"),)
    marks = [*_of_wording(seat, result, rule, told), *_of_result(result, advice, rule, told)]
    return (*marks, *_of_days(seat, result, advice, rule))


def _of_wording(seat: Seat, result: Result, rule: Rule, told: ToldRule) -> list[str]:
    """Rule 1."""
    marks = []
    if rule.digest != told.digest:
        marks.append(_("the rule was changed since"))
    if rule.until is not None and rule.until < result.on:
        day = write_short_day(rule.until, seat.language, seat.today)
        marks.append(_("no longer in force since %(day)s") % {"day": day})
    for newer in seat.pack.guide.rules:
        if newer.supersedes == rule.id and newer.is_in_force(result.on):
            marks.append(_("replaced by: %(title)s") % {"title": newer.words[seat.language].title})
    return marks


def _of_result(result: Result, advice: Advice, rule: Rule, told: ToldRule) -> list[str]:
    """Rule 2."""
    if not rule.is_in_force(result.on):
        return []
    now = rule.condition.evaluate({**result.facts, TODAY: result.on})
    then = rule.condition.evaluate({**advice.facts, TODAY: advice.on})
    if rule.digest == told.digest and then is not Truth.YES:
        return [_("did not apply when it was told")] if now is not Truth.YES else [_("applies only since")]
    if now is Truth.NO:
        return [_("does not apply any more: what is known has changed")]
    if now is Truth.UNKNOWN:
        return [_("nobody can tell any more whether it applies")]
    return [_("in force only since")] if not rule.is_in_force(advice.on) else []


def _of_days(seat: Seat, result: Result, advice: Advice, rule: Rule) -> list[str]:
    """Rule 3."""
    now, marks = days_of(result.deadlines), []
    for term in rule.terms:
        then = advice.deadlines.get(term)
        if then is None or now.get(term) == then:
            continue
        was = write_short_day(then, seat.language, seat.today)
        if (day := now.get(term)) is None:
            marks.append(_("the day told, %(was)s, no longer follows") % {"was": was})
        else:
            today = write_short_day(day, seat.language, seat.today)
            marks.append(_("the last day was %(was)s and is now %(day)s") % {"was": was, "day": today})
    return marks

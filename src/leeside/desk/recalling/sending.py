"""A changed rule, told case by case: one line to several writers, or a word that it was told otherwise.

Rules:
1. Each case is a step of its own, on record as a reading: it is opened, compared once more, and asked whether a line to
   many may go there (`readiness`). What differs no more is left alone.
2. Who sends alone sends; for anybody else it becomes a draft in each case, put before a colleague, its rules ticked.
   It goes out as any answer does: safe hours, what is seized, what a colleague holds, what wants a second thought. A
   case that stops it is told by name, with the reason; the others go.
3. What was told goes in with it: an entry of advice about this one change, so that the case leaves the list.
4. A case may be set aside with a reason; what new facts changed is set aside by somebody who looked at all of it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, cast

from django.utils.translation import gettext as _

from leeside.desk.answering import send
from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.errors import InputError
from leeside.desk.guiding.advice import WAYS, content_of
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.guiding.result import ask_for
from leeside.desk.kept_rules import keep_rules, kept_rules
from leeside.desk.limits import LIMITS
from leeside.desk.many_cases import Report, each_case
from leeside.desk.opening import open_case
from leeside.desk.permissions import CaseAction, LineAction, require_line_action
from leeside.desk.recalling.drafting import DAY, SENDABLE, fill
from leeside.desk.recalling.readiness import why_not
from leeside.desk.recalling.told import facts_when_told, tellings_of
from leeside.desk.seams import Told
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import sends_alone
from leeside.desk.told_rules import ASIDE, KIND
from leeside.desk.typed_fields import read_line
from leeside.desk.writing.canned import writers_language
from leeside.desk.writing.checking import ask_for_check
from leeside.desk.writing.drafts import Typed
from leeside.guide.comparing import Change, Comparer, Difference, Turn

ASIDE_WAYS: Final = (*WAYS, ASIDE)
_ENDS: Final = frozenset({Turn.ENDED, Turn.LAPSED})


def send_to_each(
    seat: Seat, change: Change, untrusted_texts: Mapping[str, str], untrusted_slugs: Sequence[str]
) -> Report:
    """Send a line about one change, in each writer's language; what became of each case.

    Raises NotAllowedError, InputError beside `case` for none or too many.
    """
    require_line_action(LineAction.RECALL, seat.role)
    if Turn(change.turn) not in SENDABLE:
        raise InputError("case", _("This is another thing in each case: look at each."))
    telling = _Telling(seat, change)
    return each_case(
        seat, untrusted_slugs, lambda case_id: telling.send(case_id, untrusted_texts), LIMITS.recall_at_once
    )


def set_aside(seat: Seat, change: Change, untrusted_slugs: Sequence[str], way: str, untrusted_line: str) -> Report:
    """Write down that a change was told by other means, or need not be told, with a reason.

    Raises NotAllowedError, InputError beside `case`, `way` or `line`.
    """
    require_line_action(LineAction.RECALL, seat.role)
    if way not in ASIDE_WAYS:
        raise InputError("way", _("How was it told? Please choose."))
    line = read_line(untrusted_line, "line", wanted=_("A reason, please: one line."))
    telling = _Telling(seat, change)
    return each_case(
        seat, untrusted_slugs, lambda case_id: telling.put_aside(case_id, way, line), LIMITS.recall_at_once
    )


class _Telling:
    """One change, told to case after case."""

    def __init__(self, seat: Seat, change: Change) -> None:
        keep_rules(seat.line_id, seat.pack, seat.today)
        self._seat, self._change = seat, change
        self._comparer = Comparer(seat.pack.guide, kept_rules(seat.line_id), seat.today)

    def send(self, case_id: bytes, untrusted_texts: Mapping[str, str]) -> None:
        """Rules 1 to 3. Raises InputError with the reason why this one stays."""
        seat = self._seat
        file = open_case(seat, case_id)
        found = self._still(file)
        reason = why_not(seat, file)
        if reason:
            raise InputError("case", reason)
        language = writers_language(seat, file)
        text = untrusted_texts.get(language, "")
        if DAY in text and found.day is None:
            raise InputError("text", _("The day is not known here: write to them in the case."))
        text, content = fill(seat, text, found.day, language), told_content(seat, file, self._change)
        if sends_alone(seat):
            send(begin(seat, file, CaseAction.ANSWER), file, text, None, advice=Told(content))
            return
        told = tuple(one["id"] for one in cast("list[dict[str, str]]", content["rules"]))
        if not told:
            raise InputError("case", _("This has to be told by a colleague who sends alone."))
        ask_for_check(seat, case_id, Typed(text, told=told), 0, step=None)

    def put_aside(self, case_id: bytes, way: str, line: str) -> None:
        """Rule 4."""
        seat = self._seat
        file = open_case(seat, case_id)
        self._still(file)
        note = begin(seat, file, CaseAction.NOTE)
        if Turn(self._change.turn) in SENDABLE:
            content = told_content(seat, file, self._change)
        else:
            content, way = _looked_at(seat, file), ASIDE
        note.add(KIND, {**content, "way": way, "line": line})
        note.commit()

    def _still(self, file: CaseFile) -> Difference:
        """The change in this case, worked out anew. Raises InputError where it differs no more."""
        facts = case_facts(self._seat, file)
        known_then = facts_when_told(self._seat, file, facts)
        for one in self._comparer.compare(tellings_of(file), facts, known_then):
            if one.change == self._change and file.is_open:
                return one
        raise InputError("case", _("Nothing differs here any more."))


def told_content(seat: Seat, file: CaseFile, change: Change) -> dict[str, object]:
    """What an entry of advice says of one change: the rule as it is now, or that one holds no more."""
    turn = Turn(change.turn)
    result = ask_for(seat, file)
    if turn is Turn.MOVED:
        told = {rule_id for one in tellings_of(file) for rule_id in one.rules}
        rules = [one.rule for one in result.applies if change.id in one.rule.terms and one.rule.id in told]
    else:
        known = (*result.applies, *result.coming) if turn is not Turn.LAPSED else ()
        rules = [one.rule for one in known if one.rule.id == change.now]
    ended = [change.id] if turn in _ENDS else []
    return {**content_of(rules, result), "recall": True, **({"ended": ended} if ended else {})}


def _looked_at(seat: Seat, file: CaseFile) -> dict[str, object]:
    """What says that somebody looked at everything today: no rule was told anew, and the days are those of today."""
    result = ask_for(seat, file)
    told = {term for one in tellings_of(file) for term in one.days}
    days = {one.term.id: one.day for one in result.deadlines if one.day is not None and one.term.id in told}
    return {**content_of([], result), "deadlines": {term: _spelled(day) for term, day in days.items()}}


def _spelled(day: date) -> str:
    return day.isoformat()

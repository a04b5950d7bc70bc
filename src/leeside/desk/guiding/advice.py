"""Advice given: what an answer, or a word on the telephone, told of the law, sealed with the case.

Rules:
1. Whoever answers ticks the rules that the answer tells. The entry goes in with the answer, in one step, or not at all.
2. It keeps each rule's id and digest, the day, the last days that followed, and of the facts only those that the rules
   and their terms look at: what else is known of the person is no part of the advice.
3. A tick whose rule does not apply to what is known today wants a second thought; it is never dropped in silence, and
   never recorded as if it applied: the facts stand beside it.
4. Before anything is told, the rules as they are today are kept by digest (`kept_rules`): a later pack may have others.
5. Advice that was given by other means is recorded the same way, with its day and how it was told. Whoever may write a
   note may do that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin, keep_if_untaken
from leeside.desk.errors import InputError
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.guiding.result import ask_for
from leeside.desk.kept_rules import keep_rules
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seams import NOTHING_TOLD, Doubt, Told
from leeside.desk.seat import Seat
from leeside.desk.told_rules import KIND, Advice, advice_in
from leeside.desk.typed_fields import read_line
from leeside.guide.deadlines import day_of, days_of
from leeside.guide.evaluating import Result, ask_guide
from leeside.packs.guidebook.rules import Rule

WAYS: Final = ("phone", "in_person", "letter", "other")
"""By what other means advice was given."""
MOST_RULES: Final = 40
"""Rules that one entry may name: more than anybody tells at once."""


@dataclass(frozen=True)
class NewAdvice:
    """What was typed of advice that was given by other means."""

    rules: tuple[str, ...]
    day: date | None
    way: str
    untrusted_line: str = ""


def advice_of(seat: Seat, file: CaseFile) -> tuple[Advice, ...]:
    """All advice that was given in an opened case, the oldest first; none for a pack without a guide."""
    return advice_in(file) if seat.pack.guide.rules else ()


def told_by_answer(seat: Seat, file: CaseFile, untrusted_ids: Sequence[str]) -> Told:
    """What an answer that tells these rules is remembered with, and what of it wants a second thought."""
    rules = _known_rules(seat, untrusted_ids)
    if not rules:
        return NOTHING_TOLD
    keep_rules(seat.line_id, seat.pack, seat.today)
    result = ask_for(seat, file)
    sure = {one.rule.id for one in (*result.applies, *result.coming)}
    why = _("by what is known today it does not apply, or nobody can tell yet")
    doubts = tuple(Doubt(rule.words[seat.language].title, why) for rule in rules if rule.id not in sure)
    return Told(content_of(rules, result), doubts)


def record_advice(seat: Seat, case_id: bytes, new: NewAdvice) -> int:
    """Write down advice that was given by other means. Raises InputError beside `told`, `day`, `way` or `line`."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.NOTE)
    rules = _known_rules(seat, new.rules)
    if not rules:
        raise InputError("told", _("Which rules did you tell? Tick at least one."))
    # A day that `read_advice` would not take: what was told is not kept as something that nobody reads.
    if new.day is None or day_of(new.day) is None or new.day > seat.today:
        raise InputError("day", _("On which day was it told? It cannot be ahead."))
    if new.way not in WAYS:
        raise InputError("way", _("How was it told? Please choose."))
    line = read_line(new.untrusted_line, "line")
    keep_rules(seat.line_id, seat.pack, seat.today)
    keep_if_untaken(change, file)
    content = content_of(rules, _ask(seat, file, new.day))
    change.add(KIND, {**content, "way": new.way, **({"line": line} if line else {})})
    return change.commit()


def content_of(rules: Sequence[Rule], result: Result) -> dict[str, object]:
    """The content of an entry `advice`: rule 2."""
    told = {rule.id for rule in rules}
    runs = [one for one in result.deadlines if told & set(one.rules)]
    looked_at = {fact for rule in rules for fact in rule.facts} | {fact for one in runs for fact in one.term.events}
    facts = {fact: result.facts[fact] for fact in sorted(looked_at) if fact in result.facts}
    return {
        "on": result.on.isoformat(),
        "rules": [{"id": rule.id, "digest": rule.digest} for rule in rules],
        "facts": {fact: list(value) if isinstance(value, tuple) else str(value) for fact, value in facts.items()},
        "deadlines": {term: day.isoformat() for term, day in days_of(runs).items()},
    }


def _known_rules(seat: Seat, untrusted_ids: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that this pack has, each once: a page of an older pack may have offered others."""
    found = (seat.pack.guide.rule(one) for one in dict.fromkeys(untrusted_ids))
    return tuple(rule for rule in found if rule is not None)[:MOST_RULES]


def _ask(seat: Seat, file: CaseFile, on: date) -> Result:
    return ask_guide(seat.pack.guide, seat.pack.by_id, case_facts(seat, file), on)

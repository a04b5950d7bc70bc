"""Setting a fact: value, how we know it, on which day. Facts are added, never overwritten.

Rules:
1. A fact is a question of the pack's in `story`; its value is read by the pack's own parser, as the form's answers are.
2. A fact about who somebody is, or where exactly, belongs in its own compartment and is refused here.
3. Urgency, look-by and the card follow the newest facts at once.
4. A wrong value is taken back with a line that says why. It stays visible, and counts for nothing.
5. A fact does not make its author the owner: whoever only sorts the queue leaves the case in its circle.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.casefile import SOURCES
from leeside.desk.changes import begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.marking import set_marks_right
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line
from leeside.packs.answers import Answer, AnswerReader
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment


@dataclass(frozen=True)
class NewFact:
    """What was typed: a question's id, its values as a form posts them, the source and the day."""

    fact: str
    untrusted_values: tuple[str, ...]
    source: str
    day: date


def set_fact(seat: Seat, case_id: bytes, new: NewFact) -> int:
    """Add one dated value of one fact. Raises InputError beside the fact."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_FACT)
    question = _question(seat, new.fact)
    value = _value(seat, question, new.untrusted_values)
    if new.source not in SOURCES:
        raise InputError(question.id, _("How do we know it? Please choose."))
    if new.day > seat.today:
        raise InputError(question.id, _("This day has not come yet."))
    plain = list(value) if isinstance(value, tuple) else value
    change.add("fact", {"fact": question.id, "value": plain, "source": new.source, "day": new.day.isoformat()})
    set_marks_right(change, file, {**file.known, question.id: value})
    return change.commit()


def withdraw_fact(seat: Seat, case_id: bytes, fact: str, entry: str, untrusted_reason: str) -> int:
    """Take one value of a fact back. Raises InputError beside the fact, NotAllowedError for no such value."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_FACT)
    if not any(one.id == fact and one.stage for one in seat.pack.outcomes):  # a term: `stages.outcomes`
        _question(seat, fact)
    reason = read_line(untrusted_reason, fact, wanted=_("One line, please: what was wrong with it?"))
    if not any(one.entry == entry for one in file.facts.get(fact, ())):
        raise NotAllowedError
    change.add("correction", {"entry": entry, "fact": fact, "reason": reason})
    left = [one for one in file.facts[fact] if one.entry != entry]
    known = {key: value for key, value in file.known.items() if key != fact}
    set_marks_right(change, file, {**known, fact: left[0].value} if left else known)
    return change.commit()


def _question(seat: Seat, untrusted_fact: str) -> Question:
    question = seat.pack.question(untrusted_fact)
    if question is None or question.compartment != Compartment.STORY:
        raise InputError("fact", _("This fact is not kept here."))
    return question


def _value(seat: Seat, question: Question, untrusted_values: tuple[str, ...]) -> Answer:
    """The value as the form's parser takes it, whatever else is known: a colleague may know what nobody asked."""
    always = replace(question, condition=None)
    voices = [voice.id for voice in seat.pack.voices]
    read = AnswerReader([always], voices, seat.pack.default_voice, ()).read({question.id: untrusted_values}, known={})
    if question.id not in read.answers:
        raise InputError(question.id, _("This value cannot be taken. Please look at it again."))
    return read.answers[question.id]

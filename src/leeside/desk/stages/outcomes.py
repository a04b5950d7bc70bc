"""Outcomes that come late, asking again after closing, and an outcome that keeps a case alive.

Rules:
1. A closed case takes a later outcome without being opened again; the newest is the outcome, the older ones stay.
2. A closed case is asked again on a day. What was heard is one line, and either sets the next day or ends the asking.
   In clear stands only the first day of that week.
3. Some outcomes of the pack keep a case alive at a stage of its own (a suspended sentence ends no service). Such a
   case is not closed. The term is a fact like any other, named by the outcome: the day it was passed and the day it
   ends, with source and date, in several values, and taken back where it was wrong. Stage and due days follow from its
   newest value and from nothing else; a case that is opened again has it still.
4. At half of the term somebody writes one line of what was found; then only its end is due. Another value with another
   half is looked at again.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.casefile import SOURCES, CaseEntries, CaseFile, FactValue, day_in
from leeside.desk.changes import CaseChange, begin
from leeside.desk.closing import first_day_of_week, outcome_of
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.marking import make_card
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line


@dataclass(frozen=True)
class NewTerm:
    """What was typed of a term: the outcome that it is of, the day it was passed, its end, and how we know."""

    outcome: str
    since: date | None
    ends: date | None
    source: str = "said"


@dataclass(frozen=True)
class Suspension:
    """A term that keeps a case alive, and whether somebody looked when half of it was over."""

    outcome: str
    stage: str
    since: date
    ends: date
    is_checked: bool

    @property
    def half(self) -> date:
        """The day on which half of it is over."""
        return self.since + (self.ends - self.since) // 2


def write_late_outcome(seat: Seat, case_id: bytes, outcome: str) -> int:
    """Set a closed case's outcome again. Raises InputError for one that would keep the case alive."""
    file, change = _begin_closed(seat, case_id)
    found = next((one for one in seat.pack.outcomes if one.id == outcome), None)
    if found is None or outcome == outcome_of(file)[0]:
        raise InputError("late", _("Choose an outcome from the list."))
    if found.stage:
        raise InputError("late", _("This one keeps a case alive: open the case again first."))
    change.add_event("outcome_late", outcome=outcome)
    return change.commit()


def write_follow_up(seat: Seat, case_id: bytes, untrusted_line: str, again: date | None) -> int:
    """Write down what was heard when the person was asked again; `again` is the next day, None to ask no more."""
    file, change = _begin_closed(seat, case_id)
    wanted = _("One line, please: what did you hear, or that nobody answered?")
    line = read_line(untrusted_line, "heard", wanted=wanted)
    if again is not None and again <= seat.today:
        raise InputError("again", _("Choose a day that is still ahead."))
    change.add_event("asked_again", line=line, follow_up=again.isoformat() if again else "")
    dues = [Due(again, "", "follow_up")] if again else []
    change.mark(
        follow_from=first_day_of_week(again) if again else None,
        card=change.seal_card(make_card(seat, file, file.known, dues)),
    )
    return change.commit()


def keep_alive(seat: Seat, case_id: bytes, new: NewTerm, step: Step | None = None) -> int:
    """Write down a term that keeps the case alive: the first value of that fact, or a newer one. Raises InputError."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_FACT)
    found = next((one for one in seat.pack.outcomes if one.id == new.outcome and one.stage), None)
    if found is None or not file.is_open:
        raise InputError("outcome", _("Choose an outcome from the list."))
    if new.since is None or new.since > seat.today:
        raise InputError("since", _("On which day was it passed? It cannot be ahead."))
    if new.ends is None or new.ends <= max(seat.today, new.since):
        raise InputError("ends", _("On which day does the term end? It has to be ahead."))
    if new.source not in SOURCES:
        raise InputError("source", _("How do we know it? Please choose."))
    change.add(
        "fact",
        {
            "fact": found.id,
            "value": [new.since.isoformat(), new.ends.isoformat()],
            "source": new.source,
            "day": seat.today.isoformat(),
        },
    )
    add_step(change, file, step)
    return change.commit()


def write_half_check(seat: Seat, case_id: bytes, untrusted_line: str) -> int:
    """Write down what was found when half of the term was over."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_STEP)
    term = suspension_of(seat, file)
    if term is None:
        raise NotAllowedError
    line = read_line(untrusted_line, "half", wanted=_("One line, please: what did you find?"))
    change.add_event("half_checked", line=line, half=term.half.isoformat())
    return change.commit()


def suspension_of(seat: Seat, file: CaseFile) -> Suspension | None:
    """The term that keeps this open case alive, or None."""
    values = term_values(seat, file) if file.is_open else ()
    if not values:
        return None
    outcome, since, ends, _value = values[0]
    stage = next(one.stage for one in seat.pack.outcomes if one.id == outcome)
    half = since + (ends - since) // 2
    checked = any(event.text("half") == half.isoformat() for event in file.events("half_checked"))
    return Suspension(outcome, stage, since, ends, checked)


def term_values(seat: Seat, file: CaseEntries) -> tuple[tuple[str, date, date, FactValue], ...]:
    """Every value of the fact that stands, the newest first. Only colleagues set it: a writer's parcel cannot."""
    found = []
    for outcome in seat.pack.outcomes:
        for value in file.facts.get(outcome.id, ()) if outcome.stage else ():
            days = [day_in(one) for one in value.value] if isinstance(value.value, tuple) else []
            if value.by is not None and len(days) == 2 and days[0] is not None and days[1] is not None:
                found.append((outcome.id, days[0], days[1], value))
    return tuple(sorted(found, key=lambda one: one[3].day, reverse=True))


def suspension_dues(seat: Seat, file: CaseFile) -> tuple[Due, ...]:
    """Half of the term until somebody looked, and its end."""
    term = suspension_of(seat, file)
    if term is None:
        return ()
    half = (
        ()
        if term.is_checked
        else (Due(term.half, _("Half of the term is over: look what the court can do"), "probation", anchor="term"),)
    )
    return (*half, Due(term.ends, _("The term ends"), "probation_end", anchor="close"))


def _begin_closed(seat: Seat, case_id: bytes) -> tuple[CaseFile, CaseChange]:
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.FOLLOW_UP)
    if file.is_open:
        raise NotAllowedError
    return file, change

"""Closing a case with an outcome and a day to ask again; opening it again.

Outcomes are the pack's list and may come late: an outcome can be set again after reopening. Closing frees the code
name; a reopened case draws another.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.errors import InputError
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.seat import Seat
from leeside.vault.store import CaseState

FOLLOW_UP_DAYS = 30


def close(seat: Seat, case_id: bytes, outcome: str, follow_up: date | None) -> int:
    """Close with an outcome. `follow_up` is the day to ask again; None only where the pack asks for none."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.CLOSE)
    _require_unseized(file, "outcome")
    found = next((one for one in seat.pack.outcomes if one.id == outcome), None)
    if found is None:
        raise InputError("outcome", _("Choose an outcome from the list."))
    if follow_up is None and found.follow_up_days:
        raise InputError("follow_up", _("On which day do we ask again?"))
    day = follow_up.isoformat() if follow_up else None
    change.add_event("closed", outcome=outcome, follow_up=day)
    change.mark(state=CaseState.CLOSED)
    return change.commit()


def reopen(seat: Seat, case_id: bytes, step: Step | None) -> int:
    """Open a closed case again: it needs a next step, and gets another code name."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.REOPEN)
    _require_unseized(file, "step_what")
    if step is None:
        raise InputError("step_what", _("What happens next? Every open case has a next step: what, who, by which day."))
    change.add_event("reopened")
    add_step(change, file, step)
    change.mark(state=CaseState.READ)
    return change.commit()


def _require_unseized(file: CaseFile, field: str) -> None:
    """Closing and opening again would show in a mailbox that others hold. Raises InputError."""
    seizure = seizure_of(file)
    if seizure is not None and not seizure.is_back:
        raise InputError(field, _("Others hold this mailbox, and would see it change. The case stays as it is."))


def outcome_of(file: CaseFile) -> tuple[str, str]:
    """Outcome and day of the follow-up of a closed case; empty texts where there is none."""
    events = file.events("closed")
    return (events[-1].text("outcome"), events[-1].text("follow_up")) if events else ("", "")


def usual_follow_up(today: date) -> date:
    """The day that the page proposes."""
    return today + timedelta(days=FOLLOW_UP_DAYS)

"""Closing a case with an outcome and a day to ask again; opening it again.

Outcomes are the pack's list and may come late: an outcome can be set again after reopening. Closing frees the code
name; a reopened case draws another.

No mailbox shows either: that the work has ended is the line's own knowledge, and a case whose device was seized is
closed like any other. Opened again, such a case is what it was when it was closed, so that nothing shows then.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.erasing_files import erase_files, read_files
from leeside.desk.errors import InputError
from leeside.desk.marking import make_card
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seams import Due
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line
from leeside.vault.store import CaseState


def close(
    seat: Seat,
    case_id: bytes,
    outcome: str,
    follow_up: date | None,
    untrusted_lesson: str = "",
    *,
    untrusted_files: Sequence[str] = (),
) -> int:
    """Close with an outcome. `follow_up` is the day to ask again; None only where the pack asks for none.

    The lesson is one line for whoever writes the rules, without personal data; it is sealed like a note. The files that
    were ticked are erased once the case is closed; all others stay.
    """
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.CLOSE)
    found = next((one for one in seat.pack.outcomes if one.id == outcome), None)
    if found is None:
        raise InputError("outcome", _("Choose an outcome from the list."))
    if found.stage:
        raise InputError("outcome", _("This one keeps a case alive; it cannot be closed with it."))
    lesson = read_line(untrusted_lesson, "lesson")
    if follow_up is None and found.follow_up_days:
        raise InputError("follow_up", _("On which day do we ask again?"))
    erased = read_files(seat, file, untrusted_files)
    day = follow_up.isoformat() if follow_up else None
    change.add_event("closed", outcome=outcome, follow_up=day)
    if lesson:
        change.add("lesson", {"text": lesson})
    dues = [Due(follow_up, "", "follow_up")] if follow_up else []
    change.mark(
        state=CaseState.CLOSED,
        follow_from=first_day_of_week(follow_up) if follow_up else None,
        card=change.seal_card(make_card(seat, file, file.known, dues)),
    )
    version = change.commit()
    erase_files(seat, case_id, erased)
    return version


def reopen(seat: Seat, case_id: bytes, step: Step | None) -> int:
    """Open a closed case again: it needs a next step, and gets another code name."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.REOPEN)
    if step is None:
        raise InputError("step_what", _("What happens next? Every open case has a next step: what, who, by which day."))
    change.add_event("reopened")
    add_step(change, file, step)
    stood_at = file.row.shown_state if change.is_frozen else None
    change.mark(state=stood_at or CaseState.READ)
    return change.commit()


def outcome_of(file: CaseFile) -> tuple[str, str]:
    """Outcome and day of the follow-up of a closed case, the newest of each; empty texts where there is none."""
    closed = file.events("closed")
    if not closed:
        return "", ""
    since = closed[-1].body.at
    later = [event for event in file.events("outcome_late") if event.body.at >= since]
    asked = [event for event in file.events("asked_again") if event.body.at >= since]
    return (later or closed)[-1].text("outcome"), (asked or closed)[-1].text("follow_up")


def first_day_of_week(day: date) -> date:
    """The coarse mark of a day to ask again: in clear stands only its week."""
    return day - timedelta(days=day.weekday())


def usual_follow_up(seat: Seat, outcome: str) -> date | None:
    """The day that the pack proposes for an outcome; None where nobody asks again."""
    found = next((one for one in seat.pack.outcomes if one.id == outcome), None)
    return seat.today + timedelta(days=found.follow_up_days) if found is not None and found.follow_up_days else None

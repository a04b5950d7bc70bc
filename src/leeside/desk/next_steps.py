"""The next step: what, who, by which day. The most important line of a case; an open case that is kept has one."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin, keep_if_untaken
from leeside.desk.errors import InputError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line


@dataclass(frozen=True)
class Step:
    """A next step as somebody wrote it."""

    what: str
    who: bytes
    day: date


def read_step(seat: Seat, untrusted_what: str, untrusted_who: str, untrusted_day: str) -> Step | None:
    """The step that was typed, or None when nothing was. Raises InputError beside the field at fault."""
    what = read_line(untrusted_what, "step_what")
    if not what:
        return None
    try:
        who = bytes.fromhex(untrusted_who) if untrusted_who else seat.reader_id
    except ValueError:
        who = b""
    if seat.keyring.roster.person(who) is None:
        raise InputError("step_who", _("Choose somebody of this line."))
    try:
        day = date.fromisoformat(untrusted_day)
    except ValueError:
        raise InputError("step_day", _("By which day? Please choose one.")) from None
    return Step(what, who, day)


def add_step(change: CaseChange, file: CaseFile, step: Step | None) -> None:
    """Write the step; without one the case must have one already. Raises InputError."""
    before = file.next_step
    if (
        step is not None
        and before is not None
        and (step.what, step.who, step.day) == (before.what, before.who, before.day)
    ):
        return
    if step is not None:
        content = {"what": step.what, "who": step.who.hex(), "day": step.day.isoformat()}
        change.add("next_step", content)
    elif before is None:
        raise InputError("step_what", _("What happens next? Every open case has a next step: what, who, by which day."))


def set_step(seat: Seat, case_id: bytes, step: Step | None) -> int:
    """Change the next step of a case."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_STEP)
    if step is None:
        raise InputError("step_what", _("What happens next? Every open case has a next step: what, who, by which day."))
    keep_if_untaken(change, file)
    add_step(change, file, step)
    return change.commit()

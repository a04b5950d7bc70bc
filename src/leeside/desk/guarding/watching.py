"""Setting the silence watch: by which day we expect to hear, and what we do then."""

from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.changes import begin
from leeside.desk.errors import InputError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.recarding import recard
from leeside.desk.safety.seizure import writer_entries
from leeside.desk.safety.silence import watch_of
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line


def set_watch(seat: Seat, case_id: bytes, day: date, untrusted_then: str) -> int:
    """Watch from now on. Raises InputError for a day that has passed, or when nothing is agreed for it."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_SAFETY)
    if day < seat.today:
        raise InputError("day", _("This day has passed."))
    then = read_line(untrusted_then, "then")
    if not then:
        raise InputError("then", _("What do we do when nothing comes? One line, agreed before."))
    change.add("silence", {"day": day.isoformat(), "then": then, "known": list(writer_entries(file))})
    version = change.commit()
    recard(seat, case_id)
    return version


def end_watch(seat: Seat, case_id: bytes) -> int:
    """Take the watch off: they were heard of by another way, or it is not needed any more."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_SAFETY)
    if watch_of(file) is None:
        return file.row.version
    change.add("silence", {"day": "", "then": "", "known": []})
    version = change.commit()
    recard(seat, case_id)
    return version

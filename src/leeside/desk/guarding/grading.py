"""Setting the graded check: by whom, on what ground, reversible; never the raw evidence."""

from django.utils.translation import gettext as _

from leeside.desk.changes import begin
from leeside.desk.errors import InputError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.recarding import recard
from leeside.desk.safety.check import GROUNDS, LEVELS, Level
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line


def set_check(seat: Seat, case_id: bytes, level: str, ground: str, untrusted_line: str) -> int:
    """Set the grade. A ground is needed for every grade but *not checked*. Raises InputError beside the field."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_SAFETY)
    if level not in LEVELS:
        raise InputError("level", _("How sure are we? Please choose."))
    is_open = LEVELS[level] is Level.UNVERIFIED
    if ground not in GROUNDS and not (is_open and not ground):
        raise InputError("ground", _("On what ground? Please choose."))
    line = read_line(untrusted_line, "line")
    change.add("check", {"level": level, "ground": ground, "line": line})
    version = change.commit()
    recard(seat, case_id)
    return version

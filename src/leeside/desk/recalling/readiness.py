"""Whether one line that goes to many may go to this case: asked for the list, and once more when it is sent.

Rules:
1. Where the person wrote last, they wait for an answer of their own. A line to many would count as one, and their
   letter would be forgotten: whoever works the case writes to them.
2. What stops any answer stops this one (`outgoing.why_locked`), and so does a grade that needs a second pair of eyes.
3. A case that nobody has taken has nobody who would read what they answer.
"""

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.outgoing import is_spoken_to, why_locked
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat


def why_not(seat: Seat, file: CaseFile) -> str:
    """Why a line to many does not go to this case, as a sentence; empty when it may."""
    if not is_allowed(seat, file, CaseAction.ANSWER):
        return _("A colleague looks at your answers first: write to them in the case.")
    if file.row.owner is None:
        return _("Nobody has taken this case: take it, and write to them there.")
    reason = why_locked(seat, file)
    if reason:
        return reason
    if is_spoken_to(file):
        return _("They wrote last and wait for an answer of their own: write to them in the case.")
    return ""

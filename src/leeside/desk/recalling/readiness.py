"""Whether one line that goes to many may go to this case: asked for the list, and once more when it is sent.

Rules:
1. Where the person wrote last, they wait for an answer of their own. A line to many would count as one, and their
   letter would be forgotten: whoever works the case writes to them.
2. What stops any answer stops this one (`outgoing.why_locked`).
3. Who does not send alone puts it before a colleague as a draft, in each case, and never in the place of a draft that
   they had begun there.
4. A case that nobody has taken has nobody who would read what they answer.
"""

from django.utils.translation import gettext as _

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.outgoing import is_spoken_to, why_locked
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import sends_alone
from leeside.desk.writing.drafts import own_draft
from leeside.vault.store import DraftKind


def why_not(seat: Seat, file: CaseFile) -> str:
    """Why a line to many does not go to this case, as a sentence; empty when it may."""
    if not is_allowed(seat, file, CaseAction.ANSWER if sends_alone(seat) else CaseAction.DRAFT):
        return _("You write nothing in this case: ask whoever works it.")
    if file.row.owner is None:
        return _("Nobody has taken this case: take it, and write to them there.")
    reason = why_locked(seat, file)
    if reason:
        return reason
    if is_spoken_to(file):
        return _("They wrote last and wait for an answer of their own: write to them in the case.")
    if not sends_alone(seat) and own_draft(seat, file, DraftKind.ANSWER) is not None:
        return _("A draft of yours lies there: finish it first.")
    return ""

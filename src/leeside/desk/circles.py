"""Moving a case to another circle: "too hot for me".

Rules:
1. The compartments that the mover holds get a new generation of keys. It is sealed, with the older ones, to the new
   circle, to `lead`, to colleagues who stay, and to the writer's own public key what is the writer's; not to the mover.
2. The mover's grant and the old circle's envelope go. What the mover read, they know; what is written from now on
   they cannot open, with the whole database in hand.
3. Only a circle that may hold all of it, or the coordinators, can be the target.
4. Case number and writer's key are compared before, as at every re-keying.
"""

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.envelopes import to_circle
from leeside.desk.errors import InputError
from leeside.desk.holding import read_reason
from leeside.desk.leaving import who_leaves
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.rekeying import rekey, rekey_where_it_lies
from leeside.desk.seat import Seat
from leeside.sealing.compartments import WRITER_COMPARTMENTS
from leeside.sealing.context import LEAD, circle_recipient
from leeside.vault import store


def circles_to_move_to(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """Where the case may go: circles that may hold what is held here, and the coordinators."""
    held = set(file.keys.compartments) & set(WRITER_COMPARTMENTS)
    fit = [one.name for one in seat.pack.circles if one.name != file.row.circle and held <= set(one.may_hold)]
    return (*fit, *([LEAD] if file.row.circle != LEAD else []))


def move(seat: Seat, case_id: bytes, circle: str, untrusted_reason: str) -> int:
    """Move the case. Raises InputError for the circle or the reason."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.MOVE)
    reason = read_reason(untrusted_reason)
    if circle not in circles_to_move_to(seat, file):
        raise InputError("circle", _("It cannot be moved there."))
    leaves = who_leaves(file) | {seat.reader_id}
    rekey(change, file, leaves=leaves, without=(file.row.circle, circle))
    if file.row.circle != LEAD:
        change.drops.append(circle_recipient(file.row.circle))
    if circle != LEAD:
        change.grants.append(to_circle(seat, file.row, change.keys, circle, change.keys.keys))
    change.add_event("moved", to=circle, reason=reason)
    change.mark(owner=None, circle=circle)
    version = change.commit()
    store.release_hold(case_id, seat.reader_id)
    return version


def rekey_in_place(seat: Seat, case_id: bytes) -> int:
    """New keys for a case that a removed colleague could open: a coordinator's run does this case by case."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.REKEY)
    rekey_where_it_lies(change, file)
    return change.commit()

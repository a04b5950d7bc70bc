"""Taking a case and letting it go: hold, keep, give back.

Rules:
1. *Take* is a mark for a quarter of an hour that everybody sees. Nothing else changes; it ends by itself. Nobody takes
   more than they have places for (`carrying`).
2. *Keep*, or the first entry, makes the taker's grant and deletes the circle envelopes that they cover; a kept case has
   a next step.
3. *Give back* seals what the giver holds to the circle again and deletes the giver's grant; one line says why.
   What they read, they know.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from leeside.desk.carrying import require_place
from leeside.desk.changes import become_owner, begin, require_not_held
from leeside.desk.envelopes import share_out
from leeside.desk.errors import HeldByOtherError
from leeside.desk.leaving import who_leaves
from leeside.desk.limits import LIMITS
from leeside.desk.next_steps import Step, add_step
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line
from leeside.sealing.context import reader_recipient
from leeside.vault import store


def take(seat: Seat, case_id: bytes) -> datetime:
    """Hold a case for a quarter of an hour; until when (real time). Raises HeldByOtherError, and InputError (`take`)
    for whoever carries as many as they have places for."""
    file = look_into(seat, case_id)
    require_case_action(CaseAction.TAKE, file.standing)
    require_not_held(seat, file)
    if file.hold is None:
        require_place(seat)
    until = seat.real_now + timedelta(seconds=LIMITS.hold_seconds)
    try:
        store.hold_case(case_id, seat.reader_id, seat.circles, until, seat.real_now)
    except store.HeldError:
        raise HeldByOtherError(_("a colleague"), "") from None
    return until


def keep(seat: Seat, case_id: bytes, step: Step | None = None) -> int:
    """Become the owner. Raises InputError while the case has no next step and none is given."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.KEEP)
    if file.row.owner is not None and file.row.owner != seat.reader_id:
        change.add_event("taken_over", owner=file.row.owner.hex())
    become_owner(change, file)
    add_step(change, file, step)
    version = change.commit()
    store.release_hold(case_id, seat.reader_id)
    return version


def give_back(seat: Seat, case_id: bytes, untrusted_reason: str) -> int:
    """Give the case back to the circle it lies in, with one line for whoever takes it next."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.GIVE_BACK)
    reason = read_reason(untrusted_reason)
    change.add_event("given_back", reason=reason)
    change.grants.extend(share_out(seat, file.row, change.keys, file.row.circle))
    for reader_id in who_leaves(file) | {seat.reader_id}:
        change.drops.append(reader_recipient(reader_id))
    change.mark(owner=None)
    version = change.commit()
    store.release_hold(case_id, seat.reader_id)
    return version


def read_reason(untrusted_reason: str) -> str:
    """One line, which must say something. Raises InputError."""
    return read_line(untrusted_reason, "reason", wanted=_("One line, please: whoever takes it next reads it first."))

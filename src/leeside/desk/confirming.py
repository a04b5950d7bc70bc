"""Confirming a request and its kind: the moment at which it counts for the figures.

Rules:
1. One tally row a request: month in which it came, kind, the pack's published dimensions, a random key, no case.
2. The case remembers the row's key inside `work`, so that a correction finds it and nobody else does.
3. Row, mark and event are written in one transaction. A correction changes the row first: done again, it is the same.
4. A case that is no request of its own (a fresh receipt's, a packet for somebody outside) is never counted.
"""

import secrets

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.channels import is_counted
from leeside.desk.errors import InputError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.sealing.context import ID_SIZE
from leeside.vault import store
from leeside.vault.store import TallyRow


def confirm(seat: Seat, case_id: bytes, kind: str) -> int:
    """Confirm the request as one of `kind`, or correct the kind. Raises InputError for a kind the pack has not."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.CONFIRM)
    if not is_counted(file.row.channel):
        raise InputError("kind", _("This is no request of its own: the figures count the case that it is linked with."))
    if kind not in {one.id for one in seat.pack.kinds}:
        raise InputError("kind", _("Choose a kind from the list."))
    before = confirmed_row(file)
    key = before or secrets.token_bytes(ID_SIZE)
    row = TallyRow(key, f"{file.row.opened:%Y-%m}", kind, seat.pack.figures.dims_of(file.known))
    if before is not None:
        store.change_tally_row(seat.line_id, key, row)
    else:
        change.tally_rows.append(row)
        change.mark(confirmed=True)
    change.add_event("confirmed", kind=kind, month=row.month, rows=[key.hex()])
    return change.commit()


def confirmed_kind(file: CaseFile) -> str:
    """The kind that the request was last confirmed as, or an empty text."""
    events = file.events("confirmed")
    return events[-1].text("kind") if events else ""


def confirmed_row(file: CaseFile) -> bytes | None:
    """The key of the request's tally row, or None before it was confirmed."""
    for event in reversed(file.events("confirmed")):
        rows = event.body.content.get("rows")
        if isinstance(rows, list) and rows:
            return bytes.fromhex(str(rows[0]))
    return None

"""*Swap me out*: the owner asks to be replaced, and nobody asks why.

There is no field for a reason, and no count and no list of who asked: the line on the case says that it needs another
person. It lies with the coordinators from this moment; what is written from now on the one who left cannot open.

The asker signs it inside the seal, like everything staff write. While the case waits a coordinator reads who asked, and
only when the signature is that of whoever had the case: nobody can be swapped out in somebody else's name.
"""

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.changes import begin
from leeside.desk.leaving import who_leaves
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.rekeying import rekey
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.vault import store

EVENT = "needs_person"
_BY_AUTHOR = frozenset({"kept", "taken_over"})
_BY_NAME = frozenset({"assigned", "handed_over"})


def swap_out(seat: Seat, case_id: bytes) -> int:
    """Give the case to the coordinators for another person."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SWAP)
    rekey(change, file, leaves=who_leaves(file))
    change.mark(owner=None, stand_in=None, circle=LEAD)
    change.add_event(EVENT)
    version = change.commit()
    store.release_hold(case_id, seat.reader_id)
    return version


def asked_by(file: CaseFile) -> bytes:
    """Who asked the last time: the proven signer, when the case was theirs by the events before; else empty."""
    owner = asker = b""
    for event in file.of_kind("event"):
        name, author = event.text("event"), event.author.reader_id or b""
        if name in _BY_AUTHOR:
            owner = author
        elif name in _BY_NAME:
            owner = reader_in(event.text("reader"))
        elif name == EVENT:
            asker = author if author == owner else b""
    return asker

"""The flow of a recall: who may, the child that compares, and the record of it.

Rules:
1. Whoever searches may recall: it goes over the open cases that this person can open, and counts no other.
2. Before anything is shown it is on record for the coordinators: who, when, how many cases were gone through, and of
   which ones a line was shown. Opening a case is a reading of its own.
3. The rules of today are kept first, so that the next change finds them.
"""

import re
from typing import Any, Final

from leeside.desk.kept_rules import keep_rules
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.searching.running import ask_child, keep_copies
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.sealing.seal import seal_audit
from leeside.vault import store

RECALL: Final = "recall"
"""What a lane's child is asked for."""

Place = tuple[int, int | None]
_PLACE: Final = re.compile(r"(\d{1,4})\.(-|\d{1,19})\Z", re.ASCII)


def recall(seat: Seat, after: Place | None = None) -> dict[str, Any]:
    """The open cases that differ, as `comparing.Found` has them, from `after` on.

    Raises NotAllowedError, AlreadySearchingError, CrowdedError when all places are taken, SearchFailedError.
    """
    require_line_action(LineAction.RECALL, seat.role)
    keep_rules(seat.line_id, seat.pack, seat.today)
    found = ask_child(seat, RECALL, {"after": after})
    keep_copies(seat, found.pop("copies"))
    store.record_reading(seat.line_id, _seal_record(seat, found))
    return found


def read_place(untrusted: str) -> Place | None:
    """Where to go on, as a page posts it; anything else begins anew."""
    found = _PLACE.match(untrusted)
    return (int(found[1]), None if found[2] == "-" else int(found[2])) if found else None


def write_place(place: list[int | None] | None) -> str:
    """The same as a page carries it; empty at the end."""
    return "" if place is None else f"{place[0]}.{'-' if place[1] is None else place[1]}"


def _seal_record(seat: Seat, found: dict[str, Any]) -> bytes:
    record = {
        "reader": seat.reader_id.hex(),
        "what": RECALL,
        "codes": [case["slug"] for case in found["cases"]],
        "looked": found["looked"],
        "at": seat.now.isoformat(),
    }
    return seal_audit(seat.keyring.roster.current.role_key(LEAD).public, seat.line_id, record)

"""The flow of a search: who may, one at a time a person, the child's answer, and the record of it.

Rules:
1. Only one search of a person runs at a time, whichever process it came to; a worker does two at once.
2. The words go to the child and nowhere else: not into the address, not into the record, not into any log.
3. Before anything is shown the search is on record for the coordinators: who, when, how many cases were gone through,
   of which ones a line was shown, which drawers were looked into. It is one entry, and no event in the cases: a line is
   not the case, and opening it is a reading of its own.
4. Own copies that the child made are kept here: the child writes nothing.
"""

from dataclasses import dataclass
from typing import Any, Final

from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.searching.query import Query
from leeside.desk.searching.running import ask_child, keep_copies
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.sealing.seal import seal_audit
from leeside.vault import store

SEARCH: Final = "search"
"""What a lane's child is asked for."""


@dataclass(frozen=True)
class Answer:
    """What a search came to, as the page shows it; `kept` own copies were made ready for the next one."""

    found: dict[str, Any]
    kept: int


def search(seat: Seat, query: Query) -> Answer:
    """Search everything this person may read.

    Raises NotAllowedError, AlreadySearchingError, CrowdedError when all places are taken, SearchFailedError.
    """
    require_line_action(LineAction.SEARCH, seat.role)
    found = ask_child(seat, SEARCH, query.as_json())
    store.record_reading(seat.line_id, _seal_record(seat, query, found))
    return Answer(found, keep_copies(seat, found.pop("copies")))


def _seal_record(seat: Seat, query: Query, found: dict[str, Any]) -> bytes:
    record = {
        "reader": seat.reader_id.hex(),
        "what": "search",
        "codes": [case["slug"] for case in found["cases"]],
        "drawers": list(query.drawers),
        "looked": found["looked"],
        "at": seat.now.isoformat(),
    }
    return seal_audit(seat.keyring.roster.current.role_key(LEAD).public, seat.line_id, record)

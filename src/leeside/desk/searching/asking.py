"""The flow of a search: who may, one at a time a person, the child's answer, and the record of it.

Rules:
1. Only one search of a person runs at a time, whichever process it came to; a worker does two at once.
2. The words go to the child and nowhere else: not into the address, not into the record, not into any log.
3. Before anything is shown the search is on record for the coordinators: who, when, how many cases were gone through,
   of which ones a line was shown, which drawers were looked into. It is one entry, and no event in the cases: a line is
   not the case, and opening it is a reading of its own.
4. Own copies that the child made are kept here: the child writes nothing.
"""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.searching.errors import AlreadySearchingError
from leeside.desk.searching.lanes import LANES
from leeside.desk.searching.query import Query
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD, reader_recipient
from leeside.sealing.rings import encode_ring
from leeside.sealing.seal import seal_audit
from leeside.vault import store
from leeside.vault.store import KeyWrap

_KIND: Final = "search"
_COPIES_TOGETHER: Final = 500


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
    place = place_of(seat)
    _begin(seat, place)
    try:
        with LANES.one() as lane:
            found: dict[str, Any] = json.loads(lane.ask(_request(seat, query)))
    finally:
        store.take_once(_KIND, place, seat.real_now)
    store.record_reading(seat.line_id, _seal_record(seat, query, found))
    return Answer(found, _keep(seat, found.pop("copies")))


def place_of(seat: Seat) -> bytes:
    """The one-time place that a person's running search takes."""
    return sha256(b"leeside search" + seat.reader_id).digest()


def _begin(seat: Seat, place: bytes) -> None:
    until = seat.real_now + timedelta(seconds=2 * LIMITS.search_seconds)
    if store.put_once(_KIND, place, b"", until):
        return
    if store.look_once(_KIND, place, seat.real_now) is not None:
        raise AlreadySearchingError
    # What a killed worker left behind is over.
    store.take_once(_KIND, place, seat.real_now)
    if not store.put_once(_KIND, place, b"", until):
        raise AlreadySearchingError


def _request(seat: Seat, query: Query) -> bytes:
    line = {**asdict(seat.line), "titles": dict(seat.line.titles)}
    return json.dumps(
        {
            "line": line,
            "ring": encode_ring(seat.keyring.ring).hex(),
            "language": seat.language,
            "now": seat.now.isoformat(),
            "zone": seat.own_zone,
            "query": query.as_json(),
        }
    ).encode()


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


def _keep(seat: Seat, copies: list[tuple[str, int, int, str]]) -> int:
    recipient = reader_recipient(seat.reader_id)
    wraps = [
        KeyWrap(bytes.fromhex(case_id), recipient, mask, generation, bytes.fromhex(sealed), own_copy=True)
        for case_id, mask, generation, sealed in copies
    ]
    return sum(
        store.keep_own_copies(seat.reader_id, wraps[first : first + _COPIES_TOGETHER])
        for first in range(0, len(wraps), _COPIES_TOGETHER)
    )

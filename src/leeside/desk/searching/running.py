"""Having one piece of work done by a child, and keeping what it came upon.

Rules:
1. Only one child works for a person at a time, whatever it does and whichever process the request came to; a worker
   has two at once.
2. Own copies that the child made are kept here: the child writes nothing.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from leeside.desk.limits import LIMITS
from leeside.desk.searching.errors import AlreadySearchingError
from leeside.desk.searching.lanes import LANES
from leeside.desk.searching.works import write_request
from leeside.desk.seat import Seat
from leeside.sealing.context import reader_recipient
from leeside.vault import store
from leeside.vault.store import KeyWrap

_KIND: Final = "search"
_COPIES_TOGETHER: Final = 500


def ask_child(seat: Seat, work: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a child answers.

    Raises AlreadySearchingError, CrowdedError when all places are taken, SearchFailedError.
    """
    place = place_of(seat)
    _begin(seat, place)
    try:
        with LANES.one() as lane:
            found: dict[str, Any] = json.loads(lane.ask(write_request(work, seat, asked)))
    finally:
        store.take_once(_KIND, place, seat.real_now)
    return found


def place_of(seat: Seat) -> bytes:
    """The one-time place that a person's running work takes."""
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


def keep_copies(seat: Seat, copies: Iterable[tuple[str, int, int, str]]) -> int:
    """Keep own copies of grants that were opened the slow way; how many."""
    recipient = reader_recipient(seat.reader_id)
    wraps = [
        KeyWrap(bytes.fromhex(case_id), recipient, mask, generation, bytes.fromhex(sealed), own_copy=True)
        for case_id, mask, generation, sealed in copies
    ]
    return sum(
        store.keep_own_copies(seat.reader_id, wraps[first : first + _COPIES_TOGETHER])
        for first in range(0, len(wraps), _COPIES_TOGETHER)
    )

"""What a child of a lane can be asked for. `desk.parts` says what there is, so that lanes know none of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import translation

from leeside.desk.seat import Seat, take_seat
from leeside.sealing.rings import decode_ring, encode_ring
from leeside.vault import store
from leeside.web.lines import LineSettings

Work = Callable[[Seat, Mapping[str, Any]], Any]
"""One kind of work: a seat and what it was asked, to a frozen answer (a dataclass) of plain values."""

WORKS: dict[str, Work] = {}


def write_request(kind: str, seat: Seat, asked: Mapping[str, Any]) -> bytes:
    """What goes through the pipe: the work, the person's ring, and what is asked."""
    line = {**asdict(seat.line), "titles": dict(seat.line.titles)}
    return json.dumps(
        {
            "kind": kind,
            "line": line,
            "ring": encode_ring(seat.keyring.ring).hex(),
            "language": seat.language,
            "now": seat.now.isoformat(),
            "zone": seat.own_zone,
            "asked": asked,
        }
    ).encode()


def answer_request(request: bytes) -> bytes:
    """Do one piece of work as it came through the pipe: the child's whole life."""
    store.read_by_mapping()
    asked = json.loads(request)
    line = LineSettings(**asked["line"])
    ring = decode_ring(bytes.fromhex(asked["ring"]))
    translation.activate(asked["language"])
    moment = datetime.fromisoformat(asked["now"])
    seat = take_seat(line, ring, language=asked["language"], now=moment, zone=asked["zone"])
    found = WORKS[asked["kind"]](seat, asked["asked"])
    return json.dumps(asdict(found), ensure_ascii=False).encode()

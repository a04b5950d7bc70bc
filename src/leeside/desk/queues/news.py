"""Whether something came into a list since its page was made: a number, and nothing of any case.

The page carries a short tag of each of its rows; whoever looks again sends them back, and hears how many rows that
stand above the page's end now have no tag among them. Rows that moved up because others left are not new.
"""

import base64
import binascii
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from leeside.desk.errors import NotAllowedError
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.queue_times import times_of
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.vault.store import Tab

_TAG_BYTES: Final = 3
_MOST_TAGS: Final = 100
MOST_TOLD: Final = 99


def spell_seen(case_ids: Sequence[bytes]) -> str:
    """The tags of a page's rows, as they stand in an address."""
    return base64.urlsafe_b64encode(b"".join(_tag(case_id) for case_id in case_ids)).decode().rstrip("=")


def count_new(seat: Seat, tab: Tab, untrusted_seen: str, until_rank: int | None) -> int:
    """How many rows of a tab, up to a rank, are none of those seen. Raises NotAllowedError for tags out of shape."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    seen = _read_seen(untrusted_seen)
    ids = store.queue_ids(
        seat.line_id, seat.reader_id, seat.circles, tab, LIMITS.queue_rows, times_of(seat), until_rank
    )
    return min(sum(_tag(case_id) not in seen for case_id in ids), MOST_TOLD)


def _read_seen(untrusted: str) -> frozenset[bytes]:
    if len(untrusted) > _MOST_TAGS * _TAG_BYTES * 4 // 3:
        raise NotAllowedError
    try:
        joined = base64.b64decode(untrusted + "=" * (-len(untrusted) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotAllowedError from None
    return frozenset(joined[at : at + _TAG_BYTES] for at in range(0, len(joined), _TAG_BYTES))


def _tag(case_id: bytes) -> bytes:
    return sha256(b"leeside row" + case_id).digest()[:_TAG_BYTES]

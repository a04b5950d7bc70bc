"""When something to the writer goes out, and whether it may at all: what every send button obeys.

Rules:
1. Whatever is sent can be taken back for some seconds.
2. When the domain clock stands still (a demo's evening) nothing waits: its moment would never come.
"""

from datetime import datetime, timedelta

from leeside.desk.casefile import CaseFile
from leeside.desk.limits import LIMITS
from leeside.desk.seat import Seat
from leeside.web.clock import domain_clock


def release_moment(seat: Seat, file: CaseFile) -> datetime | None:
    """When an answer written now is shown; None for at once."""
    stands_still_at = domain_clock().setting.stands_still_at
    if stands_still_at is not None and seat.now >= stands_still_at:
        return None
    return seat.now + timedelta(seconds=LIMITS.undo_seconds)


def require_free(seat: Seat, file: CaseFile) -> None:
    """Refuse to write to the writer where the case says so. Raises InputError with the reason."""

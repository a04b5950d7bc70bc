"""The moments at which a seat asks the queue: its day, its clocks, and by when a promise has nearly run out."""

from datetime import UTC
from typing import Final

from leeside.desk.seat import Seat
from leeside.vault.store import QueueTimes, Urgency

HALF: Final = 0.5
NEARLY: Final = 0.75
"""The shares of a promise at which somebody is told: its owner, then the coordinators."""


def times_of(seat: Seat) -> QueueTimes:
    """The moments of a seat, as the store asks them."""
    promises = seat.pack.promises
    nearly = {
        Urgency(int(urgency)): promises.end_of_share(seat.now, urgency, 1 - NEARLY).astimezone(UTC)
        for urgency in promises.minutes
    }
    return QueueTimes(seat.today, seat.now, seat.real_now, nearly)

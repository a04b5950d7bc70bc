"""The moments at which a seat asks the queue: its day, its clocks, and by when a promise has nearly run out."""

from datetime import UTC, date, datetime
from typing import Final

from leeside.desk.seat import Seat
from leeside.packs.pack import Pack
from leeside.vault.store import QueueTimes, Urgency

HALF: Final = 0.5
NEARLY: Final = 0.75
"""The shares of a promise at which somebody is told: its owner, then the coordinators."""


def times_of(seat: Seat) -> QueueTimes:
    """The moments of a seat, as the store asks them."""
    return times_at(seat.pack, seat.today, seat.now, seat.real_now)


def times_at(pack: Pack, today: date, now: datetime, real_now: datetime) -> QueueTimes:
    """The same without a seat: for a ping."""
    promises = pack.promises
    nearly = {
        Urgency(int(urgency)): promises.end_of_share(now, urgency, 1 - NEARLY).astimezone(UTC)
        for urgency in promises.minutes
    }
    return QueueTimes(today, now, real_now, nearly)

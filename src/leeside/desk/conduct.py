"""The code of conduct of a line's pack: accepted by everybody once, and again after it changed.

Until then only its page opens; what somebody had typed elsewhere is kept there and given back. That somebody accepted a
version never becomes untrue, so a process remembers it and asks the store once.
"""

from leeside.desk.seat import Seat
from leeside.vault import store

_accepted: dict[bytes, int] = {}


def has_accepted(seat: Seat) -> bool:
    """Whether this person accepted the code of conduct as the pack has it now."""
    wanted = seat.pack.conduct.version
    if _accepted.get(seat.reader_id, 0) < wanted:
        _accepted[seat.reader_id] = store.fetch_account_of(seat.reader_id).conduct
    return _accepted[seat.reader_id] >= wanted


def accept_conduct(seat: Seat) -> None:
    """Note that this person accepted the present version."""
    store.accept_conduct(seat.reader_id, seat.pack.conduct.version)


def points_of(seat: Seat) -> list[dict[str, str]]:
    """The points in the person's language."""
    return [
        {key: seat.pack.text(f"conduct.{point}.{key}", seat.language) for key in ("title", "text")}
        for point in seat.pack.conduct.points
    ]

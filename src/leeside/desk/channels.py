"""How a case came, as the word that stands in clear beside it. A mark, so it says no more than the way.

`form` and what other parts of the door write are the door's. The desk makes the rest. Two of them are no requests of
their own, and no figure counts them: the case of a fresh receipt, whose request was counted when it came, and a packet
for somebody outside.
"""

from typing import Final

DESK: Final = "desk"
"""A fresh receipt for somebody who lost their words."""
REFERRAL: Final = "referral"
"""A packet for somebody outside, whose receipt is the receiver's."""
TRANSFER: Final = "transfer"
"""Came from another line of this installation."""
PHONE: Final = "phone"
"""Written down for somebody on the telephone."""
FILE: Final = "file"
"""Imported from a file."""

UNCOUNTED: Final = frozenset({DESK, REFERRAL})


def is_counted(channel: str) -> bool:
    """Whether a case that came this way is a request that figures may count."""
    return channel not in UNCOUNTED

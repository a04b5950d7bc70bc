"""Every number at the door that a stranger could stretch, with its unit."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DoorLimits:
    """What one request may bring. How long an answer may be stands in the pack, beside its question."""

    form_bytes: int = 2_000_000
    """A posted form. A text of 30,000 letters takes at most 360,000 once the browser has encoded it; the rest is
    room for a text that is far too long, so that it is handed back whole instead of being refused unread."""
    parcel_bytes: int = 512 * 1024
    """A posted parcel: what `sealing.parcels` takes."""
    fields: int = 200
    """Fields of a posted form."""
    name_characters: int = 64
    """A field's name: an id of the pack."""
    words_characters: int = 1_000
    """What may be typed where the twelve words belong; beyond it nothing is looked at."""
    reply_characters: int = 30_000
    """A message from the mailbox."""


LIMITS: Final = DoorLimits()

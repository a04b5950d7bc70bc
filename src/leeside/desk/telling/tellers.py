"""The two shapes of a teller: one for a kind of entry, one for an event's line."""

from collections.abc import Callable

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item

Teller = Callable[[Seat, CaseFile, ReadEntry], Item | None]
EventTeller = Callable[[Seat, ReadEntry], str]

"""How it is told that a case went from hand to hand."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import reader_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.tellers import EventTeller


def _named(seat: Seat, entry: ReadEntry, name: str) -> str:
    return seat.keyring.roster.name_of(reader_in(entry.text(name)))


EVENTS: Final[Mapping[str, EventTeller]] = {
    "assigned": lambda seat, entry: _("Assigned it to %(name)s") % {"name": _named(seat, entry, "reader")},
}

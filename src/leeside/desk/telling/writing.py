"""How drafts and checks are told: who asked, who looked, who may send; never the words themselves."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import reader_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.tellers import EventTeller


def _name(seat: Seat, entry: ReadEntry) -> str:
    return seat.keyring.roster.name_of(reader_in(entry.text("reader")))


def _asked(seat: Seat, entry: ReadEntry) -> str:
    if not entry.text("reader"):
        return _("Asked for a second pair of eyes")
    return _("Asked %(name)s to look at an answer") % {"name": _name(seat, entry)}


EVENTS: Final[Mapping[str, EventTeller]] = {
    "check_asked": _asked,
    "check_returned": lambda seat, entry: _("Handed an answer back to %(name)s") % {"name": _name(seat, entry)},
    "check_approved": lambda seat, entry: _("Looked at an answer: %(name)s may send it") % {"name": _name(seat, entry)},
}
HIDDEN_EVENTS: Final = frozenset({"about_answer"})

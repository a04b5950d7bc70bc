"""How papers are told: that one was drafted and kept, read by a colleague, given to the writer."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, by
from leeside.desk.telling.tellers import EventTeller, Teller


def _kept(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    titles = {one.id: one.titles[seat.language] for one in seat.pack.guide.letters}
    missing = entry.body.content.get("missing")
    number = missing if isinstance(missing, int) and not isinstance(missing, bool) else 0
    text = _("Paper drafted and kept: %(title)s.") % {"title": titles.get(entry.text("letter"), entry.text("letter"))}
    if number:
        text += " " + ngettext("%(number)d thing missing", "%(number)d things missing", number) % {"number": number}
    return Item("event", "files", text, by(seat, entry))


KINDS: Final[Mapping[str, Teller]] = {"letter": _kept, "letter_fields": lambda seat, file, entry: None}
EVENTS: Final[Mapping[str, EventTeller]] = {
    "letter_asked": lambda seat, entry: _("Asked for a second pair of eyes on a paper"),
    "letter_returned": lambda seat, entry: _("A paper was handed back: %(line)s") % {"line": entry.text("line")},
    "letter_checked": lambda seat, entry: _("A colleague's paper was read: it may go out."),
    "letter_given": lambda seat, entry: _("A checked paper was given to the writer."),
}
CHIPS: Final[Mapping[str, str]] = {"letter": "files"}

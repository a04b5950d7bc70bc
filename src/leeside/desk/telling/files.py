"""How files are told: that one came, that we put one in, that one was given to the writer, that one was erased."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.held_files import ATTACHED, ERASED, HeldFile, Origin, held_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.core import held_by_others
from leeside.desk.telling.shapes import Item, by, moment_here
from leeside.desk.telling.tellers import EventTeller, Teller
from leeside.sealing.attachments import OTHER
from leeside.web.file_words import file_words, shape_words


def _what(held: HeldFile | None) -> str:
    return file_words(held.shape, held.size) if held is not None else shape_words(OTHER)


def _sent(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    meta = _("from the writer · in the mailbox · look at it under “Files”")
    return Item("in", "files", _what(held_in(entry)), meta, warning=held_by_others(file, entry))


def _attachment(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item | None:
    held, name = held_in(entry), entry.text("name")
    if held is None:
        return None
    if held.origin is not Origin.GIVEN:
        return Item("event", "files", _("Put in: %(name)s") % {"name": f"{name}, {_what(held)}"}, by(seat, entry))
    parts = [by(seat, entry), _("to the writer, to keep")]
    if entry.row.shown_until is not None:
        parts.append(_("opened by the writer"))
    if entry.entry_id in file.waiting:
        parts.append(_("goes out %(time)s") % {"time": moment_here(seat, file.waiting[entry.entry_id])})
    text = "\n".join(part for part in (f"{name} ({_what(held)})", entry.text("words")) if part)
    return Item("out", "files", text, " · ".join(part for part in parts if part))


def _attached(seat: Seat, entry: ReadEntry) -> str:
    return _("Put into the drawer Identity: %(what)s") % {"what": _what(held_in(entry))}


def _erased(seat: Seat, entry: ReadEntry) -> str:
    return _("Erased a file")


KINDS: Final[Mapping[str, Teller]] = {"sent_file": _sent, "attachment": _attachment}
EVENTS: Final[Mapping[str, EventTeller]] = {ATTACHED: _attached, ERASED: _erased}
HIDDEN_EVENTS: Final[frozenset[str]] = frozenset()
CHIPS: Final[Mapping[str, str]] = {"sent_file": "files", "attachment": "files"}

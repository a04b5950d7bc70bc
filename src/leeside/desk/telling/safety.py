"""How it is told what was set for somebody's safety, and that a device was seized or came back."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.safety.check import LEVELS, Level, ground_words, level_words
from leeside.desk.safety.contact import read_window
from leeside.desk.safety.words import how_words, window_words
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, by, short_day
from leeside.desk.telling.tellers import EventTeller, Teller


def _contact(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    window = read_window(entry.body.content)
    hours = window_words(window) if window is not None else _("at any time")
    return Item("event", "events", _("Safe contact set: %(hours)s") % {"hours": hours}, by(seat, entry))


def _check(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    level = level_words(LEVELS.get(entry.text("level"), Level.UNVERIFIED))
    parts = (ground_words(entry.text("ground")), entry.text("line"))
    why = ". ".join(part for part in parts if part)
    text = _("Check of who writes: %(level)s") % {"level": level}
    return Item("event", "events", f"{text} ({why})" if why else text, by(seat, entry))


def _phrase(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    return Item("event", "events", _("Agreed on code phrases"), by(seat, entry))


def _silence(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    day = entry.text("day")
    if not day:
        return Item("event", "events", _("Took the silence watch off"), by(seat, entry))
    text = _("We expect to hear by %(day)s. Else: %(then)s") % {
        "day": short_day(day, seat),
        "then": entry.text("then"),
    }
    return Item("event", "events", text, by(seat, entry))


def _withdrawn(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    name = seat.keyring.roster.name_of(reader_in(entry.text("by")))
    meta = _("an answer of %(name)s that was stopped: it never went out") % {"name": name}
    return Item("note", "notes", entry.text("text"), meta)


def _how(seat: Seat, entry: ReadEntry) -> str:
    return _("The device is in the person’s hands again (%(how)s)") % {"how": how_words(entry.text("how"))}


KINDS: Final[Mapping[str, Teller]] = {
    "contact": _contact,
    "check": _check,
    "phrase": _phrase,
    "silence": _silence,
    "withdrawn": _withdrawn,
}
EVENTS: Final[Mapping[str, EventTeller]] = {
    "seized": lambda seat, entry: _("Said that the device was seized: nothing goes out, new keys for us alone"),
    "seizure_undone": lambda seat, entry: _("Took it back: the device was not seized"),
    "device_back": _how,
    "stop_word_cleared": lambda seat, entry: (
        _("The stop word was no alarm: %(reason)s") % {"reason": entry.text("reason")}
    ),
    "write_first_allowed": lambda seat, entry: (
        _("May write first this once: %(reason)s") % {"reason": entry.text("reason")}
    ),
}
CHIPS: Final[Mapping[str, str]] = {
    "contact": "events",
    "check": "events",
    "phrase": "events",
    "silence": "events",
    "withdrawn": "notes",
}
MILESTONES: Final = frozenset({"seized", "device_back"})

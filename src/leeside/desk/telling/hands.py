"""How it is told that a case went from hand to hand, and that something of it was erased.

*Needs another person* is not told here at all: whoever asked for it stands beside every line. Coordinators read it
above the case while it waits for somebody (`hands.panel`), and nobody reads it later.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.leaving import RAN_OUT
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, by, short_day
from leeside.desk.telling.tellers import EventTeller, Teller


def _named(seat: Seat, entry: ReadEntry, name: str) -> str:
    return seat.keyring.roster.name_of(reader_in(entry.text(name)))


def card_lines(seat: Seat, entry: ReadEntry) -> tuple[tuple[str, str], ...]:
    """A hand-over card, line by line."""
    told = entry.text("told")
    if entry.text("told_day"):
        told = f"{told} ({short_day(entry.text('told_day'), seat)})"
    lines = (
        (_("They asked"), entry.text("asked")),
        (_("We told them"), told),
        (_("We wait for"), entry.text("waiting")),
        (_("Next"), f"{entry.text('next')} · {short_day(entry.text('next_day'), seat)}"),
        (_("Do not"), entry.text("do_not")),
    )
    return tuple((label, words) for label, words in lines if words)


def _card(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    text = _("Hand-over card for %(name)s") % {"name": _named(seat, entry, "to")}
    return Item("note", "notes", text, by(seat, entry), card_lines(seat, entry))


def _notice(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    return Item("out", "messages", entry.text("text"), _("to the writer · by the program"))


def kind_words(kind: str) -> str:
    """What was erased, in a word."""
    words = {
        "answers": _("answers of the writer"),
        "message": _("a message of the writer"),
        "answer": _("an answer"),
        "note": _("a note"),
        "fact": _("a fact"),
        "attachment": _("a file"),
        "advice": _("a record of advice"),
    }
    return words.get(kind, _("an entry"))


def _erased(seat: Seat, entry: ReadEntry) -> str:
    what, day = kind_words(entry.text("kind")), short_day(entry.text("day"), seat)
    return _("Erased %(what)s of %(day)s") % {"what": what, "day": day}


KINDS: Final[Mapping[str, Teller]] = {"handover": _card, "notice": _notice}
EVENTS: Final[Mapping[str, EventTeller]] = {
    "assigned": lambda seat, entry: _("Assigned it to %(name)s") % {"name": _named(seat, entry, "reader")},
    "handed_over": lambda seat, entry: _("Took it over from %(name)s") % {"name": _named(seat, entry, "owner")},
    "handover_refused": lambda seat, entry: _("Did not take it: %(reason)s") % {"reason": entry.text("reason")},
    RAN_OUT: lambda seat, entry: (
        _("The offer to %(name)s ran out unanswered") % {"name": _named(seat, entry, "reader")}
    ),
    "handover_withdrawn": lambda seat, entry: (
        _("Took the offer to %(name)s back") % {"name": _named(seat, entry, "reader")}
    ),
    "stand_in_named": lambda seat, entry: _("Named %(name)s as stand-in") % {"name": _named(seat, entry, "reader")},
    "stand_in_ended": lambda seat, entry: _("%(name)s stands in no more") % {"name": _named(seat, entry, "reader")},
    "not_told": lambda seat, entry: (
        _("The writer was not told that a colleague is new here: %(reason)s") % {"reason": entry.text("why")}
    ),
    "erased_entry": _erased,
}
HIDDEN_EVENTS: Final = frozenset({"needs_person"})
CHIPS: Final[Mapping[str, str]] = {"handover": "notes", "notice": "messages"}
MILESTONES: Final = frozenset({"handed_over"})

"""How a case's end is told: outcomes that came late, what was heard afterwards, what keeps a case alive."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import pack_words, short_day
from leeside.desk.telling.tellers import EventTeller


def _late(seat: Seat, entry: ReadEntry) -> str:
    return _("Later outcome: %(outcome)s") % {"outcome": pack_words(seat, "outcome", entry.text("outcome"))}


def _asked_again(seat: Seat, entry: ReadEntry) -> str:
    words = _("Asked again: %(line)s") % {"line": entry.text("line")}
    if not entry.text("follow_up"):
        return words
    return f"{words} · " + _("once more on %(day)s") % {"day": short_day(entry.text("follow_up"), seat)}


def _kept_alive(seat: Seat, entry: ReadEntry) -> str:
    return _("%(outcome)s: the case stays alive until %(day)s") % {
        "outcome": pack_words(seat, "outcome", entry.text("outcome")),
        "day": short_day(entry.text("ends"), seat),
    }


EVENTS: Final[Mapping[str, EventTeller]] = {
    "outcome_late": _late,
    "asked_again": _asked_again,
    "kept_alive": _kept_alive,
    "half_checked": lambda seat, entry: _("At half of the term: %(line)s") % {"line": entry.text("line")},
}
MILESTONES: Final = frozenset({"outcome_late", "kept_alive"})

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


def term_words(seat: Seat, outcome: str, since: str, ends: str) -> str:
    """A term that keeps a case alive."""
    return _("%(outcome)s, passed on %(since)s; the term ends on %(ends)s") % {
        "outcome": pack_words(seat, "outcome", outcome),
        "since": short_day(since, seat),
        "ends": short_day(ends, seat),
    }


EVENTS: Final[Mapping[str, EventTeller]] = {
    "outcome_late": _late,
    "asked_again": _asked_again,
    "half_checked": lambda seat, entry: _("At half of the term: %(line)s") % {"line": entry.text("line")},
}
MILESTONES: Final = frozenset({"outcome_late"})

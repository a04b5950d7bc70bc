"""How it is told who holds a paper, and what went out and came back."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, by, pack_words, short_day, source_words
from leeside.desk.telling.tellers import Teller


def _paper(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    since = entry.text("since")
    words = {
        "paper": pack_words(seat, "paper", entry.text("paper")),
        "holder": pack_words(seat, "holder", entry.text("holder")),
        "how": source_words(entry.text("source")),
        "since": short_day(since, seat),
    }
    text = _("%(paper)s: %(holder)s, since %(since)s (%(how)s)") if since else _("%(paper)s: %(holder)s (%(how)s)")
    return Item("event", "papers", text % words, by(seat, entry))


def _outgoing(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    words = {
        "what": entry.text("line") or pack_words(seat, "outgoing", entry.text("paper")),
        "to": pack_words(seat, "authority", entry.text("to")),
        "sent": short_day(entry.text("sent"), seat),
        "due": short_day(entry.text("due"), seat),
        "answered": short_day(entry.text("answered"), seat),
        "answer": entry.text("answer"),
    }
    if entry.text("answered"):
        text = _("Answer to %(what)s, %(to)s, %(answered)s: %(answer)s")
    elif entry.text("due"):
        text = _("Sent %(sent)s: %(what)s → %(to)s; answer due %(due)s")
    else:
        text = _("Sent %(sent)s: %(what)s → %(to)s")
    return Item("event", "papers", text % words, by(seat, entry))


KINDS: Final[Mapping[str, Teller]] = {"paper": _paper, "outgoing": _outgoing}
CHIPS: Final[Mapping[str, str]] = {"paper": "papers", "outgoing": "papers"}

"""Words for papers: who holds one, what went out, by what way."""

from django.utils.translation import gettext as _

from leeside.desk.papers.ledger import Outgoing
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import pack_words


def form_words(form: str) -> str:
    """Whether it is the original."""
    return {"original": _("original"), "copy": _("copy"), "seen": _("only seen")}.get(form, form)


def way_words(way: str) -> str:
    """How it was sent."""
    words = {
        "registered": _("registered mail"),
        "by_hand": _("by hand, with a stamp"),
        "electronic": _("electronically"),
        "lawyer": _("through a lawyer"),
    }
    return words.get(way, way)


def sent_words(seat: Seat, one: Outgoing) -> str:
    """What went out to whom: `Report to: Unit commander`."""
    words = {
        "what": one.line or pack_words(seat, "outgoing", one.paper),
        "to": pack_words(seat, "authority", one.to),
    }
    return _("%(what)s → %(to)s") % words


def due_words(seat: Seat, one: Outgoing) -> str:
    """What is awaited."""
    return _("answer due: %(what)s") % {"what": sent_words(seat, one)}

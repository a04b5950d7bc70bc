"""How it is told that a case was tied to another one, or came from one."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, day_in, reader_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import Item, by, pack_words, short_day, source_words
from leeside.desk.telling.tellers import EventTeller, Teller
from leeside.web.dates import write_short_day


def kin_words(kin: str) -> str:
    """Who a relative is to the person; a word of another version as it is."""
    words = {
        "mother": _("the mother"),
        "father": _("the father"),
        "wife": _("the wife"),
        "husband": _("the husband"),
        "sister": _("the sister"),
        "brother": _("the brother"),
        "child": _("a grown child"),
        "comrade": _("a comrade"),
        "friend": _("a friend"),
        "other": _("somebody close"),
    }
    return words.get(kin, kin)


def relation_words(relation: str, side: str, kin: str) -> str:
    """What the other case is, seen from this one."""
    words = {
        ("same_person", "first"): _("the same person wrote again"),
        ("same_person", "again"): _("the same person, who wrote before"),
        ("relative", "person"): _("%(kin)s of this person writes") % {"kin": kin_words(kin)},
        ("relative", "relative"): _("the person whom this is about; here writes %(kin)s") % {"kin": kin_words(kin)},
        ("referral", "origin"): _("a packet that went outside"),
        ("referral", "packet"): _("the case that this packet is from"),
    }
    return words.get((relation, side), relation)


def fate_words(seat: Seat, what: str, day: date | None, *, is_noticed: bool) -> str:
    """What became of a linked case. `what` is the name of the event that says so."""
    if day is None:
        return _("The linked case was erased")
    when = write_short_day(day, seat.language, seat.today)
    if what == "link_moved":
        return _("The linked case went to another line on %(day)s") % {"day": when}
    if is_noticed:
        return _("The linked case was erased; seen on %(day)s") % {"day": when}
    return _("The linked case was erased on %(day)s") % {"day": when}


def _fate(seat: Seat, entry: ReadEntry) -> str:
    noticed = entry.body.content.get("noticed") is True
    return fate_words(seat, entry.text("event"), day_in(entry.text("day")), is_noticed=noticed)


def _link(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    words = relation_words(entry.text("relation"), entry.text("side"), entry.text("kin"))
    return Item("event", "events", _("Linked with another case: %(relation)s") % {"relation": words}, by(seat, entry))


def answer_from(receiver: str) -> str:
    """What is waited for when something was sent to somebody outside."""
    return _("Answer expected from: %(receiver)s") % {"receiver": receiver}


def _referral(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    fields = entry.body.content.get("fields")
    known = {one.id: one for one in seat.pack.questions}
    labels = [
        seat.pack.text(known[str(one)].label_key, seat.language) if str(one) in known else str(one)
        for one in (fields if isinstance(fields, list) else [])
    ]
    agreed = f"{source_words(entry.text('consent'))}, {short_day(entry.text('consent_day'), seat)}"
    lines = (
        (_("What it says"), entry.text("purpose")),
        (_("Fields in it"), ", ".join(labels) or _("nothing")),
        (_("The person agreed"), agreed),
        (_("Answer by"), short_day(entry.text("answer_due"), seat)),
    )
    text = _("Referred outside to: %(receiver)s") % {"receiver": entry.text("receiver")}
    return Item("milestone", "events", text, by(seat, entry), lines)


def _referral_outcome(seat: Seat, entry: ReadEntry) -> str:
    outcome = pack_words(seat, "outcome", entry.text("outcome"))
    return _("What came of the referral: %(outcome)s") % {"outcome": outcome}


def _transferred(seat: Seat, entry: ReadEntry) -> str:
    return _("Transferred to the line “%(line)s”") % {"line": entry.text("line")}


def item_words(item: str) -> str:
    """One thing that a relative may be told; one of another version as it is."""
    words = {
        "exists": _("that he or she is in touch with us"),
        "status": _("how the case stands"),
        "place": _("where he or she is"),
        "dates": _("dates of the case"),
        "papers": _("what became of papers"),
    }
    return words.get(item, item)


def _may_be_told(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    items = entry.body.content.get("items")
    listed = ", ".join(item_words(str(one)) for one in items) if isinstance(items, list) and items else _("nothing")
    text = _("Relatives may be told: %(list)s (%(source)s, %(day)s)") % {
        "list": listed,
        "source": source_words(entry.text("source")),
        "day": short_day(entry.text("day"), seat),
    }
    return Item("event", "facts", text, by(seat, entry))


def _name(seat: Seat, entry: ReadEntry, field: str) -> str:
    return seat.keyring.roster.name_of(reader_in(entry.text(field)))


def _carried(seat: Seat, entry: ReadEntry) -> str:
    if not entry.text("owner"):
        return _("Given back together with the person’s other case")
    return _("Goes with the person’s other case to %(name)s") % {"name": _name(seat, entry, "owner")}


def _stand_in(seat: Seat, entry: ReadEntry) -> str:
    if not entry.text("reader"):
        return _("Has no stand-in any more, like the person’s other case")
    return _("%(name)s stands in here too, as in the person’s other case") % {"name": _name(seat, entry, "reader")}


def _meant(seat: Seat, entry: ReadEntry) -> str:
    what = entry.body.content.get("what")
    listed = ", ".join(str(one) for one in what) if isinstance(what, list) else ""
    return _("Sent after a second look, with: %(what)s") % {"what": listed}


KINDS: Final[Mapping[str, Teller]] = {"link": _link, "may_be_told": _may_be_told, "referral": _referral}
EVENTS: Final[Mapping[str, EventTeller]] = {
    "unlinked": lambda seat, entry: _("Ended a link with another case"),
    "carried": _carried,
    "stand_in_carried": _stand_in,
    "meant": _meant,
    "referral_outcome": _referral_outcome,
    "link_erased": _fate,
    "link_moved": _fate,
    "referral_revoked": lambda seat, entry: _("Took the packet back and erased it"),
    "words_renewed": lambda seat, entry: _("Handed out new words: a new case, linked with this one"),
    "transferred": _transferred,
}
CHIPS: Final[Mapping[str, str]] = {"link": "events", "may_be_told": "facts", "referral": "events"}
MILESTONES: Final = frozenset({"words_renewed", "transferred", "link_erased", "link_moved"})

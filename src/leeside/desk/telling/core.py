"""How the things that every case has are told: answers, messages, notes, facts, steps, readings, and who did what."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.pages import circle_title
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import (
    Item,
    by,
    describe_value,
    moment_here,
    pack_words,
    said_in,
    short_day,
    source_words,
)
from leeside.desk.telling.stages import term_words
from leeside.desk.telling.tellers import EventTeller, Teller
from leeside.sealing.compartments import Compartment


def _answers(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    described = seat.pack.describe(said_in(entry), seat.language, file.voice)
    text = "\n".join(value for one in described if one.is_text for value in one.values)
    lines = tuple((one.label, describe_value(seat, one)) for one in described if not one.is_text)
    warning = held_by_others(file, entry)
    return Item("in", "messages", text, _("from the writer · by the form"), lines, is_form=True, warning=warning)


def _message(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    said = said_in(entry)
    described = seat.pack.describe(said, seat.language, file.voice) if said else ()
    lines = tuple((one.label, describe_value(seat, one)) for one in described)
    warning = held_by_others(file, entry)
    way = _("from the writer · in the mailbox")
    if entry.author.kind == "staff":
        way = _("from the writer · by telephone, written down by %(by)s") % {"by": by(seat, entry)}
    return Item("in", "messages", entry.text("text"), way, lines, warning=warning)


def held_by_others(file: CaseFile, entry: ReadEntry) -> str:
    """What must be known first of an entry that came after the device was seized."""
    return _("written by whoever holds the device") if entry.entry_id in file.distrusted else ""


def _answer(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    parts = [by(seat, entry), _("to the writer"), *told_about(seat, file, entry)]
    if entry.row.shown_until is not None:
        parts.append(_("opened by the writer"))
    if entry.entry_id in file.waiting:
        parts.append(_("goes out %(time)s") % {"time": moment_here(seat, file.waiting[entry.entry_id])})
    return Item("out", "messages", entry.text("text"), " · ".join(part for part in parts if part))


def told_about(seat: Seat, file: CaseFile, entry: ReadEntry) -> list[str]:
    """What the staff's side remembers of an answer: who drafted it, who looked at it."""
    about = file.about_answers.get(entry.entry_id.hex())
    if about is None:
        return []
    name_of = seat.keyring.roster.name_of
    drafted, checked = reader_in(about.text("drafted")), reader_in(about.text("checked"))
    parts = [_("drafted by %(name)s") % {"name": name_of(drafted)}] if drafted else []
    used = about.body.content.get("canned")
    for one in used if isinstance(used, list) else ():
        if isinstance(one, Mapping):
            words = pack_words(seat, "canned", f"{one.get('id')}.title")
            parts.append(_("“%(title)s”, %(kept)s of 100 words kept") % {"title": words, "kept": str(one.get("kept"))})
    return [*parts, *([_("looked at by %(name)s") % {"name": name_of(checked)}] if checked else [])]


def _note(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    words = _("note · %(by)s · never shown to the writer")
    if entry.text("unsent"):
        words = _("begun and not sent · %(by)s, who then left the case · never shown to the writer")
    return Item("note", "notes", entry.text("text"), words % {"by": by(seat, entry)})


def _fact(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item | None:
    if entry.compartment not in (Compartment.STORY, Compartment.WORK):
        return None  # what a drawer holds stands in the drawer
    content = entry.body.content
    described = seat.pack.describe({entry.text("fact"): content.get("value")}, seat.language, file.voice)
    words = "; ".join(f"{one.label}: {describe_value(seat, one)}" for one in described)
    days = content.get("value")
    if _is_term(seat, entry.text("fact")) and isinstance(days, list) and len(days) == 2:
        words = term_words(seat, entry.text("fact"), str(days[0]), str(days[1]))
    text = _("%(fact)s (%(source)s, %(day)s)") % {
        "fact": words,
        "source": source_words(entry.text("source")),
        "day": short_day(entry.text("day"), seat),
    }
    return Item("event", "facts", text, by(seat, entry))


def _is_term(seat: Seat, fact: str) -> bool:
    return any(one.id == fact and one.stage for one in seat.pack.outcomes)


def _correction(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    question = seat.pack.question(entry.text("fact"))
    label = seat.pack.text(question.label_key, seat.language, file.voice) if question else entry.text("fact")
    if _is_term(seat, entry.text("fact")):
        label = pack_words(seat, "outcome", entry.text("fact"))
    text = _("Taken back: %(fact)s. %(reason)s") % {"fact": label, "reason": entry.text("reason")}
    return Item("event", "facts", text, by(seat, entry))


def _lesson(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    return Item("note", "notes", entry.text("text"), _("what we learned · %(by)s") % {"by": by(seat, entry)})


def _step(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    name = seat.keyring.roster.name_of(reader_in(entry.text("who")))
    text = _("Next step: %(what)s · %(who)s · %(day)s") % {
        "what": entry.text("what"),
        "who": name,
        "day": short_day(entry.text("day"), seat),
    }
    return Item("event", "events", text, by(seat, entry))


def _reading(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    texts = {
        "case": _("read the case"),
        "identity": _("opened the drawer: identity"),
        "place": _("opened the drawer: place"),
        "phrase": _("looked at the code phrases"),
        "file": _("looked at a file"),
    }
    return Item("event", "readings", texts.get(entry.text("what"), entry.text("what")), by(seat, entry))


def _person(seat: Seat, entry: ReadEntry) -> str:
    return seat.keyring.roster.name_of(reader_in(entry.text("reader") or entry.text("owner")))


def _moved(seat: Seat, entry: ReadEntry) -> str:
    circle = circle_title(seat.pack, entry.text("to"), seat.language)
    return _("Moved to: %(circle)s. %(reason)s") % {"circle": circle, "reason": entry.text("reason")}


def _confirmed(seat: Seat, entry: ReadEntry) -> str:
    return _("Confirmed as: %(kind)s") % {"kind": pack_words(seat, "kind", entry.text("kind"))}


def _closed(seat: Seat, entry: ReadEntry) -> str:
    return _("Closed: %(outcome)s") % {"outcome": pack_words(seat, "outcome", entry.text("outcome"))}


KINDS: Final[Mapping[str, Teller]] = {
    "answers": _answers,
    "message": _message,
    "answer": _answer,
    "note": _note,
    "fact": _fact,
    "correction": _correction,
    "lesson": _lesson,
    "next_step": _step,
    "reading": _reading,
}
EVENTS: Final[Mapping[str, EventTeller]] = {
    "kept": lambda seat, entry: _("Keeps the case"),
    "taken_over": lambda seat, entry: _("Took the case over from %(name)s") % {"name": _person(seat, entry)},
    "given_back": lambda seat, entry: _("Gave the case back: %(reason)s") % {"reason": entry.text("reason")},
    "moved": _moved,
    "draft_ended": lambda seat, entry: (
        _("A draft of %(name)s ended unread: they cannot open the case any more") % {"name": _person(seat, entry)}
    ),
    "confirmed": _confirmed,
    "closed": _closed,
    "reopened": lambda seat, entry: _("Opened again"),
    "rekeyed": lambda seat, entry: _("Gave the case new keys"),
    "granted": lambda seat, entry: _("Let %(name)s read it") % {"name": _person(seat, entry)},
    "revoked": lambda seat, entry: _("Ended the reading of %(name)s") % {"name": _person(seat, entry)},
}
HIDDEN_EVENTS: Final = frozenset({"counselled", "counsel_undone"})
CHIPS: Final[Mapping[str, str]] = {
    "answers": "messages",
    "message": "messages",
    "answer": "messages",
    "note": "notes",
    "fact": "facts",
    "correction": "facts",
    "lesson": "notes",
    "next_step": "events",
    "event": "events",
    "reading": "readings",
}
MILESTONES: Final = frozenset({"kept", "taken_over", "given_back", "moved", "confirmed", "closed", "reopened"})

"""The timeline: everything that happened to a case in one stream, by days, each thing in words.

Nothing vanishes: a kind this program does not know is shown as newer than this version, and an author whose signature
does not verify is shown as not proven and never by a colleague's name.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.pages import circle_title
from leeside.desk.seat import Seat
from leeside.packs.describing import Described
from leeside.sealing.compartments import Compartment
from leeside.web.dates import write_near_day, write_short_day

_CHIPS = {
    "answers": "messages",
    "message": "messages",
    "answer": "messages",
    "note": "notes",
    "fact": "facts",
    "next_step": "events",
    "event": "events",
    "reading": "readings",
}
_HIDDEN_EVENTS = frozenset({"counselled", "counsel_undone"})


@dataclass(frozen=True)
class Item:
    """One thing on the timeline. `shape` is `in`, `out`, `note` or `event`; `chip` is what it is filtered by."""

    shape: str
    chip: str
    text: str
    meta: str
    lines: tuple[tuple[str, str], ...] = ()
    not_proven: bool = False
    is_form: bool = False


@dataclass(frozen=True)
class Day:
    """One day's things, under its heading."""

    title: str
    entries: tuple[Item, ...]


@dataclass(frozen=True)
class Chip:
    """One filter and how many things it shows."""

    key: str
    title: str
    count: int = 0


@dataclass(frozen=True)
class Timeline:
    """The stream and its filters."""

    days: tuple[Day, ...]
    chips: tuple[Chip, ...]
    unreadable: str = field(default="")


def make_timeline(seat: Seat, file: CaseFile) -> Timeline:
    """The whole timeline of an opened case."""
    days: dict[date, list[Item]] = {}
    for entry in file.entries:
        if entry.compartment not in (Compartment.STORY, Compartment.WORK):
            continue
        item = _item(seat, file, entry)
        if item is not None:
            days.setdefault(_day_of(seat, entry), []).append(item)
    counts: dict[str, int] = {}
    for items in days.values():
        for item in items:
            counts[item.chip] = counts.get(item.chip, 0) + 1
    shown = tuple(
        Day(write_near_day(day, seat.language, seat.today), _without_reloads(items))
        for day, items in sorted(days.items())
    )
    return Timeline(shown, _chips(counts), _unreadable(file.opened.unreadable))


def when(seat: Seat, entry: ReadEntry) -> str:
    """The clock time of an entry at the line, where it has one: a writer's entries carry the day only."""
    return f"{_moment_of(seat, entry):%H:%M}" if "T" in entry.body.at else ""


def describe_value(seat: Seat, one: Described) -> str:
    """An answer's value in words; days with their weekday."""
    if one.is_day:
        return ", ".join(_short_day(value, seat) for value in one.values)
    return ", ".join(one.values)


def _item(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item | None:
    maker = {
        "answers": _answers,
        "message": _message,
        "answer": _answer,
        "note": _note,
        "fact": _fact,
        "next_step": _step,
        "event": _event,
        "reading": _reading,
    }.get(entry.kind)
    if entry.kind == "card":
        return None
    if not entry.is_proven:
        text = entry.text("text") or entry.text("event")
        return Item("note", _CHIPS.get(entry.kind, "events"), text, when(seat, entry), not_proven=True)
    if maker is None:
        text = _("Something that a newer version of this program wrote; it is kept and not shown here.")
        return Item("event", "events", text, _by(seat, entry))
    return maker(seat, file, entry)


def _answers(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    described = seat.pack.describe(_said(entry), seat.language, file.voice)
    text = "\n".join(value for one in described if one.is_text for value in one.values)
    lines = tuple((one.label, describe_value(seat, one)) for one in described if not one.is_text)
    return Item("in", "messages", text, _("from the writer · by the form"), lines, is_form=True)


def _message(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    said = _said(entry)
    described = seat.pack.describe(said, seat.language, file.voice) if said else ()
    lines = tuple((one.label, describe_value(seat, one)) for one in described)
    return Item("in", "messages", entry.text("text"), _("from the writer · in the mailbox"), lines)


def _answer(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    parts = [_by(seat, entry), _("to the writer")]
    if entry.row.shown_until is not None:
        parts.append(_("opened by the writer"))
    return Item("out", "messages", entry.text("text"), " · ".join(part for part in parts if part))


def _note(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    return Item(
        "note", "notes", entry.text("text"), _("note · %(by)s · never shown to the writer") % {"by": _by(seat, entry)}
    )


def _fact(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    content = entry.body.content
    described = seat.pack.describe({entry.text("fact"): content.get("value")}, seat.language, file.voice)
    words = "; ".join(f"{one.label}: {describe_value(seat, one)}" for one in described)
    text = _("%(fact)s (%(source)s, %(day)s)") % {
        "fact": words,
        "source": source_words(entry.text("source")),
        "day": _short_day(entry.text("day"), seat),
    }
    return Item("event", "facts", text, _by(seat, entry))


def _step(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    name = seat.keyring.roster.name_of(reader_in(entry.text("who")))
    text = _("Next step: %(what)s · %(who)s · %(day)s") % {
        "what": entry.text("what"),
        "who": name,
        "day": _short_day(entry.text("day"), seat),
    }
    return Item("event", "events", text, _by(seat, entry))


def _reading(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item:
    texts = {
        "case": _("read the case"),
        "identity": _("opened the drawer: identity"),
        "place": _("opened the drawer: place"),
    }
    return Item("event", "readings", texts.get(entry.text("what"), entry.text("what")), _by(seat, entry))


def _event(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item | None:
    name = entry.text("event")
    if name in _HIDDEN_EVENTS:
        return None
    return Item("event", "events", event_words(seat, entry), _by(seat, entry))


def event_words(seat: Seat, entry: ReadEntry) -> str:
    """One event as a line."""
    name, pack, language = entry.text("event"), seat.pack, seat.language
    person = seat.keyring.roster.name_of(reader_in(entry.text("reader") or entry.text("owner")))
    simple = {
        "kept": _("Keeps the case"),
        "taken_over": _("Took the case over from %(name)s") % {"name": person},
        "given_back": _("Gave the case back: %(reason)s") % {"reason": entry.text("reason")},
        "reopened": _("Opened again"),
        "rekeyed": _("Gave the case new keys"),
        "granted": _("Let %(name)s read it") % {"name": person},
        "revoked": _("Ended the reading of %(name)s") % {"name": person},
    }
    if name == "moved":
        circle = circle_title(pack, entry.text("to"), language)
        return _("Moved to: %(circle)s. %(reason)s") % {"circle": circle, "reason": entry.text("reason")}
    if name == "confirmed":
        return _("Confirmed as: %(kind)s") % {"kind": pack_words(seat, "kind", entry.text("kind"))}
    if name == "closed":
        return _("Closed: %(outcome)s") % {"outcome": pack_words(seat, "outcome", entry.text("outcome"))}
    return simple.get(name, _("Something that a newer version of this program wrote; it is kept and not shown here."))


def pack_words(seat: Seat, what: str, key: str) -> str:
    """The pack's word for a kind, an outcome or a stage; an id of another version as it is."""
    return seat.pack.text(f"{what}.{key}", seat.language) if seat.pack.has_text(f"{what}.{key}", seat.language) else key


def source_words(source: str) -> str:
    """How we know a fact."""
    return {"said": _("said"), "paper": _("paper seen"), "third": _("from somebody else")}.get(source, source)


def _said(entry: ReadEntry) -> dict[str, object]:
    answers = entry.body.content.get("answers")
    return dict(answers) if isinstance(answers, dict) else {}


def _by(seat: Seat, entry: ReadEntry) -> str:
    name = seat.keyring.roster.name_of(entry.author.reader_id) if entry.author.reader_id else ""
    return " · ".join(part for part in (name, when(seat, entry)) if part)


def _day_of(seat: Seat, entry: ReadEntry) -> date:
    at = entry.body.at
    return _moment_of(seat, entry).date() if "T" in at else date.fromisoformat(at)


def _moment_of(seat: Seat, entry: ReadEntry) -> datetime:
    """When an entry says it was made, at the line. The last hours of the calendar have no time in the next zone."""
    moment = datetime.fromisoformat(entry.body.at)
    try:
        return moment.astimezone(ZoneInfo(seat.line.time_zone))
    except OverflowError:
        return moment


def _short_day(value: str, seat: Seat) -> str:
    try:
        return write_short_day(date.fromisoformat(value), seat.language, seat.today)
    except ValueError:
        return value


def _without_reloads(items: list[Item]) -> tuple[Item, ...]:
    """Readings of one person one after another are one line: the record keeps each, the eye needs one."""
    kept: list[Item] = []
    for item in items:
        before = kept[-1] if kept else item
        is_reload = before is not item and item.chip == before.chip == "readings" and item.text == before.text
        if is_reload and item.meta.partition(" · ")[0] == before.meta.partition(" · ")[0]:
            continue
        kept.append(item)
    return tuple(kept)


def _chips(counts: dict[str, int]) -> tuple[Chip, ...]:
    titles = {
        "messages": _("Messages"),
        "notes": _("Notes"),
        "facts": _("Facts"),
        "events": _("Events"),
        "readings": _("Readings"),
    }
    return (
        Chip("all", _("All")),
        *(Chip(key, title, counts[key]) for key, title in titles.items() if counts.get(key)),
    )


def _unreadable(number: int) -> str:
    if not number:
        return ""
    text = ngettext(
        "%(number)d entry cannot be opened with your keys.",
        "%(number)d entries cannot be opened with your keys.",
        number,
    )
    return text % {"number": number}

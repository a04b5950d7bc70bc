"""The timeline: everything that happened to a case in one stream, by days, each thing in words.

Nothing vanishes: a kind this program does not know is shown as newer than this version, and an author whose signature
does not verify is shown as not proven and never by a colleague's name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.desk.limits import LIMITS
from leeside.desk.safety.contact import plan_of
from leeside.desk.seat import Seat
from leeside.desk.telling.registry import CHIPS, EVENTS, HIDDEN_EVENTS, KINDS, MILESTONES
from leeside.desk.telling.shapes import Item, by, day_of, when
from leeside.sealing.compartments import Compartment
from leeside.web.dates import write_near_day


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
    new: str = ""
    """How much came since this reader was here, in words; empty for nothing."""
    earlier: int = 0
    """How many older things are not on this page."""


def make_timeline(seat: Seat, file: CaseFile, *, is_whole: bool = True) -> Timeline:
    """The timeline of an opened case: whole, or its newest part, with all that is new to this reader."""
    days: dict[date, list[Item]] = {}
    is_new = _newness(seat, file)
    is_heavy = seat.pack.is_heavy(file.known, seat.today)
    zone = _their_zone(seat, file)
    new = 0
    for entry, told in told_items(seat, file):
        item = replace(told, is_heavy=is_heavy and told.shape == "in" and bool(told.text))
        if zone is not None and "T" in entry.body.at and item.chip != "readings":
            item = replace(item, meta=f"{item.meta} · {_their_clock(entry, zone)}")
        if is_new(entry) and item.chip != "readings":
            item = replace(item, is_new=True, is_first_new=new == 0)
            new += 1
        days.setdefault(day_of(seat, entry), []).append(item)
    counts: dict[str, int] = {}
    for items in days.values():
        for item in items:
            counts[item.chip] = counts.get(item.chip, 0) + 1
    kept = [(day, _without_reloads(items)) for day, items in sorted(days.items())]
    shown, earlier = (kept, 0) if is_whole else _newest(kept, max(LIMITS.timeline_items, new))
    titled = tuple(Day(write_near_day(day, seat.language, seat.today), items) for day, items in shown)
    return Timeline(titled, _chips(counts), _unreadable(file.opened.unreadable), _new_words(new), earlier)


def _newest(days: list[tuple[date, tuple[Item, ...]]], most: int) -> tuple[list[tuple[date, tuple[Item, ...]]], int]:
    """The newest things, and how many older ones were left out. What came with the form is told either way: it stays
    the first thing of a case."""
    total = sum(len(items) for _, items in days)
    over = total - most
    if over <= 0:
        return days, 0
    shown, left = [], over
    for number, (day, items) in enumerate(days):
        first = items[:1] if number == 0 else ()
        rest = items[len(first) :]
        cut = min(left, len(rest))
        left -= cut
        if first or rest[cut:]:
            shown.append((day, first + rest[cut:]))
    return shown, over - left


def _their_zone(seat: Seat, file: CaseFile) -> ZoneInfo | None:
    """The person's zone where their clock shows another time than the worker's; None where one time is enough."""
    window = plan_of(file).window
    if window is None:
        return None
    theirs = ZoneInfo(window.zone)
    differs = seat.now.astimezone(theirs).utcoffset() != seat.now.astimezone(ZoneInfo(seat.zone)).utcoffset()
    return theirs if differs else None


def _their_clock(entry: ReadEntry, zone: ZoneInfo) -> str:
    moment = datetime.fromisoformat(entry.body.at)
    return _("%(time)s their time") % {"time": f"{moment.astimezone(zone):%H:%M}"}


def _newness(seat: Seat, file: CaseFile) -> Callable[[ReadEntry], bool]:
    """What came since this reader was here before this visit; nothing is new to whoever is here for the first time.

    The reading of this visit is the newest of theirs. What they wrote themselves is never new to them.
    """
    mine = [
        one for one in file.of_kind("reading") if one.author.reader_id == seat.reader_id and one.text("what") == "case"
    ]
    if len(mine) < 2:
        return lambda _entry: False
    before = mine[-2]
    listed = before.body.content.get("known")
    known = frozenset(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else file.from_writer

    def is_new(entry: ReadEntry) -> bool:
        if entry.author.kind == "writer":
            return entry.entry_id.hex()[:8] not in known
        return entry.author.reader_id != seat.reader_id and entry.body.at > before.body.at

    return is_new


def _new_words(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(number)d new", "%(number)d new", number) % {"number": number}


def told_items(seat: Seat, file: CaseFile) -> Iterator[tuple[ReadEntry, Item]]:
    """Every entry that is told, in its order, with what is told of it."""
    for entry in file.entries:
        if entry.compartment in (Compartment.STORY, Compartment.WORK):
            item = _item(seat, file, entry)
            if item is not None:
                yield entry, item if item.shape == "event" else replace(item, entry=entry.entry_id.hex())


def _item(seat: Seat, file: CaseFile, entry: ReadEntry) -> Item | None:
    if entry.kind == "card":
        return None
    if not entry.is_proven:
        text = entry.text("text") or entry.text("event")
        return Item("note", CHIPS.get(entry.kind, "events"), text, when(seat, entry), not_proven=True)
    if entry.kind == "event":
        return _event(seat, entry)
    teller = KINDS.get(entry.kind)
    if teller is None:
        return Item("event", "events", _newer(), by(seat, entry))
    return teller(seat, file, entry)


def _event(seat: Seat, entry: ReadEntry) -> Item | None:
    if entry.text("event") in HIDDEN_EVENTS:
        return None
    shape = "milestone" if entry.text("event") in MILESTONES else "event"
    return Item(shape, "events", event_words(seat, entry), by(seat, entry))


def event_words(seat: Seat, entry: ReadEntry) -> str:
    """One event as a line."""
    teller = EVENTS.get(entry.text("event"))
    return teller(seat, entry) if teller else _newer()


def _newer() -> str:
    return _("Something that a newer version of this program wrote; it is kept and not shown here.")


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
        "law": _("Law"),
        "papers": _("Papers"),
        "files": _("Files"),
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

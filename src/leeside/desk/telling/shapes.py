"""What a thing on the timeline is, and the words that every kind of it is told in."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat
from leeside.packs.describing import Described
from leeside.web.dates import write_short_day


@dataclass(frozen=True)
class Item:
    """One thing on the timeline.

    `shape` is `in`, `out`, `note`, `event` or `milestone` (full width); `chip` is what it is filtered by: `messages`,
    `notes`, `facts`, `law`, `papers`, `files`, `events` or `readings`.
    """

    shape: str
    chip: str
    text: str
    meta: str
    lines: tuple[tuple[str, str], ...] = ()
    not_proven: bool = False
    is_form: bool = False
    warning: str = ""
    """What the reader must know about it first: for instance that somebody else held the device."""
    entry: str = ""
    """The entry's id in hex, where the page can do something with this one entry."""
    is_heavy: bool = False
    """Whether the text stays folded behind a neutral line until somebody taps it."""
    is_new: bool = False
    """Whether it came since this reader was here."""
    is_first_new: bool = False


def when(seat: Seat, entry: ReadEntry) -> str:
    """The clock time of an entry, where it has one: a writer's entries carry the day only."""
    return f"{moment_of(seat, entry):%H:%M}" if "T" in entry.body.at else ""


def by(seat: Seat, entry: ReadEntry) -> str:
    """Who wrote an entry, and when on its day."""
    name = seat.keyring.roster.name_of(entry.author.reader_id) if entry.author.reader_id else ""
    return " · ".join(part for part in (name, when(seat, entry)) if part)


def day_of(seat: Seat, entry: ReadEntry) -> date:
    """The day under which an entry stands."""
    at = entry.body.at
    return moment_of(seat, entry).date() if "T" in at else date.fromisoformat(at)


def moment_of(seat: Seat, entry: ReadEntry) -> datetime:
    """When an entry says it was made, on the worker's own clock. The calendar's last hours have no time in the next
    zone."""
    moment = datetime.fromisoformat(entry.body.at)
    try:
        return moment.astimezone(ZoneInfo(seat.zone))
    except OverflowError:
        return moment


def moment_here(seat: Seat, moment: datetime) -> str:
    """A moment that comes, on the worker's clock, with its day."""
    local = moment.astimezone(ZoneInfo(seat.zone))
    return f"{local:%H:%M}, {write_short_day(local.date(), seat.language, seat.today)}"


def short_day(value: str, seat: Seat) -> str:
    """An ISO day written out; anything else as it is."""
    try:
        return write_short_day(date.fromisoformat(value), seat.language, seat.today)
    except ValueError:
        return value


def describe_value(seat: Seat, one: Described) -> str:
    """An answer's value in words; days with their weekday."""
    if one.is_day:
        return ", ".join(short_day(value, seat) for value in one.values)
    return ", ".join(one.values)


def pack_words(seat: Seat, what: str, key: str) -> str:
    """The pack's word for a kind, an outcome or a stage; an id of another version as it is."""
    return seat.pack.text(f"{what}.{key}", seat.language) if seat.pack.has_text(f"{what}.{key}", seat.language) else key


def source_words(source: str) -> str:
    """How we know a fact."""
    return {"said": _("said"), "paper": _("paper seen"), "third": _("from somebody else")}.get(source, source)


def said_in(entry: ReadEntry) -> dict[str, object]:
    """The answers that an entry holds."""
    answers = entry.body.content.get("answers")
    return dict(answers) if isinstance(answers, dict) else {}

"""Safe contact: when, how and whether the person may be written to, as data that the send button obeys.

Rules:
1. Hours are of the person's own clock. A window that ends before it begins goes over midnight and belongs to the day
   on which it begins; one that ends when it begins is the whole day. No day chosen means every day.
2. The next opening is never in the past: inside a window it is the moment itself.
3. What the writer said on the form counts until a colleague sets a plan; but no hours come of it, because a sentence
   is not a window: the page shows the sentence to whoever sets them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.packs.meanings import said_text

ZONES: Final = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
    "Europe/Kyiv",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Almaty",
    "Asia/Bishkek",
    "Europe/Istanbul",
    "Asia/Jerusalem",
    "Europe/Belgrade",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Argentina/Buenos_Aires",
)
"""The clocks a person may live by: Russia from west to east, then where people have gone."""

_WEEK: Final = 7


@dataclass(frozen=True)
class Window:
    """The hours in which the person may be written to. `days` are weekdays from Monday (0); none means every day."""

    zone: str
    starts: time
    ends: time
    days: frozenset[int] = frozenset()

    def next_opening(self, moment: datetime) -> datetime:
        """The first moment from `moment` on that lies inside, in UTC: rule 2."""
        zone = ZoneInfo(self.zone)
        local_day = moment.astimezone(zone).date()
        openings = []
        for distance in range(-1, _WEEK + 2):
            opens, closes = self._on(local_day + timedelta(days=distance), zone)
            if opens is not None and closes > moment:
                openings.append(max(opens, moment))
        return min(openings).astimezone(UTC)

    def is_inside(self, moment: datetime) -> bool:
        """Whether the person may be written to at this moment."""
        return self.next_opening(moment) == moment

    def _on(self, day: date, zone: ZoneInfo) -> tuple[datetime | None, datetime]:
        """The window that begins on this day, in UTC, so that a clock that is put forward or back is counted right."""
        opens = datetime.combine(day, self.starts, zone).astimezone(UTC)
        last = day if self.ends > self.starts else day + timedelta(days=1)
        closes = datetime.combine(last, self.ends, zone).astimezone(UTC)
        is_chosen = not self.days or day.weekday() in self.days
        return (opens if is_chosen and opens < closes else None), closes


@dataclass(frozen=True)
class Plan:
    """How the person may be reached, as far as anybody said. `said_hours` are the writer's own words about hours."""

    channel: str = ""
    window: Window | None = None
    stop_word: str = ""
    cover: str = ""
    never_first: bool = False
    silence_means: str = ""
    said_hours: str = ""
    by: bytes | None = None
    set_on: str = ""

    @property
    def is_set(self) -> bool:
        """Whether a colleague set it; otherwise it is what the form said."""
        return self.by is not None


def plans_of(file: CaseFile) -> tuple[ReadEntry, ...]:
    """Every plan that a colleague set, oldest first. The writer holds the key of `story` too: theirs make no plan."""
    return tuple(entry for entry in file.of_kind("contact") if entry.author.kind == "staff")


def plan_of(file: CaseFile) -> Plan:
    """The newest plan of a case; before there is one, what the writer said on the form."""
    means = file.meanings
    hours = said_text(means.hours, file.said)
    written = plans_of(file)
    if not written:
        return Plan(
            channel=said_text(means.channel, file.said),
            stop_word=said_text(means.stop_word, file.said),
            never_first=means.never_first.is_said(file.said),
            said_hours=hours,
        )
    newest = written[-1]
    content = newest.body.content
    return Plan(
        channel=newest.text("channel"),
        window=read_window(content),
        stop_word=newest.text("stop_word"),
        cover=newest.text("cover"),
        never_first=content.get("never_first") is True,
        silence_means=newest.text("silence_means"),
        said_hours=hours,
        by=newest.author.reader_id,
        set_on=newest.body.at[:10],
    )


def read_window(content: Mapping[str, object]) -> Window | None:
    """The hours in an entry; None when it has none, or none that this program can read."""
    zone, days = content.get("zone"), content.get("days")
    try:
        starts, ends = time.fromisoformat(str(content.get("starts"))), time.fromisoformat(str(content.get("ends")))
    except ValueError:
        return None
    if zone not in ZONES or starts.tzinfo is not None or ends.tzinfo is not None:
        return None
    chosen = days if isinstance(days, list) else []
    return Window(
        str(zone), starts, ends, frozenset(one for one in chosen if isinstance(one, int) and 0 <= one < _WEEK)
    )

"""The right column: dates that come, who can read the case, and who did."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.casefile import CaseFile
from leeside.desk.due import LAW, dues_of
from leeside.desk.pages import circle_title
from leeside.desk.permissions import CaseAction, may
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.web.dates import write_short_day

_NEAR_DAYS = 2


@dataclass(frozen=True)
class DateLine:
    """One date and what happens on it."""

    day: str
    text: str
    is_near: bool
    distance: str


@dataclass(frozen=True)
class PersonLine:
    """One reader: how they can read it, or how often they did."""

    key: str
    name: str
    how: str
    may_end: bool = False


def dates_of(seat: Seat, file: CaseFile) -> tuple[DateLine, ...]:
    """Every dated fact from today on, and the last one that has passed; and every deadline of the law until it is done,
    the nearest first."""
    found: list[tuple[date, str]] = []
    for question in seat.pack.all_questions:
        value = file.known.get(question.id)
        if question.kind == "date" and isinstance(value, str):
            try:
                found.append((date.fromisoformat(value), seat.pack.text(question.label_key, seat.language, file.voice)))
            except ValueError:
                continue
    ahead = sorted(one for one in found if one[0] >= seat.today)
    passed = sorted(one for one in found if one[0] < seat.today)[-1:]
    law = [(due.day, due.what) for due in dues_of(seat, file) if due.source.startswith(LAW)]
    return tuple(_date_line(seat, day, text) for day, text in sorted({*passed, *ahead, *law}))


def can_read(seat: Seat, file: CaseFile) -> tuple[PersonLine, ...]:
    """Everybody with a grant, the circle while the case lies there, and the coordinators."""
    roster = seat.keyring.roster
    lines = []
    for reader_id in file.readers:
        is_owner = reader_id == file.row.owner
        how = _("owner") if is_owner else _("was let in")
        if roster.person(reader_id) is None:
            how = _("has left the line")
        may_end = not is_owner and may(CaseAction.REVOKE, file.standing)
        lines.append(PersonLine(reader_id.hex(), roster.name_of(reader_id), how, may_end))
    if file.row.owner is None and file.row.circle != LEAD:
        members = len(roster.members_of(file.row.circle, seat.today))
        words = ngettext(
            "%(number)d person, until somebody keeps it", "%(number)d people, until somebody keeps it", members
        )
        lines.append(
            PersonLine("", circle_title(seat.pack, file.row.circle, seat.language), words % {"number": members})
        )
    leads = len(roster.members_of(LEAD, seat.today))
    words = ngettext("%(number)d person", "%(number)d people", leads) % {"number": leads}
    return (*lines, PersonLine("", _("Coordinators"), words))


def did_read(seat: Seat, file: CaseFile) -> tuple[PersonLine, ...]:
    """Who read it, how often, and when last: from the readings on record."""
    counts: dict[bytes, list[str]] = {}
    for entry in file.of_kind("reading"):
        if entry.author.reader_id is not None:
            counts.setdefault(entry.author.reader_id, []).append(entry.body.at)
    lines = []
    for reader_id, moments in sorted(counts.items(), key=lambda one: one[1][-1], reverse=True):
        last = write_short_day(date.fromisoformat(moments[-1][:10]), seat.language, seat.today)
        more = ngettext("%(number)d time, last %(day)s", "%(number)d times, last %(day)s", len(moments))
        times = _("once, %(day)s") if len(moments) == 1 else more
        lines.append(
            PersonLine("", seat.keyring.roster.name_of(reader_id), times % {"number": len(moments), "day": last})
        )
    return tuple(lines)


def _date_line(seat: Seat, day: date, text: str) -> DateLine:
    days = (day - seat.today).days
    if days == 0:
        distance = _("today")
    elif days > 0:
        distance = ngettext("in %(number)d day", "in %(number)d days", days) % {"number": days}
    else:
        distance = ngettext("%(number)d day ago", "%(number)d days ago", -days) % {"number": -days}
    return DateLine(write_short_day(day, seat.language, seat.today), text, 0 <= days <= _NEAR_DAYS, distance)

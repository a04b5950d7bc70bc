"""The few words and shapes that a row of the queue and the head of a case page have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.seat import Seat
from leeside.packs.pack import Pack
from leeside.vault.store import CaseRow, Urgency
from leeside.web.dates import write_short_day

URGENCY_KEYS = {Urgency.RED: "red", Urgency.SOON: "soon", Urgency.CALM: "calm", Urgency.LATER: "later"}
SHAPES = {Urgency.RED: "▲", Urgency.SOON: "◆", Urgency.CALM: "●", Urgency.LATER: "○"}
TONES = {Urgency.RED: "red", Urgency.SOON: "amber", Urgency.CALM: "", Urgency.LATER: ""}


@dataclass(frozen=True)
class Part:
    """A few words with a tone: `late`, `amber`, `red` or none. The words carry the meaning, the tone repeats it.

    `wide` are words that are left out where there is little room.
    """

    text: str
    tone: str = ""
    shape: str = ""


def promise_words(answer_by: datetime, now: datetime, zone: str, language: str) -> Part:
    """ "Reply due by 19:30", with the day when it is not today's, or how long it is overdue."""
    minutes = int((answer_by - now).total_seconds() // 60)
    local, today = answer_by.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if minutes < 0:
        return Part(_("reply overdue by %(span)s") % {"span": span_words(-minutes)}, "late")
    if local.date() == today:
        return Part(_("reply due in %(span)s") % {"span": span_words(minutes)})
    day = write_short_day(local.date(), language, today)
    return Part(_("reply due %(day)s, %(time)s") % {"day": day, "time": f"{local:%H:%M}"})


def span_words(minutes: int) -> str:
    """A stretch of time in its largest fitting unit."""
    if minutes < 60:
        return ngettext("%(number)d min", "%(number)d min", minutes) % {"number": minutes}
    hours = minutes // 60
    if hours < 48:
        return f"{hours}:{minutes % 60:02d}"
    days = hours // 24
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


def why_urgent(pack: Pack, card: Mapping[str, Any], language: str, today: date) -> str:
    """Why a case is urgent: the first reason that its card has, with its day written out."""
    reasons = card.get("reasons")
    if not isinstance(reasons, list) or not reasons or not isinstance(reasons[0], list):
        return ""
    reason, day = str(reasons[0][0]), reasons[0][1]
    return pack.reason_text(reason, language, short_day(str(day), language, today) if day else "")


def term_words(seat: Seat, term_id: str) -> str:
    """What a deadline of the law is called, by the pack's term; the id of one that the pack has no more."""
    if not term_id:
        return _("a deadline")
    book = seat.pack.guide
    term = book.newest_term(term_id, seat.today) or book.term(term_id)
    return term.words[seat.language].title if term is not None else term_id


def owner_words(seat: Seat, case: CaseRow) -> str:
    """Whose it is, with the stand-in."""
    if case.owner is None:
        return ""
    name = _("yours") if case.owner == seat.reader_id else seat.keyring.roster.name_of(case.owner)
    if case.stand_in is None:
        return name
    if case.stand_in == seat.reader_id:
        return _("%(name)s; you stand in") % {"name": name}
    return _("%(name)s; stand-in %(other)s") % {"name": name, "other": seat.keyring.roster.name_of(case.stand_in)}


def short_day(day: str, language: str, today: date) -> str:
    """A day of a card written out; what is no day stays as it is."""
    try:
        return write_short_day(date.fromisoformat(day), language, today)
    except ValueError:
        return day

"""The strip of five numbers above the queue. Each is a filter, and is counted with the rights of its rows."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.case_words import span_words
from leeside.desk.permissions import LineAction, may_on_line
from leeside.desk.seat import Seat
from leeside.packs.marks import Urgency
from leeside.vault import store
from leeside.vault.store import QueuePage, Tab


@dataclass(frozen=True)
class Number:
    """One number, what it counts, a line below it, and where it leads."""

    count: str
    words: str
    small: str
    href: str
    tone: str = ""
    is_current: bool = False


def strip_of(seat: Seat, page: QueuePage, current: Tab) -> tuple[Number, ...]:
    """The five numbers of a page."""
    cased = (_red(seat, page, current), _past(seat, page, current), _due(page, current), _handed(page, current))
    return (*cased, _shift(seat))


def count_words(number: int) -> str:
    """A count, or that there are at least so many."""
    most = store.LIMITS.counted
    return f"{most - 1}+" if number >= most else str(number)


def _red(seat: Seat, page: QueuePage, current: Tab) -> Number:
    count = page.counts[Tab.RED_UNTAKEN]
    words = ngettext("red, nobody has it", "red, nobody has them", count)
    oldest = page.first_promise.get(Tab.RED_UNTAKEN)
    small = _("oldest waits %(age)s") % {"age": age_of(seat, oldest)} if count and oldest is not None else ""
    return Number(count_words(count), words, small, "?tab=red", "red" if count else "", current is Tab.RED_UNTAKEN)


def _past(seat: Seat, page: QueuePage, current: Tab) -> Number:
    count = page.counts[Tab.PAST_PROMISE]
    first = page.first_promise.get(Tab.PAST_PROMISE)
    small = ""
    if count and first is not None:
        minutes = int((seat.now - first).total_seconds() // 60)
        small = _("worst by %(span)s") % {"span": span_words(max(minutes, 1))}
    is_current = current is Tab.PAST_PROMISE
    return Number(count_words(count), _("past our promise"), small, "?tab=past", "late" if count else "", is_current)


def _due(page: QueuePage, current: Tab) -> Number:
    """What is due today; closed cases to ask again are told apart, because only their week is known here."""
    count, again = page.counts[Tab.DUE_TODAY], page.counts[Tab.ASK_AGAIN]
    mine = page.counts[Tab.DUE_MINE] - again
    parts = [_("%(number)s of them yours") % {"number": count_words(mine)}] if mine else []
    if again:
        parts.append(_("to ask again this week: %(number)s") % {"number": count_words(again)})
    return Number(
        count_words(count), _("due today"), " · ".join(parts), "?tab=today", is_current=current is Tab.DUE_TODAY
    )


def _handed(page: QueuePage, current: Tab) -> Number:
    count = page.counts[Tab.HANDED_TO_ME]
    words = ngettext("hand-over for you", "hand-overs for you", count)
    small = _("waits for your yes or no") if count else ""
    return Number(count_words(count), words, small, "?tab=handed", is_current=current is Tab.HANDED_TO_ME)


def _shift(seat: Seat) -> Number:
    shifts = store.fetch_shifts(seat.line_id, seat.real_now)
    carried = store.count_carried(seat.line_id, [one.reader_id for one in shifts])
    free = sum(max(0, one.places - carried[one.reader_id]) for one in shifts)
    small = ngettext("%(number)d free place", "%(number)d free places", free) % {"number": free}
    page = "desk:load" if may_on_line(LineAction.SEE_LOAD, seat.role) else "desk:people"
    return Number(str(len(shifts)), _("on shift"), small, reverse(page, args=[seat.language]))


def age_of(seat: Seat, promise: datetime) -> str:
    """For how long a red case has waited, coarsely: its mark was rounded, with noise."""
    promises = seat.pack.promises
    began = promises.before(promise, promises.minutes[Urgency.RED])
    return age_words(int((seat.now - began).total_seconds() // 60))


def age_words(minutes: int) -> str:
    """A coarse age."""
    if minutes < 30:
        return _("less than half an hour")
    if minutes < 60:
        return _("over half an hour")
    hours = minutes // 60
    if hours < 24:
        return ngettext("over %(number)d hour", "over %(number)d hours", hours) % {"number": hours}
    return ngettext("over %(number)d day", "over %(number)d days", hours // 24) % {"number": hours // 24}

"""The queue: which cases, in which order, *Take*, and whether something came in since."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.carrying import full_words
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError, NotSignedInError
from leeside.desk.grades import Grade
from leeside.desk.guards import takes, with_seat
from leeside.desk.holding import take
from leeside.desk.limits import LIMITS
from leeside.desk.opening import find_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, may_on_line, require_line_action
from leeside.desk.queue_times import times_of
from leeside.desk.queues.filters import Filter, Gathered, choices_of, gather, read_filter
from leeside.desk.queues.load import people_to_give
from leeside.desk.queues.news import count_new, spell_seen
from leeside.desk.queues.opened import open_rows, set_right
from leeside.desk.queues.rows import make_row
from leeside.desk.queues.strip import count_words, strip_of
from leeside.desk.queues.tabs import empty_words, key_of, links_beside, tab_links, tab_of, title_of
from leeside.desk.seat import Seat
from leeside.desk.sessions import seat_of
from leeside.desk.team.briefs import briefs_for
from leeside.vault import store
from leeside.vault.store import QueuePage, Tab


@takes("GET", "HEAD")
@with_seat
def queue(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """One page of a tab."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    tab, after = tab_of(str(request.GET.get("tab", ""))), _rank(request, "after")
    wanted = read_filter(seat, request.GET)
    page = store.queue_page(seat.line_id, seat.reader_id, seat.circles, tab, after, LIMITS.queue_rows, times_of(seat))
    gathered = _rows_of(seat, tab, page, wanted)
    values: dict[str, Any] = {
        **_values(seat, page, tab, gathered, wanted),
        "choices": choices_of(seat, request.GET),
        "told": _told(seat, str(request.GET.get("told", ""))),
        "to": str(request.GET.get("to", "")),
        "again": _address({**_chosen(request), "tab": key_of(tab)}),
        "further": _address({**_chosen(request), "tab": key_of(tab), "after": str(gathered.next_after)})
        if gathered.next_after is not None
        else "",
        "news": "" if after or not wanted.is_empty else _news_address(seat, tab, page),
    }
    return show_page(request, "queue", values, seat=seat)


@takes("GET", "HEAD")
def news(request: HttpRequest, language: str) -> HttpResponseBase:
    """How many rows are new, in four bytes. A page that looks by itself keeps no session alive."""
    try:
        seat = seat_of(request, renews=False)
        count = count_new(
            seat, tab_of(str(request.GET.get("tab", ""))), str(request.GET.get("seen", "")), _rank(request, "until")
        )
    except (NotSignedInError, NotAllowedError):
        raise Http404 from None
    return HttpResponse(f"{count:04d}", content_type="text/plain")


@takes("POST")
@with_seat
def take_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Hold a case and open it."""
    case_id = find_case(seat, slug)
    try:
        take(seat, case_id)
    except HeldByOtherError:
        return HttpResponseRedirect(reverse("desk:queue", args=[language]) + "?told=held")
    except InputError:
        return HttpResponseRedirect(reverse("desk:queue", args=[language]) + "?told=full")
    return HttpResponseRedirect(reverse("desk:case", args=[language, slug]))


def _rows_of(seat: Seat, tab: Tab, page: QueuePage, wanted: Filter) -> Gathered:
    """The rows to show: those of the page, or those that a filter finds from there on."""
    if wanted.is_empty:
        opened = set_right(seat, open_rows(seat, page.rows))
        rows = tuple((one, make_row(seat, one, page.holds.get(one.case.case_id))) for one in opened)
        return Gathered(rows, len(rows), page.next_after)
    found = gather(seat, tab, wanted, page, lambda one: make_row(seat, one, None))
    holds = store.fetch_holds([one.case.case_id for one, _row in found.rows], seat.real_now)
    rows = tuple((one, make_row(seat, one, holds.get(one.case.case_id))) for one, _row in found.rows)
    return Gathered(rows, found.looked, found.next_after)


def _values(seat: Seat, page: QueuePage, tab: Tab, gathered: Gathered, wanted: Filter) -> dict[str, Any]:
    rows = [row for _one, row in gathered.rows]
    may_many = may_on_line(LineAction.ASSIGN_MANY, seat.role)
    return {
        "place": "queue",
        "tab_key": key_of(tab),
        "title": title_of(tab),
        "strip": strip_of(seat, page, tab),
        "tabs": tab_links(page, tab),
        "beside": links_beside(page, tab),
        "rows": rows,
        "first_free": next((row.slug for row in rows if row.may_take), ""),
        "empty_text": empty_words(page, tab) if wanted.is_empty else "",
        "filter": wanted,
        "looked": _looked_words(page, tab, gathered) if not wanted.is_empty else "",
        "bars": _bars(seat, page),
        "briefs": briefs_for(seat),
        "people": people_to_give(seat) if may_many and tab is not Tab.CLOSED else (),
        "may_see_load": may_on_line(LineAction.SEE_LOAD, seat.role),
        "may_recall": may_on_line(LineAction.RECALL, seat.role) and bool(seat.pack.guide.rules),
        "may_be_pinged": may_on_line(LineAction.BE_PINGED, seat.role),
    }


def _looked_words(page: QueuePage, tab: Tab, gathered: Gathered) -> str:
    """How far a filter looked, honestly."""
    fit = ngettext("%(number)d fits", "%(number)d fit", len(gathered.rows)) % {"number": len(gathered.rows)}
    looked, count = gathered.looked, count_words(page.counts[tab])
    if gathered.next_after is None:
        return _("Looked to the end of the list: %(fit)s.") % {"fit": fit}
    words = _("Looked at %(looked)d from here on, of %(count)s in all: %(fit)s.")
    return words % {"looked": looked, "count": count, "fit": fit}


def _bars(seat: Seat, page: QueuePage) -> Sequence[dict[str, str]]:
    """What a coordinator must know before anything else."""
    if not seat.is_lead:
        return _bars_of_newcomer(seat)
    bars = []
    if store.fetch_line_of(seat.line_id).state != store.LineState.OPEN:
        text = _("The line takes no requests yet: it opens when two coordinators exist and its fingerprint is pinned.")
        bars.append({"text": text})
    if seat.keyring.roster.is_epoch_due(seat.today):
        bars.append({"text": _("The line’s keys are a quarter old. Turn the epoch on the page of people.")})
    nearly, back = page.counts[Tab.NEARLY_PAST], page.counts[Tab.CAME_BACK]
    if nearly:
        text = _("Replies that will soon be late, with less than a quarter of the promise left: %(number)s.")
        bars.append({"text": text % {"number": count_words(nearly)}, "href": "?tab=nearly"})
    if back:
        text = _("Cases that lie with the coordinators, because they came back or were moved there: %(number)s.")
        bars.append({"text": text % {"number": count_words(back)}, "href": "?tab=back"})
    return bars


def _bars_of_newcomer(seat: Seat) -> Sequence[dict[str, str]]:
    if seat.grade is not Grade.READ:
        return ()
    href = reverse("desk:training", args=[seat.language])
    return [{"text": _("You read along for now: begin at the training desk."), "href": href}]


def _told(seat: Seat, key: str) -> str:
    if key == "full":
        return full_words(seat)
    return {
        "held": _("A colleague was a moment faster. You can open it read-only."),
        "given-back": _("Given back: it is in the queue again."),
        "swapped": _("The coordinators look for another person. You cannot open it any more."),
        "erased": _("Erased."),
        "moved": _("Moved. What is written there from now on, you cannot open."),
        "closed": _("Closed."),
    }.get(key, "")


def _news_address(seat: Seat, tab: Tab, page: QueuePage) -> str:
    seen = spell_seen([row.case_id for row in page.rows])
    until = {"until": str(page.rows[-1].rank)} if page.next_after is not None else {}
    return reverse("desk:news", args=[seat.language]) + _address({"tab": key_of(tab), "seen": seen, **until})


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What stands in the address and stays there from page to page."""
    return {key: str(value) for key, value in request.GET.items() if value and key not in ("after", "told", "tab")}


def _address(values: dict[str, str]) -> str:
    return "?" + urlencode(values)


def _rank(request: HttpRequest, name: str) -> int | None:
    untrusted = str(request.GET.get(name, ""))
    return int(untrusted) if untrusted.isascii() and untrusted.isdigit() and len(untrusted) < 20 else None

"""The queue: which cases, in which order, and *Take*."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.errors import HeldByOtherError
from leeside.desk.guards import takes, with_seat
from leeside.desk.holding import take
from leeside.desk.limits import LIMITS
from leeside.desk.opening import find_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.queue_times import times_of
from leeside.desk.queues.rows import Row, make_row
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.vault.store import QueuePage, Tab

_TABS = {"person": Tab.NEEDS_PERSON, "mine": Tab.MINE, "all": Tab.ALL_I_MAY_SEE}


@takes("GET", "HEAD")
@with_seat
def queue(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """One page of a tab."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    key = str(request.GET.get("tab", "person"))
    tab = _TABS.get(key, Tab.NEEDS_PERSON)
    page = store.queue_page(
        seat.line_id, seat.reader_id, seat.circles, tab, _after(request), LIMITS.queue_rows, times_of(seat)
    )
    rows = [make_row(seat, case, page.holds.get(case.case_id)) for case in page.rows]
    told = str(request.GET.get("told", ""))
    values: dict[str, Any] = {
        "place": "queue",
        "tab_key": next(name for name, one_tab in _TABS.items() if one_tab is tab),
        "tabs": _tabs(page, tab),
        "rows": rows,
        "first_free": _first_free(rows),
        "next_after": page.next_after,
        "empty_text": _empty_text(tab),
        "told": _TOLD.get(told, lambda: "")(),
        "bars": _bars(seat),
    }
    return show_page(request, "queue", values, seat=seat)


@takes("POST")
@with_seat
def take_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Hold a case and open it."""
    case_id = find_case(seat, slug)
    try:
        take(seat, case_id)
    except HeldByOtherError:
        return HttpResponseRedirect(reverse("desk:queue", args=[language]) + "?told=held")
    return HttpResponseRedirect(reverse("desk:case", args=[language, slug]))


_TOLD = {
    "held": lambda: _("A colleague was a moment faster. You can open it read-only."),
    "given-back": lambda: _("Given back: it is in the queue again."),
    "swapped": lambda: _("The coordinators look for another person. You cannot open it any more."),
    "erased": lambda: _("Erased."),
    "moved": lambda: _("Moved. What is written there from now on, you cannot open."),
    "closed": lambda: _("Closed."),
}


def _tabs(page: QueuePage, current: Tab) -> list[dict[str, object]]:
    titles = {
        Tab.NEEDS_PERSON: _("Needs a person"),
        Tab.MINE: _("Mine"),
        Tab.ALL_I_MAY_SEE: _("All I may see"),
    }
    return [
        {"key": key, "title": titles[tab], "count": _count(page.counts.get(tab, 0)), "is_current": tab is current}
        for key, tab in _TABS.items()
    ]


def _count(number: int) -> str:
    most = store.LIMITS.counted
    return f"{most - 1}+" if number >= most else str(number)


def _first_free(rows: list[Row]) -> str:
    return next((row.slug for row in rows if row.may_take), "")


def _empty_text(tab: Tab) -> str:
    if tab is Tab.NEEDS_PERSON:
        return _("Nobody waits for a person. Look at your own cases, or take a break.")
    if tab is Tab.MINE:
        return _("No open case is yours. Take one from the first tab.")
    return _("There is no open case that you may see.")


def _bars(seat: Seat) -> list[dict[str, str]]:
    """What a coordinator must know before anything else."""
    bars = []
    if seat.is_lead and store.fetch_line_of(seat.line_id).state != store.LineState.OPEN:
        text = _("The line takes no requests yet: it opens when two coordinators exist and its fingerprint is pinned.")
        bars.append({"tone": "amber", "text": text})
    if seat.is_lead and seat.keyring.roster.is_epoch_due(seat.today):
        text = _("The line’s keys are a quarter old. Turn the epoch on the page of people.")
        bars.append({"tone": "amber", "text": text})
    return bars


def _after(request: HttpRequest) -> int | None:
    untrusted = str(request.GET.get("after", ""))
    return int(untrusted) if untrusted.isascii() and untrusted.isdigit() and len(untrusted) < 20 else None

"""The recall's pages: what differs, by group; what became of each case that was written to or set aside."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.errors import CrowdedError, InputError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.kept_rules import kept_rules
from leeside.desk.limits import LIMITS
from leeside.desk.many_cases import Report
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.recalling.asking import read_place, recall, write_place
from leeside.desk.recalling.groups import make_groups, read_change
from leeside.desk.recalling.sending import ASIDE_WAYS, send_to_each, set_aside
from leeside.desk.searching.errors import AlreadySearchingError, SearchFailedError
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import sends_alone
from leeside.desk.telling.guiding import way_words
from leeside.guide.comparing import Change
from leeside.vault import store
from leeside.web.dates import write_day

_BAD_INPUT, _TOO_MANY, _UNAVAILABLE = 422, 429, 503


@takes("GET", "HEAD", "POST")
@with_seat
def recall_page(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """What the page is for, or what differs today."""
    require_line_action(LineAction.RECALL, seat.role)
    if request.method != "POST":
        return _page(request, seat, {})
    try:
        found = recall(seat, read_place(one(request, "after")))
    except AlreadySearchingError:
        problem = _("A search of yours is still running, perhaps in another window. Try again when it is done.")
        return _page(request, seat, {"problem": problem}, _TOO_MANY)
    except CrowdedError:
        problem = _("Others are searching just now. Try again in a few seconds.")
        return _page(request, seat, {"problem": problem}, _UNAVAILABLE)
    except SearchFailedError:
        problem = _("The comparison did not come back in time. Nothing is lost: try again.")
        return _page(request, seat, {"problem": problem}, _UNAVAILABLE)
    return _page(request, seat, {"answer": _shown(seat, found)})


@takes("POST")
@with_seat
def send(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Send the line of one group to the chosen cases."""
    change, slugs = _change(request), request.POST.getlist("case")
    texts = {code: one(request, f"text_{code}") for code in seat.pack.languages}
    title = _("Sent") if sends_alone(seat) else _("Put before a colleague")
    return _report(request, seat, title, lambda: send_to_each(seat, change, texts, slugs))


@takes("POST")
@with_seat
def aside(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Set the chosen cases aside."""
    change, slugs = _change(request), request.POST.getlist("case")
    way, line = one(request, "way"), one(request, "line")
    return _report(request, seat, _("Was set aside"), lambda: set_aside(seat, change, slugs, way, line))


def _change(request: HttpRequest) -> Change:
    change = read_change(one(request, "change"))
    if change is None:
        raise NotAllowedError
    return change


def _report(request: HttpRequest, seat: Seat, title: str, step: Callable[[], Report]) -> HttpResponseBase:
    """What became of each case; typed words come back with the refusal of a whole group."""
    try:
        values, status = {"report": step(), "title": title}, 200
    except InputError as error:
        values, status = {"refused": error.reason, "title": _("Nothing was changed")}, _BAD_INPUT
    texts = [text for code in seat.pack.languages if (text := one(request, f"text_{code}"))]
    failed = values.get("report")
    has_more = not isinstance(failed, Report) or bool(failed.failed)
    return _page(request, seat, {**values, "typed": texts if has_more else []}, status)


def _page(request: HttpRequest, seat: Seat, values: dict[str, Any], status: int = 200) -> HttpResponse:
    shown = {
        "place": "recall",
        "day": write_day(seat.today, seat.language),
        "ways": [(way, way_words(way)) for way in ASIDE_WAYS],
        "most": LIMITS.recall_at_once,
        "sends_alone": sends_alone(seat),
        "has_guide": bool(seat.pack.guide.rules),
        **values,
    }
    return show_page(request, "recalling", shown, seat=seat, status=status)


def _shown(seat: Seat, found: dict[str, Any]) -> dict[str, Any]:
    groups = make_groups(seat, found["cases"], kept_rules(seat.line_id), LIMITS.recall_at_once)
    return {
        "groups": groups,
        "after": write_place(found["after"]),
        "looked": _looked_words(found),
        "told": _told_words(found),
        "unreadable": _unreadable_words(found["unreadable"]),
    }


def _looked_words(found: dict[str, Any]) -> str:
    looked, total = found["looked"], found["total"]
    values = {"number": looked, "total": f"{total:,}".replace(",", "\u00a0")}
    if total >= store.LIMITS.search_counted:
        return ngettext("Looked through %(number)d case.", "Looked through %(number)d cases.", looked) % values
    return (
        ngettext(
            "Looked through %(number)d case of %(total)s.", "Looked through %(number)d cases of %(total)s.", looked
        )
        % values
    )


def _told_words(found: dict[str, Any]) -> str:
    differs, told = len(found["cases"]), found["told"]
    text = ngettext(
        "In %(told)d of them advice was given; of those %(number)d differs.",
        "In %(told)d of them advice was given; of those %(number)d differ.",
        differs,
    )
    return text % {"told": told, "number": differs}


def _unreadable_words(number: int) -> str:
    if not number:
        return ""
    text = ngettext(
        "%(number)d case cannot be opened with your keys.", "%(number)d cases cannot be opened with your keys.", number
    )
    return text % {"number": number}

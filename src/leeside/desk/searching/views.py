"""The search page. Words come in a post and go out in the answer to it; no address ever carries one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.errors import CrowdedError, InputError
from leeside.desk.guards import takes, with_seat
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.searching.asking import Answer, search
from leeside.desk.searching.errors import AlreadySearchingError, SearchFailedError
from leeside.desk.searching.query import DRAWERS, KINDS, STATES, read_query
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.web.languages import language_name

_BAD_INPUT, _TOO_MANY, _UNAVAILABLE = 422, 429, 503
_FIELDS = ("words", "since", "until", "mine", "state", "language", "need")


@takes("GET", "HEAD", "POST")
@with_seat
def search_page(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """The empty form, or what was found."""
    require_line_action(LineAction.SEARCH, seat.role)
    if request.method != "POST":
        return _page(request, seat, {})
    typed = {name: str(request.POST.get(name, "")) for name in (*_FIELDS, "after")}
    kinds, drawers = request.POST.getlist("kind"), request.POST.getlist("drawer")
    chosen = {**typed, "kinds": kinds, "drawers": drawers}
    try:
        query = read_query(typed, kinds, drawers)
        answer = search(seat, query)
    except InputError as error:
        return _page(request, seat, chosen, problem=error.reason, field=error.field, status=_BAD_INPUT)
    except AlreadySearchingError:
        problem = _("A search of yours is still running, perhaps in another window. Try again when it is done.")
        return _page(request, seat, chosen, problem=problem, status=_TOO_MANY)
    except CrowdedError:
        problem = _("Others are searching just now. Try again in a few seconds.")
        return _page(request, seat, chosen, problem=problem, status=_UNAVAILABLE)
    except SearchFailedError:
        problem = _("The search did not come back in time. Nothing is lost: try again, perhaps with a filter.")
        return _page(request, seat, chosen, problem=problem, status=_UNAVAILABLE)
    return _page(request, seat, chosen, answer=answer)


def _page(
    request: HttpRequest,
    seat: Seat,
    typed: dict[str, Any],
    *,
    answer: Answer | None = None,
    problem: str = "",
    field: str = "",
    status: int = 200,
) -> HttpResponse:
    chips = _chips()
    need = seat.pack.question(seat.pack.need_question)
    values = {
        "place": "search",
        "typed": typed,
        "kinds": [(kind, chips[kind], kind in typed.get("kinds", ())) for kind in KINDS],
        "drawers": [(one, _drawer_titles()[one], one in typed.get("drawers", ())) for one in DRAWERS],
        "states": [(state, _state_titles()[state]) for state in STATES],
        "tongues": [(code, language_name(code)) for code in seat.pack.languages],
        "needs": [(one.id, seat.pack.option_text(need, one.id, seat.language)) for one in need.options] if need else [],
        "is_filtered": any(typed.get(name) for name in (*_FIELDS[1:], "kinds", "drawers")),
        "problem": problem,
        "problem_field": field,
        "answer": None if answer is None else _shown(answer),
    }
    return show_page(request, "search", values, seat=seat, status=status)


def _shown(answer: Answer) -> dict[str, Any]:
    """The answer in words."""
    chips, drawers, found = {**_chips(), "code_name": _("Code name")}, _drawer_titles(), answer.found
    cases = [
        {
            **case,
            "places": [
                {**place, "kind": chips.get(place["kind"], ""), "drawer": drawers.get(place["drawer"], "")}
                for place in case["places"]
            ],
        }
        for case in found["cases"]
    ]
    after = found["after"]
    return {
        "cases": cases,
        "after": "" if after is None else f"{after[0]}.{'-' if after[1] is None else after[1]}",
        "looked": _looked_words(found),
        "prepared": _prepared_words(answer),
        "unreadable": _unreadable_words(found["unreadable"]),
        "is_first": not found["cases"] and after is None,
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


def _prepared_words(answer: Answer) -> str:
    if not answer.kept:
        return ""
    text = ngettext(
        "%(number)d case was prepared, so that the next search is faster.",
        "%(number)d cases were prepared, so that the next search is faster.",
        answer.kept,
    )
    return text % {"number": answer.kept}


def _unreadable_words(number: int) -> str:
    if not number:
        return ""
    text = ngettext(
        "%(number)d entry cannot be opened with your keys.",
        "%(number)d entries cannot be opened with your keys.",
        number,
    )
    return text % {"number": number}


def _chips() -> dict[str, str]:
    return {
        "messages": _("Messages"),
        "notes": _("Notes"),
        "facts": _("Facts"),
        "papers": _("Papers"),
        "files": _("Files"),
        "events": _("Events"),
    }


def _drawer_titles() -> dict[str, str]:
    return {"identity": _("drawer: identity"), "place": _("drawer: place")}


def _state_titles() -> dict[str, str]:
    return {"": _("open and closed"), "open": _("open only"), "closed": _("closed only")}

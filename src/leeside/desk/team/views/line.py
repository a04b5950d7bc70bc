"""The shift's brief, and the table of who may do what."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from leeside.desk.errors import InputError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.pages import circle_title, show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.desk.team.briefs import briefs_for, circles_to_brief, drop_brief, write_brief
from leeside.desk.team.permission_words import case_table, line_table
from leeside.desk.team.views.people import reader_of

_BAD_INPUT = 422


@takes("GET", "HEAD", "POST")
@with_seat
def brief(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Write a brief, or take one away."""
    require_line_action(LineAction.WRITE_BRIEF, seat.role)
    if request.method != "POST":
        return _show_brief(request, seat)
    if one(request, "drop"):
        drop_brief(seat, reader_of(one(request, "drop")))
        return HttpResponseRedirect(reverse("desk:brief", args=[language]))
    try:
        write_brief(seat, one(request, "circle"), one(request, "text"))
    except InputError as error:
        return _show_brief(request, seat, problem=error.reason, status=_BAD_INPUT)
    return HttpResponseRedirect(reverse("desk:brief", args=[language]))


@takes("GET", "HEAD")
@with_seat
def permissions(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Who may do what, and why it holds. Every colleague may read it."""
    require_line_action(LineAction.SEE_PEOPLE, seat.role)
    values = {"place": "people", "tables": (case_table(), line_table())}
    return show_page(request, "permissions", values, seat=seat)


def _show_brief(request: HttpRequest, seat: Seat, *, problem: str = "", status: int = 200) -> HttpResponse:
    values = {
        "place": "people",
        "problem": problem,
        "circles": [(each, circle_title(seat.pack, each, seat.language)) for each in circles_to_brief(seat)],
        "chosen": one(request, "circle"),
        "typed": one(request, "text"),
        "briefs": [
            {"line": line, "circle": circle_title(seat.pack, line.circle, seat.language)} for line in briefs_for(seat)
        ],
    }
    return show_page(request, "brief", values, seat=seat, status=status)

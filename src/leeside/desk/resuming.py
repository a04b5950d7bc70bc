"""Going on where somebody was stopped, by an ended session or by the code of conduct: what was typed comes along."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from leeside.desk.conduct import points_of
from leeside.desk.giving_back import give_back
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, may_on_line
from leeside.desk.seat import Seat
from leeside.desk.sign_in_page import carried_fields, safe_path, typed_fields


def first_page(seat: Seat, language: str) -> str:
    """The queue; for a publisher the figures."""
    name = "queue" if may_on_line(LineAction.SEE_QUEUE, seat.role) else "figures"
    return reverse(f"desk:{name}", args=[language])


def resume(request: HttpRequest, seat: Seat, language: str, path: str) -> HttpResponse:
    """Where the person was; with everything they had typed in front of them."""
    carried = carried_fields(request)
    start_path = reverse("desk:start", args=[language])
    if not path or path.partition("?")[0] == start_path:
        return HttpResponseRedirect(first_page(seat, language))
    if not carried:
        return HttpResponseRedirect(path)
    return give_back(request, carried, resume=path, back=first_page(seat, language), seat=seat)


def ask_to_accept(request: HttpRequest, seat: Seat, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The code of conduct in the place of the page that was asked for."""
    is_second = any(key.startswith("carry-") for key in request.POST) or "resume" in request.POST
    path = str(request.POST.get("resume", "")) if is_second else request.get_full_path()
    values = {
        "place": "conduct",
        "problem": problem,
        "points": points_of(seat),
        "is_asked": True,
        "resume": safe_path(path),
        "carried": carried_fields(request) if is_second else typed_fields(request),
    }
    return show_page(request, "conduct", values, seat=seat, status=status)

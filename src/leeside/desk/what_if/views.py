"""The page that asks the guide without a case, or with a case's facts changed."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.guards import one, takes, with_seat
from leeside.desk.pages import show_page
from leeside.desk.seat import Seat
from leeside.desk.what_if.asking import Asked, begin_with_case, read_asked, require_guide
from leeside.desk.what_if.page import make_page

_BAD_INPUT = 422


@takes("GET", "HEAD", "POST")
@with_seat
def what_if(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """The empty form; or what was chosen, with its answer."""
    require_guide(seat)
    asked: Asked | None = None
    if request.method == "POST" and one(request, "begin") == "case":
        asked = begin_with_case(seat, one(request, "case"))
    elif request.method == "POST":
        asked = read_asked(seat, {key: request.POST.getlist(key) for key in request.POST})
    values = {"place": "guide", "page": make_page(seat, asked)}
    status = _BAD_INPUT if asked is not None and asked.problems else 200
    return show_page(request, "what_if", values, seat=seat, status=status)

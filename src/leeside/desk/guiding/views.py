"""The page of the law of one case: every rule that applies, comes or is not settled yet."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.code_names import write_code_name
from leeside.desk.errors import NotAllowedError
from leeside.desk.guards import takes, with_seat
from leeside.desk.guiding.panel import make_law
from leeside.desk.opening import find_case, open_case
from leeside.desk.pages import show_page
from leeside.desk.seat import Seat


@takes("GET", "HEAD")
@with_seat
def law(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Opens the case, as its own page does, and puts that on record."""
    file = open_case(seat, find_case(seat, slug))
    panel = make_law(seat, file)
    if panel is None:
        raise NotAllowedError
    name = write_code_name(file.row.code_name, seat.language)
    return show_page(request, "guiding_law", {"place": "queue", "law": panel, "name": name, "slug": slug}, seat=seat)

"""The publisher's month: a draft of what would be published, and nothing of any case."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.guards import takes, with_seat
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat


@takes("GET", "HEAD")
@with_seat
def figures(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """The draft."""
    require_line_action(LineAction.DRAFT_FIGURES, seat.role)
    return show_page(request, "figures", {"place": "figures"}, seat=seat)

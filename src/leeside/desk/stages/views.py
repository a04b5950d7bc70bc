"""What is due in one's own cases: today, and the next fourteen days as a page to print, with code names only."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.guards import takes, with_seat
from leeside.desk.pages import show_page
from leeside.desk.seat import Seat
from leeside.desk.stages.tasks import DAYS, list_mine
from leeside.web.dates import write_day


@takes("GET", "HEAD")
@with_seat
def due(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """What is late or due today."""
    return _show(request, seat, 0)


@takes("GET", "HEAD")
@with_seat
def fortnight(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """What is due in the next fourteen days."""
    return _show(request, seat, DAYS)


def _show(request: HttpRequest, seat: Seat, days: int) -> HttpResponseBase:
    values = {
        "place": "queue",
        "list": list_mine(seat, days),
        "days": days,
        "day": write_day(seat.today, seat.language),
        "name": seat.person.name,
    }
    return show_page(request, "due", values, seat=seat)

"""The coordinators' table: who carries how much."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.guards import takes, with_seat
from leeside.desk.pages import show_page
from leeside.desk.queues.load import load_of
from leeside.desk.seat import Seat


@takes("GET", "HEAD")
@with_seat
def load(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Everybody by name, with what they carry."""
    return show_page(request, "queue_load", {"place": "queue", "lines": load_of(seat)}, seat=seat)

"""The page on which one chooses to be pinged, and the feed that a phone asks without a session."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.errors import NotAllowedError
from leeside.desk.guards import takes, with_seat
from leeside.desk.pages import show_page
from leeside.desk.queues.pinging import end_pings, has_ping, make_ping, read_feed
from leeside.desk.seat import Seat


@takes("GET", "HEAD")
@with_seat
def pings(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """What a ping is, and whether one has an address."""
    return show_page(request, "queue_pings", {"place": "queue", "has_ping": has_ping(seat)}, seat=seat)


@takes("POST")
@with_seat
def make(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Make an address and show it this once."""
    address = request.build_absolute_uri(reverse("desk:ping", args=[language, make_ping(seat)]))
    values = {"place": "queue", "has_ping": True, "address": address}
    return show_page(request, "queue_pings", values, seat=seat)


@takes("POST")
@with_seat
def end(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """End one's address."""
    end_pings(seat)
    return HttpResponseRedirect(reverse("desk:pings", args=[language]))


@takes("GET", "HEAD")
def ping(request: HttpRequest, language: str, token: str) -> HttpResponseBase:
    """The feed: one entry, one size. Every refusal is the page of an address that leads nowhere."""
    try:
        feed = read_feed(token)
    except NotAllowedError:
        raise Http404 from None
    text = render_to_string("desk/queue_ping.xml", {"feed": feed, "words": _("Please look")})
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")

"""Pages that give back what somebody typed and that was not done: after a timed-out session, while the store is locked,
full or out of reach, or when the case is not there any more. Nothing of it is kept here.
"""

from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from leeside.desk.pages import show_page
from leeside.desk.seat import Seat
from leeside.desk.sign_in_page import safe_path, typed_fields
from leeside.vault import store
from leeside.web.context import active_language
from leeside.web.errors import error_page

OUT_OF_REACH: Final = (store.BusyError, store.FullError, store.UnreadyError)
"""The store's circumstances: nothing was changed, and the same post may succeed soon."""

_LONG_FIELDS: Final = frozenset({"text", "step_what", "reason", "value"})
_UNAVAILABLE: Final = 503


def give_back(
    request: HttpRequest, fields: Iterable[tuple[str, str]], *, resume: str, back: str, seat: Seat | None = None
) -> HttpResponse:
    """The page with everything that was typed, and one button that sends it to where it was meant for."""
    carried = [(field, value, field in _LONG_FIELDS and bool(value)) for field, value in fields]
    return show_page(request, "resume", {"resume": resume, "carried": carried, "back": back}, seat=seat)


def tell_out_of_reach(request: HttpRequest) -> HttpResponse:
    """Try again in a minute; a text that was on its way stands in the page."""
    fields = typed_fields(request) if request.method == "POST" else []
    if any(field in _LONG_FIELDS and value for field, value in fields):
        here = request.get_full_path()
        back = reverse("desk:start", args=[active_language().code])
        response = give_back(request, fields, resume=safe_path(here), back=back)
        response.status_code = _UNAVAILABLE
    else:
        response = error_page(request, _UNAVAILABLE)
    response["Retry-After"] = str(store.BusyError.retry_after_seconds)
    return response


def tell_not_there(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Erased, never there, or not for this person: one page for all three. Sentences that somebody typed stand in it;
    raises Http404 when there are none."""
    texts = (
        [value for _name, value in typed_fields(request) if " " in value.strip()] if request.method == "POST" else []
    )
    if not texts:
        raise Http404
    return show_page(request, "not_there", {"texts": texts}, seat=seat, status=404)

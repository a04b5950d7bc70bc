"""What stands before every view: the post's origin, the session, refusals that all look alike, a store out of reach.

A post that comes after the session has ended is not lost: the sign-in page carries what was typed, and gives it back
when the person is in again.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from leeside.desk.conduct import has_accepted
from leeside.desk.errors import NotAllowedError, NotSignedInError, UntrustedSessionError
from leeside.desk.giving_back import OUT_OF_REACH, tell_not_there, tell_out_of_reach
from leeside.desk.keyring import RefusedError
from leeside.desk.resuming import ask_to_accept
from leeside.desk.seat import Seat
from leeside.desk.sessions import seat_of
from leeside.desk.sign_in_page import ask_to_sign_in, say_untrusted_roster
from leeside.vault import store
from leeside.web.origin import is_same_origin

_REFUSED = 403
View = Callable[..., HttpResponseBase]


def takes(*methods: str) -> Callable[[View], View]:
    """Only these methods; and a post only from a page of our own origin, besides Django's own token.

    While the store is out of reach nothing typed is lost: the page gives it back.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if request.method == "POST" and not is_same_origin(request):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except OUT_OF_REACH:
                return tell_out_of_reach(request)

        return guarded

    return decorate


def with_seat(view: View) -> View:
    """Open the session's seat, or ask to sign in with everything typed kept; then the code of conduct, the same way.

    Refusals become one page: not found, which gives back what somebody had typed.
    """

    @wraps(view)
    def seated(request: HttpRequest, seat: Seat, *args: str, **kwargs: str) -> HttpResponseBase:
        if not has_accepted(seat):
            return ask_to_accept(request, seat)
        return view(request, seat, *args, **kwargs)

    return with_new_seat(seated)


def with_new_seat(view: View) -> View:
    """The same without the code of conduct: for its own page."""

    @wraps(view)
    def seated(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        try:
            seat = seat_of(request)
        except UntrustedSessionError:
            return ask_to_sign_in(request, problem=say_untrusted_roster(), status=_REFUSED)
        except NotSignedInError:
            return ask_to_sign_in(request)
        try:
            return view(request, seat, *args, **kwargs)
        except (NotAllowedError, RefusedError, store.GoneError):
            # A case that was erased under somebody's hand is gone for a flow as it is for a page.
            return tell_not_there(request, seat)

    return seated


def texts_of(request: HttpRequest) -> dict[str, str]:
    """The posted fields, each with its first value, without Django's token: what a page can give back."""
    return {key: str(request.POST[key]) for key in request.POST if key != "csrfmiddlewaretoken"}


def one(request: HttpRequest, name: str) -> str:
    """One posted field, or an empty text."""
    return str(request.POST.get(name, ""))

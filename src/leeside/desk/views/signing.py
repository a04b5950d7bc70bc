"""Signing in, out, and locking."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.errors import (
    CrowdedError,
    NotAllowedError,
    NotSignedInError,
    OffShiftError,
    RefusedSignInError,
    UntrustedRecordError,
    UntrustedRosterError,
)
from leeside.desk.founding import open_if_ready
from leeside.desk.giving_back import give_back
from leeside.desk.guards import one, takes
from leeside.desk.lines import line_named
from leeside.desk.resuming import first_page
from leeside.desk.resuming import resume as go_on
from leeside.desk.sessions import (
    clear_session_cookie,
    end_session,
    forget_device,
    is_known_device,
    remember_device,
    seat_of,
    set_session_cookie,
)
from leeside.desk.sign_in_page import ask_to_sign_in, safe_path, say_untrusted_roster, typed_fields
from leeside.desk.signing_in import Attempt, sign_in
from leeside.web.errors import error_page
from leeside.web.languages import preferred_language
from leeside.web.opening import say_nothing_was_opened
from leeside.web.origin import is_same_origin

_REFUSED = 403
_CROWDED = 503


@takes("GET", "HEAD")
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """The bare address leads to the sign-in page in the browser's language."""
    return HttpResponseRedirect(
        reverse("desk:start", args=[preferred_language(request.headers.get("Accept-Language", ""))])
    )


@takes("GET", "HEAD", "POST")
def start(request: HttpRequest, language: str) -> HttpResponseBase:
    """The sign-in page; whoever is signed in goes on to their first page."""
    if request.method == "POST":
        return _sign_in(request, language)
    try:
        seat = seat_of(request)
    except NotSignedInError:
        return ask_to_sign_in(request, resume=str(request.GET.get("resume", "")))
    return HttpResponseRedirect(first_page(seat, language))


def _sign_in(request: HttpRequest, language: str) -> HttpResponse:
    resume = one(request, "resume")
    try:
        line = line_named(one(request, "line"))
        typed = (one(request, "name"), one(request, "passphrase"), one(request, "code"))
        signed = sign_in(Attempt(line, *typed, language=language), is_known=is_known_device(request))
    except OffShiftError:
        problem = _("Your access runs while you are on shift. A coordinator starts your shift; then sign in again.")
        return ask_to_sign_in(request, problem=problem, resume=resume, status=_REFUSED)
    except (RefusedSignInError, NotAllowedError):
        problem = _("Name, passphrase or code do not fit together. A code works once: wait for the next one.")
        return ask_to_sign_in(request, problem=problem, resume=resume, status=_REFUSED)
    except CrowdedError:
        # A flood of them would have the workers replaced so often that those at work wait for new ones.
        say_nothing_was_opened(request)
        problem = _("Many people are signing in just now. Please try again in a few seconds.")
        response = ask_to_sign_in(request, problem=problem, resume=resume, status=_CROWDED)
        response["Retry-After"] = "5"
        return response
    except UntrustedRosterError:
        problem = say_untrusted_roster()
        return ask_to_sign_in(request, problem=problem, resume=resume, status=_REFUSED)
    except UntrustedRecordError:
        problem = _(
            "The record of who read what was changed or cut short since you last signed in. Do not go on; ask another "
            "coordinator, not by this server."
        )
        return ask_to_sign_in(request, problem=problem, resume=resume, status=_REFUSED)
    seat = signed.seat
    if seat.is_lead:
        open_if_ready(seat.line, seat.keyring.ring.fingerprint, seat.keyring.roster, seat.today)
    response = go_on(request, seat, language, safe_path(resume))
    set_session_cookie(response, signed.secret)
    remember_device(request, response)
    return response


def show_stale_page(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Instead of Django's page for a post whose token does not fit: nothing is done, and nothing typed is lost.

    Only a page of our own origin gets its text back; anything else is told no more than that it is not possible.
    """
    if not is_same_origin(request):
        return error_page(request, _REFUSED)
    try:
        seat = seat_of(request)
    except NotSignedInError:
        return ask_to_sign_in(request, resume=one(request, "resume") or None, status=_REFUSED)
    here, back = safe_path(request.get_full_path()), first_page(seat, seat.language)
    return give_back(request, typed_fields(request), resume=here, back=back, seat=seat)


@takes("POST")
def lock(request: HttpRequest, language: str) -> HttpResponseBase:
    """End the session. *Lock* comes back to the page one was on, with a text that was being typed; *sign out* also
    forgets the browser."""
    end_session(request)
    if one(request, "way") == "out":
        response: HttpResponse = HttpResponseRedirect(reverse("desk:start", args=[language]))
        forget_device(request, response)
    else:
        was_on = one(request, "resume") or request.headers.get("Referer", "").partition(request.get_host())[2]
        resume = safe_path(was_on)
        told = _("Locked. Sign in, and you are back where you were.")
        response = ask_to_sign_in(request, told=told, resume=resume)
    clear_session_cookie(response)
    response["Clear-Site-Data"] = '"cache"'
    return response


@takes("GET", "HEAD")
def health(request: HttpRequest) -> HttpResponseBase:
    """For whoever supervises the process; it says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")

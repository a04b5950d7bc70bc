"""What every request and every answer has in common, in one pass: language in, headers out.

One middleware instead of Django's four: each costs about 20 microseconds, and the door is measured in those.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation

from leeside.web.errors import error_page, report_fault
from leeside.web.languages import DEFAULT_LANGUAGE, language_of_path
from leeside.web.policy import POLICY_HEADER, content_policy

# `same-origin` and not `no-referrer`: with the latter a browser sends `Origin: null` even to ourselves, and the
# door could no longer tell its own page from somebody else's.
_HEADERS: Final = (
    ("Cache-Control", "no-store, no-transform"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Robots-Tag", "noindex, noarchive"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
# OPTIONS is for the door's parcels: a browser asks before it sends one from another origin's page.
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_UNAVAILABLE: Final = 503
# Django turns these into the handlers of `web.errors` by itself.
_TOLD_BY_DJANGO: Final = (Http404, PermissionDenied, BadRequest, SuspiciousOperation)


class FrameMiddleware:
    """Chooses the language by the address, puts our headers on every answer and a page into every empty error.

    A view that needs another value of a header sets it itself; what is set is never overwritten. The setting
    `LEESIDE_WEB_OWN_SCRIPTS` (the desk's) allows script files of our own origin.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        policy = content_policy(own_scripts=getattr(settings, "LEESIDE_WEB_OWN_SCRIPTS", False), images=True)
        self._headers = (*_HEADERS, (POLICY_HEADER, policy))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """One request, there and back."""
        translation.activate(language_of_path(request.path_info) or DEFAULT_LANGUAGE)
        response = self._answer(request)
        if response.status_code >= 400 and isinstance(response, HttpResponse) and not response.content:
            allowed = response.get("Allow")
            response = error_page(request, response.status_code)
            if allowed is not None:
                response["Allow"] = allowed
        if response.status_code == _UNAVAILABLE:
            response.headers.setdefault("Retry-After", "30")
        for name, value in self._headers:
            if name not in response.headers:
                response.headers[name] = value
        if isinstance(response, HttpResponse) and "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        return self._get_response(request) if _is_asked_by_own_name(request) else error_page(request, 400)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Whatever a view raised that is no answer of its own: our bug, told without a traceback."""
        return None if isinstance(exception, _TOLD_BY_DJANGO) else report_fault(request, exception)


def _is_asked_by_own_name(request: HttpRequest) -> bool:
    """Whether the host that was asked for is one of ours.

    A page of another name that leads to our address would be of one origin with what it gets from us: its script
    could read our pages, and its posts would look like our own.
    """
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True

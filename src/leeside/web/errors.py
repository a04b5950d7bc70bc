"""Error pages: one calm sentence in the page's language, and one line for the operator.

The visitor gets no traceback, no name of a part and nothing of what was asked. The operator's line names the kind
of the fault and where it happened, and never its message: an exception's text might hold what somebody wrote.
"""

import logging
import secrets
from http import HTTPStatus
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leeside.web.context import frame
from leeside.web.languages import language_of_path
from leeside.web.policy import POLICY_HEADER, content_policy
from leeside.web.styles import frame_sheet, inline_style

_LOG = logging.getLogger("leeside.web")
_STYLE = inline_style(frame_sheet())
_POLICY = content_policy(style_hashes=(_STYLE.token,))
_LAST_RESORT: Final = b"<!doctype html><meta charset=utf-8><title>Error</title><p>Something went wrong."

# Status -> title and sentence. Whatever is not listed is shown as 400 or 500, by its first digit.
_WORDS: Final[dict[int, tuple[str, str]]] = {
    400: (
        gettext_noop("This request could not be read"),
        gettext_noop("Please go back and try once more. Nothing was changed."),
    ),
    403: (
        gettext_noop("This is not possible from here"),
        gettext_noop("Please open the page anew from its own address and try once more. Nothing was changed."),
    ),
    404: (
        gettext_noop("There is no such page"),
        gettext_noop("Perhaps the address was copied in part, or the page has gone."),
    ),
    405: (
        gettext_noop("This page is only to be read"),
        gettext_noop("Please open it anew from its own address."),
    ),
    413: (
        gettext_noop("That is too much at once"),
        gettext_noop("It does not fit into one letter, and nothing was sent. Please send it in parts."),
    ),
    500: (
        gettext_noop("Something broke on our side"),
        gettext_noop(
            "It is our fault, not yours. What you sent just now was perhaps not received: please try again in a minute."
        ),
    ),
    503: (
        gettext_noop("We are too busy at this moment"),
        gettext_noop("Please try again in a minute."),
    ),
}


def error_page(request: HttpRequest, status: int, *, reference: str = "") -> HttpResponse:
    """The page for `status`; never raises, so that an error while showing an error still ends in a page."""
    try:
        body = _render(request, status, reference)
    except Exception:  # noqa: BLE001 - the one place: whatever breaks here must still end in a page, not a traceback
        _LOG.error("the page for status %d could not be shown (%s)", status, reference or "no sign")
        body = _LAST_RESORT
    response = HttpResponse(body, status=status)
    response[POLICY_HEADER] = _POLICY
    # Django would log the path of every refused request: a path may name a case.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _render(request: HttpRequest, status: int, reference: str) -> bytes:
    title, text = _WORDS.get(status) or _WORDS[500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400]
    code = language_of_path(request.path_info)
    values: dict[str, Any] = {
        **frame(request),
        "title": _(title),
        "text": _(text),
        "style": _STYLE.css,
        "reference": reference,
        "home": get_script_prefix() + (f"{code}/" if code else ""),
    }
    return render_to_string("web/error.html", values).encode()


def report_fault(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """Our own bug: one line for the operator, a page with a sign to name for the visitor."""
    reference = secrets.token_hex(3)
    got_request_exception.send(sender=report_fault, request=request)
    _LOG.error("fault %s: %s at %s", reference, type(exception).__name__, _place_of(exception))
    return error_page(request, 500, reference=reference)


def _place_of(exception: BaseException) -> str:
    """File and line of the innermost frame in our own code, or of the innermost one; no values, no message."""
    frames = extract_tb(exception.__traceback__)
    ours = [one for one in frames if f"{Path('/leeside/')}" in one.filename]
    last = (ours or frames)[-1:]
    return f"{Path(last[0].filename).name}:{last[0].lineno} in {last[0].name}" if last else "an unknown place"


# Django's four hooks (`handler400` and so on in a URL configuration).


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`; a body over the limit is told as what it is."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler403`."""
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: what no view raised, for example a broken URL configuration."""
    return error_page(request, 500)

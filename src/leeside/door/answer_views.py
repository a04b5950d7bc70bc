"""The line's public answers over HTTP. Nothing typed is looked at: an address leads to an answer or to none."""

from django.http import Http404, HttpRequest, HttpResponse

from leeside.door.answer_pages import show_answer_page, show_file, show_index_page
from leeside.door.views import line_of
from leeside.web.clock import domain_clock

_READING = {"GET", "HEAD"}


def show_index(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """All questions by subject."""
    if request.method not in _READING:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    line, now = line_of(language, address), domain_clock().now()
    return _found(show_index_page(line, language, now, may_zip=_may_zip(request)))


def show_answer(request: HttpRequest, language: str, address: str, answer: str) -> HttpResponse:
    """One answer."""
    if request.method not in _READING:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    line, now = line_of(language, address), domain_clock().now()
    return _found(show_answer_page(line, language, answer, now, may_zip=_may_zip(request)))


def take_along(request: HttpRequest, language: str, address: str, answer: str = "") -> HttpResponse:
    """One answer as a file of its own, or all of them in one."""
    if request.method not in _READING:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    line, now = line_of(language, address), domain_clock().now()
    return _found(show_file(line, language, answer, now, may_zip=_may_zip(request)))


def _may_zip(request: HttpRequest) -> bool:
    """These pages hold no secret, so their length tells nothing that their address does not."""
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def _found(page: HttpResponse | None) -> HttpResponse:
    if page is None:
        raise Http404
    return page

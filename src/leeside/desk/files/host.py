"""What answers under the second name: pixels and downloads at one-time addresses, and nothing else.

A file must never be of one origin with the desk: whatever a browser might find in it could read the desk's pages. So
the desk's process looks at the name it was asked by, and everything under the second name ends here: no session, no
cookie, no page, no static file. Rules:
1. The name counts, however it is spelled: in capitals, with a dot at its end, with any port.
2. A picture is answered to something that shows pictures only, a download to a navigation only, where the browser says
   which it is.
3. Everything is sent with a policy that allows nothing, as a type that we chose, and is kept by nobody.
4. Whatever is wrong looks the same: not there.
"""

from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

from leeside.desk.files.addresses import PATH, SAVE, Ticket, files_name, take_address
from leeside.desk.files.drawing import DrawingError, as_jpeg, draw
from leeside.desk.keyring import RefusedError, open_stream
from leeside.vault import store
from leeside.web.clock import real_now
from leeside.web.errors import error_page
from leeside.web.saving import attachment_header

_HEADERS: Final = {
    "Cache-Control": "no-store, no-transform",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_UNAVAILABLE: Final = 503


class FilesHost:
    """The first of the desk's middlewares."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Everything that is asked for under the second name is answered here."""
        name = files_name()
        if not name or split_domain_port(request.META.get("HTTP_HOST", ""))[0] != name:
            return self._get_response(request)
        response = _answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def _answer(request: HttpRequest) -> HttpResponseBase:
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    if request.path_info == "/health":
        return HttpResponse(b"ok\n", content_type="text/plain; charset=utf-8")
    if request.path_info == "/":
        return HttpResponseRedirect(f"{settings.LEESIDE_DESK_URL}/")
    return _at_address(request)


def _at_address(request: HttpRequest) -> HttpResponseBase:
    try:
        if request.path_info.startswith(PATH):
            ticket = take_address(request.path_info.removeprefix(PATH), real_now())
            if ticket is not None and _is_for(ticket, request.META.get("HTTP_SEC_FETCH_DEST")):
                return _save(ticket) if ticket.page == SAVE else _show(ticket)
    except (store.GoneError, RefusedError):
        pass
    except (store.VaultError, DrawingError):
        return error_page(request, _UNAVAILABLE)
    return error_page(request, 404)


def _is_for(ticket: Ticket, destination: str | None) -> bool:
    """Rule 2. Browsers that say nothing are old ones."""
    return destination in ({None, "document", "empty"} if ticket.page == SAVE else {None, "image"})


def _show(ticket: Ticket) -> HttpResponse:
    jpeg = as_jpeg(draw(ticket.attachment.shape, ticket.page, plain_pieces(ticket)))
    # The desk's page is of another origin on purpose; the address itself is the permission.
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


def _save(ticket: Ticket) -> StreamingHttpResponse:
    store.fetch_file(ticket.case_id, ticket.file_id)
    return StreamingHttpResponse(
        plain_pieces(ticket),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": attachment_header(ticket.attachment.name),
            "Content-Length": str(ticket.attachment.size),
        },
    )


def plain_pieces(ticket: Ticket) -> Iterator[bytes]:
    """The opened file, piece by piece."""
    file = ticket.attachment
    return open_stream(file.key, ticket.file_id, file.size, store.open_file(ticket.case_id, ticket.file_id))

"""Files at the mailbox: sending some, and saving what the line gave."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from leeside.door.errors import ClosedLineError
from leeside.door.mailbox import open_given_file
from leeside.door.mailbox_pages import Draft
from leeside.door.mailbox_sessions import TOKEN_FIELD, is_token_of
from leeside.door.mailbox_visits import Visit, find_line_or_404, find_visit, show_too_busy, visited
from leeside.door.open_lines import pack_of
from leeside.door.sending_files import send_files
from leeside.sealing.attachments import is_file_id, read_attachment
from leeside.sealing.errors import MalformedError, TooLargeError
from leeside.vault import store
from leeside.web.errors import error_page
from leeside.web.origin import is_same_origin
from leeside.web.policy import POLICY_HEADER
from leeside.web.saving import attachment_header
from leeside.web.uploads import FILE_BYTES, TooLargeUploadError, UploadError, read_upload

_ALLOWED: Final = "GET, HEAD, POST"
_NOTHING: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


@csrf_exempt
def send(request: HttpRequest, language: str, address: str) -> HttpResponse:
    """Files from the writer. Nothing of the body is read before it is known that a session is there to take it."""
    line = find_line_or_404(language, address)
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(reverse("mailbox:conversation", args=[language, line.address]))
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": _ALLOWED})
    if not is_same_origin(request):
        return error_page(request, 403)
    try:
        visit = find_visit(request, line, language, {})
        return _take(visit) if isinstance(visit, Visit) else visit
    except (store.VaultError, ClosedLineError):
        return show_too_busy(line, language)


def _take(visit: Visit) -> HttpResponse:
    try:
        upload = read_upload(visit.request)
        if not is_token_of(visit.session, upload.field(TOKEN_FIELD)):
            return _again(visit, _("Not sent yet: this page was opened anew. Please choose the file once more."))
        number = send_files(
            visit.opened,
            pack_of(visit.line),
            upload.files,
            page_sign=upload.field("page_sign"),
            now=visit.now,
            today=visit.today,
        )
    except (TooLargeUploadError, TooLargeError):
        return _again(visit, _("Not sent: that is more than %(number)d MB.") % {"number": FILE_BYTES // 1_000_000})
    except UploadError:
        return _again(visit, _("Not sent: the file did not arrive whole. Please send it once more."))
    except store.FullError:
        return _again(visit, _("Not sent: no more files are taken today. Please write to us what you have."))
    if not number:
        return _again(visit, _("No file was chosen yet."))
    address = reverse("mailbox:conversation", args=[visit.language, visit.line.address])
    response = HttpResponseRedirect(f"{address}?sent-file")
    response.status_code = 303
    return response


def _again(visit: Visit, problem: str) -> HttpResponse:
    return visit.show(Draft(file_problem=problem), status=422)


@visited
def save(visit: Visit) -> HttpResponseBase:
    """A file that the line gave, for saving; never for showing."""
    untrusted_id = visit.named["file"]
    given = [
        one
        for one in visit.opened.messages
        if one.body.kind == "attachment" and not one.is_own and one.entry_id.hex() == untrusted_id
    ]
    try:
        if not is_file_id(untrusted_id) or not given or visit.request.method != "GET":
            return error_page(visit.request, 404)
        attachment = read_attachment(given[0].body.content)
        pieces = open_given_file(visit.opened, given[0].entry_id, attachment)
    except (MalformedError, store.GoneError):
        return error_page(visit.request, 404)
    return StreamingHttpResponse(
        pieces,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": attachment_header(attachment.name),
            "Content-Length": str(attachment.size),
            POLICY_HEADER: _NOTHING,
        },
    )

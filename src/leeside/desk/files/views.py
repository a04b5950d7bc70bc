"""Pages of files: looking at one, adding one, erasing one."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from leeside.desk.erasing_files import erase_file as erase_file_of_case
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.files import attaching
from leeside.desk.files.addresses import files_origin
from leeside.desk.files.look_page import look_page
from leeside.desk.files.looking import look
from leeside.desk.guards import takes, with_seat
from leeside.desk.opening import find_case
from leeside.desk.pages import show_page
from leeside.desk.seat import Seat
from leeside.desk.views.case import Said, case_path, run_flow, show_case
from leeside.sealing.attachments import is_file_id
from leeside.vault import store
from leeside.web.policy import POLICY_HEADER, content_policy
from leeside.web.uploads import TooLargeUploadError, Upload, UploadError, read_upload

_BAD_INPUT, _CONFLICT = 422, 409
_ANCHOR = "#files"


@takes("GET", "HEAD", "POST")
@with_seat
def look_at_file(request: HttpRequest, seat: Seat, language: str, slug: str, file: str) -> HttpResponseBase:
    """One file, drawn. Looking is an act on record, so an address alone shows nothing: it leads to the case."""
    case_id = find_case(seat, slug)
    if request.method != "POST":
        return HttpResponseRedirect(case_path(seat, case_id) + _ANCHOR)
    try:
        looked = look(seat, case_id, _file_id(file))
    except store.GoneError:
        raise NotAllowedError from None
    response = show_page(request, "files_look", {"place": "queue", "look": look_page(seat, looked)}, seat=seat)
    response.headers[POLICY_HEADER] = content_policy(own_scripts=True, images=True, images_of=files_origin())
    return response


@takes("POST")
@with_seat
def erase_file(request: HttpRequest, seat: Seat, language: str, slug: str, file: str) -> HttpResponseBase:
    """Erase one file; a mark stays."""
    file_id = _file_id(file)
    return run_flow(request, seat, slug, lambda case_id: erase_file_of_case(seat, case_id, file_id), anchor=_ANCHOR)


@csrf_exempt
@takes("GET", "HEAD", "POST")
def send_file(request: HttpRequest, language: str, slug: str) -> HttpResponseBase:
    """Files for the case. Nothing of the body is read before the session and the right to add one are known.

    Django's own token is checked as always, as soon as the fields before the first file have come: until then `POST`
    is empty, because reading it would take the whole body.
    """
    request.POST = QueryDict()
    return _receive(request, language=language, slug=slug)


@with_seat
def _receive(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    case_id = find_case(seat, slug)
    if request.method != "POST":
        return HttpResponseRedirect(case_path(seat, case_id) + _ANCHOR)
    try:
        attaching.require_may_attach(seat, case_id, is_for_writer=False)
        upload = read_upload(request)
    except HeldByOtherError as error:
        return _problem(request, seat, case_id, _held_words(error), _CONFLICT)
    except UploadError as error:
        return _problem(request, seat, case_id, _upload_words(error))
    request.POST = QueryDict(urlencode(upload.fields))
    return _keep(request, seat, case_id, upload)


@csrf_protect
def _keep(request: HttpRequest, seat: Seat, case_id: bytes, upload: Upload) -> HttpResponseBase:
    is_for_writer = upload.field("whom") == "writer"
    kept: list[bytes] = []
    try:
        for part in upload.files:
            name = (is_for_writer and upload.field("name").strip()) or part.untrusted_name
            words = upload.field("words") if is_for_writer else ""
            new = attaching.NewFile(name, part.untrusted_type, part.pieces, is_for_writer, words)
            kept.append(attaching.attach(seat, case_id, new))
    except InputError as error:
        return _problem(request, seat, case_id, error.reason)
    except UploadError as error:
        return _problem(request, seat, case_id, _upload_words(error))
    except HeldByOtherError as error:
        return _problem(request, seat, case_id, _held_words(error), _CONFLICT)
    except store.ConflictError:
        problem = _("Somebody wrote here at the same moment. Send the file again.")
        return _problem(request, seat, case_id, problem, _CONFLICT)
    if not kept:
        return _problem(request, seat, case_id, _("Choose a file first."))
    path = case_path(seat, case_id)
    # Like an answer, at the top of the page, where it can be taken back for some seconds.
    return HttpResponseRedirect(f"{path}?sent={kept[-1].hex()}" if is_for_writer else path + _ANCHOR)


def _problem(
    request: HttpRequest, seat: Seat, case_id: bytes, problem: str, status: int = _BAD_INPUT
) -> HttpResponseBase:
    return show_case(request, seat, case_id, Said(problem, "file", status=status))


def _held_words(error: HeldByOtherError) -> str:
    return _("%(name)s is on this case just now. Send the file when they are done.") % {"name": error.name}


def _upload_words(error: UploadError) -> str:
    if isinstance(error, TooLargeUploadError):
        return attaching.too_large_words()
    return _("The file did not arrive whole, and nothing of it was kept. Please send it again.")


def _file_id(untrusted_text: str) -> bytes:
    if not is_file_id(untrusted_text):
        raise NotAllowedError
    return bytes.fromhex(untrusted_text)

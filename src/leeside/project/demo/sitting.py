"""In the demo's desk process: sit down on a chair by one tap, and show one case as its counsellor sees it.

Both go through the real sign-in: name, passphrase and code are derived from the published seed and checked like
anybody's. One check is skipped, that a code may be used only once.
"""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from leeside.desk import opening, signing_in
from leeside.desk.resuming import first_page
from leeside.desk.sessions import set_session_cookie
from leeside.desk.sheet import make_sheet
from leeside.project.demo import founding, texts
from leeside.project.demo.marker import read_marker
from leeside.sealing.sessions import derive_session_keys
from leeside.vault import store
from leeside.web.policy import POLICY_HEADER, content_policy

SHOWN = "quiet-maple"
_SHOWN_BY = "willow"


@csrf_exempt  # the chairs stand on the door's port; anybody may sit down here, that is what a demo is for
@require_POST
def sit(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Sign the colleague in and lead to their first page."""
    signed = _sign_in(key)
    response = HttpResponseRedirect(first_page(signed.seat, language))
    set_session_cookie(response, signed.secret)
    return response


@require_GET
def as_counsellor(request: HttpRequest, language: str) -> HttpResponse:
    """The conversation of one case, opened with its counsellor's keys for this one answer, in a frame of the chairs."""
    signed = _sign_in(_SHOWN_BY)
    seat = replace(signed.seat, language=language)
    file = opening.look_into(seat, opening.find_case(seat, SHOWN))
    store.end_session("desk", derive_session_keys(signed.secret).id_hash)
    sheet = replace(make_sheet(seat, file), may_write=False, read_only_reason="")
    response = render(request, "demo/as_counsellor.html", {"sheet": sheet})
    door = settings.LEESIDE_DOOR_URL
    response[POLICY_HEADER] = content_policy().replace("frame-ancestors 'none'", f"frame-ancestors {door}")
    response["X-Frame-Options"] = f"ALLOW-FROM {door}"
    return response


def _sign_in(key: str) -> signing_in.SignedIn:
    if texts.row_of(key) is None:
        raise Http404
    line = settings.LEESIDE_LINES[texts.slug_of(key) or founding.SLUG]
    attempt = founding.attempt_of(line, key, read_marker(settings.LEESIDE_DIR).language)
    return signing_in.sign_in(attempt, takes_used_codes=True)

"""Drafts and the second pair of eyes, as a case page posts them; the small answers of the script that keeps a draft."""

from collections.abc import Callable
from datetime import UTC

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.opening import find_case, look_into
from leeside.desk.seat import Seat
from leeside.desk.views.case import posted_version, run_flow, told_in, typed_in
from leeside.desk.views.case_actions import step_in
from leeside.desk.writing import checking, drafts
from leeside.desk.writing.canned import add_to
from leeside.desk.writing.composers import write_clock
from leeside.desk.writing.rule_words import put_rules
from leeside.vault import store

_KINDS = {name: kind for kind, name in drafts.NAMES.items() if name in ("answer", "note")}
_JSON = "application/json"


@takes("POST")
@with_seat
def keep_draft(request: HttpRequest, seat: Seat, language: str, slug: str, kind: str) -> HttpResponseBase:
    """Keep what is typed. The script asks for JSON and is told the new version; a form gets the page."""
    if kind not in _KINDS:
        raise NotAllowedError

    def keep(case_id: bytes) -> int:
        typed = typed_in(request, seat, kind)
        text = typed.answer if kind == "answer" else typed.note
        ask, canned, tell = (
            tuple(filter(None, request.POST.getlist(f"add_{one}"))) for one in ("ask", "canned", "tell")
        )
        if kind == "answer" and (ask or canned or tell):
            file = look_into(seat, case_id)
            text = add_to(seat, file, put_rules(seat, file, text, tell), ask, canned)
        return drafts.keep_draft(seat, case_id, _KINDS[kind], text, posted_version(request))

    if request.headers.get("Accept") != _JSON:
        return run_flow(request, seat, slug, keep, form=kind, anchor=f"#{kind}")
    return _tell_script(seat, lambda: keep(find_case(seat, slug)))


@takes("POST")
@with_seat
def leave_draft(request: HttpRequest, seat: Seat, language: str, slug: str, kind: str) -> HttpResponseBase:
    """Throw one's own draft away."""
    if kind not in _KINDS:
        raise NotAllowedError
    version = posted_version(request)
    return run_flow(
        request, seat, slug, lambda case_id: drafts.leave_draft(seat, case_id, _KINDS[kind], version), form=kind
    )


@takes("POST")
@with_seat
def ask_for_check(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Put the answer before a colleague."""

    def flow(case_id: bytes) -> None:
        typed, version = typed_in(request, seat, "answer").answer, posted_version(request)
        step, colleague = step_in(request, seat), _reader(one(request, "colleague"))
        checking.ask_for_check(seat, case_id, typed, version, step=step, colleague=colleague)

    return run_flow(request, seat, slug, flow, form="answer", anchor="#answer")


@takes("POST")
@with_seat
def check(request: HttpRequest, seat: Seat, language: str, slug: str, way: str) -> HttpResponseBase:
    """What a checker does with a colleague's draft: send it, approve it, hand it back."""
    author, version, text = _reader(one(request, "author")), posted_version(request), one(request, "text")
    told = told_in(request)

    def flow(case_id: bytes) -> None:
        if way == "send":
            step, is_meant = step_in(request, seat), one(request, "meant") == "yes"
            checking.send_checked(
                seat, case_id, author, version, untrusted_text=text, step=step, is_meant=is_meant, told=told
            )
        elif way == "approve":
            checking.approve(seat, case_id, author, version, untrusted_text=text, told=told)
        elif way == "back":
            line = one(request, "line")
            checking.hand_back(seat, case_id, author, version, untrusted_text=text, untrusted_line=line, told=told)
        else:
            raise NotAllowedError

    return run_flow(request, seat, slug, flow, form="check", anchor="#talk")


def _tell_script(seat: Seat, keep: Callable[[], int]) -> JsonResponse:
    try:
        version = keep()
    except store.ConflictError:
        told = _("Another window of yours has newer words of this draft. Open the page again before you go on.")
        return JsonResponse({"told": told}, status=409)
    except InputError as error:
        return JsonResponse({"told": error.reason}, status=422)
    except store.GoneError:
        raise NotAllowedError from None
    told = _("kept %(time)s") % {"time": write_clock(seat, seat.now.astimezone(UTC))} if version else ""
    return JsonResponse({"version": version, "told": told})


def _reader(untrusted: str) -> bytes:
    """A colleague's id as a form posts it; empty for none."""
    try:
        return bytes.fromhex(untrusted)
    except ValueError:
        raise NotAllowedError from None

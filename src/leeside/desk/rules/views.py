"""The pages of the guide's rules: all of them, one of them, and signing a review."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.limits import LIMITS
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.rules.listing import make_list
from leeside.desk.rules.make_page import lists_for
from leeside.desk.rules.making import read_made, write_toml
from leeside.desk.rules.rule_page import find_rule, make_page
from leeside.desk.rules.signing import Said, sign
from leeside.desk.rules.trying import try_one
from leeside.desk.seat import Seat
from leeside.packs.guidebook.rules import Rule
from leeside.packs.trying import is_rule_id
from leeside.vault import store

_BAD_INPUT, _CONFLICT = 422, 409


@takes("GET", "HEAD")
@with_seat
def all_rules(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Every rule, or those that a filter keeps."""
    page = make_list(seat, request.GET.get("show", ""))
    return show_page(request, "rules_all", {"place": "rules", "page": page}, seat=seat)


@takes("GET", "HEAD")
@with_seat
def one_rule(request: HttpRequest, seat: Seat, language: str, rule_id: str) -> HttpResponseBase:
    """One rule, with the list that whoever signs for it goes through."""
    return _show(request, seat, find_rule(seat, rule_id))


@takes("POST")
@with_seat
def sign_review(request: HttpRequest, seat: Seat, language: str, rule_id: str) -> HttpResponseBase:
    """Sign for one rule, or against it."""
    rule = find_rule(seat, rule_id)
    said = Said(
        one(request, "wording"),
        frozenset(request.POST.getlist("line")),
        one(request, "verdict"),
        one(request, "remark"),
    )
    try:
        sign(seat, rule, said)
    except InputError as error:
        return _show(request, seat, rule, (said, {error.field: error.reason}), status=_BAD_INPUT)
    except store.ConflictError:
        changed = _("The rule has changed since you opened this page. Read it again; nothing was signed.")
        return _show(request, seat, rule, (said, {"wording": changed}), status=_CONFLICT)
    return HttpResponseRedirect(f"{reverse('desk:rule', args=[language, rule.id])}#reviews")


@takes("GET", "HEAD", "POST")
@with_seat
def try_rule(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """The empty field; or what was pasted or uploaded, and what would come of it. Nothing is kept."""
    require_line_action(LineAction.SEE_RULES, seat.role)
    values: dict[str, Any] = {"place": "rules", "typed": {"id": "", "text": ""}, "problems": {}, "tried": None}
    if request.method != "POST":
        return show_page(request, "rules_try", values, seat=seat)
    typed = {"id": one(request, "id"), "text": _pasted(request)}
    values["typed"] = typed
    try:
        values["tried"] = tried = try_one(seat, typed["id"], typed["text"])
    except InputError as error:
        return show_page(
            request, "rules_try", values | {"problems": {error.field: error.reason}}, seat=seat, status=422
        )
    return show_page(request, "rules_try", values, seat=seat, status=422 if tried.problems else 200)


@takes("GET", "HEAD", "POST")
@with_seat
def make_rule(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """The form for who does not want to write a file; the file, once somebody asks for it."""
    if one(request, "do") == "download":
        return _download(request, seat)
    made = read_made(seat, {key: request.POST.getlist(key) for key in request.POST})
    values: dict[str, Any] = {"place": "rules", "made": made, "posted": request.method == "POST"}
    values |= lists_for(seat, made)
    if one(request, "do") == "make":
        values["toml"] = write_toml(made)
        try:
            values["tried"] = try_one(seat, made.id, values["toml"])
        except InputError as error:
            values["problem"] = error.reason
    return show_page(request, "rules_make", values, seat=seat)


def _download(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The file as it stands in the field, to be saved: nothing is kept here."""
    require_line_action(LineAction.SEE_RULES, seat.role)
    rule_id, content = one(request, "id"), one(request, "text").replace("\r\n", "\n").encode("utf-8", "replace")
    if not is_rule_id(rule_id) or len(content) > LIMITS.tried_rule_bytes:
        raise NotAllowedError
    response = HttpResponse(content, content_type="application/toml")
    response["Content-Disposition"] = f'attachment; filename="{rule_id}.toml"'
    return response


def _pasted(request: HttpRequest) -> str:
    """What was typed, or else what an uploaded file holds, never more of it than may be tried."""
    typed = one(request, "text")
    upload = request.FILES.get("file")
    if typed.strip() or upload is None:
        return typed
    content: bytes = upload.read(LIMITS.tried_rule_bytes + 1)
    return content.decode("utf-8", "replace")


def _show(
    request: HttpRequest, seat: Seat, rule: Rule, tried: tuple[Said, dict[str, str]] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page; with what was said on it, and what is wrong with that."""
    said, problems = tried or (None, {})
    values: dict[str, Any] = {"place": "rules", "page": make_page(seat, rule), "said": said, "problems": problems}
    return show_page(request, "rules_one", values, seat=seat, status=status)

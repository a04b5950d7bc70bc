"""What is posted and shown about the ties of a case: linking, reading together, what may be told.

A form that takes more than a tick has a page of its own, so that a refusal comes back with everything typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, reader_in
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.guards import one, takes, texts_of, with_seat
from leeside.desk.opening import find_case, open_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seat import Seat
from leeside.desk.telling.ties import kin_words
from leeside.desk.ties.candidates import find_typed
from leeside.desk.ties.links import NewLink, link, unlink
from leeside.desk.ties.making import offer_token
from leeside.desk.ties.may_be_told import NewTold, set_told
from leeside.desk.ties.one_owner import share_owner
from leeside.desk.ties.panel import Choice
from leeside.desk.ties.reading import KINS, RELATIVE, SAME_PERSON
from leeside.desk.ties.together import read_together
from leeside.desk.views.case import run_flow
from leeside.vault import store

BAD_INPUT = 422
CONFLICT = 409
_ANCHOR = "#ties"


@takes("GET", "HEAD", "POST")
@with_seat
def link_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Link this case with the one whose code name is typed."""

    def run(case_id: bytes) -> None:
        relation, _comma, side = one(request, "relation").partition(":")
        other_id = find_typed(seat, one(request, "other"))
        try:
            link(seat, case_id, other_id, NewLink(relation, side, one(request, "kin")))
        except NotAllowedError:
            raise InputError("other", _("No case that you may link has this code name.")) from None

    values = {
        "relations": (
            Choice(f"{SAME_PERSON}:again", _("The same person, and the other case was first")),
            Choice(f"{SAME_PERSON}:first", _("The same person, and this case was first")),
            Choice(f"{RELATIVE}:person", _("This is the person; over there somebody close writes")),
            Choice(f"{RELATIVE}:relative", _("Here somebody close writes; over there is the person")),
        ),
        "kins": tuple(Choice(kin, kin_words(kin)) for kin in KINS),
    }
    return form_page(request, seat, slug, FormPage("ties_link", CaseAction.LINK, values), run)


@takes("POST")
@with_seat
def unlink_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """End a link."""
    link_id = reader_in(one(request, "link"))
    return run_flow(request, seat, slug, lambda case_id: unlink(seat, case_id, link_id), anchor=_ANCHOR)


@takes("POST")
@with_seat
def one_owner(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Give the person's cases one owner and one next step."""
    return run_flow(request, seat, slug, lambda case_id: share_owner(seat, case_id), anchor=_ANCHOR)


@takes("POST")
@with_seat
def told(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Set what relatives may be told."""

    def run(case_id: bytes) -> None:
        day = read_day(one(request, "day"), "day")
        set_told(seat, case_id, NewTold(ticked(request, "items"), one(request, "source"), day))

    return run_flow(request, seat, slug, run, anchor=_ANCHOR)


@takes("GET", "HEAD")
@with_seat
def together(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """The linked conversations in one stream."""
    page = read_together(seat, find_case(seat, slug))
    return show_page(request, "ties_together", {"place": "queue", "page": page}, seat=seat)


@dataclass(frozen=True)
class FormPage:
    """A form with a page of its own: its template, who may have it, and what it shows beside what was typed."""

    template: str
    action: CaseAction
    values: Mapping[str, Any] = field(default_factory=dict)
    make_values: Callable[[CaseFile], Mapping[str, Any]] | None = None
    makes: str = ""
    """What the page makes, when it makes a case: then it carries a token that is taken once."""


def ticked(request: HttpRequest, name: str) -> tuple[str, ...]:
    """Every value of a field that can be ticked several times."""
    return tuple(str(each) for each in request.POST.getlist(name))


def form_page(
    request: HttpRequest, seat: Seat, slug: str, page: FormPage, run: Callable[[bytes], HttpResponseBase | None]
) -> HttpResponseBase:
    """A form on a page of its own: shown, or run and left for the case; refused, it is shown with all that was typed.

    What `run` returns is shown instead of going back to the case.
    """
    case_id = find_case(seat, slug)
    file = open_case(seat, case_id)
    require_case_action(page.action, file.standing)
    problem, at_fault, status = "", "", 200
    if request.method == "POST":
        try:
            return run(case_id) or back_to_case(seat, slug)
        except InputError as error:
            problem, at_fault, status = error.reason, error.field, BAD_INPUT
        except HeldByOtherError as error:
            problem, status = _("%(name)s is on this case just now. Try again later.") % {"name": error.name}, CONFLICT
        except store.ConflictError:
            problem, status = _("Somebody wrote here a moment before you. Please look, and send it again."), CONFLICT
    shown = {
        **page.values,
        **(page.make_values(file) if page.make_values else {}),
        "token": offer_token(seat, f"{page.makes} {case_id.hex()}") if page.makes else "",
        "place": "queue",
        "slug": write_slug(file.row.code_name),
        "name": write_code_name(file.row.code_name, seat.language),
        "today": seat.today,
        "problem": problem,
        "problem_field": at_fault,
        "typed": texts_of(request) if request.method == "POST" else {},
        "ticked": {key: request.POST.getlist(key) for key in request.POST},
    }
    return show_page(request, page.template, shown, seat=seat, status=status)


def back_to_case(seat: Seat, slug: str, anchor: str = _ANCHOR) -> HttpResponseBase:
    """To the case's page, where its ties stand."""
    return HttpResponseRedirect(reverse("desk:case", args=[seat.language, slug]) + anchor)


def read_day(untrusted: str, field: str) -> date:
    """A day that a date input posted. Raises InputError."""
    try:
        return date.fromisoformat(untrusted)
    except ValueError:
        raise InputError(field, _("This is not a day. Please choose one.")) from None

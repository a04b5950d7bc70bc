"""A form with a page of its own: shown, or run and left for the case; refused, it is shown with all that was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import HeldByOtherError, InputError
from leeside.desk.guards import texts_of
from leeside.desk.opening import find_case, open_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seat import Seat
from leeside.vault import store

_BAD_INPUT = 422
_CONFLICT = 409


@dataclass(frozen=True)
class FormOfCase:
    """What one form is: its template, who may have it, where on the case page it leads back to, what it shows of an
    opened case, and what stands in its fields before anybody typed."""

    template: str
    action: CaseAction
    anchor: str
    shown: Callable[[Seat, CaseFile], Mapping[str, Any]] = field(default=lambda seat, file: {})
    filled: Callable[[Seat, CaseFile], Mapping[str, str]] = field(default=lambda seat, file: {})
    ticked: Callable[[Seat, CaseFile], Mapping[str, list[str]]] = field(default=lambda seat, file: {})


def run_form(
    request: HttpRequest, seat: Seat, slug: str, form: FormOfCase, flow: Callable[[bytes], object]
) -> HttpResponseBase:
    """Show the form, or run its flow and go back to the case. Nothing that was typed is lost by a refusal."""
    case_id = find_case(seat, slug)
    file = open_case(seat, case_id)
    require_case_action(form.action, file.standing)
    problem, at_fault, status = "", "", 200
    if request.method == "POST":
        try:
            flow(case_id)
        except InputError as error:
            problem, at_fault, status = error.reason, error.field, _BAD_INPUT
        except HeldByOtherError as error:
            problem, status = _("%(name)s is on this case just now. Try again later.") % {"name": error.name}, _CONFLICT
        except store.ConflictError:
            problem, status = _("Somebody wrote here a moment before you. Please look, and send it again."), _CONFLICT
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[seat.language, slug]) + form.anchor)
    typed = texts_of(request) if request.method == "POST" else dict(form.filled(seat, file))
    ticked = {key: request.POST.getlist(key) for key in request.POST} if request.method == "POST" else None
    values = {
        **form.shown(seat, file),
        "place": "queue",
        "slug": write_slug(file.row.code_name),
        "name": write_code_name(file.row.code_name, seat.language),
        "today": seat.today,
        "problem": problem,
        "problem_field": at_fault,
        "typed": typed,
        "ticked": ticked if ticked is not None else dict(form.ticked(seat, file)),
    }
    return show_page(request, form.template, values, seat=seat, status=status)

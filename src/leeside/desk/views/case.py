"""The case page and everything that is posted from it: one flow a view.

Whatever a flow refuses to take is shown on the same page with all that was typed still in it. After a success the
browser is sent to the page anew, so that a reload repeats nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.answering import may_undo
from leeside.desk.code_names import write_slug
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.guards import texts_of
from leeside.desk.opening import find_case, look_into, open_case
from leeside.desk.pages import show_page
from leeside.desk.seams import carried, settle
from leeside.desk.seat import Seat
from leeside.desk.sheet import make_sheet
from leeside.desk.sheet_facts import question_to_ask
from leeside.vault import store

_BAD_INPUT = 422
_CONFLICT = 409


@dataclass(frozen=True)
class Typed:
    """What goes back into the page's fields: never anything that was not typed just now."""

    answer: str = ""
    note: str = ""
    reason: str = ""
    step_what: str = ""
    step_who: str = ""
    step_day: str = ""


@dataclass(frozen=True)
class Said:
    """What the page says above its columns, and which field it is about."""

    problem: str = ""
    problem_field: str = ""
    told: str = ""
    status: int = 200
    typed: Typed = field(default_factory=Typed)
    drawer: str = ""
    undo: str = ""


def show_case(request: HttpRequest, seat: Seat, case_id: bytes, said: Said) -> HttpResponse:
    """Open the case, put that on record, and show it."""
    file = open_case(seat, case_id, drawer=said.drawer)
    if settle(seat, file):
        file = look_into(seat, case_id, drawer=said.drawer)
    typed = said.typed
    asked = str(request.GET.get("ask", "")) if request.method == "GET" else ""
    if asked and not typed.answer:
        typed = Typed(answer=question_to_ask(seat, file, asked))
    undo = said.undo if may_undo(seat, file, said.undo) else ""
    values = {
        "place": "queue",
        "sheet": make_sheet(seat, file, drawer=said.drawer, undo=undo),
        "problem": said.problem,
        "problem_field": said.problem_field,
        "told": said.told,
        "typed": typed,
    }
    return show_page(request, "case", values, seat=seat, status=said.status)


def run_flow(
    request: HttpRequest,
    seat: Seat,
    slug: str,
    flow: Callable[[bytes], object],
    *,
    composer: str = "",
    anchor: str = "",
) -> HttpResponseBase:
    """Run one flow on the case of an address; then the page anew, or the same page with what was typed.

    `composer` says which text field the posted `text` goes back into.
    """
    case_id = find_case(seat, slug)
    try:
        carried(seat, case_id, flow)
    except InputError as error:
        said = Said(error.reason, error.field, status=_BAD_INPUT, typed=_typed(request, composer))
        return show_case(request, seat, case_id, said)
    except HeldByOtherError as error:
        problem = _("%(name)s is on this case just now. Your text is kept; try again when they are done.")
        said = Said(problem % {"name": error.name}, status=_CONFLICT, typed=_typed(request, composer))
        return show_case(request, seat, case_id, said)
    except store.ConflictError:
        problem = _(
            "Somebody wrote here a moment before you. Nothing of yours was sent; look at what is new and send again."
        )
        said = Said(problem, status=_CONFLICT, typed=_typed(request, composer))
        return show_case(request, seat, case_id, said)
    return HttpResponseRedirect(case_path(seat, case_id) + anchor)


def case_path(seat: Seat, case_id: bytes) -> str:
    """The case's address (one that was opened again has another code name); the queue when it is out of sight."""
    try:
        row = look_into(seat, case_id).row
    except NotAllowedError:
        return reverse("desk:queue", args=[seat.language])
    return reverse("desk:case", args=[seat.language, write_slug(row.code_name)])


def leave_case(seat: Seat, told: str) -> HttpResponseBase:
    """Back to the queue with one sentence: after a flow that took the case out of these hands."""
    return HttpResponseRedirect(reverse("desk:queue", args=[seat.language]) + f"?told={told}")


def _typed(request: HttpRequest, composer: str) -> Typed:
    fields: Mapping[str, str] = texts_of(request)
    kept = {name: fields[name] for name in ("reason", "step_what", "step_who", "step_day") if name in fields}
    if composer and "text" in fields:
        kept[composer] = fields["text"]
    return Typed(**kept)

"""The case page and everything that is posted from it: one flow a view.

Whatever a flow refuses to take is shown on the same page with all that was typed still in it. After a success the
browser is sent to the page anew, so that a reload repeats nothing.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.code_names import write_slug
from leeside.desk.errors import HeldByOtherError, InputError, NotAllowedError
from leeside.desk.guards import texts_of
from leeside.desk.opening import find_case, look_into, open_case
from leeside.desk.pages import show_page
from leeside.desk.ready_steps import take_ready
from leeside.desk.seams import carried, settle
from leeside.desk.seat import Seat
from leeside.desk.sheet import make_sheet
from leeside.desk.taking_back import undo_of
from leeside.desk.writing import drafts
from leeside.desk.writing.composers import NOTHING, CheckTyped, make_composers
from leeside.vault import store
from leeside.vault.store import DraftKind

_BAD_INPUT = 422
_CONFLICT = 409


@dataclass(frozen=True)
class Typed:
    """What goes back into the page's fields: never anything that was not typed just now."""

    answer: drafts.Typed = NOTHING
    note: drafts.Typed = NOTHING
    check: CheckTyped = field(default_factory=CheckTyped)
    reason: str = ""
    step: tuple[str, str, str] = ("", "", "")
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Whatever else was posted, for the forms of the right column."""
    erase: tuple[str, ...] = ()
    """Files that were ticked to be erased."""


@dataclass(frozen=True)
class Said:
    """What the page says above its columns, which field it is about, and in which form that field stands."""

    problem: str = ""
    problem_field: str = ""
    problem_form: str = ""
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
    wanted = request.GET if request.method == "GET" else QueryDict()
    undo = undo_of(seat, file, said.undo)
    values = {
        "place": "queue",
        "sheet": make_sheet(seat, file, drawer=said.drawer, undo=undo, is_whole="earlier" in request.GET),
        "writing": make_composers(
            seat,
            file,
            typed.answer,
            typed.note,
            typed.check,
            ask=wanted.getlist("ask"),
            canned=wanted.getlist("canned"),
        ),
        "problem": said.problem,
        "problem_field": said.problem_field,
        "problem_form": said.problem_form,
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
    form: str = "",
    anchor: str = "",
) -> HttpResponseBase:
    """Run one flow on the case of an address; then the page anew, or the same page with what was typed.

    `form` says which form was posted: `answer`, `note` and `check` have a text, which is kept as a draft as well
    whenever it was not taken.
    """
    case_id = find_case(seat, slug)
    try:
        carried(seat, case_id, flow)
    except InputError as error:
        said = Said(error.reason, error.field, form, status=_BAD_INPUT, typed=typed_in(request, seat, form))
    except HeldByOtherError as error:
        problem = _("%(name)s is on this case just now. Your text is kept; try again when they are done.")
        typed = typed_in(request, seat, _OWN_FIELD.get(form, form))
        said = Said(problem % {"name": error.name}, status=_CONFLICT, typed=typed)
    except store.ConflictError:
        problem = _(
            "Somebody wrote here a moment before you. Nothing of yours was sent; look at what is new and send again."
        )
        said = Said(problem, status=_CONFLICT, typed=typed_in(request, seat, _OWN_FIELD.get(form, form)))
    else:
        return HttpResponseRedirect(case_path(seat, case_id) + anchor)
    _keep_as_draft(request, seat, case_id, said.typed)
    return show_case(request, seat, case_id, said)


_OWN_FIELD: Final = {"check": "answer"}
"""Where a text goes whose place is gone: a checker's words about a draft that was written on are in their own field."""


def _keep_as_draft(request: HttpRequest, seat: Seat, case_id: bytes, typed: Typed) -> None:
    """What was typed and not taken outlives this page too, unless another window kept something newer."""
    for kind, text in ((DraftKind.ANSWER, typed.answer), (DraftKind.NOTE, typed.note)):
        if text.text:
            with suppress(store.ConflictError, store.GoneError, InputError, NotAllowedError):
                drafts.keep_draft(seat, case_id, kind, text, posted_version(request))


def posted_version(request: HttpRequest) -> int:
    """The version of the draft that the page showed; 0 for none."""
    return posted_number(request, "draft") or 0


def posted_number(request: HttpRequest, field: str) -> int | None:
    """A number that the page carried; None when there is none, or something else."""
    untrusted = str(request.POST.get(field, ""))
    return int(untrusted) if untrusted.isascii() and untrusted.isdigit() and len(untrusted) < 10 else None


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


def posted_step(request: HttpRequest, seat: Seat) -> tuple[str, str, str]:
    """The next step of a form as if typed: what, who, by which day. A ready one fills in what is empty."""
    fields = texts_of(request)
    what, day = take_ready(seat, *(fields.get(name, "") for name in ("step_ready", "step_what", "step_day")))
    return what, fields.get("step_who", ""), day


def told_in(request: HttpRequest) -> tuple[str, ...]:
    """The rules of the guide that were ticked as told."""
    return tuple(request.POST.getlist("told"))


def typed_in(request: HttpRequest, seat: Seat, form: str) -> Typed:
    """Everything that was posted, put where it goes back to."""
    fields = texts_of(request)
    step = posted_step(request, seat)
    told = told_in(request)
    asked, canned = (tuple(request.POST.getlist(name)) for name in ("asked", "canned"))
    text = drafts.Typed(fields.get("text", ""), step, asked, canned, told)
    return Typed(
        answer=text if form == "answer" else NOTHING,
        note=text if form == "note" else NOTHING,
        check=CheckTyped(fields.get("author", ""), text.text, fields.get("line", ""), told),
        reason=fields.get("reason", ""),
        step=step,
        fields=fields,
        erase=tuple(str(key) for key in request.POST.getlist("erase")),
    )

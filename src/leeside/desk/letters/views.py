"""The page of one paper, its download, and what is done with a kept one."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import HeldByOtherError, InputError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.letters import drafting
from leeside.desk.letters.drafting import Typed
from leeside.desk.letters.page import first_language, letter_page, letters_to_draft
from leeside.desk.letters.second_pair import ask_about_letter, check_letter, return_letter
from leeside.desk.letters.values import Known, known_values, open_drawers
from leeside.desk.opening import find_case, open_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seat import Seat
from leeside.desk.views.case import case_path, run_flow
from leeside.packs.letters.papers import LetterText
from leeside.vault import store

_ANCHOR = "#letters"
_BAD_INPUT = 422
_CONFLICT = 409
_FIELD, _WAS = "f-", "was-"


@takes("GET", "HEAD")
@with_seat
def letters(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Every paper that can be drafted in a case."""
    file = open_case(seat, find_case(seat, slug))
    require_case_action(CaseAction.ATTACH, file.standing)
    name = write_code_name(file.row.code_name, seat.language)
    values = {"place": "queue", "slug": slug, "name": name, "letters": letters_to_draft(seat)}
    return show_page(request, "letters_choose", values, seat=seat)


@takes("GET", "HEAD", "POST")
@with_seat
def letter(request: HttpRequest, seat: Seat, language: str, slug: str, letter: str) -> HttpResponseBase:
    """One paper: shown with what the case knows; counted anew, downloaded or kept with what was typed."""
    case_id = find_case(seat, slug)
    file = open_case(seat, case_id)
    require_case_action(CaseAction.ATTACH, file.standing)
    text = _text(request, seat, letter)
    what = one(request, "do") if request.method == "POST" else ""
    if what in drafting.FORMATS:
        return _download(seat, file, text, _typed(request, text), what)
    problem, status = "", 200
    if what == "keep":
        try:
            drafting.keep_letter(seat, case_id, text, _typed(request, text))
        except InputError as error:
            problem, status = error.reason, _BAD_INPUT
        except HeldByOtherError as error:
            problem, status = _("%(name)s is on this case just now. Try again later.") % {"name": error.name}, _CONFLICT
        except store.ConflictError:
            problem, status = _("Somebody wrote here a moment before you. Please look, and send it again."), _CONFLICT
        else:
            return HttpResponseRedirect(case_path(seat, case_id) + _ANCHOR)
    is_open = one(request, "opened") == "yes" or what == "open"
    drawers = open_drawers(seat, case_id, file) if what == "open" else {}
    known = known_values(seat, file, drawers, text)
    typed = _with_known(_typed(request, text), known) if request.method == "POST" else _first(known)
    values = {
        "place": "queue",
        "slug": write_slug(file.row.code_name),
        "name": write_code_name(file.row.code_name, seat.language),
        "problem": problem,
        "opened": is_open,
        "letter": letter_page(seat, file, text, typed, known, is_open=is_open),
    }
    return show_page(request, "letter", values, seat=seat, status=status)


@takes("POST")
@with_seat
def check(request: HttpRequest, seat: Seat, language: str, slug: str, entry: str) -> HttpResponseBase:
    """A colleague read it, and it may go out."""
    return run_flow(request, seat, slug, lambda case_id: check_letter(seat, case_id, entry), anchor=_ANCHOR)


@takes("POST")
@with_seat
def ask(request: HttpRequest, seat: Seat, language: str, slug: str, entry: str) -> HttpResponseBase:
    """Put one's paper before a colleague."""
    return run_flow(request, seat, slug, lambda case_id: ask_about_letter(seat, case_id, entry), anchor=_ANCHOR)


@takes("POST")
@with_seat
def hand_back(request: HttpRequest, seat: Seat, language: str, slug: str, entry: str) -> HttpResponseBase:
    """Hand a colleague's paper back with one line."""
    line = one(request, "line")
    return run_flow(request, seat, slug, lambda case_id: return_letter(seat, case_id, entry, line), anchor=_ANCHOR)


@takes("POST")
@with_seat
def give(request: HttpRequest, seat: Seat, language: str, slug: str, entry: str) -> HttpResponseBase:
    """Give a checked paper to the writer."""
    given: list[bytes] = []

    def flow(case_id: bytes) -> None:
        given.append(drafting.give_letter(seat, case_id, entry, one(request, "form"), one(request, "words")))

    answer = run_flow(request, seat, slug, flow, anchor=_ANCHOR)
    if given:
        # Like an answer, at the top of the page, where it can be taken back for some seconds.
        return HttpResponseRedirect(f"{case_path(seat, find_case(seat, slug))}?sent={given[-1].hex()}")
    return answer


def _text(request: HttpRequest, seat: Seat, letter_id: str) -> LetterText:
    languages = seat.pack.letters.languages_of(letter_id)
    asked = one(request, "language") if request.method == "POST" else str(request.GET.get("language", ""))
    return drafting.find_text(seat, letter_id, asked if asked in languages else first_language(seat, letter_id))


def _download(seat: Seat, file: CaseFile, text: LetterText, typed: Typed, form: str) -> HttpResponse:
    """The paper as a download that no browser keeps: made in memory, of this answer only."""
    content = drafting.write(drafting.draft(seat, file, text, typed), form)
    response = HttpResponse(content, content_type=drafting.FORMATS[form])
    response["Content-Disposition"] = f'attachment; filename="{drafting.file_name(seat, form)}"'
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest, text: LetterText) -> Typed:
    values = {name: one(request, _FIELD + name) for name in text.fields}
    unchanged = frozenset(name for name, value in values.items() if value and value == one(request, _WAS + name))
    return Typed(values, unchanged)


def _with_known(typed: Typed, known: Mapping[str, Known]) -> Typed:
    """What was typed; where nothing was, what the case knows."""
    return Typed({**{name: one.value for name, one in known.items()}, **{k: v for k, v in typed.values.items() if v}})


def _first(known: Mapping[str, Known]) -> Typed:
    return Typed({name: one.value for name, one in known.items()})

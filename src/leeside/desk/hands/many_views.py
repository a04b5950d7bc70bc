"""The page of hand-overs, and what is done with many cases from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import read_slug, write_code_name, write_slug
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guards import one, takes, texts_of, with_seat
from leeside.desk.hands import many
from leeside.desk.hands.card import Card, prefilled, read_card
from leeside.desk.hands.lists import make_handovers
from leeside.desk.hands.views import reader_in
from leeside.desk.opening import open_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat

_BAD_INPUT = 422
_FIELDS: Final = ("asked", "told", "told_day", "waiting", "next", "next_day", "do_not")


@dataclass(frozen=True)
class CardForm:
    """One case's card on the page of all."""

    slug: str
    name: str
    card: Mapping[str, str]
    is_chosen: bool = True
    problem: str = ""
    problem_field: str = ""


@takes("GET", "HEAD")
@with_seat
def handovers(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """What waits for me, what I offered, and where many cases begin their way."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    return _show_list(request, seat, told=_TOLD.get(str(request.GET.get("told", "")), lambda: "")())


_TOLD: Final = {
    "refused": lambda: _("You did not take it, and you cannot open it any more."),
    "offered": lambda: _("Offered. Each case stays yours until it is taken."),
    "accepted": lambda: _("They are yours now. Each person was told where it was safe."),
    "named": lambda: _("They stand in for you from now on."),
    "reassigned": lambda: _("The cases are in other hands now, each with a card made of the case itself."),
}


@takes("POST")
@with_seat
def accept_many(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Accept everything that one colleague offers."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    try:
        giver = reader_in(request, "reader")
    except InputError:
        raise NotAllowedError from None
    return _after(request, seat, many.accept_all(seat, giver), "accepted")


@takes("POST")
@with_seat
def stand_in_all(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Name one stand-in for all of one's own cases."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    try:
        done = many.stand_in_for_all(seat, reader_in(request, "reader"))
    except InputError as error:
        return _show_list(request, seat, problem=error.reason, problem_field="stand_in", status=_BAD_INPUT)
    return _after(request, seat, done, "named")


@takes("POST")
@with_seat
def reassign(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Give all cases of somebody who cannot be asked to a colleague."""
    require_line_action(LineAction.ASSIGN_MANY, seat.role)
    try:
        owner, reader_id = reader_in(request, "owner"), reader_in(request, "reader")
        if owner == reader_id:
            raise InputError("reader", _("Choose two different colleagues."))
        done = many.reassign_all(seat, owner, reader_id)
    except InputError as error:
        return _show_list(request, seat, problem=error.reason, problem_field="reassign", status=_BAD_INPUT)
    return _after(request, seat, done, "reassigned")


@takes("GET", "HEAD", "POST")
@with_seat
def hand_over_all(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """A card for each of one's own cases; posted, one offer each. A card at fault offers none."""
    require_line_action(LineAction.SEE_QUEUE, seat.role)
    rows = many.cases_to_offer(seat)
    if request.method != "POST":
        files = [open_case(seat, row.case_id) for row in rows]
        return _show_cards(request, seat, [_form(seat, file) for file in files])
    forms: list[CardForm] = []
    cards: dict[bytes, Card] = {}
    posted = texts_of(request)
    for row in rows:
        slug = write_slug(row.code_name)
        typed = {name: posted.get(f"{slug}.{name}", "") for name in _FIELDS}
        chosen = f"{slug}.take" in posted
        form = CardForm(slug, write_code_name(row.code_name, seat.language), typed, chosen)
        if chosen:
            try:
                cards[row.case_id] = read_card(typed, seat.today)
            except InputError as error:
                form = CardForm(slug, form.name, typed, chosen, error.reason, error.field)
        forms.append(form)
    if any(form.problem for form in forms):
        problem = _("Nothing was offered yet: some lines are still empty.")
        return _show_cards(request, seat, forms, problem, status=_BAD_INPUT)
    try:
        if not cards:
            raise InputError("take", _("Choose at least one case."))
        done = many.offer_all(seat, reader_in(request, "reader"), cards, stays="stays" in posted)
    except InputError as error:
        return _show_cards(request, seat, forms, error.reason, "reader", status=_BAD_INPUT)
    return _after(request, seat, done, "offered")


def _form(seat: Seat, file: CaseFile) -> CardForm:
    name = write_code_name(file.row.code_name, seat.language)
    return CardForm(write_slug(file.row.code_name), name, prefilled(seat, file))


def _after(request: HttpRequest, seat: Seat, done: many.Done, told: str) -> HttpResponseBase:
    """Back to the list; with the cases that were left, and why, when there are any."""
    if not done.left:
        return HttpResponseRedirect(reverse("desk:handovers", args=[seat.language]) + f"?told={told}")
    number = len(done.left)
    words = ngettext(
        "%(number)d case was left as it is; the others are done.",
        "%(number)d cases were left as they are; the others are done.",
        number,
    )
    return _show_list(request, seat, problem=words % {"number": number}, left=_named(seat, done))


def _named(seat: Seat, done: many.Done) -> list[tuple[str, str, str]]:
    named = []
    for slug, reason in done.left:
        code = read_slug(slug)
        name = write_code_name(code, seat.language) if code is not None else slug
        named.append((slug, name, reason or _("a colleague was faster there")))
    return named


def _show_list(request: HttpRequest, seat: Seat, *, status: int = 200, **values: Any) -> HttpResponse:
    page = {"told": "", "problem": "", "problem_field": "", "left": [], **values}
    return show_page(
        request, "hands_list", {"place": "queue", "page": make_handovers(seat), **page}, seat=seat, status=status
    )


def _show_cards(
    request: HttpRequest,
    seat: Seat,
    forms: list[CardForm],
    problem: str = "",
    problem_field: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    values: dict[str, Any] = {
        "place": "queue",
        "forms": forms,
        "colleagues": make_handovers(seat).colleagues,
        "chosen": one(request, "reader") if request.method == "POST" else "",
        "stays": bool(one(request, "stays")) if request.method == "POST" else False,
        "problem": problem,
        "problem_field": problem_field,
    }
    return show_page(request, "hands_all", values, seat=seat, status=status)

"""One case from hand to hand, and what is erased of it: the pages, and one post a flow."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name, write_slug
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guards import one, takes, texts_of, with_seat
from leeside.desk.hands import assigning, erasing, offering, standing_in, swapping
from leeside.desk.hands.assigning import colleagues_to_assign
from leeside.desk.hands.card import prefilled, read_card
from leeside.desk.opening import find_case, open_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seams import carried
from leeside.desk.seat import Seat
from leeside.desk.timeline import told_items
from leeside.desk.views.case import case_path, leave_case, run_flow
from leeside.vault import store

_BAD_INPUT, _CONFLICT = 422, 409


@takes("GET", "HEAD", "POST")
@with_seat
def hand_over(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """The card, filled in from the case; posted, the offer."""
    case_id = find_case(seat, slug)
    if request.method != "POST":
        return _show_offer(request, seat, open_case(seat, case_id))
    try:
        card = read_card(texts_of(request), seat.today)
        taker = reader_in(request, "reader")
        stays = bool(one(request, "stays"))
        carried(seat, case_id, lambda each: offering.offer(seat, each, taker, card, stays=stays))
    except InputError as error:
        problem, field, status = error.reason, error.field, _BAD_INPUT
    except store.ConflictError:
        problem = _("Somebody wrote here a moment before you. Nothing of yours was sent; look and send again.")
        field, status = "", _CONFLICT
    else:
        return HttpResponseRedirect(case_path(seat, case_id))
    file, typed = open_case(seat, case_id), texts_of(request)
    return _show_offer(request, seat, file, typed, problem=problem, problem_field=field, status=status)


def _show_offer(
    request: HttpRequest,
    seat: Seat,
    file: CaseFile,
    typed: Mapping[str, str] | None = None,
    *,
    problem: str = "",
    problem_field: str = "",
    status: int = 200,
) -> HttpResponse:
    require_case_action(CaseAction.HAND_OVER, file.standing)
    values: dict[str, Any] = {
        "place": "queue",
        "slug": write_slug(file.row.code_name),
        "name": write_code_name(file.row.code_name, seat.language),
        "colleagues": [(person.reader_id.hex(), person.name) for person in colleagues_to_assign(seat, file)],
        "card": typed if typed is not None else prefilled(seat, file),
        "problem": problem,
        "problem_field": problem_field,
        "today": seat.today,
    }
    return show_page(request, "hands_offer", values, seat=seat, status=status)


@takes("POST")
@with_seat
def accept_offer(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take the case over."""
    return run_flow(request, seat, slug, lambda case_id: offering.accept(seat, case_id))


@takes("POST")
@with_seat
def refuse_offer(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Say no, in one line; then the list of what else waits."""
    reason = one(request, "reason")
    return _leaving(
        request, seat, slug, lambda case_id: offering.refuse(seat, case_id, reason), "refused", to_list=True
    )


@takes("POST")
@with_seat
def withdraw_offer(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take an offer back."""
    return run_flow(request, seat, slug, lambda case_id: offering.withdraw(seat, case_id), anchor="#do")


@takes("POST")
@with_seat
def stand_in(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Name a stand-in."""

    def flow(case_id: bytes) -> None:
        standing_in.name_stand_in(seat, case_id, reader_in(request, "reader"))

    return run_flow(request, seat, slug, flow, anchor="#do")


@takes("POST")
@with_seat
def no_stand_in(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Nobody stands in any more."""
    return run_flow(request, seat, slug, lambda case_id: standing_in.end_stand_in(seat, case_id), anchor="#do")


@takes("POST")
@with_seat
def take_over_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Take the case over from somebody who cannot go on."""
    return run_flow(request, seat, slug, lambda case_id: standing_in.take_over(seat, case_id))


@takes("POST")
@with_seat
def swap(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Be swapped out. There is nothing to read in the post: nobody asks why."""
    return _leaving(request, seat, slug, lambda case_id: swapping.swap_out(seat, case_id), "swapped")


@takes("POST")
@with_seat
def assign_case(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Assign the case to a colleague."""

    def flow(case_id: bytes) -> None:
        assigning.assign(seat, case_id, reader_in(request, "reader"), owner_stays=bool(one(request, "stays")))

    return run_flow(request, seat, slug, flow, anchor="#do")


@takes("GET", "HEAD", "POST")
@with_seat
def erase_one(request: HttpRequest, seat: Seat, language: str, slug: str, entry: str) -> HttpResponseBase:
    """What would be erased, and what stays of it; posted, the erasing."""
    try:
        entry_id = bytes.fromhex(entry)
    except ValueError:
        raise NotAllowedError from None
    if request.method == "POST":
        return run_flow(request, seat, slug, lambda case_id: erasing.erase_entry(seat, case_id, entry_id))
    file = open_case(seat, find_case(seat, slug))
    require_case_action(CaseAction.ERASE_ENTRY, file.standing)
    if erasing.erasable_entry(file, entry_id) is None:
        raise NotAllowedError
    item = next((item for told, item in told_items(seat, file) if told.entry_id == entry_id), None)
    values = {
        "place": "queue",
        "slug": slug,
        "name": write_code_name(file.row.code_name, seat.language),
        "item": item,
        "entry": entry,
        "by_name": seat.person.name,
    }
    return show_page(request, "hands_erase_entry", values, seat=seat)


@takes("GET", "HEAD", "POST")
@with_seat
def erase_whole(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Ask for the code name; posted with it, the case is gone."""
    case_id = find_case(seat, slug)
    problem = ""
    if request.method == "POST":
        try:
            erasing.erase_case(seat, case_id, one(request, "name"))
        except InputError as error:
            problem = error.reason
        else:
            return leave_case(seat, "erased")
    file = open_case(seat, case_id)
    require_case_action(CaseAction.ERASE, file.standing)
    name = write_code_name(file.row.code_name, seat.language)
    values = {"place": "queue", "slug": slug, "name": name, "problem": problem, "entries": len(file.entries)}
    return show_page(request, "hands_erase_case", values, seat=seat, status=_BAD_INPUT if problem else 200)


def reader_in(request: HttpRequest, name: str) -> bytes:
    """The colleague that a form names. Raises InputError beside `reader` when none was chosen."""
    untrusted = one(request, name)
    if not untrusted:
        raise InputError("reader", _("Choose a colleague."))
    try:
        return bytes.fromhex(untrusted)
    except ValueError:
        raise NotAllowedError from None


def _leaving(
    request: HttpRequest,
    seat: Seat,
    slug: str,
    flow: Callable[[bytes], object],
    told: str,
    *,
    to_list: bool = False,
) -> HttpResponseBase:
    """A flow after which the case is in other hands."""
    done: list[bool] = []

    def run(case_id: bytes) -> None:
        flow(case_id)
        done.append(True)

    response = run_flow(request, seat, slug, run)
    if not done:
        return response
    if to_list:
        return HttpResponseRedirect(reverse("desk:handovers", args=[seat.language]) + f"?told={told}")
    return leave_case(seat, told)

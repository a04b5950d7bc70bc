"""Many cases with one press: assigned, or closed as no request; then a page that says what became of each."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.many_cases import Report
from leeside.desk.pages import show_page
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.queues.many import assign_many, close_many
from leeside.desk.queues.tabs import key_of, tab_of
from leeside.desk.seat import Seat


@takes("POST")
@with_seat
def assign(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Assign the marked cases to one colleague."""
    require_line_action(LineAction.ASSIGN_MANY, seat.role)
    untrusted_reader, cases = one(request, "reader"), request.POST.getlist("case")
    if not untrusted_reader:
        return _refuse(request, seat, _("Choose who gets them."))
    try:
        reader_id = bytes.fromhex(untrusted_reader)
    except ValueError:
        raise NotAllowedError from None
    name = seat.keyring.roster.name_of(reader_id)
    return _show(request, seat, _("Assigned to %(name)s") % {"name": name}, lambda: assign_many(seat, cases, reader_id))


@takes("POST")
@with_seat
def spam(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """Close the marked cases: they are no requests."""
    cases = request.POST.getlist("case")
    return _show(request, seat, _("Closed as no request"), lambda: close_many(seat, cases))


def _show(request: HttpRequest, seat: Seat, title: str, step: Callable[[], Report]) -> HttpResponseBase:
    try:
        report = step()
    except InputError as error:
        return _refuse(request, seat, error.reason)
    return _page(request, seat, {"title": title, "report": report}, 200)


def _refuse(request: HttpRequest, seat: Seat, reason: str) -> HttpResponseBase:
    return _page(request, seat, {"title": _("Nothing was changed"), "refused": reason}, 400)


def _page(request: HttpRequest, seat: Seat, values: dict[str, object], status: int) -> HttpResponseBase:
    tab_key = key_of(tab_of(one(request, "tab")))
    return show_page(request, "queue_many", {"place": "queue", "tab_key": tab_key, **values}, seat=seat, status=status)

"""The pages of the law of one case: every rule, advice given by other means, and its deadlines."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name
from leeside.desk.errors import NotAllowedError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.guiding.advice import WAYS, NewAdvice, record_advice
from leeside.desk.guiding.deadlines import (
    NewDeadline,
    finish_deadline,
    let_stand_again,
    set_deadline,
    withdraw_deadline,
)
from leeside.desk.guiding.panel import LawPanel, make_law
from leeside.desk.opening import find_case, open_case
from leeside.desk.pages import show_page
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.telling.guiding import way_words
from leeside.desk.typed_fields import read_day
from leeside.desk.views.form_pages import FormOfCase, run_form

_LAW: Final = "#law"
_BY_WHEN: Final = "#by-when"


@takes("GET", "HEAD")
@with_seat
def law(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Opens the case, as its own page does, and puts that on record."""
    file = open_case(seat, find_case(seat, slug))
    values = {
        "place": "queue",
        "law": _law_of(seat, file),
        "name": write_code_name(file.row.code_name, seat.language),
        "slug": slug,
        "may_record": is_allowed(seat, file, CaseAction.NOTE),
    }
    return show_page(request, "guiding_law", values, seat=seat)


@takes("GET", "HEAD", "POST")
@with_seat
def record(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Write down advice that was given by other means."""

    def flow(case_id: bytes) -> None:
        ticked = tuple(request.POST.getlist("told"))
        new = NewAdvice(ticked, read_day(one(request, "day"), "day"), one(request, "way"), one(request, "line"))
        record_advice(seat, case_id, new)

    def shown(seat: Seat, file: CaseFile) -> Mapping[str, Any]:
        return {"law": _law_of(seat, file), "ways": tuple((way, way_words(way)) for way in WAYS)}

    def filled(seat: Seat, file: CaseFile) -> Mapping[str, str]:
        return {"day": seat.today.isoformat(), "way": WAYS[0]}

    form = FormOfCase("guiding_record", CaseAction.NOTE, _LAW, shown, filled)
    return run_form(request, seat, slug, form, flow)


@takes("GET", "HEAD", "POST")
@with_seat
def days(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Set a deadline by hand, say that one is done, or take one back."""

    def flow(case_id: bytes) -> None:
        what, key, line = one(request, "do"), one(request, "key"), one(request, "line")
        if what == "done":
            finish_deadline(seat, case_id, key, line)
        elif what == "again":
            let_stand_again(seat, case_id, key, line)
        elif what == "back":
            withdraw_deadline(seat, case_id, key, line)
        elif what == "set":
            set_deadline(seat, case_id, _new_deadline(request))
        else:
            raise NotAllowedError

    def shown(seat: Seat, file: CaseFile) -> Mapping[str, Any]:
        return {"law": _law_of(seat, file), "terms": _terms(seat)}

    return run_form(request, seat, slug, FormOfCase("guiding_days", CaseAction.SET_FACT, _BY_WHEN, shown), flow)


def _new_deadline(request: HttpRequest) -> NewDeadline:
    event, day = (read_day(one(request, name), name) for name in ("event", "day"))
    return NewDeadline(one(request, "term"), one(request, "title"), event, day, one(request, "reason"))


def _terms(seat: Seat) -> tuple[tuple[str, str], ...]:
    """Every term of the pack by its title, each once: its newest wording stands last in the pack."""
    titles = {term.id: term.words[seat.language].title for term in seat.pack.guide.terms}
    return tuple(sorted(titles.items(), key=lambda each: each[1].casefold()))


def _law_of(seat: Seat, file: CaseFile) -> LawPanel:
    """The law of a case. Raises NotAllowedError for whoever may not see it, and for a pack without a guide."""
    law = make_law(seat, file)
    if law is None:
        raise NotAllowedError
    return law

"""How a case ends, as its page posts it: closing, an outcome that keeps it alive, late outcomes, asking again."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk import closing
from leeside.desk.errors import InputError
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.seat import Seat
from leeside.desk.stages import outcomes
from leeside.desk.telling.shapes import pack_words
from leeside.desk.typed_fields import read_day
from leeside.desk.views.case import run_flow
from leeside.desk.views.case_actions import step_in


@takes("POST")
@with_seat
def close(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Close with an outcome, or write down one that keeps the case alive."""

    def flow(case_id: bytes) -> None:
        outcome = one(request, "outcome")
        found = next((each for each in seat.pack.outcomes if each.id == outcome), None)
        if found is not None and found.stage:
            outcomes.keep_alive(seat, case_id, _term_in(request, outcome), step_in(request, seat))
            return
        if found is not None and found.asks and one(request, "considered") != "yes":
            other = pack_words(seat, "outcome", found.asks)
            reason = _("Is it “%(other)s”? Then choose that: the case stays alive. If not, tick the box and close.")
            raise InputError("considered", reason % {"other": other})
        day = read_day(one(request, "follow_up"), "follow_up") or closing.usual_follow_up(seat, outcome)
        ticked = [str(key) for key in request.POST.getlist("erase")]
        closing.close(seat, case_id, outcome, day, one(request, "lesson"), untrusted_files=ticked)

    return run_flow(request, seat, slug, flow, form="close")


@takes("POST")
@with_seat
def late_outcome(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Set a closed case's outcome again."""
    outcome = one(request, "outcome")
    return run_flow(
        request,
        seat,
        slug,
        lambda case_id: outcomes.write_late_outcome(seat, case_id, outcome),
        form="end",
        anchor="#do",
    )


@takes("POST")
@with_seat
def asked_again(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Write down what was heard after closing."""

    def flow(case_id: bytes) -> None:
        outcomes.write_follow_up(seat, case_id, one(request, "heard"), read_day(one(request, "again"), "again"))

    return run_flow(request, seat, slug, flow, form="end", anchor="#do")


@takes("POST")
@with_seat
def half_check(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Write down what was found at half of a term."""
    line = one(request, "half")
    return run_flow(
        request, seat, slug, lambda case_id: outcomes.write_half_check(seat, case_id, line), form="term", anchor="#do"
    )


@takes("POST")
@with_seat
def term(request: HttpRequest, seat: Seat, language: str, slug: str) -> HttpResponseBase:
    """Write down another value of the term that keeps a case alive."""

    def flow(case_id: bytes) -> None:
        outcomes.keep_alive(seat, case_id, _term_in(request, one(request, "outcome")))

    return run_flow(request, seat, slug, flow, form="term", anchor="#term")


def _term_in(request: HttpRequest, outcome: str) -> outcomes.NewTerm:
    since, ends = (read_day(one(request, name), name) for name in ("since", "ends"))
    return outcomes.NewTerm(outcome, since, ends, one(request, "source"))

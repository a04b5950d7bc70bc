"""The two forms of papers: a row of the ledger, and a paper that went out."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leeside.desk.casefile import SOURCES, CaseFile
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.papers.keeping import NEW, TypedHolding, TypedOutgoing, keep_outgoing, keep_paper
from leeside.desk.papers.ledger import FORMS, WAYS, ledger_of, outgoing_of
from leeside.desk.papers.words import form_words, way_words
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import pack_words, source_words
from leeside.desk.views.form_pages import FormOfCase, run_form

_ANCHOR = "#papers"


@takes("GET", "HEAD", "POST")
@with_seat
def paper(request: HttpRequest, seat: Seat, language: str, slug: str, row: str) -> HttpResponseBase:
    """Add a value to one row of the ledger, or a new row."""
    typed = TypedHolding(**{name: one(request, name) for name in TypedHolding.__dataclass_fields__})

    def filled(seat: Seat, file: CaseFile) -> Mapping[str, str]:
        return _paper_filled(seat, file, row)

    form = FormOfCase("papers_paper", CaseAction.SET_PAPER, _ANCHOR, _paper_shown(row), filled)
    return run_form(request, seat, slug, form, lambda case_id: keep_paper(seat, case_id, row, typed))


@takes("GET", "HEAD", "POST")
@with_seat
def sent(request: HttpRequest, seat: Seat, language: str, slug: str, row: str) -> HttpResponseBase:
    """Write down a paper that went out, or the answer to it."""
    names = [name for name in TypedOutgoing.__dataclass_fields__ if name != "no_answer"]
    typed = TypedOutgoing(**{name: one(request, name) for name in names}, no_answer=one(request, "no_answer") == "yes")

    def filled(seat: Seat, file: CaseFile) -> Mapping[str, str]:
        return _sent_filled(seat, file, row)

    form = FormOfCase("papers_sent", CaseAction.SET_PAPER, _ANCHOR, _sent_shown(row), filled)
    return run_form(request, seat, slug, form, lambda case_id: keep_outgoing(seat, case_id, row, typed))


def _paper_shown(row: str) -> Callable[[Seat, CaseFile], Mapping[str, Any]]:
    def shown(seat: Seat, file: CaseFile) -> Mapping[str, Any]:
        work = seat.pack.paper_work
        return {
            "is_new": row not in ledger_of(seat, file),
            "papers": tuple((each.id, pack_words(seat, "paper", each.id)) for each in work.papers),
            "holders": tuple((each.id, pack_words(seat, "holder", each.id)) for each in work.holders),
            "forms": tuple((each, form_words(each)) for each in FORMS),
            "sources": tuple((each, source_words(each)) for each in SOURCES),
        }

    return shown


def _paper_filled(seat: Seat, file: CaseFile, row: str) -> Mapping[str, str]:
    values = ledger_of(seat, file).get(row)
    today = seat.today.isoformat()
    if not values:
        return {"day": today, "source": "said"}
    now = values[0]
    return {
        "paper": now.paper,
        "holder": now.holder,
        "form": now.form,
        "since": now.since.isoformat() if now.since else "",
        "back": now.back,
        "expires": now.expires.isoformat() if now.expires else "",
        "source": now.source,
        "day": today,
    }


def _sent_shown(row: str) -> Callable[[Seat, CaseFile], Mapping[str, Any]]:
    def shown(seat: Seat, file: CaseFile) -> Mapping[str, Any]:
        work = seat.pack.paper_work
        terms = [
            (pack_words(seat, "outgoing", each.id), pack_words(seat, "answer_source", each.id))
            for each in work.outgoing
            if each.answer_days
        ]
        return {
            "is_new": row == NEW,
            "kinds": tuple((each.id, pack_words(seat, "outgoing", each.id)) for each in work.outgoing),
            "authorities": tuple((each, pack_words(seat, "authority", each)) for each in work.authorities),
            "ways": tuple((each, way_words(each)) for each in WAYS),
            "terms": tuple(dict.fromkeys(source for _title, source in terms)),
        }

    return shown


def _sent_filled(seat: Seat, file: CaseFile, row: str) -> Mapping[str, str]:
    found = next((each for each in outgoing_of(file) if each.row == row), None)
    if found is None:
        return {"sent": seat.today.isoformat()}
    return {
        "paper": found.paper,
        "line": found.line,
        "to": found.to,
        "way": found.way,
        "number": found.number,
        "sent": found.sent.isoformat() if found.sent else "",
        "due": found.due.isoformat() if found.due else "",
        "no_answer": "yes" if found.due is None and found.by_hand else "",
        "answered": found.answered.isoformat() if found.answered else "",
        "answer": found.answer,
    }

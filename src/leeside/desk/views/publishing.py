"""The publisher's page: the draft of an edition, and *Approve and publish*. Nothing of any case."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from leeside.desk import publishing
from leeside.desk.guards import one, takes, with_seat
from leeside.desk.pages import show_page
from leeside.desk.publishing import Draft
from leeside.desk.seat import Seat
from leeside.tally.cells import Cell, CellState
from leeside.tally.editions import Edition
from leeside.tally.errors import TallyError
from leeside.tally.month_names import write_short_month
from leeside.tally.numbers import write_number

_REFUSED = 409


@takes("GET", "HEAD", "POST")
@with_seat
def figures(request: HttpRequest, seat: Seat, language: str) -> HttpResponseBase:
    """The draft of the months asked for; a post approves and publishes what was looked at."""
    if request.method != "POST":
        draft = publishing.draft_figures(seat, str(request.GET.get("first", "")), str(request.GET.get("last", "")))
        return _show(request, seat, draft)
    first, last, number = one(request, "first"), one(request, "last"), one(request, "number")
    try:
        published = publishing.approve_figures(seat, first, last, int(number) if number.isdecimal() else 0)
    except TallyError as error:
        return _show(
            request, seat, publishing.draft_figures(seat, first, last), problem=publishing.refusal_words(error)[0]
        )
    told = _("Edition %(number)d is published.") % {"number": published}
    return _show(request, seat, publishing.draft_figures(seat), told=told)


def _show(request: HttpRequest, seat: Seat, draft: Draft, *, problem: str = "", told: str = "") -> HttpResponseBase:
    edition = draft.edition
    values = {
        "place": "figures",
        "first": draft.first,
        "last": draft.last,
        "problem": problem,
        "refused": draft.refusal,
        "refused_in_english": draft.refusal_in_english,
        "told": told,
        "edition": edition,
        "series": _series(edition, seat.language) if edition else [],
        "months": [write_short_month(month, seat.language) for month in edition.months] if edition else [],
        "unconfirmed": _cell(edition.unconfirmed, edition.main.threshold, seat.language) if edition else "",
        "public_address": f"{settings.LEESIDE_PUBLIC_URL}/{seat.language}/{seat.line.address}/",
    }
    return show_page(request, "figures", values, seat=seat, status=_REFUSED if problem else 200)


def _series(edition: Edition, language: str) -> list[dict[str, object]]:
    return [
        {
            "title": definition.titles[language],
            "text": definition.texts[language],
            "cells": [_cell(cell, series.threshold, language) for cell in series.cells.values()],
            "total": _("not told") if series.total is None else write_number(series.total, language),
            "statements": [statement.texts[language] for statement in edition.statements_of(series.id)],
        }
        for definition, series in zip(edition.definitions, edition.series, strict=True)
    ]


def _cell(cell: Cell, threshold: int, language: str) -> str:
    """A number as the language writes it, or what is told instead of it."""
    if cell.value is not None:
        return write_number(cell.value, language)
    return _("fewer than %(number)d") % {"number": threshold} if cell.state is CellState.FEW else _("withheld")

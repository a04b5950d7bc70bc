"""What stands in a paper's fields before anybody typed, and where each value comes from.

Rules:
1. Names, addresses and exact places come from their drawers, and only from those that were opened for this page.
2. A fact of the story counts as the guide takes it: the newest that stands, and what ledger and outgoing papers say.
3. A day that the guide counts stands as it is counted today.
4. Free text is never put into a paper by itself: what somebody told in their own words is worded by who drafts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, FactValue
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.guiding.result import ask_for
from leeside.desk.opening import DRAWERS, open_case
from leeside.desk.papers.ledger import ledger_of, outgoing_of
from leeside.desk.safety.check import may_open_drawers
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import short_day
from leeside.guide.deadlines import days_of
from leeside.packs.letters.fields import Field, Source
from leeside.packs.letters.papers import LetterText
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment


@dataclass(frozen=True)
class Known:
    """A value (a day as 2023-12-31, an option as its id), and where it comes from, in words."""

    value: str
    origin: str


def known_values(
    seat: Seat, file: CaseFile, drawers: Mapping[Compartment, CaseFile], text: LetterText
) -> Mapping[str, Known]:
    """What the case knows of the fields of a paper; a field of which it knows nothing is not among them."""
    found = {name: _known(seat, file, drawers, field, text.language) for name, field in text.fields.items()}
    return {name: known for name, known in found.items() if known is not None and known.value}


def open_drawers(seat: Seat, case_id: bytes, file: CaseFile) -> Mapping[Compartment, CaseFile]:
    """Both drawers, each opened and on record; those whose key this person does not hold stay closed."""
    if not may_open_drawers(file):
        return {}
    held = {key: each for key, each in DRAWERS.items() if file.keys.holds(each)}
    return {each: open_case(seat, case_id, drawer=key) for key, each in held.items()}


def _known(
    seat: Seat, file: CaseFile, drawers: Mapping[Compartment, CaseFile], field: Field, language: str
) -> Known | None:
    if field.question is not None:
        return _of_question(seat, file, drawers, field.question)
    if field.source is Source.TERM:
        day = days_of(ask_for(seat, file).deadlines).get(field.of)
        return Known(day.isoformat(), _("counted by the guide")) if day is not None else None
    if field.source is Source.TODAY:
        return Known(seat.today.isoformat(), _("today"))
    if field.source is Source.LINE:
        return Known(seat.line.title(language) or seat.pack.title(seat.language), _("the name of the line"))
    if field.source is Source.LEDGER:
        return _of_ledger(seat, file, field, language)
    return _of_outgoing(seat, file, field, language) if field.source is Source.OUTGOING else None


def _of_question(
    seat: Seat, file: CaseFile, drawers: Mapping[Compartment, CaseFile], question: Question
) -> Known | None:
    if question.compartment == Compartment.STORY:
        value = case_facts(seat, file).get(question.id)
        if not isinstance(value, str):
            return None
        return Known(value, _origin(seat, file.facts.get(question.id, ())) or _("from the papers of this case"))
    opened = drawers.get(question.compartment)
    values = opened.facts.get(question.id, ()) if opened is not None else ()
    if not values or not isinstance(values[0].value, str):
        return None
    return Known(values[0].value, _origin(seat, values))


def _origin(seat: Seat, values: tuple[FactValue, ...]) -> str:
    return _("known since %(day)s") % {"day": short_day(values[0].day, seat)} if values else ""


def _of_ledger(seat: Seat, file: CaseFile, field: Field, language: str) -> Known | None:
    values = ledger_of(seat, file).get(field.of, ())
    if not values:
        return None
    holder = seat.pack.text(f"holder.{values[0].holder}", _spoken(seat, language)) if values[0].holder else ""
    found = {"holder": holder, "since": _spelled(values[0].since)}
    return Known(found.get(field.column, ""), _("from the ledger of papers"))


def _of_outgoing(seat: Seat, file: CaseFile, field: Field, language: str) -> Known | None:
    sent = sorted((one for one in outgoing_of(file) if one.paper == field.of), key=lambda one: one.sent or date.min)
    if not sent:
        return None
    newest = sent[-1]
    found = {
        "authority": seat.pack.text(f"authority.{newest.to}", _spoken(seat, language)) if newest.to else "",
        "sent": _spelled(newest.sent),
        "number": newest.number,
        "answered": _spelled(newest.answered),
    }
    return Known(found.get(field.column, ""), _("from a paper that went out"))


def _spelled(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _spoken(seat: Seat, language: str) -> str:
    """The language in which the pack's own words stand on a paper: that of the paper, where the pack speaks it."""
    return language if language in seat.pack.languages else seat.language

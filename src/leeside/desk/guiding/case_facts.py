"""The facts of one case as the guide takes them: ids and days, never a word that somebody wrote.

Rules:
1. Of each closed question of the story the newest value that stands counts. What was taken back, and what came by the
   writer's words while somebody else held them, counts for nothing.
2. The ledger of papers says who holds a paper now; a copy says nothing of who holds the paper itself.
3. A paper that went out, its answer, and a term that keeps a case alive say what the pack ties to them (`tells`). They
   count unless somebody set the fact itself on a later day.
4. A value that the pack does not know, because an older one did, is unknown: it must lead to a question.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from leeside.desk.casefile import CaseEntries, day_in
from leeside.desk.papers.ledger import Holding, Outgoing, ledger_of, outgoing_of
from leeside.desk.seat import Seat
from leeside.desk.stages.outcomes import term_values
from leeside.packs.answers import Answer
from leeside.packs.conditions import FactValue
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment

_CLOSED: Final = frozenset({"one", "many", "date"})
_Told = tuple[str, str, str]
"""A fact, its value, and the day (ISO) since which it is known."""


def case_facts(seat: Seat, file: CaseEntries) -> Mapping[str, FactValue]:
    """What the guide may know of an opened case."""
    known: dict[str, Answer] = dict(file.known)
    told: dict[str, str] = {}
    for fact, value, day in (*_of_papers(seat, file), *_of_outgoing(seat, file), *_of_term(seat, file)):
        set_on = told.get(fact) or (file.facts[fact][0].day if fact in file.facts else "")
        if value and day >= set_on:
            known[fact], told[fact] = value, day
    return {
        fact: value
        for fact, value in known.items()
        if (question := seat.pack.question(fact)) is not None and _is_told_to_guide(question, value)
    }


def _of_papers(seat: Seat, file: CaseEntries) -> Iterator[_Told]:
    """Who holds each paper now, and since when it is kept from the person."""
    work, rows = seat.pack.paper_work, ledger_of(seat, file)
    for kind in work.papers:
        newest = next((one for one in rows.get(kind.id, ()) if one.form != "copy"), None)
        holder = work.holder(newest.holder) if newest is not None else None
        if newest is None or holder is None:
            continue
        if kind.question and newest.by is not None:
            yield kind.question, holder.option, newest.day
        if kind.tells_day and holder.keeps_it:
            yield kind.tells_day, _spelled(_kept_since(rows[kind.id], newest)), newest.day


def _kept_since(values: tuple[Holding, ...], newest: Holding) -> date | None:
    """The day since which the same holder has it, where somebody named one: a later look does not begin it anew."""
    for one in values:
        if one.holder != newest.holder:
            return None
        if one.since is not None:
            return one.since
    return None


def _of_outgoing(seat: Seat, file: CaseEntries) -> Iterator[_Told]:
    """What went out and what came back, the oldest first, so that the newest has the last word."""
    for one in sorted(outgoing_of(file), key=lambda one: one.sent or date.min):
        kind = seat.pack.paper_work.outgoing_kind(one.paper)
        if kind is None or one.sent is None:
            continue
        day = one.sent.isoformat()
        for fact, option in kind.tells.items():
            yield fact, option, day
        answered = _answered(one, kind.tells_answered, kind.tells_waiting)
        for fact, option in answered.items():
            yield fact, option, _spelled(one.answered) or day
        if kind.tells_day:
            yield kind.tells_day, day if one.number else "", day


def _answered(one: Outgoing, answered: Mapping[str, str], waiting: Mapping[str, str]) -> Mapping[str, str]:
    return answered if one.answered is not None else waiting


def _of_term(seat: Seat, file: CaseEntries) -> Iterator[_Told]:
    """The newest term that keeps the case alive, as its outcome tells it."""
    for outcome_id, since, _ends, value in term_values(seat, file)[:1]:
        outcome = next(one for one in seat.pack.outcomes if one.id == outcome_id)
        for fact, option in outcome.tells.items():
            yield fact, option, value.day
        if outcome.tells_day:
            yield outcome.tells_day, since.isoformat(), value.day


def _spelled(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _is_told_to_guide(question: Question, value: Answer) -> bool:
    if question.compartment != Compartment.STORY or question.kind not in _CLOSED:
        return False
    if question.kind == "date":
        return isinstance(value, str) and day_in(value) is not None
    options = {one.id for one in question.options}
    return set(value) <= options if isinstance(value, tuple) else value in options

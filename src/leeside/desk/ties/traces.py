"""What a text has of a person's case: the words, the thing of the list that they fall under, the fact they come from.

Rules:
1. Compared are the code name, every standing value of every fact, the ledger, what went out, the days of all these, and
   the same of the person's other cases, in every language of the pack.
2. A fact is found by its own words and by those that the pack lists for it (`packs.telltales`), whatever their endings.
3. What nobody set as a fact is known all the same when the case says it: a list of the pack counts for a text when one
   of its words stands in the letters, messages, answers or notes of the case.
4. It finds words and understands nothing. Whoever shows what was found says so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.code_names import write_code_name
from leeside.desk.papers.ledger import Holding, ledger_of, outgoing_of
from leeside.desk.papers.words import sent_words
from leeside.desk.seat import Seat
from leeside.desk.telling.shapes import describe_value, pack_words
from leeside.packs.answers import Answer
from leeside.packs.questions import Question
from leeside.packs.telltales import pattern_of
from leeside.sealing.words import fold
from leeside.web.dates import write_day

EXISTS: Final = "exists"
STATUS: Final = "status"
PLACE: Final = "place"
DATES: Final = "dates"
PAPERS: Final = "papers"
ITEMS: Final = (EXISTS, STATUS, PLACE, DATES, PAPERS)
"""The things that a relative may be told of or not: every trace falls under one."""

_LEAST_LETTERS: Final = 4
"""Words of a fact that are shorter stand in every text and would warn each time."""
_STEM_LETTERS: Final = 5


@dataclass(frozen=True)
class Trace:
    """Words of a text that tell of a case, as they stand there, and the fact in the reader's own language."""

    item: str
    words: str
    fact: str


@dataclass(frozen=True)
class _Tell:
    """One fact and how it is found."""

    item: str
    fact: str
    patterns: tuple[re.Pattern[str], ...]
    is_set: bool = True
    """Whether it stands as a fact; what only the case's own words say is not told twice."""


def traces_in(seat: Seat, cases: Iterable[CaseFile], text: str) -> tuple[Trace, ...]:
    """What a text has of a person's cases; each fact with all the words that were found of it."""
    folded = fold(text)
    found: dict[tuple[str, str], list[str]] = {}
    said: set[tuple[str, str]] = set()
    for case in cases:
        for tell in _tells(seat, case, folded):
            words = [one[0] for pattern in tell.patterns for one in pattern.finditer(folded)]
            if not tell.is_set:
                words = [one for one in words if (tell.item, one) not in said]
            said.update((tell.item, one) for one in words)
            if words:
                found.setdefault((tell.item, tell.fact), []).extend(words)
    return tuple(Trace(item, one, fact) for (item, fact), words in found.items() for one in _longest(words))


def _longest(words: list[str]) -> list[str]:
    """Each once, and none that only repeats a part of another."""
    once = list(dict.fromkeys(words))
    return [one for one in once if not any(one != other and f" {one} " in f" {other} " for other in once)]


def _tells(seat: Seat, case: CaseFile, folded: str) -> Iterator[_Tell]:
    names = (fold(write_code_name(case.row.code_name, language)) for language in seat.pack.languages)
    patterns = tuple(re.compile(re.escape(name)) for name in names)
    yield _Tell(EXISTS, _("the code name of the case"), patterns)
    for question in seat.pack.questions:
        for value in case.facts.get(question.id, ()):
            yield from _of_fact(seat, case, question, value.value)
    for holdings in ledger_of(seat, case).values():
        for holding in holdings:
            if holding.by is not None:  # what the form said was a fact already
                yield from _of_holding(seat, holding)
    yield from _of_outgoing(seat, case)
    for event in case.events("closed"):
        key = f"outcome.{event.text('outcome')}"
        whole = tuple(_whole(seat.pack.text(key, one)) for one in seat.pack.languages if seat.pack.has_text(key, one))
        yield _Tell(STATUS, pack_words(seat, "outcome", event.text("outcome")), whole)
    yield from _of_its_own_words(seat, case, folded)


def _of_fact(seat: Seat, case: CaseFile, question: Question, value: Answer) -> Iterator[_Tell]:
    """One value of one fact: its days, or the words of its answer and whatever the pack lists for it."""
    item, pack = _item_of(seat, question), seat.pack
    described = pack.describe({question.id: value}, seat.language, case.voice)
    fact = "; ".join(f"{one.label}: {describe_value(seat, one)}" for one in described)
    options = _options(value)
    if question.kind == "date":
        yield _Tell(DATES, fact, _days(seat, options))
    spelled: list[re.Pattern[str]] = []
    if (question.is_closed and question.kind != "date") or item == PLACE:
        for language in pack.languages:
            for one in pack.describe({question.id: value}, language, case.voice):
                spelled.extend(pattern for words in one.values for pattern in _patterns(item, words))
    keys = (question.telltale_key, *(question.option_telltale_key(option) for option in options))
    yield _Tell(item, fact, (*_listed(seat, keys), *spelled))


def _of_holding(seat: Seat, holding: Holding) -> Iterator[_Tell]:
    """A row of the ledger: which paper, who has it, since when."""
    pack, work = seat.pack, seat.pack.paper_work
    fact = f"{pack_words(seat, 'paper', holding.paper)}: {pack_words(seat, 'holder', holding.holder)}"
    keys = [f"telltale.paper.{holding.paper}"]
    kind, holder = work.paper(holding.paper), work.holder(holding.holder)
    asked = (pack.question(one.question) for one in ((kind,) if kind else ()) + work.papers if one.question)
    question = next((one for one in asked if one is not None), None)
    if question is not None and holder is not None:
        keys.extend(question.option_telltale_key(option) for option in holder.said)
    spelled = (
        pattern
        for key in (f"paper.{holding.paper}", f"holder.{holding.holder}")
        for language in pack.languages
        if pack.has_text(key, language)
        for pattern in _patterns(PAPERS, pack.text(key, language))
    )
    yield _Tell(PAPERS, fact, (*_listed(seat, keys), *spelled))
    yield _Tell(DATES, fact, _days(seat, _iso(holding.since)))


def _of_outgoing(seat: Seat, case: CaseFile) -> Iterator[_Tell]:
    """What went out: of which kind, under which number, and its days."""
    for one in outgoing_of(case):
        fact = sent_words(seat, one)
        number = (_whole(one.number),) if len(fold(one.number)) >= _LEAST_LETTERS else ()
        yield _Tell(PAPERS, fact, (*_listed(seat, [f"telltale.outgoing.{one.paper}"]), *number))
        yield _Tell(DATES, fact, _days(seat, _iso(one.sent, one.due, one.answered)))


def _of_its_own_words(seat: Seat, case: CaseFile, folded: str) -> Iterator[_Tell]:
    """Rule 3: answers that nobody set as a fact, by the lists of the pack whose words stand in the case itself."""
    said = _said_in(seat, case)
    for question in seat.pack.questions:
        known = {option for one in case.facts.get(question.id, ()) for option in _options(one.value)}
        others = (one.id for one in question.options if one.id not in known)
        keys = [question.option_telltale_key(option) for option in others]
        keys += [] if known else [question.telltale_key]
        patterns = tuple(one for one in _listed(seat, keys) if one.search(folded) and one.search(said))
        if patterns:
            label = seat.pack.text(question.label_key, seat.language, case.voice)
            fact = _("%(fact)s: it stands in the case") % {"fact": label}
            yield _Tell(_item_of(seat, question), fact, patterns, is_set=False)


def _options(value: Answer) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _said_in(seat: Seat, case: CaseFile) -> str:
    """Everything that was written in the case in somebody's own words. Answers that were chosen are ids, and facts."""
    open_questions = {one.id for one in seat.pack.questions if not one.is_closed}
    parts: list[str] = []
    for entry in case.entries:
        answers = entry.body.content.get("answers")
        if isinstance(answers, dict):
            parts.extend(str(value) for key, value in answers.items() if key in open_questions)
        parts.append(entry.text("text"))
    return fold("\n".join(parts))


def _listed(seat: Seat, keys: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """The lists of the pack under these keys, one pattern for all languages of each."""
    found = []
    for key in keys:
        words = tuple(one for language in seat.pack.languages for one in seat.pack.telltales(key, language))
        if words:
            found.append(pattern_of(words))
    return tuple(found)


def _item_of(seat: Seat, question: Question) -> str:
    if question.id in seat.pack.meanings.places:
        return PLACE
    return PAPERS if any(question.id == one.question for one in seat.pack.paper_work.papers) else STATUS


def _patterns(item: str, words: str) -> Iterator[re.Pattern[str]]:
    """How the words of an answer could stand in a text: as they are; places and papers also by the beginning of each
    long word, since languages bend them."""
    whole = fold(words)
    if len(whole) >= _LEAST_LETTERS:
        yield _whole(words)
    if item in (PLACE, PAPERS):
        for word in re.findall(r"\w+", whole):
            if len(word) > _STEM_LETTERS:
                yield re.compile(rf"(?<!\w){re.escape(word[:_STEM_LETTERS])}\w*")


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(words))}(?!\w)")


def _iso(*days: date | None) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days if day is not None)


def _days(seat: Seat, spelled: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Days as somebody might write them: 11.12.2023, 11.12, 11 December, Monday 11 December."""
    found: list[re.Pattern[str]] = []
    for one in spelled:
        try:
            day = date.fromisoformat(one)
        except ValueError:
            continue
        found.extend(_whole(words) for words in (one, f"{day:%d.%m.%Y}", f"{day:%d.%m}"))
        for language in seat.pack.languages:
            whole = write_day(day, language, day)  # without its year: then it is found with and without
            found.extend((_whole(whole), _whole(whole.partition(" ")[2])))
    return tuple(found)

"""What a relative who writes may be told of the person: a list in the person's own sealed case, and the warnings by it.

    may_be_told  {items: of ITEMS, source: said|paper|third, day}       in `work` of the person's case

Rules:
1. The newest list counts. No list is the same as an empty one: nothing may be told, not even that a case exists.
2. Only a link of the relation *relative* makes the list ask; other people are not told of at all.
3. Whoever writes to the relative sees in words what is allowed. A text that has something of the person's case in it
   which is not allowed is stopped until the writer of the text says that they mean it; the case keeps that they did.
4. What a text is compared with are the person's opened facts and code name. This finds words, not meanings: the list
   itself is always shown.
5. Whoever may not open the person's case is told that there is a link and to ask; they are not told the list.
6. Nothing of all this changes what the relative's mailbox shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import SOURCES, CaseFile
from leeside.desk.changes import begin
from leeside.desk.code_names import write_code_name
from leeside.desk.errors import InputError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.telling.ties import item_words
from leeside.desk.ties.one_owner import look
from leeside.desk.ties.reading import RELATIVE, links_of
from leeside.sealing.words import fold
from leeside.web.dates import write_day, write_short_day

EXISTS: Final = "exists"
STATUS: Final = "status"
PLACE: Final = "place"
DATES: Final = "dates"
PAPERS: Final = "papers"
ITEMS: Final = (EXISTS, STATUS, PLACE, DATES, PAPERS)

_PLACE_QUESTIONS: Final = frozenset({"where", "region", "place"})
_LEAST_LETTERS: Final = 4
"""Words shorter than this stand in every text and would warn each time."""
_STEM_LETTERS: Final = 5


@dataclass(frozen=True)
class Told:
    """The list as it stands, how it is known and since when. Without one, `items` is empty and `day` None."""

    items: tuple[str, ...] = ()
    source: str = ""
    day: date | None = None


@dataclass(frozen=True)
class NewTold:
    """What was ticked: items, the source and the day."""

    items: tuple[str, ...]
    source: str
    day: date


def told_of(file: CaseFile) -> Told:
    """The list of an opened case, by rule 1."""
    written = file.of_kind("may_be_told")
    if not written:
        return Told()
    items = written[-1].body.content.get("items")
    known = tuple(one for one in ITEMS if isinstance(items, list) and one in items)
    try:
        day = date.fromisoformat(written[-1].text("day"))
    except ValueError:
        day = None
    return Told(known, written[-1].text("source"), day)


def set_told(seat: Seat, case_id: bytes, new: NewTold) -> int:
    """Write the list anew. Raises InputError beside the field at fault."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_MAY_BE_TOLD)
    if not set(new.items) <= set(ITEMS):
        raise InputError("items", _("This is not on the list."))
    if new.source not in SOURCES:
        raise InputError("source", _("How do we know it? Please choose."))
    if new.day > seat.today:
        raise InputError("day", _("This day has not come yet."))
    items = [one for one in ITEMS if one in new.items]
    change.add("may_be_told", {"items": items, "source": new.source, "day": new.day.isoformat()})
    return change.commit()


def warnings_for(seat: Seat, file: CaseFile) -> tuple[str, ...]:
    """The sentences above the field when this case is a relative's, one group for each person it is linked with."""
    return tuple(sentence for person in _people_of(seat, file) for sentence in _sentences(seat, file, person))


def leaks_in(seat: Seat, file: CaseFile, text: str) -> tuple[str, ...]:
    """What the text has of a linked person's case without leave, in words; empty when nothing was found."""
    found: list[str] = []
    for person in _people_of(seat, file):
        if person is not None:
            allowed = told_of(person).items
            found.extend(words for item, words in _facts_in(seat, person, text) if item not in allowed)
    return tuple(dict.fromkeys(found))


def _people_of(seat: Seat, file: CaseFile) -> tuple[CaseFile | None, ...]:
    """The cases of the people whom this writer is a relative of; None for one that is not for this reader."""
    ties = [one for one in links_of(file) if one.relation == RELATIVE and not one.leads]
    return tuple(look(seat, one.case_id) for one in ties)


def _sentences(seat: Seat, file: CaseFile, person: CaseFile | None) -> Iterator[str]:
    if person is None:
        yield _(
            "This writer is close to somebody who has a case of their own, which you cannot open. Tell nothing of it."
        )
        return
    told = told_of(person)
    name = write_code_name(person.row.code_name, seat.language)
    if told.items:
        listed = ", ".join(item_words(one) for one in told.items)
        day = write_short_day(told.day, seat.language, seat.today) if told.day else ""
        yield _("May be told of %(name)s: %(list)s (%(day)s). Nothing else.") % {
            "name": name,
            "list": listed,
            "day": day,
        }
    else:
        yield _("Nothing of %(name)s may be told, not even that there is a case.") % {"name": name}
    if file.known.get("knows") == "no":
        yield _("He or she does not know that this person writes: let nothing of it show on the other side either.")


def _facts_in(seat: Seat, person: CaseFile, text: str) -> Iterator[tuple[str, str]]:
    """What of the person's case a text has in it: the item it falls under, and the words that were found."""
    folded = fold(text)
    for language in seat.pack.languages:
        name = write_code_name(person.row.code_name, language)
        if fold(name) in folded:
            yield EXISTS, name
    for item, words in _words_of(seat, person):
        for pattern in _patterns(item, words):
            if (found := re.search(pattern, folded)) is not None:
                yield item, found[0]


def _patterns(item: str, words: str) -> Iterator[str]:
    """How the words could stand in a text: as they are; places and papers also by the beginning of each long word,
    since languages bend them."""
    whole = fold(words)
    if len(whole) >= _LEAST_LETTERS:
        yield rf"(?<!\w){re.escape(whole)}(?!\w)"
    if item in (PLACE, PAPERS):
        for word in re.findall(r"\w+", whole):
            if len(word) > _STEM_LETTERS:
                yield rf"(?<!\w){re.escape(word[:_STEM_LETTERS])}\w*"


def _words_of(seat: Seat, person: CaseFile) -> Iterator[tuple[str, str]]:
    """The spellings of the person's facts, in every language of the pack, each with the item it falls under."""
    for language in seat.pack.languages:
        yield from _values_of(seat, person, language)
        for event in person.events("closed"):
            key = f"outcome.{event.text('outcome')}"
            if seat.pack.has_text(key, language):
                yield STATUS, seat.pack.text(key, language)


def _values_of(seat: Seat, person: CaseFile, language: str) -> Iterator[tuple[str, str]]:
    for question in seat.pack.questions:
        value = person.known.get(question.id)
        item = _item_of(question.id)
        if value is None:
            continue
        for one in seat.pack.describe({question.id: value}, language, person.voice):
            if one.is_day:
                yield from ((DATES, words) for spelled in one.values for words in _days_in(spelled, language))
            elif question.is_closed or item == PLACE:
                yield from ((item, words) for words in one.values)


def _item_of(question_id: str) -> str:
    if question_id in _PLACE_QUESTIONS:
        return PLACE
    return PAPERS if question_id.startswith("paper_") else STATUS


def _days_in(spelled: str, language: str) -> tuple[str, ...]:
    """A day as somebody might write it: 11.12.2023, 11.12, 11 December, Monday 11 December."""
    try:
        day = date.fromisoformat(spelled)
    except ValueError:
        return ()
    whole = write_day(day, language, day)  # without its year: then it is found with and without
    return (spelled, f"{day:%d.%m.%Y}", f"{day:%d.%m}", whole, whole.partition(" ")[2])

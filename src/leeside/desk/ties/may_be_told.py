"""What a relative who writes may be told of the person: a list in the person's own sealed case, and the warnings by it.

    may_be_told  {items: of ITEMS, source: said|paper|third, day}       in `work` of the person's case

Rules:
1. The newest list counts. No list is the same as an empty one: nothing may be told, not even that a case exists.
2. Only a link of the relation *relative* makes the list ask; other people are not told of at all.
3. Whoever writes to the relative sees in words what is allowed. A text that has something of the person's case in it
   which is not allowed is stopped, with the fact that each word comes from, until the writer of the text says that they
   mean it. The case keeps that they did, and the words of the text alone: not all who read it may read the person's.
4. What a text is compared with are the person's opened cases (`traces`). This finds words, not meanings: the list, and
   what is not on it, always stands above the field.
5. Whoever may not open the person's case is told that there is a link and to ask; they are not told the list.
6. Nothing of all this changes what the relative's mailbox shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.casefile import SOURCES, CaseFile
from leeside.desk.changes import begin
from leeside.desk.code_names import write_code_name
from leeside.desk.errors import InputError
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seams import Doubt
from leeside.desk.seat import Seat
from leeside.desk.telling.ties import item_words
from leeside.desk.ties.one_owner import look, person_cases
from leeside.desk.ties.reading import RELATIVE, links_of
from leeside.desk.ties.traces import ITEMS, traces_in
from leeside.web.dates import write_short_day


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


def leaks_in(seat: Seat, file: CaseFile, text: str) -> tuple[Doubt, ...]:
    """What the text has of a linked person's case without leave; empty when nothing was found."""
    found: list[Doubt] = []
    for person in _people_of(seat, file):
        if person is not None:
            allowed = told_of(person).items
            traces = traces_in(seat, (person, *person_cases(seat, person)), text)
            found.extend(Doubt(one.words, one.fact) for one in traces if one.item not in allowed)
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
    rest = ", ".join(item_words(one) for one in ITEMS if one not in told.items)
    if told.items:
        listed = ", ".join(item_words(one) for one in told.items)
        day = write_short_day(told.day, seat.language, seat.today) if told.day else ""
        yield _("May be told of %(name)s: %(list)s (%(day)s).") % {"name": name, "list": listed, "day": day}
        if rest:
            yield _("Not to be told, in whatever words: %(list)s.") % {"list": rest}
    else:
        yield _("Nothing of %(name)s may be told, in whatever words, not even that there is a case.") % {"name": name}
    if rest:
        yield _(
            "Your text is searched for words of that case. Other words for the same are not found: this list counts."
        )
    if file.meanings.does_not_know.is_said(file.known):
        yield _("He or she does not know that this person writes: let nothing of it show on the other side either.")

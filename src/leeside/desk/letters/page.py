"""The page of one paper as a value: its fields with what is known and from where, and what is missing, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeside.desk.allowed import is_allowed
from leeside.desk.casefile import CaseFile
from leeside.desk.letters.drafting import Typed, draft
from leeside.desk.letters.values import Known
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.check import may_open_drawers
from leeside.desk.seat import Seat
from leeside.letters.filling import Filled
from leeside.letters.trying import label_of
from leeside.packs.letters.fields import Field
from leeside.packs.letters.papers import LetterText
from leeside.sealing.compartments import Compartment

LANGUAGES: Final = {
    "ru": "русский",
    "uk": "українська",
    "en": "English",
    "fr": "français",
    "de": "Deutsch",
}
"""What a language calls itself."""
_DRAWERS: Final = (Compartment.IDENTITY, Compartment.PLACE)


@dataclass(frozen=True)
class FieldRow:
    """One field: how it is asked for, what stands in it, where that comes from, and whether it is missing."""

    key: str
    label: str
    help: str
    kind: str
    value: str
    was: str
    origin: str
    is_missing: bool
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LetterPage:
    """Names are those the template uses. `facts` are what the paper's paragraphs wait for."""

    letter: str
    title: str
    language: str
    languages: tuple[tuple[str, str], ...]
    summary: str
    missing: tuple[str, ...]
    facts: tuple[str, ...]
    rows: tuple[FieldRow, ...]
    rules: tuple[str, ...]
    drawers_closed: str
    may_open: bool
    may_keep: bool


def letters_to_draft(seat: Seat) -> tuple[tuple[str, str], ...]:
    """Every paper that has a text, with its title, in the pack's order."""
    written = [one for one in seat.pack.guide.letters if seat.pack.letters.languages_of(one.id)]
    return tuple((one.id, one.titles[seat.language]) for one in written)


def first_language(seat: Seat, letter_id: str) -> str:
    """The language in which a paper is offered first: that of the offices, else one's own, else its first."""
    languages = seat.pack.letters.languages_of(letter_id)
    return next((one for one in ("ru", seat.language, *languages) if one in languages), "")


def title_of_letter(seat: Seat, letter_id: str) -> str:
    """What the desk calls a paper; an id of another version as it is."""
    return next((one.titles[seat.language] for one in seat.pack.guide.letters if one.id == letter_id), letter_id)


def letter_page(
    seat: Seat, file: CaseFile, text: LetterText, typed: Typed, known: Mapping[str, Known], *, is_open: bool
) -> LetterPage:
    """The page of a paper with what is typed so far."""
    filled = draft(seat, file, text, typed)
    lacking = list(dict.fromkeys(one.id for one in filled.missing if not one.is_fact))
    facts = dict.fromkeys(one.id for one in filled.missing if one.is_fact)
    titles = {one.id: one.titles[seat.language] for one in seat.pack.guide.letters}
    return LetterPage(
        letter=text.id,
        title=titles[text.id],
        language=text.language,
        languages=tuple((one, LANGUAGES.get(one, one)) for one in seat.pack.letters.languages_of(text.id)),
        summary=_summary(filled, len(text.fields)),
        missing=tuple(label_of(seat.pack, text.fields[one], seat.language) for one in lacking),
        facts=tuple(_fact(seat, one) for one in facts),
        rows=tuple(_row(seat, one, typed, known, lacking) for one in text.fields.values()),
        rules=filled.notes,
        drawers_closed="" if is_open else _closed(file, text),
        may_open=not is_open and may_open_drawers(file) and is_allowed(seat, file, CaseAction.OPEN_DRAWER),
        may_keep=is_allowed(seat, file, CaseAction.ATTACH),
    )


def _summary(filled: Filled, fields: int) -> str:
    if not filled.blanks:
        return _("Nothing is missing.")
    return ngettext(
        "%(number)d thing is missing; the paper has %(fields)d fields.",
        "%(number)d things are missing; the paper has %(fields)d fields.",
        filled.blanks,
    ) % {"number": filled.blanks, "fields": fields}


def _fact(seat: Seat, fact: str) -> str:
    question = seat.pack.question(fact)
    return fact if question is None else seat.pack.text(question.label_key, seat.language)


def _closed(file: CaseFile, text: LetterText) -> str:
    """What is said while drawers are closed that this paper is filled from; nothing for a paper that needs none."""
    wanted = {one.compartment for one in text.fields.values()} & set(_DRAWERS)
    if not wanted:
        return ""
    if not all(file.keys.holds(one) for one in wanted if one is not None):
        return _("Names, addresses and places of this paper lie with others: they stay blank here.")
    if not may_open_drawers(file):
        return _("Names and places stay closed until somebody keeps the case, or its check fits together.")
    return _("Names and places lie in closed drawers. Opening them is on record.")


def _row(seat: Seat, one: Field, typed: Typed, known: Mapping[str, Known], lacking: list[str]) -> FieldRow:
    options: tuple[tuple[str, str], ...] = ()
    if one.question is not None and one.question.options:
        keys = ((each.id, one.question.option_key(each.id)) for each in one.question.options)
        options = tuple((option, seat.pack.text(key, seat.language)) for option, key in keys)
    kind = "one" if options else "date" if one.is_day else "text" if one.is_long else "short"
    found = known.get(one.id)
    return FieldRow(
        key=one.id,
        label=label_of(seat.pack, one, seat.language),
        help=one.help(seat.language),
        kind=kind,
        value=typed.values.get(one.id, ""),
        was=found.value if found is not None else "",
        origin=found.origin if found is not None else "",
        is_missing=one.id in lacking,
        options=options,
    )

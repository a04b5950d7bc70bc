"""Drafting a paper of a case, keeping it, and what the case remembers of it.

Rules:
1. Whoever may put a file into the case drafts. A draft that is only looked at or downloaded leaves nothing behind.
2. Kept are a Word file and a PDF, sealed like every file of ours, an entry `letter` in `work` that says which text, on
   which rules and how much was missing, and, in `identity`, what was typed (`letter_fields`), so that the paper can be
   written again. Whoever does not hold `identity` keeps the files and no more.
3. What was typed into a field that asks for a fact becomes a fact of its own compartment: the next paper knows it.
4. A paper is checked by a colleague, not its author, whose eyes count in this line, after a look that is on record
   (`second_pair`). A paper drafted anew is another paper.
5. Only a checked paper is given to the writer from here, by whoever may answer: written anew from exactly what was
   checked (its values, the facts of that day, that day, that text and those rules), without the lines at the top, which
   would tell whoever finds the paper that somebody helped. All that guards a file to the writer guards it.
   Once: a button pressed again is the same file.
6. Whoever hands a paper back, after a check too, takes every check away that it had.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, day_in
from leeside.desk.changes import CaseChange, begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.files.attaching import NewFile, attach, require_may_attach
from leeside.desk.guiding.case_facts import case_facts
from leeside.desk.held_files import files_of
from leeside.desk.keyring import ReadEntry
from leeside.desk.marking import set_marks_right
from leeside.desk.opening import look_into, open_case
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import is_checker
from leeside.letters.docx import write_docx
from leeside.letters.filling import Filled, fill
from leeside.letters.pdf import write_pdf
from leeside.letters.trying import labels_in
from leeside.packs.conditions import FactValue
from leeside.packs.letters.papers import LetterText
from leeside.packs.questions import Question
from leeside.sealing.compartments import Compartment
from leeside.vault import store

KIND = "letter"
FIELDS_KIND = "letter_fields"
CHECKED = "letter_checked"
RETURNED = "letter_returned"
GIVEN = "letter_given"
FORMATS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_TRIES = 4
_MOST_TYPED = 60_000
"""Bytes of all that was typed into one paper: it is sealed in one entry."""


@dataclass(frozen=True)
class Typed:
    """What somebody posted: the values of fields by id, and which of them the page had put there unchanged."""

    values: Mapping[str, str] = field(repr=False)
    unchanged: frozenset[str] = frozenset()
    facts: Mapping[str, FactValue] | None = field(default=None, repr=False)
    """Of a kept paper: the facts that decided its paragraphs."""
    on: date | None = None
    """Of a kept paper: its day."""


def find_text(seat: Seat, letter_id: str, language: str) -> LetterText:
    """The text of a paper. Raises NotAllowedError for one that the pack does not have."""
    text = seat.pack.letters.text(letter_id, language)
    if text is None:
        raise NotAllowedError
    return text


def draft(seat: Seat, file: CaseFile, text: LetterText, typed: Typed, *, is_checked: bool = False) -> Filled:
    """The paper as it would be written now. What was typed into a field of a fact decides its paragraphs too."""
    facts = _facts_for(seat, file, text, typed) if typed.facts is None else typed.facts
    labels, on = labels_in(seat.pack, text.language), typed.on or seat.today
    return fill(text, seat.pack.guide, facts=facts, values=typed.values, labels=labels, on=on, is_checked=is_checked)


def write(filled: Filled, form: str) -> bytes:
    """The bytes of a paper. Raises NotAllowedError for a format that there is not."""
    if form not in FORMATS:
        raise NotAllowedError
    return write_docx(filled) if form == "docx" else write_pdf(filled)


def file_name(seat: Seat, form: str) -> str:
    """A name that tells nothing of anybody: what a browser's list of downloads may show."""
    return f"{seat.today.isoformat()}.{form}"


def keep_letter(seat: Seat, case_id: bytes, text: LetterText, typed: Typed) -> str:
    """Seal the paper into the case, in both formats; the id of its entry in hex. Raises InputError, ConflictError."""
    file = require_may_attach(seat, case_id, is_for_writer=False)
    if sum(len(value.encode()) for value in typed.values.values()) > _MOST_TYPED:
        raise InputError("letter", _("This is too long: at most %(limit)d letters.") % {"limit": _MOST_TYPED // 2})
    filled, facts = draft(seat, file, text, typed), _facts_for(seat, file, text, typed)
    files = {form: attach(seat, case_id, _new_file(seat, filled, form)).hex() for form in FORMATS}
    for last in (False,) * (_TRIES - 1) + (True,):
        file = look_into(seat, case_id)
        change = begin(seat, file, CaseAction.ATTACH)
        entry = _remember(change, text, replace(typed, facts=facts, on=filled.on), filled, files)
        _add_facts(change, file, text, typed)
        try:
            change.commit()
        except store.ConflictError:
            if last:
                raise
        else:
            return entry
    raise store.BusyError


def give_letter(seat: Seat, case_id: bytes, untrusted_entry: str, form: str, untrusted_words: str = "") -> bytes:
    """Give a checked paper to the writer; the id of the file. Raises InputError where nothing may go out now."""
    file = require_may_attach(seat, case_id, is_for_writer=True)
    entry = find_letter(file, untrusted_entry)
    if not checkers_of(seat, file, entry):
        raise InputError("letter", _("A colleague reads it first."))
    before = given_file(file, entry)
    if before is not None:
        return before
    text = find_text(seat, entry.text("letter"), entry.text("language"))
    if text.digest != entry.text("version"):
        raise InputError("letter", _("The text of this paper was changed since. Draft it anew."))
    opened = open_case(seat, case_id, drawer="identity")
    typed = typed_of(opened, entry)
    filled = draft(seat, file, text, typed, is_checked=True)
    if _rules_of(seat, filled) != entry.body.content.get("rules"):
        raise InputError("letter", _("The text of this paper was changed since. Draft it anew."))
    new = replace(_new_file(seat, filled, form), is_for_writer=True, untrusted_words=untrusted_words)
    given = attach(seat, case_id, new)
    _note_given(seat, case_id, entry, given)
    return given


def letters_of(file: CaseFile) -> tuple[ReadEntry, ...]:
    """Every paper that was kept, the oldest first."""
    return file.of_kind(KIND)


def find_letter(file: CaseFile, untrusted_entry: str) -> ReadEntry:
    """One of them. Raises NotAllowedError."""
    found = next((one for one in letters_of(file) if one.entry_id.hex() == untrusted_entry), None)
    if found is None:
        raise NotAllowedError
    return found


def checkers_of(seat: Seat, file: CaseFile, entry: ReadEntry) -> tuple[bytes, ...]:
    """Who read it besides its author, each once; only those whose eyes count today, and none from before rule 6."""
    found: dict[bytes, None] = {}
    for event in file.of_kind("event"):
        by = event.author.reader_id or b""
        if event.text("letter") != entry.entry_id.hex() or by == entry.author.reader_id:
            continue
        if event.text("event") == RETURNED:
            found.clear()
        person = seat.keyring.roster.person(by)
        if event.text("event") == CHECKED and person is not None and is_checker(seat.pack, person):
            found[by] = None
    return tuple(found)


def given_of(file: CaseFile, entry: ReadEntry) -> tuple[str, ...]:
    """The files by which it was given to the writer, the oldest first."""
    return tuple(one.text("file") for one in file.events(GIVEN) if one.text("letter") == entry.entry_id.hex())


def given_file(file: CaseFile, entry: ReadEntry) -> bytes | None:
    """The file by which it was given already, unless that was taken back."""
    given = given_of(file, entry)
    return next((one.file_id for one in files_of(file) if one.file_id.hex() in given), None)


def typed_of(opened: CaseFile, entry: ReadEntry) -> Typed:
    """What was typed for a kept paper. Raises InputError where this person cannot open it."""
    for one in opened.of_kind(FIELDS_KIND):
        values = one.body.content.get("values")
        if one.text("letter") == entry.entry_id.hex() and isinstance(values, Mapping):
            told = one.body.content.get("facts")
            facts = (
                {str(k): tuple(map(str, v)) if isinstance(v, list) else str(v) for k, v in told.items()}
                if (isinstance(told, Mapping))
                else None
            )
            return Typed({str(k): str(v) for k, v in values.items()}, facts=facts, on=day_in(one.text("on")))
    raise InputError("letter", _("What was typed into this paper cannot be opened by you."))


def _new_file(seat: Seat, filled: Filled, form: str) -> NewFile:
    written = write(filled, form)
    return NewFile(file_name(seat, form), FORMATS[form], iter((written,)), is_ours=True)


def _remember(change: CaseChange, text: LetterText, typed: Typed, filled: Filled, files: Mapping[str, str]) -> str:
    """Rule 2."""
    entry = change.add(
        KIND,
        {
            "letter": text.id,
            "version": text.digest,
            "language": text.language,
            "rules": _rules_of(change.seat, filled),
            "missing": filled.blanks,
            "files": dict(files),
        },
    ).hex()
    if change.keys.holds(Compartment.IDENTITY):
        values = {name: value for name, value in typed.values.items() if value and name in text.fields}
        facts = {name: list(one) if isinstance(one, tuple) else one for name, one in (typed.facts or {}).items()}
        kept = {"letter": entry, "values": values, "facts": facts, "on": filled.on.isoformat()}
        change.add(FIELDS_KIND, kept, compartment=Compartment.IDENTITY)
    return entry


def _rules_of(seat: Seat, filled: Filled) -> list[dict[str, str]]:
    """The rules that a paper rests on, each with the digest of its wording."""
    found = (seat.pack.guide.rule(one) for one in filled.rules)
    return [{"id": rule.id, "digest": rule.digest} for rule in found if rule is not None]


def _facts_for(seat: Seat, file: CaseFile, text: LetterText, typed: Typed) -> Mapping[str, FactValue]:
    """The facts that decide the paragraphs: the case's, and what was typed into fields of such facts."""
    facts = dict(case_facts(seat, file))
    for name, one in text.fields.items():
        question, value = one.question, typed.values.get(name, "")
        if value and question is not None and _tells_guide(question, value):
            facts[question.id] = value
    return facts


def _add_facts(change: CaseChange, file: CaseFile, text: LetterText, typed: Typed) -> None:
    """Rule 3. A value that the case has already is no new one."""
    seat, known = change.seat, dict(file.known)
    told = case_facts(seat, file)
    for name, one in text.fields.items():
        question, value = one.question, typed.values.get(name, "").strip()
        if question is None or not value or name in typed.unchanged or not change.keys.holds(question.compartment):
            continue
        content = {"fact": question.id, "value": value, "source": "said", "day": seat.today.isoformat()}
        if question.compartment != Compartment.STORY:
            change.add("fact", content, compartment=question.compartment)
        elif _tells_guide(question, value) and told.get(question.id) != value:
            known[question.id] = value
            change.add("fact", content)
    set_marks_right(change, file, known)


def _tells_guide(question: Question, value: str) -> bool:
    """Whether it is a closed fact of the story that can be read."""
    if question.compartment != Compartment.STORY:
        return False
    if question.kind == "one":
        return value in {option.id for option in question.options}
    return question.kind == "date" and day_in(value) is not None


def _note_given(seat: Seat, case_id: bytes, entry: ReadEntry, given: bytes) -> None:
    for last in (False,) * (_TRIES - 1) + (True,):
        change = begin(seat, look_into(seat, case_id), CaseAction.ANSWER)
        change.add_event(GIVEN, letter=entry.entry_id.hex(), file=given.hex())
        try:
            change.commit()
        except store.ConflictError:
            if last:
                raise
        else:
            return

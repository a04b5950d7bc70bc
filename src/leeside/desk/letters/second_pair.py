"""A kept paper before a second pair of eyes.

Rules:
1. Asking puts the case into the tab *To check* of whoever may open it; the papers of one colleague wait together.
2. A checker is a colleague whose eyes count in this line, never who drafted it, and only after a look at one of its
   files, which is on record. Nobody needs to be asked: whoever looks may say so.
3. Handed back with a line, a paper is mended by drafting it anew; the one that was looked at stays as it was.
"""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.keyring import ReadEntry
from leeside.desk.letters.drafting import CHECKED, RETURNED, checkers_of, find_letter
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import is_checker
from leeside.desk.typed_fields import read_line
from leeside.desk.writing.drafts import Draft, Typed, drafts_of, put
from leeside.sealing.seal import new_entry_id
from leeside.vault.store import DraftKind, DraftMark, DraftRow

ASKED: Final = "letter_asked"
_TOGETHER: Final = 12
"""Papers of one colleague that wait in one case."""


def ask_about_letter(seat: Seat, case_id: bytes, untrusted_entry: str) -> None:
    """Put one's kept paper before a colleague. Raises InputError when it waits or is checked, NotAllowedError."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.DRAFT)
    entry = find_letter(file, untrusted_entry)
    if entry.author.reader_id != seat.reader_id:
        raise NotAllowedError
    own = next((one for one in _waiting(seat, file) if one.author == seat.reader_id), None)
    asked = own.typed.asked if own is not None else ()
    if entry.entry_id.hex() in asked or checkers_of(seat, file, entry):
        raise InputError("letter", _("A colleague has it already."))
    if len(asked) >= _TOGETHER:
        raise InputError("letter", _("Too many papers wait here already."))
    change.add_event(ASKED, letter=entry.entry_id.hex())
    change.commit()
    draft_id, version = (own.row.draft_id, own.row.version) if own is not None else (new_entry_id(), 0)
    row = DraftRow(draft_id, case_id, seat.reader_id, DraftKind.LETTER, DraftMark.ASKED, 0, version, b"")
    put(seat, look_into(seat, case_id), row, Typed("", asked=(*asked, entry.entry_id.hex())))


def check_letter(seat: Seat, case_id: bytes, untrusted_entry: str) -> None:
    """Say that one has read a colleague's paper and that it may go out. Raises InputError before a look at it."""
    file, change, entry = _to_check(seat, case_id, untrusted_entry)
    looked = {one.text("file") for one in file.of_kind("reading") if one.author.reader_id == seat.reader_id}
    if not looked & set(files_in(entry).values()):
        raise InputError("letter", _("Look at it first: press Look, read it to its end, and come back."))
    change.add_event(CHECKED, letter=entry.entry_id.hex())
    _finish(seat, case_id, file, change, entry)


def return_letter(seat: Seat, case_id: bytes, untrusted_entry: str, untrusted_line: str) -> None:
    """Hand a colleague's paper back with one line. Raises InputError beside it."""
    file, change, entry = _to_check(seat, case_id, untrusted_entry)
    line = read_line(untrusted_line, "line", wanted=_("One line, please: what should be different?"))
    change.add_event(RETURNED, letter=entry.entry_id.hex(), line=line)
    _finish(seat, case_id, file, change, entry)


def waiting_letters(seat: Seat, file: CaseFile) -> frozenset[str]:
    """The papers of a case that wait for a second pair of eyes, as this person may know of them."""
    return frozenset(key for one in _waiting(seat, file) if one.is_proven for key in one.typed.asked)


def returned_with(file: CaseFile, entry: ReadEntry) -> str:
    """The line with which a paper was handed back last; empty for none."""
    said = [one.text("line") for one in file.events(RETURNED) if one.text("letter") == entry.entry_id.hex()]
    return said[-1] if said else ""


def files_in(entry: ReadEntry) -> dict[str, str]:
    """The files of a kept paper by format, as ids in hex."""
    files = entry.body.content.get("files")
    return {str(form): str(one) for form, one in files.items()} if isinstance(files, dict) else {}


def _waiting(seat: Seat, file: CaseFile) -> tuple[Draft, ...]:
    return tuple(one for one in drafts_of(seat, file) if one.row.kind is DraftKind.LETTER)


def _to_check(seat: Seat, case_id: bytes, untrusted_entry: str) -> tuple[CaseFile, CaseChange, ReadEntry]:
    """The guard of rule 2."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.CHECK)
    entry = find_letter(file, untrusted_entry)
    if entry.author.reader_id == seat.reader_id or not is_checker(seat.pack, seat.person):
        raise NotAllowedError
    return file, change, entry


def _finish(seat: Seat, case_id: bytes, file: CaseFile, change: CaseChange, entry: ReadEntry) -> None:
    """Write it down, and take the paper off what waits."""
    key = entry.entry_id.hex()
    draft = next((one for one in _waiting(seat, file) if key in one.typed.asked), None)
    left = tuple(one for one in draft.typed.asked if one != key) if draft is not None else ()
    if draft is not None and not left:
        change.sent_drafts.append(draft.sent)
    change.commit()
    if draft is not None and left:
        put(seat, look_into(seat, case_id), replace(draft.row, mark=DraftMark.ASKED), Typed("", asked=left))

"""Erasing one entry, of which a mark stays, and a case, of which cases linked with it keep that it is gone.

Rules:
1. What the writer said first is never erased alone: the case is bound to it. Nor is what says who did what: readings,
   events, and the steps that say who was to do what by when. They go with the case.
   A file has two entries and goes under *Files*, with both (`files.attaching`).
2. The mark says what kind of thing was erased, of which day, and by whom; it comes in the same step.
3. Only a coordinator erases a case, who has typed its code name. That it was done, and by whom, is on record.
4. Each case that it was linked with gets a mark when it is gone (`ties.endings`), without a name or a word of it.
"""

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.code_names import read_slug, write_code_name, write_slug
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.grades import require_grade
from leeside.desk.keyring import ReadEntry
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seams import ended
from leeside.desk.seat import Seat
from leeside.sealing.context import LEAD
from leeside.sealing.seal import seal_audit
from leeside.vault import store
from leeside.web.languages import LANGUAGES

ERASABLE_KINDS = frozenset({"answers", "message", "answer", "note", "fact", "notice", "advice"})
"""What somebody wrote or set. Files are erased from their own page, with the line that tells of them; what other parts
keep in order (links, papers, checks, plans) is changed there."""


def erase_entry(seat: Seat, case_id: bytes, entry_id: bytes) -> int:
    """Erase one entry. Raises NotAllowedError for one that is not there or stays by rule 1."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.ERASE_ENTRY)
    entry = erasable_entry(file, entry_id)
    if entry is None:
        raise NotAllowedError
    change.add_event("erased_entry", kind=entry.kind, day=entry.body.at[:10])
    return store.erase_entry(case_id, file.row.version, entry_id, change.entries[0])


def erasable_entry(file: CaseFile, entry_id: bytes) -> ReadEntry | None:
    """The entry, if it is one that may be erased alone."""
    found = next((one for one in file.entries if one.entry_id == entry_id), None)
    return found if found is not None and is_erasable(file, found) else None


def is_erasable(file: CaseFile, entry: ReadEntry) -> bool:
    """Rule 1. An entry whose author is not proven may be erased like any other."""
    first = next((one.entry_id for one in file.entries if one.kind == "answers" and one.author.kind == "writer"), b"")
    return entry.kind in ERASABLE_KINDS and entry.entry_id != first


def erase_case(seat: Seat, case_id: bytes, untrusted_name: str) -> None:
    """Erase the case for good. Raises InputError beside `name` unless its code name was typed."""
    file = look_into(seat, case_id)
    require_case_action(CaseAction.ERASE, file.standing)
    require_grade(CaseAction.ERASE, seat.grade)
    if not _is_its_name(file, untrusted_name):
        raise InputError("name", _("This is not its code name. Nothing was erased."))
    lead = seat.keyring.roster.current.role_key(LEAD)
    record = {
        "reader": seat.reader_id.hex(),
        "code": write_slug(file.row.code_name),
        "what": "erased",
        "at": seat.now.isoformat(),
    }
    store.record_reading(seat.line_id, seal_audit(lead.public, seat.line_id, record))
    ended(seat, case_id, lambda: store.erase_case(case_id, seat.today))


def _is_its_name(file: CaseFile, untrusted_name: str) -> bool:
    typed = " ".join(untrusted_name.split()).casefold()
    names = {write_code_name(file.row.code_name, language).casefold() for language in LANGUAGES}
    return typed in names or read_slug(typed) == file.row.code_name

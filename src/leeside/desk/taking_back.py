"""Taking back what went to the writer and nobody was shown yet: an answer, or a file to keep.

Rules:
1. Whoever sent it takes it back, and only until its moment: what could have been shown stays.
2. An answer's text comes back into the field. Was it counted as the first one, it is counted no more.
3. A file goes with all its pieces. The mailbox never showed that there was one.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin
from leeside.desk.errors import NotAllowedError
from leeside.desk.held_files import Origin, held_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.outgoing import release_moment
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.vault import store


@dataclass(frozen=True)
class Undo:
    """What the page offers for some seconds: the entry that can be taken back, and a sentence about it."""

    entry: str
    words: str


def take_back(seat: Seat, case_id: bytes, entry_id: bytes) -> str:
    """Take something back; an answer's text, empty for a file. Raises StateError when its moment has passed."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.UNDO_ANSWER)
    mine = [one for one in sent_to_writer(file) if one.entry_id == entry_id and one.author.reader_id == seat.reader_id]
    if not mine:
        raise NotAllowedError
    store.retract_entry(case_id, file.row.version, entry_id, seat.now)
    for event in file.events("counselled"):
        if event.text("entry") == entry_id.hex():
            _uncount(seat, case_id, event.text("row"))
    return mine[0].text("text")


def undo_of(seat: Seat, file: CaseFile, entry_id: str) -> Undo | None:
    """What a page should offer to take back: it is this person's, and some seconds old at most."""
    if release_moment(seat, file) is None:
        return None
    since = (seat.now - timedelta(seconds=LIMITS.undo_seconds)).isoformat()
    for entry in sent_to_writer(file):
        is_mine = entry.entry_id.hex() == entry_id and entry.author.reader_id == seat.reader_id
        if is_mine and entry.body.at >= since:
            if entry.kind == "attachment":
                return Undo(entry_id, _("Your file goes out in a few seconds."))
            return Undo(entry_id, _("Your answer goes out in a few seconds."))
    return None


def sent_to_writer(file: CaseFile) -> tuple[ReadEntry, ...]:
    """Answers, and files given to keep."""
    given = (one for one in file.of_kind("attachment") if (held := held_in(one)) and held.origin is Origin.GIVEN)
    return (*file.of_kind("answer"), *given)


def _uncount(seat: Seat, case_id: bytes, row: str) -> None:
    file = look_into(seat, case_id)
    change = CaseChange(seat, file.row, file.keys)
    change.add_event("counsel_undone", row=row)
    store.change_tally_row(seat.line_id, bytes.fromhex(row), None)
    change.commit()

"""What a person said by telephone, written down in their case: a message of theirs, by a colleague's hand.

    message  {text, by: phone}      in `work`, signed by who wrote it down

Rules:
1. It stands in `work`: the mailbox shows nothing of what was said, for whoever reads the device was not there.
2. It restarts the promise like every message of the person, whichever way it came, opens a closed case again, and ends
   a silence watch. The mailbox then says that an answer is promised; where somebody else holds the device it goes on
   showing exactly what it showed.
3. The same text twice within minutes is one message: a button pressed twice.
"""

from datetime import timedelta

from leeside.desk.answering import read_text
from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange, begin
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.safety.seizure import seizure_of
from leeside.desk.seat import Seat
from leeside.packs.marks import Urgency
from leeside.packs.promise_times import promised_by
from leeside.sealing.secrets import make_secret
from leeside.vault.store import CaseState


def write_down(seat: Seat, case_id: bytes, untrusted_text: str) -> int:
    """Add what the person said; the case's version. Raises InputError for an empty or too long text."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.NOTE)
    text = read_text(untrusted_text, "phone", LIMITS.note_characters)
    if _is_there(seat, file, text):
        return file.row.version
    if not file.is_open:
        change.add_event("reopened")
    change.add("message", {"text": text, "by": "phone"})
    if seizure_of(file) is None or not file.is_open:
        _restart_promise(change, file)
    return change.commit()


def _restart_promise(change: CaseChange, file: CaseFile) -> None:
    seat = change.seat
    if file.row.state != CaseState.RECEIVED:
        change.mark(state=CaseState.READ)
    change.mark(answer_by=promised_by(seat.pack, Urgency(int(file.row.urgency)), seat.now, make_secret()))


def _is_there(seat: Seat, file: CaseFile, text: str) -> bool:
    since = (seat.now - timedelta(seconds=LIMITS.repeat_seconds)).isoformat()
    return any(
        entry.text("text") == text and entry.author.reader_id == seat.reader_id and entry.body.at >= since
        for entry in file.of_kind("message")
    )

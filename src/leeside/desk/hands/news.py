"""One line to the writer when another colleague is with them now: no names, the pack's words, their language.

Rules:
1. It is told only to somebody whom another colleague had written to: who never heard from anybody has nothing to learn.
   A pack without the text tells nothing.
2. It obeys what every send button obeys (`outgoing`): safe hours put it off; where nothing may go out it is not sent,
   and the case says so.
3. It is no answer: it ends no promise and is counted nowhere. It is an entry of the kind `notice`.
"""

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange
from leeside.desk.errors import InputError
from leeside.desk.outgoing import release_moment, require_free
from leeside.sealing.compartments import Compartment
from leeside.vault import store

KIND = "notice"
_TEXT = "notice.new_colleague"


def tell_of_new_colleague(change: CaseChange, file: CaseFile, new_owner: bytes) -> None:
    """Add the line to a change that gives the case to somebody else, by the rules above."""
    seat, told = change.seat, file.of_kind("answer")
    if not seat.pack.has_text(_TEXT, file.row.language):
        return
    if not file.is_open or not told or told[-1].author.reader_id == new_owner:
        return
    try:
        require_free(seat, file)
    except InputError as refused:
        change.add_event("not_told", why=refused.reason)
        return
    change.add(
        KIND,
        {"text": seat.pack.text(_TEXT, file.row.language, file.voice)},
        compartment=Compartment.STORY,
        direction=store.Direction.TO_WRITER,
        released_at=release_moment(seat, file),
    )

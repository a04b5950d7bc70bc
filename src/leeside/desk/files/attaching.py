"""Files that colleagues put into a case: for ourselves, or for the writer to keep.

Rules:
1. The guard stands before the first byte is taken. What is taken is sealed as it comes; an entry makes it a file of the
   case at the end, and until then nobody sees it.
2. For ourselves: into `identity`, where images of papers belong, with a line in `work`; whoever does not hold
   `identity` puts it into `work`.
3. For the writer: into `story`, shown and counted like an answer, and only where an answer may go out. It goes beside
   an answer and keeps no case: a case without an owner or a next step has none of it yet.
4. The same name and size by the same person, once more within minutes, is the same file. Not so a paper that we wrote
   ourselves: two papers of one day differ in a word and may be equally long.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.held_files import ATTACHED, Origin, files_of
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.outgoing import release_moment, require_free
from leeside.desk.permissions import CaseAction
from leeside.desk.seat import Seat
from leeside.desk.second_eyes import require_may_give
from leeside.desk.typed_fields import read_line
from leeside.sealing.attachments import ArrivingFile, Attachment, clean_name, clean_type
from leeside.sealing.compartments import Compartment
from leeside.sealing.errors import TooLargeError
from leeside.sealing.seal import new_entry_id
from leeside.sealing.streams import make_stream_key
from leeside.vault import store
from leeside.web.uploads import FILE_BYTES


@dataclass(frozen=True)
class NewFile:
    """What somebody chose: the file on its way, whether the writer gets it, and what is said with it."""

    untrusted_name: str
    untrusted_type: str
    plain_pieces: Iterable[bytes] = field(repr=False)
    is_for_writer: bool = False
    untrusted_words: str = ""
    at_once: bool = False
    """Released without the wait: for a demo's months, whose moments have passed."""
    is_ours: bool = False
    """Written by the program itself, of which rule 4 does not speak."""


def require_may_attach(seat: Seat, case_id: bytes, *, is_for_writer: bool) -> CaseFile:
    """The guard. Raises NotAllowedError, HeldByOtherError, and InputError where nothing may go to the writer."""
    file = look_into(seat, case_id)
    begin(seat, file, CaseAction.ANSWER if is_for_writer else CaseAction.ATTACH)
    if is_for_writer:
        require_free(seat, file)
        require_may_give(seat)
        if file.row.owner is None or (file.is_open and file.next_step is None):
            raise InputError("file", _("Answer first: a file goes out beside an answer."))
    return file


def attach(seat: Seat, case_id: bytes, new: NewFile) -> bytes:
    """Seal a file into a case as it arrives; its id. Raises InputError, and whatever `plain_pieces` raises."""
    file = require_may_attach(seat, case_id, is_for_writer=new.is_for_writer)
    read_line(new.untrusted_words, "words")
    name = clean_name(new.untrusted_name) or _("file")
    file_id, key = new_entry_id(), make_stream_key()
    arriving = ArrivingFile(key, file_id, new.plain_pieces, FILE_BYTES)
    try:
        whole = store.keep_file(case_id, file_id, arriving, seat.today)
    except TooLargeError:
        raise InputError("file", too_large_words()) from None
    except store.FullError:
        raise InputError("file", _("This case takes no more files today, or the disk is nearly full.")) from None
    if whole is None:
        raise NotAllowedError  # an id that we drew just now cannot be there
    attachment = Attachment(name, clean_type(new.untrusted_type), arriving.shape, arriving.size, key)
    try:
        if not arriving.size:
            raise InputError("file", _("This file is empty."))
        if not new.is_ours and (before := _same_again(seat, file, attachment, new)) is not None:
            store.drop_file(case_id, whole)
            return before
        _name(seat, case_id, whole, attachment, new)
    except BaseException:
        store.drop_file(case_id, whole)
        raise
    return file_id


def too_large_words() -> str:
    """What is said of a file that is too large."""
    return _("This file is too large: at most %(number)d MB.") % {"number": FILE_BYTES // 1_000_000}


def _name(seat: Seat, case_id: bytes, whole: store.WholeFile, attachment: Attachment, new: NewFile) -> None:
    """Write the entry that names the file; a colleague who wrote while it arrived is no reason to send it again."""
    for last in (False, False, False, True):
        file = require_may_attach(seat, case_id, is_for_writer=new.is_for_writer)
        change = begin(seat, file, CaseAction.ANSWER if new.is_for_writer else CaseAction.ATTACH)
        if new.is_for_writer:
            change.add(
                "attachment",
                attachment.content() | {"words": read_line(new.untrusted_words, "words")},
                compartment=Compartment.STORY,
                direction=store.Direction.TO_WRITER,
                released_at=None if new.at_once else release_moment(seat, file),
                file=whole,
            )
        elif change.keys.holds(Compartment.IDENTITY):
            change.add("attachment", attachment.content(), compartment=Compartment.IDENTITY, file=whole)
            change.add_event(ATTACHED, file=whole.file_id.hex(), shape=attachment.shape, size=attachment.size)
        else:
            change.add("attachment", attachment.content(), file=whole)
        try:
            change.commit()
        except store.ConflictError:
            if last:
                raise
        else:
            return


def _same_again(seat: Seat, file: CaseFile, attachment: Attachment, new: NewFile) -> bytes | None:
    """Rule 4, as far as it can be told without opening `identity`: there the size alone, which is exact, speaks."""
    since = (seat.now - timedelta(seconds=LIMITS.repeat_seconds)).isoformat()
    origin = Origin.GIVEN if new.is_for_writer else Origin.OURS
    for held in (one for one in reversed(files_of(file)) if one.origin is origin):
        entry = held.entry
        is_mine = entry.author.reader_id == seat.reader_id and entry.body.at >= since
        is_named_alike = held.compartment == Compartment.IDENTITY or entry.text("name") == attachment.name
        if is_mine and is_named_alike and held.size == attachment.size:
            return held.file_id
    return None

"""Looking at a file: what may be shown of it, and the record that somebody did.

Rules:
1. A file in `identity` needs what opening that drawer needs; another one what reading the case needs. Nothing else of
   the drawer is shown.
2. Looking is a reading on record before the page is, in the case and in the audit; again within a quarter of an hour
   it is the same reading.
3. What the page shows are addresses of pixels and of the download; no byte of the file passes through the page.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leeside.desk.casefile import CaseFile
from leeside.desk.changes import CaseChange
from leeside.desk.errors import NotAllowedError
from leeside.desk.files.addresses import SAVE, Ticket, files_origin, make_address
from leeside.desk.files.drawing import DrawingError, Measured, measure
from leeside.desk.files.host import plain_pieces
from leeside.desk.held_files import HeldFile, Origin, find_file
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into, seal_reading
from leeside.desk.permissions import CaseAction, require_case_action
from leeside.desk.seat import Seat
from leeside.sealing.attachments import OTHER, Attachment, read_attachment
from leeside.sealing.compartments import Compartment
from leeside.sealing.errors import MalformedError
from leeside.vault import store

_TRIES = 4


@dataclass(frozen=True)
class Looked:
    """A file somebody looks at: addresses of its pages, or why there are none, and the address of the download."""

    file: CaseFile = field(repr=False)
    held: HeldFile
    attachment: Attachment = field(repr=False)
    pages: tuple[str, ...] = ()
    measured: Measured | None = None
    reason: str = ""
    save: str = ""


def look(seat: Seat, case_id: bytes, file_id: bytes) -> Looked:
    """Put the reading on record, and make the addresses. Raises NotAllowedError, GoneError when it is gone."""
    file, held = _find(seat, case_id, file_id)
    attachment = _attachment_in(file, held)
    _put_on_record(seat, case_id, held)
    if not files_origin():
        return Looked(file, held, attachment, reason="no_host")
    saving = make_address(Ticket(case_id, file_id, SAVE, attachment), seat.real_now)
    if attachment.shape == OTHER:
        return Looked(file, held, attachment, reason="other", save=saving)
    try:
        measured = measure(attachment.shape, plain_pieces(Ticket(case_id, file_id, 0, attachment)))
    except DrawingError as error:
        return Looked(file, held, attachment, reason=error.reason, save=saving)
    pages = tuple(
        make_address(Ticket(case_id, file_id, number, attachment), seat.real_now)
        for number in range(min(measured.pages, LIMITS.file_pages))
    )
    return Looked(file, held, attachment, pages, measured, save=saving)


def _find(seat: Seat, case_id: bytes, file_id: bytes) -> tuple[CaseFile, HeldFile]:
    file = look_into(seat, case_id)
    held = find_file(file, file_id)
    if held is None:
        raise NotAllowedError
    is_in_drawer = held.compartment == Compartment.IDENTITY
    require_case_action(CaseAction.OPEN_DRAWER if is_in_drawer else CaseAction.OPEN, file.standing)
    return (look_into(seat, case_id, drawer="identity") if is_in_drawer else file), held


def _attachment_in(file: CaseFile, held: HeldFile) -> Attachment:
    """The file's own entry, by the author whom the telling entry has."""
    wanted = "writer" if held.origin is Origin.WRITER else "staff"
    for entry in file.of_kind("attachment"):
        if entry.entry_id == held.file_id and entry.author.kind == wanted and entry.compartment == held.compartment:
            try:
                return read_attachment(entry.body.content)
            except MalformedError:
                raise NotAllowedError from None
    raise NotAllowedError


def _put_on_record(seat: Seat, case_id: bytes, held: HeldFile) -> None:
    for _ in range(_TRIES):
        file = look_into(seat, case_id)
        if not file.keys.holds(Compartment.WORK):
            raise NotAllowedError
        if _was_looked_at_lately(file, seat.reader_id, held.key, seat.now):
            return
        change = CaseChange(seat, file.row, file.keys)
        change.add("reading", {"what": "file", "file": held.key})
        try:
            change.commit()
        except store.ConflictError:
            continue  # a colleague wrote meanwhile: read again
        store.record_reading(seat.line_id, seal_reading(seat, file.row, "file"))
        return
    raise store.BusyError


def _was_looked_at_lately(file: CaseFile, reader_id: bytes, key: str, now: datetime) -> bool:
    since = (now - timedelta(seconds=LIMITS.reading_once_seconds)).isoformat()
    return any(
        entry.author.reader_id == reader_id and entry.text("file") == key and since <= entry.body.at <= now.isoformat()
        for entry in file.of_kind("reading")
    )

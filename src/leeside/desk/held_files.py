"""Which files a case has, read from its entries: what came from the writer, what we keep, what was given to the writer.

Contents of entries:
    sent_file   {file, shape, size, digest, seen}  the writer's, in `story`: that a file came. Its own entry (kind
                `attachment`, with the file's id) lies in `identity`
    attachment  see `sealing.attachments`. Ours: in `identity`, or in `work` for whoever does not hold that; and in
                `story`, with {words}, for the writer to keep
    event       file_attached{file, shape, size}: that we put one into `identity`; file_erased{file, origin}
"""

from dataclasses import dataclass
from enum import Enum, unique

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.sealing.attachments import OTHER, SHAPES, is_file_id
from leeside.sealing.compartments import Compartment

ATTACHED = "file_attached"
ERASED = "file_erased"


@unique
class Origin(Enum):
    """Where a file of a case comes from, and for whom it is."""

    WRITER = "writer"
    OURS = "ours"
    GIVEN = "given"


@dataclass(frozen=True)
class HeldFile:
    """One file as the case tells of it, without opening `identity`. `entry` is the one that tells."""

    file_id: bytes
    origin: Origin
    compartment: Compartment
    shape: str
    size: int
    entry: ReadEntry

    @property
    def key(self) -> str:
        """The id as addresses have it."""
        return self.file_id.hex()


def files_of(file: CaseFile) -> tuple[HeldFile, ...]:
    """Every file of a case that is still there, oldest first."""
    gone = {event.text("file") for event in file.events(ERASED)}
    found = [held for entry in file.entries if entry.is_proven and (held := _held(entry)) is not None]
    return tuple(held for held in found if held.key not in gone)


def find_file(file: CaseFile, file_id: bytes) -> HeldFile | None:
    """One of them."""
    return next((held for held in files_of(file) if held.file_id == file_id), None)


def held_in(entry: ReadEntry) -> HeldFile | None:
    """The file that an entry tells of, gone or not."""
    return _held(entry)


def _held(entry: ReadEntry) -> HeldFile | None:
    shape, size = entry.text("shape"), entry.body.content.get("size")
    number = size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else 0
    shape = shape if shape in SHAPES else OTHER
    if entry.kind == "attachment" and entry.author.kind == "staff":
        if entry.compartment not in (Compartment.STORY, Compartment.WORK):
            return None
        origin = Origin.GIVEN if entry.compartment == Compartment.STORY else Origin.OURS
        return HeldFile(entry.entry_id, origin, entry.compartment, shape, number, entry)
    is_sent = entry.kind == "sent_file" and entry.author.kind == "writer" and entry.compartment == Compartment.STORY
    is_ours = entry.kind == "event" and entry.text("event") == ATTACHED
    if not (is_sent or is_ours) or not is_file_id(entry.text("file")):
        return None
    origin = Origin.WRITER if is_sent else Origin.OURS
    return HeldFile(bytes.fromhex(entry.text("file")), origin, Compartment.IDENTITY, shape, number, entry)

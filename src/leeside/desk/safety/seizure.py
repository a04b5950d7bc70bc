"""A seized device: whether a case has one, since when, and which of the writer's entries were known before.

What follows from it is done elsewhere and listed here, because all of it asks this file:
1. Nothing goes out to this mailbox (`outgoing.require_free`; `changes` turns what a flow would send inside).
2. New keys are never sealed to the old words again (`rekeying`), also after the device came back: the words were read.
3. What arrives is marked as written by whoever holds the device (`telling`).
4. Closing, and opening again, wait: both would show in the mailbox (`closing`).
Only an undone tap lifts it. A device that came back ends the alarm, not the distrust of this mailbox.
"""

from dataclasses import dataclass
from typing import Final

from leeside.desk.casefile import CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.sealing.compartments import WRITER_COMPARTMENTS, Compartment

SEIZED: Final = "seized"
UNDONE: Final = "seizure_undone"
BACK: Final = "device_back"
_SHORT: Final = 16


@dataclass(frozen=True)
class Seizure:
    """One seizure that stands. `back_on` is the moment the device was in the person's hands again, or empty."""

    since: str
    by: bytes | None
    known: frozenset[str]
    generations: tuple[tuple[Compartment, int], ...]
    back_at: str = ""

    @property
    def is_back(self) -> bool:
        """Whether the person has the device again; the mailbox stays distrusted."""
        return bool(self.back_at)


def seizure_of(file: CaseFile) -> Seizure | None:
    """The seizure of a case, or None. What was seized twice counts from the first time."""
    found: Seizure | None = None
    for entry in file.of_kind("event"):
        name = entry.text("event")
        if name == SEIZED and (found is None or found.is_back):
            known = found.known if found is not None else _ids(entry)
            found = Seizure(entry.body.at, entry.author.reader_id, known, _generations(entry))
        elif name == UNDONE:
            found = None
        elif name == BACK and found is not None and not found.is_back:
            found = Seizure(found.since, found.by, found.known, found.generations, entry.body.at)
    return found


def writer_entries(file: CaseFile) -> tuple[str, ...]:
    """Short ids of everything the writer's words have sent so far, of the compartments that are open here."""
    return tuple(short_id(entry) for entry in file.entries if entry.author.kind == "writer")


def short_id(entry: ReadEntry) -> str:
    """Enough of an entry's random id to tell it from the others of its case."""
    return entry.entry_id.hex()[:_SHORT]


def is_by_holder(file: CaseFile, entry: ReadEntry) -> bool:
    """Whether an entry came by the writer's words after the device was taken."""
    if entry.author.kind != "writer":
        return False
    seizure = seizure_of(file)
    return seizure is not None and short_id(entry) not in seizure.known


def generations_now(file: CaseFile) -> dict[str, int]:
    """The newest generation of each of the writer's compartments that anybody made, by its committed keys."""
    newest: dict[str, int] = {}
    for one in file.row.commitments:
        if one.compartment in WRITER_COMPARTMENTS:
            name = Compartment(one.compartment).name.lower()
            newest[name] = max(newest.get(name, 0), one.generation)
    return newest


def wants_fresh_keys(file: CaseFile) -> bool:
    """Whether a compartment that is held here still has the keys that the seized words open.

    Whoever tapped may not have held all compartments: the next reader who does gives those new keys.
    """
    seizure = seizure_of(file)
    if seizure is None:
        return False
    held = file.keys
    return any(held.holds(one) and held.newest(one).generation <= before for one, before in seizure.generations)


def _ids(entry: ReadEntry) -> frozenset[str]:
    known = entry.body.content.get("known")
    return frozenset(str(one) for one in known) if isinstance(known, list) else frozenset()


def _generations(entry: ReadEntry) -> tuple[tuple[Compartment, int], ...]:
    stated = entry.body.content.get("generations")
    if not isinstance(stated, dict):
        return ()
    names = {one.name.lower(): one for one in WRITER_COMPARTMENTS}
    return tuple((names[name], number) for name, number in stated.items() if name in names and isinstance(number, int))

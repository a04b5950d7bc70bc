"""A seized device: whether a case has one, since when, and which of the writer's entries were known before.

What follows from it is done elsewhere and listed here, because all of it asks this file:
1. Nothing goes out to this mailbox (`outgoing.require_free`; `changes` turns what a flow would send inside).
2. New keys are never sealed to the old words again (`rekeying`), also after the device came back: the words were read.
3. What arrives is marked as written by whoever holds the device, and answers no fact (`casefile`, `telling`).
4. What would show in the mailbox waits: a transfer, erasing one entry (`changes`). Closing shows in none (`closing`).
Only an undone tap lifts it. A device that came back ends the alarm, not the distrust of this mailbox.
"""

from dataclasses import dataclass
from typing import Final

from leeside.desk.casefile import CaseEntries, CaseFile
from leeside.desk.keyring import ReadEntry
from leeside.sealing.compartments import WRITER_COMPARTMENTS, Compartment

SEIZED: Final = "seized"
UNDONE: Final = "seizure_undone"
BACK: Final = "device_back"
SHORT: Final = 16


@dataclass(frozen=True)
class Seizure:
    """The seizure that stands. `entry` is the short id of the event by which somebody said so, `since` its moment;
    `known` are the entries that came before the first seizure, complete for the compartments `covered`."""

    entry: str
    since: str
    by: bytes | None
    known: frozenset[str]
    covered: frozenset[str]
    generations: tuple[tuple[Compartment, int], ...]
    back_at: str = ""

    @property
    def is_back(self) -> bool:
        """Whether the person has the device again; the mailbox stays distrusted."""
        return bool(self.back_at)


def seizure_of(file: CaseEntries) -> Seizure | None:
    """The seizure of a case, or None. What came by the words after the first one is never trusted again."""
    undone = {event.text("seizure") for event in file.events(UNDONE)}
    standing = [event for event in file.events(SEIZED) if short_id(event) not in undone]
    if not standing:
        return None
    first, last = standing[0], standing[-1]
    backs = {event.text("seizure"): event.body.at for event in file.events(BACK)}
    return Seizure(
        entry=short_id(last),
        since=last.body.at,
        by=last.author.reader_id,
        known=_texts(first, "known"),
        covered=_texts(first, "covered"),
        generations=_generations(first),
        back_at=backs.get(short_id(last), ""),
    )


def writer_entries(file: CaseFile) -> tuple[str, ...]:
    """Short ids of everything the writer's words have sent so far, of the compartments that are open here."""
    return tuple(short_id(entry) for entry in file.entries if entry.author.kind == "writer")


def short_id(entry: ReadEntry) -> str:
    """Enough of an entry's random id to tell it from the others of its case."""
    return entry.entry_id.hex()[:SHORT]


def distrusted_in(file: CaseEntries) -> frozenset[bytes]:
    """Ids of the opened entries that came by the writer's words after the device was taken.

    Where whoever tapped could not see what a compartment held, the day decides, and that whole day is doubted.
    """
    seizure = seizure_of(file)
    if seizure is None:
        return frozenset()
    return frozenset(
        entry.entry_id
        for entry in file.entries
        if entry.author.kind == "writer"
        and short_id(entry) not in seizure.known
        and (entry.compartment.name.lower() in seizure.covered or entry.body.at[:10] >= seizure.since[:10])
    )


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


def _texts(entry: ReadEntry, name: str) -> frozenset[str]:
    listed = entry.body.content.get(name)
    return frozenset(str(one) for one in listed) if isinstance(listed, list) else frozenset()


def _generations(entry: ReadEntry) -> tuple[tuple[Compartment, int], ...]:
    stated = entry.body.content.get("generations")
    if not isinstance(stated, dict):
        return ()
    names = {one.name.lower(): one for one in WRITER_COMPARTMENTS}
    return tuple((names[name], number) for name, number in stated.items() if name in names and isinstance(number, int))

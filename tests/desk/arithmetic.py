"""What somebody's keys open, by arithmetic: every envelope of a case tried with every key of a person.

Nothing here asks a role, a mark or a table of permissions. The shred store is in the thief's hands too.
"""

from contextlib import suppress
from dataclasses import dataclass

from desk.stage import Stage
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import CaseContext, hash_writer_key
from leeside.sealing.errors import SealingError
from leeside.sealing.roster import Roster
from leeside.sealing.unseal import BundleOpener, OwnCopyOpener, open_role_key
from leeside.vault import store
from leeside.vault.arrivals import unpack
from leeside.vault.commitments import unpacked
from leeside.vault.reading import rows_of
from leeside.vault.shredding import WRAP_COLUMNS, shred_key_of, unwrapped

Opened = frozenset[tuple[Compartment, int]]


@dataclass(frozen=True)
class Copy:
    """One case as it lies in the database at one moment: its context and every envelope, without the shred wrap."""

    context: CaseContext
    wraps: tuple[store.KeyWrap, ...]


class Person:
    """A person's ring and the role keys they ever held."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.ring = stage.seat(name).keyring.ring
        self._openers = [BundleOpener(self.ring.sealing_seed, _roster(stage))]
        self._own = OwnCopyOpener(self.ring.sealing_seed, self.ring.reader_id)
        self._known: set[tuple[str, int]] = set()
        self._tried: dict[tuple[bool, int, bytes], Opened] = {}
        self.learn_role_keys(stage)

    def learn_role_keys(self, stage: Stage) -> None:
        """Take in what the database has for this person now; what was taken in stays."""
        for row in store.fetch_role_envelopes(self.ring.line_id, self.ring.reader_id):
            if (row.circle, row.epoch) not in self._known:
                seed = open_role_key(
                    self.ring.sealing_seed, self.ring.line_id, row.circle, row.epoch, self.ring.reader_id, row.sealed
                )
                self._known.add((row.circle, row.epoch))
                self._openers.append(BundleOpener(seed, _roster(stage)))

    def opens(self, copy: Copy | None) -> Opened:
        """Every compartment and generation of which a key opens in this copy of a case."""
        found: set[tuple[Compartment, int]] = set()
        for wrap in copy.wraps if copy is not None else ():
            openers: list[BundleOpener] | list[OwnCopyOpener] = [self._own] if wrap.own_copy else self._openers
            for number, opener in enumerate(openers):
                tried = (wrap.own_copy, number, wrap.sealed)
                if tried not in self._tried:
                    self._tried[tried] = _open(opener, copy, wrap)
                found |= self._tried[tried]
        return frozenset(found)


def _open(opener: BundleOpener | OwnCopyOpener, copy: Copy | None, wrap: store.KeyWrap) -> Opened:
    assert copy is not None
    with suppress(SealingError):
        if isinstance(opener, OwnCopyOpener):
            keys = opener.open(copy.context, wrap.sealed)
        else:
            keys = opener.open(copy.context, wrap.recipient, wrap.sealed)
        return frozenset((key.compartment, key.generation) for key in keys)
    return frozenset()


def copy_of(case_id: bytes) -> Copy | None:
    """The case as it lies there now; None when it is erased."""
    rows = rows_of(
        "default",
        "SELECT line_id, epoch, case_number, writer_public, arrived FROM leeside_case WHERE id = %s",
        [case_id],
    )
    if not rows:
        return None
    line_id, epoch, number, writer_public, arrived = rows[0]
    context = CaseContext(bytes(line_id), epoch, bytes(number), hash_writer_key(bytes(writer_public)))
    wraps = unpack(case_id, bytes(arrived))[0]
    sql = f"SELECT {WRAP_COLUMNS} FROM leeside_wrap WHERE case_id = %s"  # noqa: S608  # names of columns only
    wraps += rows_of("default", sql, [case_id])
    key = shred_key_of(case_id)
    return Copy(context, tuple(unwrapped(key, row) for row in wraps))


def opened_by(stage: Stage, name: str, case_id: bytes) -> Opened:
    """What somebody opens of a case as it lies there now."""
    return Person(stage, name).opens(copy_of(case_id))


def compartments(opened: Opened) -> set[Compartment]:
    """The compartments among what was opened."""
    return {compartment for compartment, _ in opened}


def newest(case_id: bytes) -> dict[Compartment, int]:
    """The newest generation of each compartment, by the case's commitments."""
    found: dict[Compartment, int] = {}
    rows = rows_of("default", "SELECT commitments FROM leeside_case WHERE id = %s", [case_id])
    for one in unpacked(bytes(rows[0][0])):
        found[one.compartment] = max(found.get(one.compartment, 0), one.generation)
    return found


def _roster(stage: Stage) -> Roster:
    return stage.seat("Heron").keyring.roster.current

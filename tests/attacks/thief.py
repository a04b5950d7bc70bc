"""Somebody with the whole of an installation's disk, shred keys included, and one key ring: what opens for them?

Every key is tried on every envelope under every recipient's name, and every case key on every entry and card of every
case. Nothing here asks a role or a table of permissions; what opens, opens by arithmetic.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path

from attacks.rows import roster_of, rows
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import (
    WRITER,
    CaseContext,
    Purpose,
    circle_recipient,
    hash_writer_key,
    reader_recipient,
)
from leeside.sealing.errors import SealingError
from leeside.sealing.keys import CompartmentKey
from leeside.sealing.passphrases import Stretched, is_proof, read_passphrase, stretch
from leeside.sealing.receipts import derive_receipt_keys, receipt_from_entropy
from leeside.sealing.rings import KeyRing
from leeside.sealing.secrets import Secret
from leeside.sealing.shred import unwrap
from leeside.sealing.unseal import (
    BundleOpener,
    EntryOpener,
    OwnCopyOpener,
    open_audit,
    open_bundle_symmetric,
    open_ring,
    open_role_key,
)
from leeside.vault.arrivals import unpack
from leeside.vault.shredding import binding_of
from plugins.lines import FoundedLine, Person

_CASE = (
    "SELECT id, line_id, epoch, case_number, writer_public, arrived, card_id, card_compartment, card_generation,"
    " sealed_card FROM leeside_case"
)
_WRAPS = "SELECT case_id, recipient, own_copy, generation, mask, sealed FROM leeside_wrap WHERE case_id = ?"
_ENTRIES = (
    "SELECT case_id, entry_id, compartment, generation, direction, not_before, shown_until, sealed"
    " FROM leeside_entry WHERE case_id = ?"
)


@cache
def _stretched(passphrase: str, salt: bytes) -> Stretched:
    """A thief with many copies of one disk need not wait for the same slow hash again."""
    return stretch(read_passphrase(passphrase), salt)


@dataclass(frozen=True)
class StolenCase:
    """One case as it lies on the disk: envelopes without their shred wrap, entries and card."""

    number: bytes
    context: CaseContext
    envelopes: tuple[tuple[str, bool, bytes], ...] = field(repr=False)
    entries: tuple[tuple[bytes, int, int, bytes], ...] = field(repr=False)


@dataclass
class Loot:
    """What one set of keys opened: compartments and texts by case number, and how many pairings were tried."""

    compartments: dict[bytes, set[Compartment]] = field(default_factory=dict)
    texts: dict[bytes, list[str]] = field(default_factory=dict)
    readings: int = 0
    tried: int = 0
    opened_entries: set[bytes] = field(default_factory=set)


class Thief:
    """The stolen disk, read once. `shred_from` takes the shred keys of another (older) copy."""

    def __init__(self, directory: Path, *, shred_from: Path | None = None) -> None:
        self.directory = directory
        self.roster = roster_of(directory)
        shred_keys = dict(rows(shred_from or directory, "SELECT case_id, key FROM leeside_shred_key", name="shred"))
        self.cases = tuple(self._read_cases({bytes(one): bytes(key) for one, key in shred_keys.items()}))
        self.role_envelopes = rows(directory, "SELECT circle, epoch, reader_id, sealed FROM leeside_role_envelope")
        self.readings = [row[0] for row in rows(directory, "SELECT sealed FROM leeside_audit_entry")]
        self.recipients = [
            *(circle_recipient(key.circle) for key in self.roster.role_keys),
            *(reader_recipient(bytes(row[0])) for row in rows(directory, "SELECT reader_id FROM leeside_account")),
            WRITER,
        ]

    def _read_cases(self, shred_keys: dict[bytes, bytes]) -> Iterator[StolenCase]:
        for row in rows(self.directory, _CASE):
            case_id = bytes(row[0])
            wraps, entries = unpack(case_id, bytes(row[5]))
            wraps += rows(self.directory, _WRAPS, [case_id])
            entries += rows(self.directory, _ENTRIES, [case_id])
            envelopes = []
            for _, recipient, own_copy, generation, mask, wrapped in wraps:
                with suppress(SealingError, KeyError):
                    binding = binding_of(case_id, recipient, bool(own_copy), generation, mask)
                    envelopes.append((recipient, bool(own_copy), unwrap(shred_keys[case_id], bytes(wrapped), binding)))
            yield StolenCase(
                bytes(row[3]),
                CaseContext(bytes(row[1]), row[2], bytes(row[3]), hash_writer_key(bytes(row[4]))),
                tuple(envelopes),
                (
                    (bytes(row[6]), row[7], row[8], bytes(row[9])),
                    *((bytes(one[1]), one[2], one[3], bytes(one[7])) for one in entries),
                ),
            )

    def keep_envelopes_of(self, older: "Thief") -> None:
        """Try the envelopes of an older copy of the disk too: what was deleted since lies open in the thief's hand."""
        then = {case.number: case.envelopes for case in older.cases}
        self.cases = tuple(
            replace(case, envelopes=(*case.envelopes, *then.get(case.number, ()))) for case in self.cases
        )

    def ring_of(self, person: Person) -> KeyRing:
        """The ring that somebody's passphrase opens: the account is found by trying all of them."""
        for salt, proof_hash, sealed in rows(
            self.directory, "SELECT salt, proof_hash, sealed_ring FROM leeside_account"
        ):
            stretched = _stretched(person.passphrase, bytes(salt))
            if is_proof(stretched.proof, bytes(proof_hash)):
                return open_ring(stretched.wrapping_key, bytes(sealed), Purpose.RING_AT_REST)
        raise AssertionError("no account opens with this passphrase")

    def role_seeds(self, seed: Secret, line_id: bytes) -> list[Secret]:
        """Every role key that this seed opens, tried on the envelopes of everybody."""
        found = []
        for circle, epoch, reader_id, sealed in self.role_envelopes:
            with suppress(SealingError):
                found.append(open_role_key(seed, line_id, circle, epoch, bytes(reader_id), bytes(sealed)))
        return found

    def rob(self, ring: KeyRing, *more: Secret) -> Loot:
        """Everything that a ring opens, alone with the disk; `more` are further seeds (kept from earlier)."""
        held = [ring.sealing_seed, *self.role_seeds(ring.sealing_seed, ring.line_id), *more]
        seeds = list({seed.reveal(): seed for seed in held}.values())
        loot = Loot()
        openers = [BundleOpener(seed, self.roster) for seed in seeds]
        own = [OwnCopyOpener(seed, ring.reader_id) for seed in seeds]
        keys = {case.number: _distinct(self._try_envelopes(case, openers, own, loot)) for case in self.cases}
        self._try_entries(keys, loot)
        for seed, sealed in product(seeds, self.readings):
            loot.tried += 1
            with suppress(SealingError):
                open_audit(seed, ring.line_id, bytes(sealed))
                loot.readings += 1
        return loot

    def rob_as_writer(self, entropy: bytes, line_id: bytes) -> Loot:
        """Everything that a receipt opens."""
        receipt = derive_receipt_keys(receipt_from_entropy(entropy), line_id)
        loot, keys = Loot(), {}
        opener = BundleOpener(receipt.writer_seed, self.roster)
        for case in self.cases:
            found: list[CompartmentKey] = []
            for _, _, sealed in case.envelopes:
                loot.tried += 2
                with suppress(SealingError):
                    found += open_bundle_symmetric(receipt.first_key, case.context, sealed)
                with suppress(SealingError):
                    found += opener.open(case.context, WRITER, sealed)
            keys[case.number] = _distinct(found)
        self._try_entries(keys, loot)
        return loot

    def _try_envelopes(
        self, case: StolenCase, openers: list[BundleOpener], own: list[OwnCopyOpener], loot: Loot
    ) -> Iterator[CompartmentKey]:
        for _, is_own, sealed in case.envelopes:
            if is_own:
                for copy in own:
                    loot.tried += 1
                    with suppress(SealingError):
                        yield from copy.open(case.context, sealed)
                continue
            for opener, recipient in product(openers, self.recipients):
                loot.tried += 1
                with suppress(SealingError):
                    yield from opener.open(case.context, recipient, sealed)

    def _try_entries(self, keys: dict[bytes, list[CompartmentKey]], loot: Loot) -> None:
        every = [key for of_case in keys.values() for key in of_case]
        for case in self.cases:
            for key in every:
                opener = EntryOpener(key, case.context)
                for entry_id, compartment, generation, sealed in case.entries:
                    loot.tried += 1
                    with suppress(SealingError):
                        opened = opener.open(entry_id, sealed)
                        assert (compartment, generation) == (key.compartment, key.generation)
                        loot.compartments.setdefault(case.number, set()).add(Compartment(compartment))
                        loot.texts.setdefault(case.number, []).extend(_texts_in(opened.body.content))
                        loot.opened_entries.add(entry_id)


def _distinct(keys: Iterable[CompartmentKey]) -> list[CompartmentKey]:
    return list({(key.compartment, key.generation, key.key.reveal()): key for key in keys}.values())


def _texts_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts_in(part)]


def number_of(line: FoundedLine, entropy: bytes) -> bytes:
    """The case number that a receipt derives."""
    return derive_receipt_keys(receipt_from_entropy(entropy), line.line_id).case_number

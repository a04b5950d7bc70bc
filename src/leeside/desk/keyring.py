"""The only module of the desk that opens anything: sessions' rings, role keys, cases, readings on record.

Everything it returns belongs to one request and is never kept. What it checks each time, and refuses:
1. a ring that its key does not open, or that belongs to another line or person than the account says;
2. a roster that does not verify up to the ring's fingerprint, or is older than the one the ring saw last;
3. a role key whose public half is not the one on the verified roster;
4. a case key without its commitment (AES-GCM commits to no key);
5. an envelope of another case number or another writer's key: both are bound into it (`CaseContext`), so a case whose
   number or writer's key was exchanged in the database opens nothing;
6. a grant, or keys that staff made, without the signature of somebody who is or was on the roster;
7. an author: a staff entry that is not signed by the key the roster has for its author is shown as not proven.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from leeside.desk.errors import NotAllowedError
from leeside.desk.rosters import LineRoster
from leeside.sealing.briefs import BriefPlace, OpenedBrief
from leeside.sealing.compartments import Compartment, compartments_in
from leeside.sealing.context import LEAD, CaseContext, Purpose, hash_writer_key, reader_recipient
from leeside.sealing.entries import Author, EntryBody
from leeside.sealing.errors import MisuseError, RefusedError
from leeside.sealing.keys import CompartmentKey, newest_key, public_key_of
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.plain_json import Json
from leeside.sealing.reviews import RemarkPlace
from leeside.sealing.rings import KeyRing
from leeside.sealing.seal import key_hint
from leeside.sealing.secrets import Secret
from leeside.sealing.unseal import (
    BundleOpener,
    EntryOpener,
    OpenedEntry,
    OwnCopyOpener,
    check_commitment,
    check_commitments,
    open_audit,
    open_brief,
    open_file_address,
    open_remark,
    open_ring,
    open_role_key,
    read_audit_hint,
    read_bundle_header,
    verify_author,
)
from leeside.sealing.unseal_many import ManyOpener, bodies_of
from leeside.sealing.unseal_streams import open_stream
from leeside.vault.store import CaseRow, EntryRow, KeyWrap, RoleEnvelopeRow, SearchedCase

_CIRCLE: Final = "circle:"


def unlock_ring(wrapping_key: Secret, sealed: bytes, *, in_session: bool) -> KeyRing:
    """The ring that lies at rest under a passphrase, or in a session under its cookie. Raises RefusedError."""
    return open_ring(wrapping_key, sealed, Purpose.RING_IN_SESSION if in_session else Purpose.RING_AT_REST)


@dataclass(frozen=True)
class CaseKeys:
    """The compartment keys of one case that one person holds, checked against the case's commitments."""

    context: CaseContext
    keys: tuple[CompartmentKey, ...] = field(repr=False)
    uncopied: tuple[tuple[int, int, tuple[CompartmentKey, ...]], ...] = field(default=(), repr=False)
    """This reader's own grants that have no own copy yet, each as mask, generation and keys: worth one."""

    def holds(self, compartment: Compartment) -> bool:
        """Whether any generation of the compartment's key is there."""
        return any(key.compartment == compartment for key in self.keys)

    def newest(self, compartment: Compartment) -> CompartmentKey:
        """The key to seal with now. Raises NotAllowedError when the person holds none."""
        if not self.holds(compartment):
            raise NotAllowedError
        return newest_key(self.keys, compartment)

    def of(self, compartments: Iterable[Compartment]) -> tuple[CompartmentKey, ...]:
        """All generations of these compartments that are held."""
        wanted = frozenset(compartments)
        return tuple(key for key in self.keys if key.compartment in wanted)

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        """The compartments of which some key is held."""
        return tuple(one for one in Compartment if self.holds(one))

    def with_key(self, key: CompartmentKey) -> "CaseKeys":
        """The same and one key more: for the compartment or generation that was just made."""
        return CaseKeys(self.context, (*self.keys, key), self.uncopied)


@dataclass(frozen=True)
class ReadEntry:
    """One opened entry. `is_proven` is False for a staff author whose signature does not verify."""

    entry_id: bytes
    compartment: Compartment
    body: EntryBody = field(repr=False)
    is_proven: bool
    row: EntryRow = field(repr=False)

    @property
    def kind(self) -> str:
        """The entry's kind."""
        return self.body.kind

    @property
    def author(self) -> Author:
        """Who it says it is from; ask `is_proven` before a name is shown."""
        return self.body.author

    def text(self, name: str) -> str:
        """One text of the content, or an empty one."""
        value = self.body.content.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class OpenedCase:
    """The entries of a case that could be opened, and how many could not (other keys, or damage)."""

    entries: tuple[ReadEntry, ...] = field(repr=False)
    unreadable: int


@dataclass(frozen=True)
class SearchedBodies:
    """What a search looks into: bodies as bytes with the ids of their entries, how many entries could not be opened,
    grants without an own copy."""

    context: CaseContext
    bodies: Sequence[bytes] = field(repr=False)
    ids: Sequence[bytes] = field(repr=False)
    unreadable: int
    uncopied: tuple[tuple[int, int, tuple[CompartmentKey, ...]], ...] = field(default=(), repr=False)


def case_context(case: CaseRow) -> CaseContext:
    """What everything of the case is bound to, made from the very columns that somebody might exchange."""
    return CaseContext(case.line_id, case.epoch, case.case_number, hash_writer_key(case.writer_public))


class Keyring:
    """What one signed-in person can open, for one request. Role keys are opened when first needed."""

    def __init__(self, ring: KeyRing, roster: LineRoster, envelopes: Sequence[RoleEnvelopeRow]) -> None:
        self.ring = ring
        self.roster = roster
        self._envelopes = {(row.circle, row.epoch): row for row in envelopes if row.reader_id == ring.reader_id}
        self._role_openers: dict[tuple[str, int], BundleOpener] = {}
        self._role_seeds: dict[tuple[str, int], Secret] = {}
        self._own_opener: OwnCopyOpener | None = None
        self._many_opener: ManyOpener | None = None
        self._grant_opener: BundleOpener | None = None
        self._recipient = reader_recipient(ring.reader_id)

    @property
    def reader_id(self) -> bytes:
        """The person."""
        return self.ring.reader_id

    @property
    def held_role_keys(self) -> tuple[tuple[str, int], ...]:
        """Circle and epoch of every role key that is sealed to this person."""
        return tuple(sorted(self._envelopes))

    @property
    def circles(self) -> tuple[str, ...]:
        """The circles whose keys this person holds, `lead` not among them."""
        return tuple(sorted({circle for circle, _ in self._envelopes if circle != LEAD}))

    def role_seed(self, circle: str, epoch: int) -> Secret:
        """A role key that is sealed to this person. Raises RefusedError unless it is the roster's."""
        place = (circle, epoch)
        if place not in self._role_seeds:
            row = self._envelopes.get(place)
            if row is None:
                raise RefusedError
            seed = open_role_key(
                self.ring.sealing_seed, self.ring.line_id, circle, epoch, self.ring.reader_id, row.sealed
            )
            if public_key_of(seed) != self.roster.role_public(circle, epoch):
                raise RefusedError
            self._role_seeds[place] = seed
        return self._role_seeds[place]

    def open_keys(self, case: CaseRow) -> CaseKeys:
        """Every compartment key of the case that this person can reach: own copies, grants, circles, lead.

        What does not open is passed over: an envelope of an epoch this person never had is nothing wrong. What opens
        must have its commitment, else RefusedError.
        """
        context = case_context(case)
        found: list[CompartmentKey] = []
        uncopied: list[tuple[int, int, tuple[CompartmentKey, ...]]] = []
        copies = {(wrap.mask, wrap.generation) for wrap in case.wraps if wrap.own_copy}
        for wrap in case.wraps:
            is_granted = wrap.recipient == self._recipient and not wrap.own_copy
            if is_granted and (wrap.mask, wrap.generation) in copies:
                continue
            keys = self._open_wrap(wrap, context)
            found.extend(keys)
            if is_granted and keys:
                uncopied.append((wrap.mask, wrap.generation, keys))
        once = _each_once(found)
        check_commitments(once, case.commitments, context)
        return CaseKeys(context, once, tuple(uncopied))

    def open_card(self, case: CaseRow) -> Mapping[str, Json]:
        """The case's summary, by the first of its envelopes that has the card's key: the queue opens many.

        Empty when no key is held, or when a later card was not signed by who it says. Raises RefusedError for a key
        without its commitment.
        """
        card, context = case.card, case_context(case)
        for wrap in sorted(case.wraps, key=lambda one: not one.own_copy):
            if card.compartment not in compartments_in(wrap.mask):
                continue
            for key in self._open_wrap(wrap, context):
                if (key.compartment, key.generation) == (card.compartment, card.generation):
                    check_commitments((key,), case.commitments, context)
                    return self._read_card(card, key, context)
        return {}

    def _read_card(self, card: SealedEntry, key: CompartmentKey, context: CaseContext) -> Mapping[str, Json]:
        try:
            opened = EntryOpener(key, context).open(card.entry_id, card.sealed)
        except RefusedError:
            return {}
        return opened.body.content if self._is_proven(opened, card.compartment) else {}

    def _open_wrap(self, wrap: KeyWrap, context: CaseContext) -> tuple[CompartmentKey, ...]:
        """The keys in one envelope; none when it is not for this person or does not open."""
        try:
            if wrap.recipient == self._recipient:
                return self._open_own(wrap, context)
            circle = wrap.recipient.removeprefix(_CIRCLE)
            if circle == wrap.recipient:
                return ()
            place = (circle, read_bundle_header(wrap.sealed)[0])
            if place not in self._role_openers:
                self._role_openers[place] = BundleOpener(self.role_seed(*place), self.roster.current)
            return self._role_openers[place].open(context, wrap.recipient, wrap.sealed)
        except RefusedError:
            return ()

    def _open_own(self, wrap: KeyWrap, context: CaseContext) -> tuple[CompartmentKey, ...]:
        if wrap.own_copy:
            if self._own_opener is None:
                self._own_opener = OwnCopyOpener(self.ring.sealing_seed, self.ring.reader_id)
            return self._own_opener.open(context, wrap.sealed)
        if self._grant_opener is None:
            self._grant_opener = BundleOpener(self.ring.sealing_seed, self.roster.current)
        return self._grant_opener.open(context, self._recipient, wrap.sealed)

    def open_entries(self, keys: CaseKeys, rows: Iterable[EntryRow]) -> OpenedCase:
        """Open and verify entries, in no order. One key object serves all entries of a generation."""
        openers: dict[tuple[int, int], EntryOpener] = {
            (key.compartment, key.generation): EntryOpener(key, keys.context) for key in keys.keys
        }
        read: list[ReadEntry] = []
        unreadable = 0
        for row in rows:
            opener = openers.get((row.compartment, row.generation))
            try:
                if opener is None:
                    raise RefusedError
                opened = opener.open(row.entry_id, row.sealed)
            except RefusedError:
                unreadable += 1
                continue
            compartment = Compartment(row.compartment)
            read.append(ReadEntry(row.entry_id, compartment, opened.body, self._is_proven(opened, compartment), row))
        return OpenedCase(tuple(read), unreadable)

    def open_for_search(self, case: SearchedCase) -> SearchedBodies:
        """The bodies of a case's entries as they stand inside the seals, unread and their authors unproven.

        For finding out whether a word occurs at all, and nothing else: what is shown is opened by `open_entries`
        afterwards. Commitments are compared all the same. Raises RefusedError for a key without its commitment.
        """
        context = CaseContext(case.line_id, case.epoch, case.case_number, hash_writer_key(case.writer_public))
        if self._many_opener is None:
            self._many_opener = ManyOpener(self.ring.sealing_seed, self._recipient)
        held: dict[tuple[int, int], bytes] = {}
        uncopied: list[tuple[int, int, tuple[CompartmentKey, ...]]] = []
        for wrap in case.wraps:
            if wrap.own_copy:
                held |= self._many_opener.keys_in(context, wrap.sealed)
                continue
            keys = self._open_wrap(wrap, context)
            held |= {(int(key.compartment), key.generation): key.key.reveal() for key in keys}
            if keys and wrap.recipient == self._recipient:
                for key in keys:
                    check_commitment(key, case.commitments.get((int(key.compartment), key.generation)), context)
                uncopied.append((wrap.mask, wrap.generation, keys))
        bodies, ids, unreadable = bodies_of(context, held, case.commitments, case.entries)
        return SearchedBodies(context, bodies, ids, unreadable, tuple(uncopied))

    def open_brief(self, place: BriefPlace, sealed: bytes) -> OpenedBrief:
        """A brief to a circle whose role key this person holds, with its proven author. Raises RefusedError."""
        return open_brief(self.role_seed(place.circle, place.epoch), place, sealed, self.roster.current)

    def open_remark(self, place: RemarkPlace, sealed: bytes) -> str:
        """What somebody remarked on a rule, with the coordinators' key of its epoch. Raises RefusedError."""
        return open_remark(self.role_seed(LEAD, place.epoch), place, sealed)

    def open_reading(self, sealed: bytes) -> Mapping[str, Json]:
        """One record of who read what, with whichever lead key it was sealed to. Raises RefusedError."""
        hint = read_audit_hint(sealed)
        for circle, epoch in self._envelopes:
            if circle == LEAD and key_hint(self.roster.role_public(circle, epoch)) == hint:
                return open_audit(self.role_seed(circle, epoch), self.ring.line_id, sealed)
        raise RefusedError

    def _is_proven(self, opened: OpenedEntry, compartment: Compartment) -> bool:
        """Whether the author is who the entry says. A writer's entries are proven by what only the writer holds:
        the store takes them with the posting secret; but nobody but staff writes into `work`."""
        author = opened.body.author
        if author.kind != "staff":
            return compartment != Compartment.WORK
        return any(_is_signed_by(opened, key) for key in self.roster.verify_keys_of(author.reader_id or b""))


def _is_signed_by(opened: OpenedEntry, verify_key: bytes) -> bool:
    try:
        verify_author(opened, verify_key)
    except RefusedError:
        return False
    return True


def require_unswapped(case: CaseRow, keys: CaseKeys, opened: OpenedCase) -> None:
    """Refuse to grant or re-key a case whose number or writer's key is not the one its first entry is bound to.

    The context is made anew from the case's columns; the writer's first entry (kind `answers`, in `story`) opens only
    under the number and key that the receipt gave. Raises RefusedError.
    """
    if keys.context != case_context(case):
        raise RefusedError
    if not any(entry.kind == "answers" and entry.author.kind == "writer" for entry in opened.entries):
        raise RefusedError


def sealed_epochs(wraps: Iterable[KeyWrap]) -> dict[Compartment, int]:
    """The newest epoch under which each compartment was sealed, among these envelopes; own copies carry none."""
    found: dict[Compartment, int] = {}
    for wrap in wraps:
        if not wrap.own_copy:
            epoch = read_bundle_header(wrap.sealed)[0]
            for compartment in compartments_in(wrap.mask):
                found[compartment] = max(found.get(compartment, 0), epoch)
    return found


def _each_once(keys: Iterable[CompartmentKey]) -> tuple[CompartmentKey, ...]:
    """Keys without doubles. Two different keys for one place are refused: somebody sealed a second one."""
    found: dict[tuple[Compartment, int], CompartmentKey] = {}
    for key in keys:
        place = (key.compartment, key.generation)
        if place in found and found[place].key != key.key:
            raise RefusedError
        found[place] = key
    return tuple(found[place] for place in sorted(found))


__all__ = [
    "CaseKeys",
    "Keyring",
    "MisuseError",
    "OpenedCase",
    "ReadEntry",
    "RefusedError",
    "SearchedBodies",
    "case_context",
    "open_file_address",
    "open_stream",
    "require_unswapped",
    "sealed_epochs",
    "unlock_ring",
]

"""The parcel: all that the door hands to the vault for one request, whoever made it.

One format for the server's intake, the browser, the offline letter, the bot and the desk. The
parser accepts one spelling only and checks everything that can be checked without a key: that all
compartments exist, that the writer and ``lead`` hold all of them, that nobody holds the staff's own,
that sizes are of allowed steps, and that the writer's public key can be sealed to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from leeside.sealing import suite
from leeside.sealing.compartments import WRITER_COMPARTMENTS, WRITER_MASK, Compartment
from leeside.sealing.context import (
    HASH_SIZE,
    ID_SIZE,
    LEAD,
    VERSION,
    WRITER,
    CaseContext,
    circle_recipient,
    hash_writer_key,
    is_recipient,
)
from leeside.sealing.errors import MalformedError, MisuseError, TooLargeError
from leeside.sealing.keys import PUBLIC_SIZE, Commitment, check_public_key
from leeside.sealing.limits import LIMITS
from leeside.sealing.padding import STEPS
from leeside.sealing.seal import ENTRY_OVERHEAD, bundle_header
from leeside.sealing.wire import Reader, counted8, counted32, fixed, name, u8, u32

FIRST_GENERATION: Final = 1
_SHAPE: Final = "parcel"
_ENTRY_SIZES: Final = frozenset(step + ENTRY_OVERHEAD for step in STEPS)
_HEADER_SIZE: Final = len(bundle_header(0, 0))
_KEYS_OF_CONTENT: Final = 2
_ONE_KEY_SIZE: Final = 1 + 4 + suite.KEY_SIZE


class Maker(IntEnum):
    """Who made a parcel. A browser or a letter kept the words from the server."""

    SERVER = 1
    BROWSER = 2
    LETTER = 3
    BOT = 4
    DESK = 5


class Urgency(IntEnum):
    """The urgency class that stands in clear; a pack decides what it means."""

    RED = 1
    SOON = 2
    CALM = 3
    LATER = 4


class LookBy(IntEnum):
    """By when somebody should look: a bucket, never a date."""

    TODAY = 1
    THREE_DAYS = 2
    WEEK = 3
    LATER = 4


@dataclass(frozen=True)
class SealedKeys:
    """One recipient's envelope: which compartments and the newest generation in it."""

    recipient: str
    mask: int
    generation: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class SealedEntry:
    """One sealed entry with the key it is sealed under."""

    entry_id: bytes
    compartment: Compartment
    generation: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True)
class Parcel:
    """One request, sealed. Fields in the order of the format."""

    version: int
    maker: Maker
    line_id: bytes
    epoch: int
    pack: str
    pack_version: int
    lookup_hash: bytes
    posting_hash: bytes
    erasing_hash: bytes
    repeat_tag: bytes
    case_number: bytes
    writer_public: bytes = field(repr=False)
    commitments: tuple[Commitment, ...]
    keys: tuple[SealedKeys, ...]
    entries: tuple[SealedEntry, ...]
    card: SealedEntry
    language: str
    channel: str
    circle: str
    urgency: int
    look_by: int

    @property
    def context(self) -> CaseContext:
        """What all of this parcel is bound to."""
        key_hash = hash_writer_key(self.writer_public)
        return CaseContext(self.line_id, self.epoch, self.case_number, key_hash)


def encode_parcel(parcel: Parcel) -> bytes:
    """The only spelling of a parcel; MisuseError if the parser would refuse it."""
    encoded = b"".join(
        (
            u8(parcel.version),
            u8(parcel.maker),
            fixed(parcel.line_id, ID_SIZE),
            u32(parcel.epoch),
            name(parcel.pack),
            u32(parcel.pack_version),
            fixed(parcel.lookup_hash, HASH_SIZE),
            fixed(parcel.posting_hash, HASH_SIZE),
            fixed(parcel.erasing_hash, HASH_SIZE),
            fixed(parcel.repeat_tag, HASH_SIZE),
            fixed(parcel.case_number, ID_SIZE),
            fixed(parcel.writer_public, PUBLIC_SIZE),
            u8(len(parcel.commitments)),
            *(u8(c.compartment) + u32(c.generation) + fixed(c.value, HASH_SIZE) for c in parcel.commitments),
            u8(len(parcel.keys)),
            *(
                counted8(k.recipient.encode("ascii")) + u8(k.mask) + u32(k.generation) + counted32(k.sealed)
                for k in parcel.keys
            ),
            u8(len(parcel.entries)),
            *(_encode_entry(entry) for entry in parcel.entries),
            _encode_entry(parcel.card),
            name(parcel.language),
            name(parcel.channel),
            name(parcel.circle),
            u8(parcel.urgency),
            u8(parcel.look_by),
        )
    )
    try:
        _read(encoded)
    except MalformedError:
        raise MisuseError("a parcel that no vault would take") from None
    return encoded


def _encode_entry(entry: SealedEntry) -> bytes:
    return fixed(entry.entry_id, ID_SIZE) + u8(entry.compartment) + u32(entry.generation) + counted32(entry.sealed)


def parse_parcel(untrusted: bytes) -> Parcel:
    """The parcel that ``untrusted`` spells; a MalformedError says where it is none.

    About 80 microseconds, most of it for the writer's public key.
    """
    if len(untrusted) > LIMITS.parcel:
        raise TooLargeError("parcel is larger than its limit")
    parcel = _read(untrusted)
    check_public_key(parcel.writer_public)
    return parcel


def _read(untrusted: bytes) -> Parcel:
    reader = Reader(untrusted, _SHAPE)
    reader.version(VERSION)
    parcel = Parcel(
        version=VERSION,
        maker=Maker(reader.ranged(reader.u8(), 1, len(Maker))),
        line_id=reader.take(ID_SIZE),
        epoch=reader.ranged(reader.u32(), 1, LIMITS.epoch),
        pack=reader.name(),
        pack_version=reader.ranged(reader.u32(), 1, 2**31 - 1),
        lookup_hash=reader.take(HASH_SIZE),
        posting_hash=reader.take(HASH_SIZE),
        erasing_hash=reader.take(HASH_SIZE),
        repeat_tag=reader.take(HASH_SIZE),
        case_number=reader.take(ID_SIZE),
        writer_public=reader.take(PUBLIC_SIZE),
        commitments=_read_commitments(reader),
        keys=_read_keys(reader),
        entries=_read_entries(reader),
        card=_read_entry(reader),
        language=reader.name(),
        channel=reader.name(),
        circle=reader.name(),
        urgency=reader.ranged(reader.u8(), 1, len(Urgency)),
        look_by=reader.ranged(reader.u8(), 1, len(LookBy)),
    )
    reader.end()
    _require_whole(reader, parcel)
    return parcel


def _read_commitments(reader: Reader) -> tuple[Commitment, ...]:
    """Exactly one for each compartment of a writer, in order, of the first generation."""
    reader.ranged(reader.u8(), len(WRITER_COMPARTMENTS), len(WRITER_COMPARTMENTS))
    return tuple(
        Commitment(*_read_place(reader, compartment), reader.take(HASH_SIZE)) for compartment in WRITER_COMPARTMENTS
    )


def _read_place(reader: Reader, compartment: Compartment) -> tuple[Compartment, int]:
    reader.ranged(reader.u8(), compartment, compartment)
    return compartment, reader.ranged(reader.u32(), FIRST_GENERATION, FIRST_GENERATION)


def _read_keys(reader: Reader) -> tuple[SealedKeys, ...]:
    count = reader.ranged(reader.u8(), 2, LIMITS.parcel_recipients)
    return tuple(_read_sealed_keys(reader) for _ in range(count))


def _read_sealed_keys(reader: Reader) -> SealedKeys:
    recipient = reader.counted8().decode("latin-1")
    if not is_recipient(recipient) or recipient.startswith("reader:"):
        raise reader.malformed("has keys for somebody who is neither writer nor circle")
    mask = reader.ranged(reader.u8(), 1, WRITER_MASK)
    generation = reader.ranged(reader.u32(), FIRST_GENERATION, FIRST_GENERATION)
    # An envelope ends with the mark that nobody signed it; the writer's symmetric one has none.
    overhead = suite.GCM_OVERHEAD if recipient == WRITER else suite.ENVELOPE_OVERHEAD + 1
    size = _HEADER_SIZE + overhead + _KEYS_OF_CONTENT + mask.bit_count() * _ONE_KEY_SIZE
    sealed = reader.counted32(size)
    if len(sealed) != size or sealed[:1] != u8(VERSION) or sealed[5] != mask:
        raise reader.malformed("has an envelope of another size or kind than it states")
    return SealedKeys(recipient, mask, generation, sealed)


def _read_entries(reader: Reader) -> tuple[SealedEntry, ...]:
    """Exactly one for each compartment of a writer, in order: also when there is nothing to say."""
    reader.ranged(reader.u8(), len(WRITER_COMPARTMENTS), len(WRITER_COMPARTMENTS))
    entries = tuple(_read_entry(reader) for _ in WRITER_COMPARTMENTS)
    if tuple(entry.compartment for entry in entries) != WRITER_COMPARTMENTS:
        raise reader.malformed("has not one entry for each compartment, in order")
    return entries


def _read_entry(reader: Reader) -> SealedEntry:
    entry_id = reader.take(ID_SIZE)
    compartment = Compartment(reader.ranged(reader.u8(), 1, max(WRITER_COMPARTMENTS)))
    generation = reader.ranged(reader.u32(), FIRST_GENERATION, FIRST_GENERATION)
    sealed = reader.counted32(max(_ENTRY_SIZES))
    if len(sealed) not in _ENTRY_SIZES or sealed[:1] != u8(VERSION):
        raise reader.malformed("has an entry whose size is no step")
    return SealedEntry(entry_id, compartment, generation, sealed)


def _require_whole(reader: Reader, parcel: Parcel) -> None:
    recipients = [keys.recipient for keys in parcel.keys]
    if recipients != sorted(set(recipients)):
        raise reader.malformed("has its recipients twice or out of order")
    masks = {keys.recipient: keys.mask for keys in parcel.keys}
    if masks.get(WRITER) != WRITER_MASK or masks.get(circle_recipient(LEAD)) != WRITER_MASK:
        raise reader.malformed("leaves a key from its writer or from the coordinators")
    if circle_recipient(parcel.circle) not in masks:
        raise reader.malformed("lies in a circle that it gives no key")
    if parcel.card.compartment is not Compartment.STORY:
        raise reader.malformed("has its card outside the story")
    entry_ids = [entry.entry_id for entry in (*parcel.entries, parcel.card)]
    if len(set(entry_ids)) != len(entry_ids):
        raise reader.malformed("uses one entry's id twice")

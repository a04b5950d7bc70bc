"""What every sealed thing is bound to: the bytes of each ``info`` and each associated data.

Two things sealed for different purposes, lines, cases, recipients or compartments never share these
bytes: they begin with the house's name, the format's version and the purpose, and every field after
that has a fixed size or its length in front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Final

from leeside.sealing.compartments import Compartment
from leeside.sealing.errors import MisuseError
from leeside.sealing.wire import counted8, fixed, is_name, name, u8, u32

HOUSE: Final = b"leeside"
VERSION: Final = 1
"""The version byte in front of every sealed shape; one number for all, see docs/format.md."""

ID_SIZE: Final = 16
HASH_SIZE: Final = 32

WRITER: Final = "writer"
LEAD: Final = "lead"
"""The only circle that code knows."""

_RECIPIENT: Final = re.compile(r"(?:writer|circle:[a-z][a-z0-9_-]{0,31}|reader:[0-9a-f]{32})\Z")


class Purpose(IntEnum):
    """What a sealed thing is for. A number, once used, is never given to another purpose."""

    BUNDLE = 1
    FIRST_BUNDLE = 2
    OWN_COPY = 3
    ENTRY = 4
    ENTRY_SIGNATURE = 5
    COMMITMENT = 6
    ROLE_KEY = 7
    RING_AT_REST = 8
    RING_IN_SESSION = 9
    AUDIT = 10
    AUDIT_HEAD = 11
    SHRED = 12
    ROSTER = 13
    ROSTER_HASH = 14
    PERSON = 15
    WRITER_KEY = 16
    LOOKUP_HASH = 17
    POSTING_HASH = 18
    ERASING_HASH = 19
    RECEIPT = 20
    RECEIPT_CHECK = 21
    REPEAT = 22
    PROOF_HASH = 23
    OUTBOX = 24
    CHAT_INDEX = 25
    STREAM = 26
    MAILBOX_SESSION = 27
    SESSION = 28
    KEY_HINT = 29
    GRANT = 30
    AUDIT_SIGNATURE = 31
    FILE_DIGEST = 32
    FILE_ADDRESS = 33
    BRIEF = 36
    BRIEF_SIGNATURE = 37
    REVIEW = 38
    REVIEW_REMARK = 39
    REVIEW_REMARK_HASH = 40


def prefix(purpose: Purpose) -> bytes:
    """The nine bytes in front of all that is hashed, signed, derived or bound."""
    return _PREFIXES[purpose]


_PREFIXES: Final = {purpose: HOUSE + bytes((VERSION, purpose)) for purpose in Purpose}


def hash_for(purpose: Purpose, *parts: bytes) -> bytes:
    """SHA-256 over the purpose's prefix and ``parts``, which must have fixed sizes (or be the last)."""
    digest = sha256(prefix(purpose))
    for part in parts:
        digest.update(part)
    return digest.digest()


def hash_writer_key(public: bytes) -> bytes:
    """The hash of a writer's public key that is bound into all that belongs to the case."""
    return hash_for(Purpose.WRITER_KEY, public)


def circle_recipient(circle: str) -> str:
    """The recipient's name of a circle, as key rows and parcels have it."""
    if not is_name(circle):
        raise MisuseError("a circle's name has a character or a length that names may not have")
    return f"circle:{circle}"


def reader_recipient(reader_id: bytes) -> str:
    """The recipient's name of one reader, as key rows have it."""
    return f"reader:{fixed(reader_id, ID_SIZE).hex()}"


def is_recipient(recipient: str) -> bool:
    """Whether ``recipient`` is ``writer``, ``circle:NAME`` or ``reader:32 hex digits``."""
    return _RECIPIENT.match(recipient) is not None


@dataclass(frozen=True)
class CaseContext:
    """The case that something is sealed for.

    ``epoch`` is the epoch of the case's parcel and stays for ever; an envelope made in a later
    epoch carries that epoch itself (see ``bundle_info``). ``case_number`` and ``writer_key_hash``
    both derive from the receipt; whoever grants or renews keys makes this object from the public
    key that the vault holds, so that an exchanged key opens nothing.
    """

    line_id: bytes
    epoch: int
    case_number: bytes
    writer_key_hash: bytes

    def __post_init__(self) -> None:
        is_sized = len(self.line_id) == len(self.case_number) == ID_SIZE and len(self.writer_key_hash) == HASH_SIZE
        if not is_sized or not 0 <= self.epoch < 1 << 32:
            raise MisuseError("a part of a case's context has another size")

    def bundle_info(self, purpose: Purpose, recipient: str, mask: int, sealed_epoch: int) -> bytes:
        """What an envelope of compartment keys is bound to."""
        if not is_recipient(recipient):
            raise MisuseError("not the name of a recipient")
        return b"".join(
            (
                prefix(purpose),
                self.line_id,
                u32(self.epoch),
                self.case_number,
                self.writer_key_hash,
                u32(sealed_epoch),
                u8(mask),
                counted8(recipient.encode("ascii")),
            )
        )

    def entry_binding(self, purpose: Purpose, compartment: Compartment, generation: int) -> bytes:
        """What an entry (or its signature) is bound to; the entry's id follows these bytes."""
        return b"".join(
            (
                prefix(purpose),
                self.line_id,
                self.case_number,
                self.writer_key_hash,
                u8(compartment),
                u32(generation),
            )
        )


def role_key_info(line_id: bytes, circle: str, epoch: int, reader_id: bytes) -> bytes:
    """What the envelope of a circle's role key to one member is bound to."""
    return b"".join(
        (
            prefix(Purpose.ROLE_KEY),
            fixed(line_id, ID_SIZE),
            u32(epoch),
            fixed(reader_id, ID_SIZE),
            name(circle),
        )
    )


def audit_info(line_id: bytes) -> bytes:
    """What an audit record is bound to."""
    return prefix(Purpose.AUDIT) + fixed(line_id, ID_SIZE)


def brief_info(line_id: bytes, circle: str, epoch: int, brief_id: bytes) -> bytes:
    """What a shift's brief to one circle is bound to."""
    return b"".join(
        (prefix(Purpose.BRIEF), fixed(line_id, ID_SIZE), u32(epoch), fixed(brief_id, ID_SIZE), name(circle))
    )


def outbox_info(line_id: bytes, message_id: bytes) -> bytes:
    """What a message of the courier's outbox is bound to."""
    return prefix(Purpose.OUTBOX) + fixed(line_id, ID_SIZE) + fixed(message_id, ID_SIZE)

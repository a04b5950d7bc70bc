"""The key ring: everything of one staff identity that its passphrase unlocks, for one line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from leeside.sealing.context import HASH_SIZE, ID_SIZE
from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.plain_json import Json, decode_json, encode_json
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import fixed

_SEED_SIZE: Final = 32
_FIELDS: Final = frozenset(
    {
        "audit_count",
        "audit_head",
        "fingerprint",
        "line",
        "name",
        "reader",
        "roster",
        "sealing_seed",
        "signing_seed",
        "totp_secret",
    }
)


@dataclass(frozen=True)
class KeyRing:
    """Both private keys, the line's pinned fingerprint and what this person saw last.

    ``roster_number`` and ``audit_head`` (with ``audit_count``, the entries it covers) only ever
    move forward: a roster or an audit chain that is shorter than what a ring has seen is refused.
    """

    reader_id: bytes
    line_id: bytes
    name: str = field(repr=False)
    sealing_seed: Secret
    signing_seed: Secret
    fingerprint: bytes
    roster_number: int
    totp_secret: Secret
    audit_head: bytes | None = None
    audit_count: int = 0


def encode_ring(ring: KeyRing) -> bytes:
    """The only spelling of a ring, as JSON with hexadecimal fields."""
    head = ring.audit_head
    if (head is None) != (ring.audit_count == 0):
        raise MisuseError("an audit head covers at least one entry")
    return encode_json(
        {
            "audit_count": ring.audit_count,
            "audit_head": None if head is None else fixed(head, HASH_SIZE).hex(),
            "fingerprint": fixed(ring.fingerprint, HASH_SIZE).hex(),
            "line": fixed(ring.line_id, ID_SIZE).hex(),
            "name": ring.name,
            "reader": fixed(ring.reader_id, ID_SIZE).hex(),
            "roster": ring.roster_number,
            "sealing_seed": fixed(ring.sealing_seed.reveal(), _SEED_SIZE).hex(),
            "signing_seed": fixed(ring.signing_seed.reveal(), _SEED_SIZE).hex(),
            "totp_secret": ring.totp_secret.reveal().hex(),
        }
    )


def decode_ring(plain: bytes) -> KeyRing:
    """The ring that ``plain`` spells; MalformedError for anything ``encode_ring`` does not write."""
    fields = decode_json(plain)
    if fields.keys() != _FIELDS:
        raise MalformedError("not a key ring")
    head = fields["audit_head"]
    audit_head = None if head is None else _bytes(head, HASH_SIZE)
    audit_count = _count(fields["audit_count"])
    if (audit_head is None) != (audit_count == 0):
        raise MalformedError("not a key ring")
    return KeyRing(
        reader_id=_bytes(fields["reader"], ID_SIZE),
        line_id=_bytes(fields["line"], ID_SIZE),
        name=_text(fields["name"]),
        sealing_seed=Secret(_bytes(fields["sealing_seed"], _SEED_SIZE)),
        signing_seed=Secret(_bytes(fields["signing_seed"], _SEED_SIZE)),
        fingerprint=_bytes(fields["fingerprint"], HASH_SIZE),
        roster_number=_count(fields["roster"]),
        totp_secret=Secret(_bytes(fields["totp_secret"], None)),
        audit_head=audit_head,
        audit_count=audit_count,
    )


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise MalformedError("not a key ring")
    return value


def _bytes(value: Json, size: int | None) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(r"(?:[0-9a-f]{2})+", value):
        raise MalformedError("not a key ring")
    found = bytes.fromhex(value)
    if size is not None and len(found) != size:
        raise MalformedError("not a key ring")
    return found


def _count(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedError("not a key ring")
    return value

"""The audit chain: one hash over all sealed audit records, in the order in which they were chained.

The server chains and signs nothing; a coordinator's session signs the head it saw and keeps it in
the ring. Editing or shortening is seen up to the last head that somebody holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from leeside.sealing.context import HASH_SIZE, ID_SIZE, Purpose, hash_for, prefix
from leeside.sealing.keys import sign, verify
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import fixed, u64

FIRST_HEAD: Final = bytes(HASH_SIZE)
"""The head of a chain without records."""


def next_head(previous_head: bytes, sealed_entries: Iterable[bytes]) -> bytes:
    """The head after ``sealed_entries``; how they are cut into batches makes no difference."""
    head = fixed(previous_head, HASH_SIZE)
    for sealed in sealed_entries:
        head = hash_for(Purpose.AUDIT_HEAD, head, sha256(sealed).digest())
    return head


def sign_head(signing_seed: Secret, line_id: bytes, count: int, head: bytes) -> bytes:
    """A coordinator's signature over a head and the number of records it covers."""
    return sign(signing_seed, _head_message(line_id, count, head))


def verify_head(verify_key: bytes, line_id: bytes, count: int, head: bytes, signature: bytes) -> None:
    """Raise RefusedError unless ``signature`` is the coordinator's over this head and count."""
    verify(verify_key, _head_message(line_id, count, head), signature)


def _head_message(line_id: bytes, count: int, head: bytes) -> bytes:
    return b"".join(
        (
            prefix(Purpose.AUDIT_SIGNATURE),
            fixed(line_id, ID_SIZE),
            u64(count),
            fixed(head, HASH_SIZE),
        )
    )

"""Opening a hundred thousand entries in less than a second, for a search: the shapes of `unseal`, with fewer objects.

As dangerous as `unseal`, and imported by `desk.keyring` only. What is the same: every key opens only with its
commitment, and every byte that comes out is authentic in its place (line, case, writer's key, compartment, generation,
entry). What is left to `unseal`, because nothing that comes out here is ever shown: that padding and JSON have their
one spelling, and who signed. Whoever shows an entry opens it again, there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from struct import Struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leeside.sealing import suite
from leeside.sealing.context import VERSION, CaseContext, Purpose, prefix
from leeside.sealing.errors import RefusedError
from leeside.sealing.keys import SIGNATURE_SIZE
from leeside.sealing.own_copies import own_copy_key
from leeside.sealing.seal import UNSIGNED
from leeside.sealing.secrets import Secret, is_equal
from leeside.sealing.wire import counted8

Place = tuple[int, int]
"""Compartment and generation."""

_KEYS: Final = Struct(f">BI{suite.KEY_SIZE}s")
_KEY_ROW: Final = _KEYS.size
_COUNT: Final = 2
_HEADER: Final = 6
_SEALED: Final = _HEADER + suite.NONCE_SIZE
_NONCE_END: Final = 1 + suite.NONCE_SIZE
_LENGTH: Final = 4
_read_length: Final = Struct(">I").unpack_from
_UNSIGNED: Final = UNSIGNED[0]
_OWN_COPY: Final = prefix(Purpose.OWN_COPY)
_BEHIND_MARK: Final = _LENGTH + 1
_BEHIND_SIGNATURE: Final = _BEHIND_MARK + SIGNATURE_SIZE


class ManyOpener:
    """Opens own copies of one reader, and the bodies under the keys that were in them."""

    def __init__(self, seed: Secret, recipient: str) -> None:
        self._gcm = suite.gcm(own_copy_key(seed))
        self._behind = counted8(recipient.encode("ascii"))

    def keys_in(self, context: CaseContext, sealed: bytes) -> dict[Place, bytes]:
        """The keys of an own copy, none of them compared with its commitment yet. Raises RefusedError."""
        if len(sealed) < _HEADER + suite.NONCE_SIZE or sealed[0] != VERSION:
            raise RefusedError
        # As `CaseContext.bundle_info` spells it: the header behind the version is epoch and mask.
        place = context.line_id + context.epoch.to_bytes(4, "big") + context.case_number + context.writer_key_hash
        info = _OWN_COPY + place + sealed[1:_HEADER] + self._behind
        try:
            plain = self._gcm.decrypt(sealed[_HEADER:_SEALED], sealed[_SEALED:], info)
        except (InvalidTag, ValueError):
            raise RefusedError from None
        if len(plain) != _COUNT + _KEY_ROW * int.from_bytes(plain[:_COUNT], "big"):
            raise RefusedError
        return {(compartment, generation): key for compartment, generation, key in _KEYS.iter_unpack(plain[_COUNT:])}


def bodies_of(
    context: CaseContext,
    keys: Mapping[Place, bytes],
    commitments: Mapping[Place, bytes],
    entries: Iterable[tuple[bytes, bytes, int, int, bytes]],
) -> tuple[list[bytes], list[bytes], int]:
    """The bodies of entries (case, id, compartment, generation, sealed) as bytes, their ids, and how many stayed shut.

    A key is compared with its commitment before its first use; raises RefusedError for one without.
    """
    place = prefix(Purpose.ENTRY) + context.line_id + context.case_number + context.writer_key_hash
    committed = prefix(Purpose.COMMITMENT) + context.line_id + context.case_number
    openers: dict[Place, tuple[Callable[[bytes, bytes, bytes], bytes], bytes]] = {}
    bodies: list[bytes] = []
    ids: list[bytes] = []
    unreadable = 0
    for _, entry_id, compartment, generation, sealed in entries:
        opener = openers.get((compartment, generation))
        if opener is None:
            key = keys.get((compartment, generation))
            if key is None:
                unreadable += 1
                continue
            where = bytes((compartment,)) + generation.to_bytes(4, "big")
            stated = commitments.get((compartment, generation), b"")
            if not is_equal(sha256(committed + where + key).digest(), stated):
                raise RefusedError
            opener = openers[compartment, generation] = AESGCM(key).decrypt, place + where
        try:
            padded = opener[0](sealed[1:_NONCE_END], sealed[_NONCE_END:], opener[1] + entry_id)
        except (InvalidTag, ValueError):
            unreadable += 1
            continue
        behind = _BEHIND_MARK if padded[_LENGTH] == _UNSIGNED else _BEHIND_SIGNATURE
        bodies.append(padded[behind : _LENGTH + _read_length(padded)[0]])
        ids.append(entry_id)
    return bodies, ids, unreadable

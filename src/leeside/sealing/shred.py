"""Shred keys: every copy of a case's keys lies wrapped under one random key, kept apart.

Only the vault's store imports this. What is wrapped here is sealed already: a shred key alone opens
nothing, and deleting it makes every older copy of the case unreadable.
"""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leeside.sealing import suite
from leeside.sealing.context import VERSION, Purpose, prefix
from leeside.sealing.errors import RefusedError, UnknownVersionError
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import u8

SHRED_KEY_SIZE: Final = suite.KEY_SIZE
WRAP_OVERHEAD: Final = 1 + suite.GCM_OVERHEAD
_NONCE_END: Final = 1 + suite.NONCE_SIZE
_PREFIX: Final = prefix(Purpose.SHRED)


def make_shred_key() -> bytes:
    """A new random key for one case, to lie in the shred store only."""
    return os.urandom(SHRED_KEY_SIZE)


def wrap(shred_key: bytes, sealed: bytes, binding: bytes, nonce: bytes | None = None) -> bytes:
    """``sealed`` under ``shred_key``: 29 bytes more.

    ``binding`` names the row it lies in (case, recipient), so that rows cannot be exchanged; its
    parts must have fixed sizes or their lengths in front. ``nonce`` is for vectors.
    """
    return u8(VERSION) + suite.gcm_seal(Secret(shred_key), sealed, _PREFIX + binding, nonce)


def unwrap(shred_key: bytes, wrapped: bytes, binding: bytes) -> bytes:
    """What was wrapped; RefusedError for another key, another row or an altered byte."""
    if not wrapped:
        raise RefusedError
    if wrapped[0] != VERSION:
        raise UnknownVersionError("wrap", wrapped[0])
    if len(shred_key) != SHRED_KEY_SIZE:
        raise RefusedError
    try:
        # Made without a Secret around the key, which is bare bytes already: a search does this ten thousand times.
        return AESGCM(shred_key).decrypt(wrapped[1:_NONCE_END], wrapped[_NONCE_END:], _PREFIX + binding)
    except (InvalidTag, ValueError):
        raise RefusedError from None

"""The one suite: HPKE with X-Wing, HKDF-SHA256 and AES-256-GCM, and how its keys become bytes.

The library's X-Wing key classes cannot be serialised, so the two halves are composed here. Nothing
in this module opens an envelope.
"""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import shake_256
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.secrets import Secret

SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

SEED_SIZE: Final = 32
MLKEM_SEED_SIZE: Final = 64
MLKEM_PUBLIC_SIZE: Final = 1184
PUBLIC_SIZE: Final = MLKEM_PUBLIC_SIZE + 32
ENVELOPE_OVERHEAD: Final = 1120 + 16
"""Bytes that an envelope has more than its content: the KEM's ciphertext and the tag."""

KEY_SIZE: Final = 32
NONCE_SIZE: Final = 12
TAG_SIZE: Final = 16
GCM_OVERHEAD: Final = NONCE_SIZE + TAG_SIZE

# Its two private keys are published with this line: it only serves to ask the library whether a
# public point is one of the few that give everybody the same shared secret.
_POINT_PROBE: Final = X25519PrivateKey.from_private_bytes(bytes(range(32)))


def expand_seed(seed: Secret) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """The two private halves of an X-Wing seed of 32 bytes.

    draft-connolly-cfrg-xwing-kem, section 5.2 (expandDecapsulationKey): SHAKE-256 to 96 bytes, 64
    for ML-KEM-768 (d and z) and 32 for X25519. About 105 microseconds.
    """
    if len(seed) != SEED_SIZE:
        raise MisuseError("a seed has 32 bytes")
    expanded = shake_256(seed.reveal()).digest(MLKEM_SEED_SIZE + 32)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED_SIZE]),
        X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED_SIZE:]),
    )


def private_key(seed: Secret) -> MLKEM768X25519PrivateKey:
    """The private key of a seed, as the suite takes it. Derive it once and keep it for the request."""
    return MLKEM768X25519PrivateKey(*expand_seed(seed))


def public_bytes(seed: Secret) -> bytes:
    """The public key of a seed: ML-KEM-768's 1,184 bytes, then X25519's 32."""
    mlkem_key, x25519_key = expand_seed(seed)
    return mlkem_key.public_key().public_bytes_raw() + x25519_key.public_key().public_bytes_raw()


@lru_cache(maxsize=64)
def public_key(public: bytes) -> MLKEM768X25519PublicKey:
    """The public key of 1,216 bytes; a MalformedError says that they are none.

    A few are kept ready, because every parcel of a line is sealed to the same role keys; a public
    key is no secret and stands in the database anyway. X25519 points of low order pass here and are
    refused by the library when something is sealed to them; ``check_public`` refuses them early.
    """
    if len(public) != PUBLIC_SIZE:
        raise MalformedError("a public key has 1,216 bytes")
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC_SIZE]),
            X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC_SIZE:]),
        )
    except (ValueError, UnsupportedAlgorithm):
        raise MalformedError("a public key is not in its range") from None


def check_public(public: bytes) -> None:
    """Refuse a public key that nothing could be sealed to, and one written in a second spelling.

    RFC 7748 lets a receiver ignore the top bit and reduce numbers above the prime; a key that needs
    either was not made by any of our writers, and two spellings of one key have two hashes. What is
    checked is not kept: a flood of parcels does not drive the line's role keys out of memory.
    """
    mlkem, point = public[:MLKEM_PUBLIC_SIZE], public[MLKEM_PUBLIC_SIZE:]
    if int.from_bytes(point, "little") >= 2**255 - 19:
        raise MalformedError("a public key is not in its only spelling")
    try:
        MLKEM768PublicKey.from_public_bytes(mlkem)
    except (ValueError, UnsupportedAlgorithm):
        raise MalformedError("a public key is not in its range") from None
    try:
        _POINT_PROBE.exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError:
        raise MalformedError("a public key has a point of low order") from None


def gcm_seal(key: Secret, plain: bytes, binding: bytes, nonce: bytes | None = None) -> bytes:
    """A fresh random nonce of 96 bits, then AES-256-GCM of ``plain`` bound to ``binding``.

    ``nonce`` is for known-answer vectors only; nothing but tests hands it in.
    """
    drawn = os.urandom(NONCE_SIZE) if nonce is None else nonce
    return drawn + gcm(key).encrypt(drawn, plain, binding)


def gcm(key: Secret) -> AESGCM:
    """A ready AES-256-GCM object; making one costs as much as an opening, so keep it for a loop."""
    if len(key) != KEY_SIZE:
        raise MisuseError("a key has 32 bytes")
    return AESGCM(key.reveal())


def extract(salt: bytes, secret: Secret) -> Secret:
    """HKDF-Extract with SHA-256 (RFC 5869, section 2.2)."""
    return Secret(HKDF.extract(SHA256(), salt, secret.reveal()))


def expand(root: Secret, info: bytes, size: int = 32) -> Secret:
    """HKDF-Expand with SHA-256 (RFC 5869, section 2.3)."""
    return Secret(HKDFExpand(SHA256(), size, info).derive(root.reveal()))

"""HPKE and X-Wing once more, written straight from the documents, to open our envelopes without the library's HPKE.

RFC 9180 sections 4 and 5 (base mode, HKDF-SHA256), draft-connolly-cfrg-xwing-kem-08 sections 5.3 to 5.5. For tests
only: it is slow, and nothing is compared in constant time.
"""

import hmac
from hashlib import sha3_256, sha256, shake_256

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

XWING, DHKEM_X25519 = 0x647A, 0x0020
AES_256_GCM, CHACHA = 2, 3
XWING_LABEL = bytes.fromhex("5c2e2f2f5e5c")
ENC_SIZE = 1120


def extract(salt: bytes, ikm: bytes) -> bytes:
    """HKDF-Extract."""
    return hmac.digest(salt or bytes(32), ikm, sha256)


def expand(prk: bytes, info: bytes, size: int) -> bytes:
    """HKDF-Expand."""
    out, block = b"", b""
    for count in range(1, -(-size // 32) + 1):
        block = hmac.digest(prk, block + info + bytes([count]), sha256)
        out += block
    return out[:size]


def expand_seed(seed: bytes) -> tuple[bytes, bytes]:
    """An X-Wing seed's ML-KEM seed (d and z) and X25519 private key."""
    expanded = shake_256(seed).digest(96)
    return expanded[:64], expanded[64:]


def decapsulate(seed: bytes, enc: bytes) -> bytes:
    """X-Wing's shared secret: SHA3-256 of both secrets, the X25519 half's ciphertext and key, and the label."""
    mlkem_seed, x25519_seed = expand_seed(seed)
    x25519 = X25519PrivateKey.from_private_bytes(x25519_seed)
    mlkem_secret = MLKEM768PrivateKey.from_seed_bytes(mlkem_seed).decapsulate(enc[:1088])
    x25519_secret = x25519.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    public = x25519.public_key().public_bytes_raw()
    return sha3_256(mlkem_secret + x25519_secret + enc[1088:] + public + XWING_LABEL).digest()


def key_schedule(kem: int, aead: int, shared_secret: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Key and base nonce of base mode without PSK, HKDF-SHA256."""
    suite = b"HPKE" + kem.to_bytes(2, "big") + b"\x00\x01" + aead.to_bytes(2, "big")

    def labeled_extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return extract(salt, b"HPKE-v1" + suite + label + ikm)

    def labeled_expand(prk: bytes, label: bytes, context: bytes, size: int) -> bytes:
        return expand(prk, size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context, size)

    context = b"\x00" + labeled_extract(b"", b"psk_id_hash", b"") + labeled_extract(b"", b"info_hash", info)
    secret = labeled_extract(shared_secret, b"secret", b"")
    return labeled_expand(secret, b"key", context, 32), labeled_expand(secret, b"base_nonce", context, 12)


def open_envelope(seed: bytes, envelope: bytes, info: bytes) -> bytes:
    """What `seal_to` sealed: X-Wing, HKDF-SHA256, AES-256-GCM."""
    key, nonce = key_schedule(XWING, AES_256_GCM, decapsulate(seed, envelope[:ENC_SIZE]), info)
    return AESGCM(key).decrypt(nonce, envelope[ENC_SIZE:], b"")


def open_with(aead: int, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The first message of a vector."""
    cipher = AESGCM(key) if aead == AES_256_GCM else ChaCha20Poly1305(key)
    return cipher.decrypt(nonce, sealed, aad)

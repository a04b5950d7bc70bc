"""Keys: pairs for sealing, pairs for signing, and the keys of compartments with their commitments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from leeside.sealing import suite
from leeside.sealing.compartments import Compartment, mask_of
from leeside.sealing.context import HASH_SIZE, ID_SIZE, Purpose, hash_for
from leeside.sealing.errors import MalformedError, MisuseError, RefusedError
from leeside.sealing.limits import LIMITS
from leeside.sealing.secrets import Secret, make_secret
from leeside.sealing.wire import Reader, fixed, u8, u16, u32

PUBLIC_SIZE: Final = suite.PUBLIC_SIZE
VERIFY_KEY_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64
_FIRST_GENERATION: Final = 1


def make_seed() -> Secret:
    """A new X-Wing seed: the private key of a person, a role or a courier, as it is kept."""
    return make_secret(suite.SEED_SIZE)


def public_key_of(seed: Secret) -> bytes:
    """The public key (1,216 bytes) of a seed. About 130 microseconds: call it once."""
    return suite.public_bytes(seed)


def check_public_key(untrusted_public: bytes) -> None:
    """Refuse what is no usable X-Wing public key with a MalformedError.

    Called on a writer's key before a parcel is taken: a malformed ML-KEM key or an X25519 point of
    low order would otherwise show only at the first reply. About 55 microseconds.
    """
    if len(untrusted_public) != PUBLIC_SIZE:
        raise MalformedError("a public key has 1,216 bytes")
    suite.check_public(untrusted_public)


def make_signing_seed() -> Secret:
    """A new Ed25519 seed (RFC 8032)."""
    return make_secret(suite.SEED_SIZE)


def verify_key_of(signing_seed: Secret) -> bytes:
    """The 32 bytes that verify what ``signing_seed`` signs."""
    return _signer(signing_seed).public_key().public_bytes_raw()


def sign(signing_seed: Secret, message: bytes) -> bytes:
    """An Ed25519 signature of 64 bytes over exactly ``message``, which must begin with a prefix."""
    return _signer(signing_seed).sign(message)


def verify(verify_key: bytes, message: bytes, signature: bytes) -> None:
    """Raise RefusedError unless ``signature`` is ``verify_key``'s over exactly ``message``."""
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise RefusedError from None


def _signer(signing_seed: Secret) -> Ed25519PrivateKey:
    if len(signing_seed) != suite.SEED_SIZE:
        raise MisuseError("a signing seed has 32 bytes")
    return Ed25519PrivateKey.from_private_bytes(signing_seed.reveal())


@dataclass(frozen=True)
class CompartmentKey:
    """One generation of one compartment's key."""

    compartment: Compartment
    generation: int
    key: Secret

    def __post_init__(self) -> None:
        if not 1 <= self.generation <= LIMITS.generation or len(self.key) != suite.KEY_SIZE:
            raise MisuseError("not a compartment's key")
        object.__setattr__(self, "compartment", Compartment(self.compartment))


def make_compartment_key(compartment: Compartment, generation: int = _FIRST_GENERATION) -> CompartmentKey:
    """A new random key; ``generation`` counts from 1 and goes up by one at each re-keying."""
    return CompartmentKey(compartment, generation, make_secret(suite.KEY_SIZE))


def newest_key(keys: Sequence[CompartmentKey], compartment: Compartment) -> CompartmentKey:
    """The key to seal with now; MisuseError if ``keys`` has none of the compartment."""
    held = [key for key in keys if key.compartment == compartment]
    if not held:
        raise MisuseError("no key of this compartment is held")
    return max(held, key=lambda key: key.generation)


def next_key(keys: Sequence[CompartmentKey], compartment: Compartment) -> CompartmentKey:
    """A fresh key one generation above the newest held: re-keying.

    The caller seals ``keys`` and the new one together to every reader who stays: old entries are
    not rewritten, so old generations go along.
    """
    return make_compartment_key(compartment, newest_key(keys, compartment).generation + 1)


@dataclass(frozen=True)
class Commitment:
    """The hash that ties a compartment's generation to one key. AES-GCM alone commits to none."""

    compartment: Compartment
    generation: int
    value: bytes


def commitment_of(key: CompartmentKey, line_id: bytes, case_number: bytes) -> bytes:
    """SHA-256 over purpose, line, case number, compartment, generation and key.

    The key has 256 random bits, so that the hash gives nothing of it away.
    """
    return hash_for(
        Purpose.COMMITMENT,
        fixed(line_id, ID_SIZE),
        fixed(case_number, ID_SIZE),
        u8(key.compartment),
        u32(key.generation),
        key.key.reveal(),
    )


def commit(key: CompartmentKey, line_id: bytes, case_number: bytes) -> Commitment:
    """The commitment of ``key`` as parcels and the vault carry it."""
    value = commitment_of(key, line_id, case_number)
    return Commitment(key.compartment, key.generation, fixed(value, HASH_SIZE))


def encode_keys(keys: Sequence[CompartmentKey]) -> bytes:
    """The content of an envelope: count, then keys by compartment and generation, each once."""
    ordered = sorted(keys, key=lambda key: (key.compartment, key.generation))
    places = [(key.compartment, key.generation) for key in ordered]
    if not ordered or len(ordered) > LIMITS.keys_per_bundle or len(set(places)) != len(places):
        raise MisuseError("an envelope holds one to 256 different keys")
    parts = [u16(len(ordered))]
    for key in ordered:
        parts += (u8(key.compartment), u32(key.generation), key.key.reveal())
    return b"".join(parts)


def decode_keys(plain: bytes) -> tuple[CompartmentKey, ...]:
    """The keys of ``encode_keys``; anything it would not have written is a MalformedError."""
    reader = Reader(plain, "keys")
    keys = read_keys(reader)
    reader.end()
    return keys


def read_keys(reader: Reader) -> tuple[CompartmentKey, ...]:
    """The keys that follow in ``reader``, for whoever has something behind them."""
    keys: list[CompartmentKey] = []
    last = (0, 0)
    for _ in range(reader.ranged(reader.u16(), 1, LIMITS.keys_per_bundle)):
        compartment = Compartment(reader.ranged(reader.u8(), 1, len(Compartment)))
        generation = reader.ranged(reader.u32(), 1, LIMITS.generation)
        if (compartment, generation) <= last:
            raise reader.malformed("are not in their order")
        last = (compartment, generation)
        keys.append(CompartmentKey(compartment, generation, Secret(reader.take(suite.KEY_SIZE))))
    return tuple(keys)


def mask_of_keys(keys: Sequence[CompartmentKey]) -> int:
    """The compartments of which ``keys`` holds at least one generation."""
    return mask_of(key.compartment for key in keys)

"""Grants: what stands inside an envelope of compartment keys, and who answers for it.

An envelope proves nothing about its maker: anybody with a database and a public key could make one
and hand a reader keys of their own. So whoever grants signs the keys, inside the envelope, and the
opener checks the signature against the verified roster. Rules:

1. An envelope to one reader is always signed.
2. An envelope that holds the staff's own compartment, or a generation after the first, is always
   signed: both are made by staff. Else a planted key would receive what is written next.
3. First keys of a parcel to a circle are unsigned, because the door has no signing key: planted
   ones open nothing that is there, so they are no more than another request.
4. The writer's first envelope is symmetric, under a key that only the receipt gives: unsigned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leeside.sealing.compartments import Compartment
from leeside.sealing.context import ID_SIZE, Purpose, prefix
from leeside.sealing.errors import MalformedError, MisuseError, RefusedError
from leeside.sealing.keys import (
    SIGNATURE_SIZE,
    CompartmentKey,
    encode_keys,
    read_keys,
    sign,
    verify,
)
from leeside.sealing.roster import Roster
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import Reader, fixed, u8, u32

_UNSIGNED = u8(0)
_SIGNED = u8(1)


@dataclass(frozen=True)
class Granter:
    """One of the staff who hands keys on: their id, their signing seed, and until when it holds.

    ``until`` is a rule of the software: the desk stops using a grant after that day.
    """

    reader_id: bytes
    signing_seed: Secret
    until: date | None = None


@dataclass(frozen=True)
class OpenedGrant:
    """What was in an envelope: keys, and who granted them until when (None: nobody signed)."""

    keys: tuple[CompartmentKey, ...]
    granted_by: bytes | None
    until: date | None


def needs_granter(recipient: str, keys: Sequence[CompartmentKey]) -> bool:
    """Whether an envelope of ``keys`` to ``recipient`` must be signed: rules 1 and 2."""
    return recipient.startswith("reader:") or any(
        key.compartment is Compartment.WORK or key.generation > 1 for key in keys
    )


def encode_grant(keys: Sequence[CompartmentKey], recipient: str, info: bytes, granter: Granter | None) -> bytes:
    """The content of an envelope: the keys, then nobody or the granter with their signature.

    The signature covers ``info``, which binds line, case, recipient and compartments, so that no
    grant can be moved to another envelope.
    """
    plain_keys = encode_keys(keys)
    if granter is None:
        if needs_granter(recipient, keys):
            raise MisuseError("keys to a reader, or made by staff, are signed by whoever grants them")
        return plain_keys + _UNSIGNED
    by = fixed(granter.reader_id, ID_SIZE)
    by += u32(0 if granter.until is None else granter.until.toordinal())
    signature = sign(granter.signing_seed, _message(info, by, plain_keys))
    return plain_keys + _SIGNED + by + signature


def decode_grant(plain: bytes, recipient: str, info: bytes, roster: Roster | None) -> OpenedGrant:
    """The grant of an opened envelope; RefusedError unless it may be trusted by the rules.

    MisuseError if it is signed and the caller brought no roster to verify it with.
    """
    try:
        reader = Reader(plain, "grant")
        keys = read_keys(reader)
        plain_keys = plain[: reader.at]
        mark = reader.take(1)
        if mark == _UNSIGNED:
            reader.end()
            if needs_granter(recipient, keys):
                raise RefusedError
            return OpenedGrant(keys, None, None)
        by, signature = reader.take(ID_SIZE + 4), reader.take(SIGNATURE_SIZE)
        reader.end()
        ordinal = reader.ranged(int.from_bytes(by[ID_SIZE:], "big"), 0, date.max.toordinal())
        if mark != _SIGNED:
            raise RefusedError
    except MalformedError:
        raise RefusedError from None
    if roster is None:
        raise MisuseError("a signed grant is verified with the line's roster")
    _require_signature(roster, by[:ID_SIZE], _message(info, by, plain_keys), signature)
    return OpenedGrant(keys, by[:ID_SIZE], date.fromordinal(ordinal) if ordinal else None)


def _require_signature(roster: Roster, reader_id: bytes, message: bytes, signature: bytes) -> None:
    """By any key that the reader ever had on the roster: grants outlive their granter's time."""
    for verify_key in roster.verify_keys_of(reader_id):
        try:
            verify(verify_key, message, signature)
        except RefusedError:
            continue
        return
    raise RefusedError


def _message(info: bytes, by: bytes, plain_keys: bytes) -> bytes:
    # ``info`` and ``by`` have sizes that follow from their own bytes, the keys from their count.
    return prefix(Purpose.GRANT) + u32(len(info)) + info + by + plain_keys

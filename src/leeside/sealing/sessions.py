"""Session secrets: what a browser's cookie holds, and what derives from it.

The cookie carries 32 random bytes. From them derive the id that the fleeting store finds the
session by (it keeps a hash), and the key that what the session holds is sealed under. The store
alone opens nothing, and the cookie alone is nothing once the row is gone.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Final

from leeside.sealing import suite
from leeside.sealing.context import ID_SIZE, VERSION, Purpose, hash_for, prefix
from leeside.sealing.errors import MalformedError
from leeside.sealing.receipts import ReceiptKeys
from leeside.sealing.secrets import Secret, make_secret
from leeside.sealing.wire import Reader, fixed, u8

_SIZE: Final = 32


@dataclass(frozen=True)
class SessionKeys:
    """``id_hash`` names the row, ``wrapping_key`` opens it."""

    id_hash: bytes
    wrapping_key: Secret


def make_session_secret() -> Secret:
    """A new session's secret; also for one-time addresses."""
    return make_secret(_SIZE)


def derive_session_keys(secret: Secret) -> SessionKeys:
    """The row's name and the wrapping key of a session; neither leads to the other."""
    root = suite.extract(b"", secret)
    session_id = suite.expand(root, prefix(Purpose.SESSION) + b"id")
    wrapping_key = suite.expand(root, prefix(Purpose.SESSION) + b"wrapping key")
    return SessionKeys(hash_for(Purpose.SESSION, session_id.reveal()), wrapping_key)


def spell_session_secret(secret: Secret) -> str:
    """The secret as 43 characters for a cookie or an address."""
    return urlsafe_b64encode(secret.reveal()).decode("ascii").rstrip("=")


def read_session_secret(untrusted_text: str) -> Secret:
    """The secret that a cookie or an address spells; MalformedError for anything else."""
    try:
        secret = Secret(urlsafe_b64decode(untrusted_text.encode("ascii") + b"="))
    except (UnicodeEncodeError, Base64Error, ValueError):
        raise MalformedError("not a session's secret") from None
    if len(secret) != _SIZE or spell_session_secret(secret) != untrusted_text:
        raise MalformedError("not a session's secret")
    return secret


def mailbox_info(line_id: bytes) -> bytes:
    """What the keys of a mailbox's session are bound to."""
    return prefix(Purpose.MAILBOX_SESSION) + fixed(line_id, ID_SIZE)


def seal_mailbox(wrapping_key: Secret, line_id: bytes, keys: ReceiptKeys, nonce: bytes | None = None) -> bytes:
    """A receipt's derived keys for one mailbox session; never the receipt. ``nonce`` is for vectors."""
    plain = encode_receipt_keys(keys)
    return u8(VERSION) + suite.gcm_seal(wrapping_key, plain, mailbox_info(line_id), nonce)


def encode_receipt_keys(keys: ReceiptKeys) -> bytes:
    """208 bytes: every field with its fixed size, in the order of ``ReceiptKeys``."""
    return b"".join(
        (
            fixed(keys.lookup_id.reveal(), _SIZE),
            fixed(keys.case_number, ID_SIZE),
            fixed(keys.writer_seed.reveal(), _SIZE),
            fixed(keys.posting_secret.reveal(), _SIZE),
            fixed(keys.erasing_secret.reveal(), _SIZE),
            fixed(keys.first_key.reveal(), _SIZE),
            fixed(keys.repeat_key.reveal(), _SIZE),
        )
    )


def decode_receipt_keys(plain: bytes) -> ReceiptKeys:
    """The keys of ``encode_receipt_keys``; MalformedError for another size."""
    reader = Reader(plain, "mailbox session")
    keys = ReceiptKeys(
        lookup_id=Secret(reader.take(_SIZE)),
        case_number=reader.take(ID_SIZE),
        writer_seed=Secret(reader.take(_SIZE)),
        posting_secret=Secret(reader.take(_SIZE)),
        erasing_secret=Secret(reader.take(_SIZE)),
        first_key=Secret(reader.take(_SIZE)),
        repeat_key=Secret(reader.take(_SIZE)),
    )
    reader.end()
    return keys

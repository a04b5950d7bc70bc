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
from leeside.sealing.context import Purpose, hash_for, prefix
from leeside.sealing.errors import MalformedError
from leeside.sealing.secrets import Secret, make_secret

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

"""Time-based one-time codes (RFC 6238) with the values every authenticator app knows.

HMAC-SHA1, six digits, steps of 30 seconds; a code of the step before or after is taken too, for
clocks that are a little off. The caller keeps the last step that was used and refuses it again.
"""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode
from typing import Final
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from leeside.sealing.errors import MalformedError
from leeside.sealing.secrets import Secret
from leeside.sealing.secrets import make_secret as _random

SECRET_SIZE: Final = 20
DIGITS: Final = 6
STEP_SECONDS: Final = 30
STEPS_ASIDE: Final = 1


def make_secret() -> Secret:
    """A new secret of 20 bytes, the size RFC 4226 recommends."""
    return _random(SECRET_SIZE)


def code_at(secret: Secret, unix_time: int) -> str:
    """The six digits that hold at ``unix_time``."""
    # SHA-1 is what RFC 6238 and the apps use; HMAC does not rest on its collision resistance.
    totp = TOTP(secret.reveal(), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
    return totp.generate(unix_time).decode("ascii")


def check_code(secret: Secret, untrusted_code: str, unix_time: int) -> int | None:
    """The step that ``untrusted_code`` belongs to, or None. Spaces are allowed.

    All steps are compared, in constant time each, so that the time taken does not tell which fits.
    """
    typed = "".join(untrusted_code.split()).encode("utf-8", "replace")
    now = unix_time // STEP_SECONDS
    found = None
    for step in range(max(now - STEPS_ASIDE, 0), now + STEPS_ASIDE + 1):
        if hmac.compare_digest(code_at(secret, step * STEP_SECONDS).encode("ascii"), typed):
            found = step
    return found


def spell_secret(secret: Secret) -> str:
    """The secret as apps let it be typed: Base32 in groups of four."""
    spelled = b32encode(secret.reveal()).decode("ascii").rstrip("=")
    return " ".join(spelled[at : at + 4] for at in range(0, len(spelled), 4))


def read_secret(untrusted_spelled: str) -> Secret:
    """The secret that ``spell_secret`` spelled, spaces or none; MalformedError for anything else."""
    spelled = "".join(untrusted_spelled.split()).upper()
    try:
        secret = b32decode(spelled + "=" * (-len(spelled) % 8))
    except ValueError:
        raise MalformedError("not a secret for codes") from None
    if len(secret) != SECRET_SIZE:
        raise MalformedError("not a secret for codes")
    return Secret(secret)


def code_address(secret: Secret, name: str, issuer: str) -> str:
    """The ``otpauth`` address that an app reads. ``issuer`` should say nothing about the line."""
    spelled = spell_secret(secret).replace(" ", "")
    label = f"{quote(issuer, safe='')}:{quote(name, safe='')}"
    return f"otpauth://totp/{label}?secret={spelled}&issuer={quote(issuer, safe='')}"

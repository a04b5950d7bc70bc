"""A mailbox's session: a random secret in the browser's cookie, and what the words derived, sealed under it.

Neither the words nor the keys are ever in the cookie; without the cookie the row opens nothing. A session dies after
15 idle minutes, at exit and at erasing; its store is in no backup. It counts in real time, not on the domain clock.
"""

import hmac
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse

from leeside.sealing.errors import SealingError
from leeside.sealing.receipts import ReceiptKeys
from leeside.sealing.secrets import Secret
from leeside.sealing.sessions import (
    derive_session_keys,
    make_session_secret,
    read_session_secret,
    seal_mailbox,
    spell_session_secret,
)
from leeside.vault import store
from leeside.web.clock import real_now

COOKIE: Final = "__Host-leeside-mailbox"
IDLE_SECONDS: Final = 15 * 60
TOKEN_FIELD: Final = "token"  # noqa: S105 -- the name of a field
_KIND: Final = "mailbox"


@dataclass(frozen=True)
class SealedSession:
    """A living session as the store has it. `token` stands in its forms: another site cannot know it."""

    wrapping_key: Secret
    line_id: bytes
    sealed: bytes
    token: str


def begin_session(response: HttpResponse, line_id: bytes, keys: ReceiptKeys) -> str:
    """Open a session, give its secret to the browser with `response`, and return its token."""
    secret = make_session_secret()
    derived = derive_session_keys(secret)
    sealed = seal_mailbox(derived.wrapping_key, line_id, keys)
    store.open_session(_KIND, derived.id_hash, sealed, None, line_id, real_now())
    # No `max_age` and no `expires`: the browser forgets it when it closes. `__Host-` keeps it to this very host.
    response.set_cookie(
        COOKIE, spell_session_secret(secret), secure=True, httponly=True, samesite="Strict", path="/", domain=None
    )
    return _token_of(secret)


def find_session(request: HttpRequest, line_id: bytes) -> SealedSession | None:
    """The living session of this browser on this line, renewed; None when there is none: no reason is told."""
    secret = _secret_in(request)
    if secret is None:
        return None
    derived = derive_session_keys(secret)
    row = store.fetch_session(_KIND, derived.id_hash, real_now(), IDLE_SECONDS)
    if row is None or row.line_id != line_id:
        return None
    return SealedSession(derived.wrapping_key, row.line_id, row.sealed, _token_of(secret))


def end_session(request: HttpRequest) -> None:
    """End this browser's session, if it has one."""
    secret = _secret_in(request)
    if secret is not None:
        store.end_session(_KIND, derive_session_keys(secret).id_hash)


def forget_cookie(response: HttpResponse) -> None:
    """Take the cookie back from the browser."""
    response.delete_cookie(COOKIE, path="/", samesite="Strict")
    # A `__Host-` cookie is only replaced by one that is Secure, also when it is being deleted.
    response.cookies[COOKIE]["secure"] = True


def is_token_of(session: SealedSession, untrusted_token: str) -> bool:
    """Whether a posted form was made for this session."""
    return hmac.compare_digest(session.token.encode(), untrusted_token.encode())


def _secret_in(request: HttpRequest) -> Secret | None:
    try:
        return read_session_secret(request.COOKIES.get(COOKIE, ""))
    except SealingError:
        return None


def _token_of(secret: Secret) -> str:
    return hmac.new(secret.reveal(), b"form token", "sha256").hexdigest()

"""Sessions of the desk: a random secret in the cookie, the ring sealed under it in the fleeting store, half an hour.

The store's row opens nothing without the cookie, and the cookie nothing without the row. A second cookie says only
"somebody signed in from this browser before": it goes first at the sign-in page and opens nothing.
"""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from leeside.desk.errors import NotAllowedError, NotSignedInError, UntrustedRosterError, UntrustedSessionError
from leeside.desk.keyring import RefusedError, unlock_ring
from leeside.desk.limits import LIMITS
from leeside.desk.lines import configured_lines
from leeside.desk.seat import Seat, take_seat
from leeside.desk.zones import zone_of
from leeside.sealing.context import Purpose
from leeside.sealing.errors import MalformedError
from leeside.sealing.rings import KeyRing
from leeside.sealing.seal import seal_ring
from leeside.sealing.secrets import Secret
from leeside.sealing.sessions import (
    derive_session_keys,
    make_session_secret,
    read_session_secret,
    spell_session_secret,
)
from leeside.vault import store
from leeside.web.clock import real_now
from leeside.web.context import active_language

COOKIE: Final = "__Host-leeside-desk"
DEVICE_COOKIE: Final = "__Host-leeside-desk-known"
_KIND: Final = "desk"
_DEVICE_KIND: Final = "desk device"


def open_session(ring: KeyRing) -> Secret:
    """Seal a ring under a fresh secret and keep it; the secret goes into the cookie and nowhere else."""
    secret = make_session_secret()
    keys = derive_session_keys(secret)
    sealed = seal_ring(keys.wrapping_key, ring, Purpose.RING_IN_SESSION)
    store.open_session(_KIND, keys.id_hash, sealed, ring.reader_id, ring.line_id, real_now())
    return secret


def seat_of_secret(secret: Secret, language: str = "en", zone: str = "", *, renews: bool = True) -> Seat:
    """The seat that a session's secret opens. Raises NotSignedInError for whatever is wrong with it, and its kind
    UntrustedSessionError when the line's roster does not verify."""
    keys = derive_session_keys(secret)
    row = store.fetch_session(_KIND, keys.id_hash, real_now(), LIMITS.session_idle_seconds, renews=renews)
    if row is None:
        raise NotSignedInError
    try:
        ring = unlock_ring(keys.wrapping_key, row.sealed, in_session=True)
        line = next(line for line in configured_lines() if store.fetch_line(line.slug).id == ring.line_id)
        return take_seat(line, ring, language=language, session_hash=keys.id_hash, zone=zone)
    except UntrustedRosterError:
        store.end_session(_KIND, keys.id_hash)
        raise UntrustedSessionError from None
    except (RefusedError, StopIteration, store.GoneError, NotAllowedError):
        store.end_session(_KIND, keys.id_hash)
        raise NotSignedInError from None


def seat_of(request: HttpRequest, *, renews: bool = True) -> Seat:
    """The seat of this request's cookie. Raises NotSignedInError. A request that no hand made does not renew it."""
    return seat_of_secret(_secret_in(request, COOKIE), active_language().code, zone_of(request), renews=renews)


def end_session(request: HttpRequest) -> None:
    """End this request's session, if it has one."""
    try:
        keys = derive_session_keys(_secret_in(request, COOKIE))
    except NotSignedInError:
        return
    store.end_session(_KIND, keys.id_hash)


def list_own(seat: Seat) -> tuple[store.OwnSession, ...]:
    """This person's living sessions, the one in use last first."""
    return store.list_sessions(_KIND, seat.reader_id, real_now(), LIMITS.session_idle_seconds)


def end_own(seat: Seat, id_hash: bytes) -> None:
    """End one of this person's sessions; one that is not theirs is passed over."""
    if any(one.id_hash == id_hash for one in list_own(seat)):
        store.end_session(_KIND, id_hash)


def end_others(seat: Seat) -> int:
    """End all of this person's sessions but this one; how many there were."""
    return store.end_other_sessions(_KIND, seat.reader_id, seat.session_hash or b"")


def set_session_cookie(response: HttpResponse, secret: Secret) -> None:
    """Hand the secret to the browser: for this host only, over HTTPS only, unseen by script, gone with the browser."""
    response.set_cookie(COOKIE, spell_session_secret(secret), path="/", secure=True, httponly=True, samesite="Strict")


def clear_session_cookie(response: HttpResponse) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(COOKIE, path="/", samesite="Strict")
    response.cookies[COOKIE]["secure"] = True


def is_known_device(request: HttpRequest) -> bool:
    """Whether somebody signed in from this browser within the last months. It only goes first."""
    try:
        keys = derive_session_keys(_secret_in(request, DEVICE_COOKIE))
    except NotSignedInError:
        return False
    return store.look_once(_DEVICE_KIND, keys.id_hash, real_now()) is not None


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give this browser a token that lets it go first next time, unless it has one. It names nobody."""
    if is_known_device(request):
        return
    secret = make_session_secret()
    until = real_now() + timedelta(days=LIMITS.device_days)
    store.put_once(_DEVICE_KIND, derive_session_keys(secret).id_hash, b"", until)
    response.set_cookie(
        DEVICE_COOKIE,
        spell_session_secret(secret),
        max_age=int(timedelta(days=LIMITS.device_days).total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="Strict",
    )


def forget_device(request: HttpRequest, response: HttpResponse) -> None:
    """Sign-out from a borrowed machine leaves no token behind."""
    try:
        keys = derive_session_keys(_secret_in(request, DEVICE_COOKIE))
    except NotSignedInError:
        return
    store.take_once(_DEVICE_KIND, keys.id_hash, real_now())
    response.delete_cookie(DEVICE_COOKIE, path="/", samesite="Strict")
    response.cookies[DEVICE_COOKIE]["secure"] = True


def _secret_in(request: HttpRequest, cookie: str) -> Secret:
    try:
        return read_session_secret(request.COOKIES.get(cookie, ""))
    except MalformedError:
        raise NotSignedInError from None

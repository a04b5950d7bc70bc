"""Signing in: name, passphrase and code, all on one page, all refused alike.

Rules, in the order in which they are kept:
1. A place in the small pool comes first, for everybody; the slow hash runs once, for unknown names too, against an
   account that never was.
2. Proof, ring and code are checked all three, whatever failed before; the account that never was stands in for what
   is missing. So time and bytes do not tell a wrong name from a wrong passphrase or a wrong code.
3. A code is taken once: its step is kept in the fleeting store until it can no longer fit. Whether it is there is
   asked for everybody, with the rest of rule 2; written is it only for who comes in.
4. The ring must belong to this line and reader; the account must be active and its person on the roster.
5. What the ring last saw (roster number, audit head) only moves forward, and is sealed back under the passphrase.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

from leeside.desk.derivations import POOL, DerivationPool
from leeside.desk.errors import NotAllowedError, OffShiftError, RefusedSignInError, UntrustedRecordError
from leeside.desk.keyring import RefusedError, unlock_ring
from leeside.desk.limits import LIMITS
from leeside.desk.lines import line_row
from leeside.desk.seat import Seat, take_seat
from leeside.desk.sessions import open_session
from leeside.sealing.context import HASH_SIZE, ID_SIZE, Purpose
from leeside.sealing.one_time_codes import STEP_SECONDS, STEPS_ASIDE, check_code
from leeside.sealing.passphrases import Stretched, hash_proof, is_proof, make_salt, read_passphrase, stretch
from leeside.sealing.rings import KeyRing
from leeside.sealing.seal import seal_ring
from leeside.sealing.secrets import Secret, make_secret
from leeside.vault import store
from leeside.web.clock import real_now
from leeside.web.lines import LineSettings

_USED_CODE = "used code"


@dataclass(frozen=True)
class Attempt:
    """What was typed. Nothing of it is kept, logged or shown again."""

    line: LineSettings
    untrusted_name: str
    untrusted_passphrase: str
    untrusted_code: str
    language: str = "en"


@dataclass(frozen=True)
class SignedIn:
    """An open session: its secret is the cookie's, and the seat is this request's."""

    secret: Secret
    seat: Seat


@dataclass(frozen=True)
class _Dummy:
    """An account that never was, with a ring that opens: what a wrong name is checked against."""

    account: store.AccountRow
    wrapping_key: Secret


@cache
def _dummy() -> _Dummy:
    wrapping_key = make_secret()
    ring = KeyRing(
        reader_id=bytes(ID_SIZE),
        line_id=bytes(ID_SIZE),
        name="nobody",
        sealing_seed=make_secret(),
        signing_seed=make_secret(),
        fingerprint=bytes(HASH_SIZE),
        roster_number=1,
        totp_secret=make_secret(20),
    )
    sealed = seal_ring(wrapping_key, ring, Purpose.RING_AT_REST)
    proof_hash = hash_proof(make_secret().reveal())
    row = store.AccountRow(
        bytes(ID_SIZE), bytes(ID_SIZE), make_salt(), proof_hash, sealed, 1, store.AccountState.LOCKED
    )
    return _Dummy(row, wrapping_key)


def sign_in(
    attempt: Attempt, *, is_known: bool = False, takes_used_codes: bool = False, pool: DerivationPool = POOL
) -> SignedIn:
    """Check everything and open a session.

    Raises RefusedSignInError, OffShiftError, CrowdedError, UntrustedRosterError or UntrustedRecordError.

    `takes_used_codes` skips rule 3. Only the demo's chairs pass it: they are signed in to by one tap, again and again.
    """
    account, stretched = _stretch(attempt, is_known=is_known, pool=pool)
    proven = is_proof(stretched.proof, account.proof_hash)
    ring = _open_ring(account, stretched.wrapping_key, proven=proven)
    now = real_now()
    step = check_code(ring.totp_secret, attempt.untrusted_code[:16], int(now.timestamp()))
    is_used = _is_used_code(ring.reader_id, step or 0, now) and not takes_used_codes
    is_whole = proven and not is_used and ring.reader_id == account.reader_id
    if not is_whole or account.state != store.AccountState.ACTIVE or step is None:
        raise RefusedSignInError
    if not takes_used_codes and not _use_code(ring.reader_id, step, now):
        raise RefusedSignInError
    try:
        seat = take_seat(attempt.line, ring, language=attempt.language)
    except OffShiftError:
        raise  # all three were right: this person may know why
    except NotAllowedError:
        raise RefusedSignInError from None
    ring = _move_forward(seat, account, stretched.wrapping_key)
    return SignedIn(open_session(ring), seat)


def _stretch(attempt: Attempt, *, is_known: bool, pool: DerivationPool) -> tuple[store.AccountRow, Stretched]:
    """The account, or the one that never was, and the two halves of what was typed."""
    passphrase = read_passphrase(attempt.untrusted_passphrase[: LIMITS.passphrase_characters])
    row = line_row(attempt.line)
    with pool.place(is_known=is_known):
        try:
            account = store.fetch_account(row.id, attempt.untrusted_name[: LIMITS.name_characters * 2])
        except store.GoneError:
            account = _dummy().account
        return account, stretch(passphrase, account.salt)


def _open_ring(account: store.AccountRow, wrapping_key: Secret, *, proven: bool) -> KeyRing:
    """The account's ring, or that of the account that never was: one ring is opened either way."""
    dummy = _dummy()
    sealed, key = (account.sealed_ring, wrapping_key) if proven else (dummy.account.sealed_ring, dummy.wrapping_key)
    try:
        return unlock_ring(key, sealed, in_session=False)
    except RefusedError:
        raise RefusedSignInError from None


def _is_used_code(reader_id: bytes, step: int, now: datetime) -> bool:
    """Whether this person used this step's code before. A read, which every try pays for."""
    return store.look_once(_USED_CODE, _place_of_code(reader_id, step), now) is not None


def _use_code(reader_id: bytes, step: int, now: datetime) -> bool:
    """Note that this person used this step's code; False when somebody with all of it was faster by a moment."""
    until = now + timedelta(seconds=STEP_SECONDS * (2 * STEPS_ASIDE + 2))
    return store.put_once(_USED_CODE, _place_of_code(reader_id, step), b"", until)


def _place_of_code(reader_id: bytes, step: int) -> bytes:
    return sha256(b"leeside used code" + reader_id + step.to_bytes(8, "big")).digest()


def _move_forward(seat: Seat, account: store.AccountRow, wrapping_key: Secret) -> KeyRing:
    """The ring with what it sees now, sealed back when that is more than it saw. A lost race changes nothing.

    Only coordinators verify the readings' chain and keep its head: only they can read what it covers.
    """
    ring = seat.keyring.ring
    newer = replace(ring, roster_number=seat.keyring.roster.number)
    if seat.is_lead:
        newer = _with_audit_head(newer)
    if newer != ring:
        sealed = seal_ring(wrapping_key, newer, Purpose.RING_AT_REST)
        try:
            store.replace_ring(account.reader_id, account.ring_version, sealed)
        except store.ConflictError:
            return ring
    return newer


def _with_audit_head(ring: KeyRing) -> KeyRing:
    """The ring with the newest head. Raises UntrustedRecordError unless every link, computed anew, leads over the
    head that the ring kept: a chain that was edited or cut and is longer by now is seen too."""
    known = [] if ring.audit_head is None else [store.AuditHeadRow(0, ring.audit_count, ring.audit_head)]
    try:
        head = store.verify_chain(ring.line_id, known).head
    except store.ChainBrokenError:
        raise UntrustedRecordError from None
    return replace(ring, audit_count=head.count, audit_head=head.head) if head.count else ring

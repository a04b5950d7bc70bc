"""A colleague's own way in: a new passphrase, and new keys after a passphrase became known to somebody else.

Rules:
1. Both ask for the present passphrase first: an unlocked desk that was left alone changes nobody's way in.
2. The new six words are drawn by the page and typed back before they count, so that nobody locks themselves out. New
   keys need a code of the new secret too.
3. A new passphrase wraps the same ring anew. The old words still open the ring in every older backup; where the
   passphrase may be known that is not enough.
4. Then `ask_for_new_keys`: the way in is exchanged at once and all other sessions end; the old keys go on working in
   it. New keys lie beside, sealed under the new passphrase, until a coordinator has compared their words and put
   them on the roster (`new_keys`). What was written before opens with old copies and the old keys; nothing written
   after does.
5. While new keys wait the passphrase stays: the waiting ring is sealed under it. Asking again begins anew.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from leeside.desk.derivations import POOL
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.identities import encode_candidate
from leeside.desk.keyring import RefusedError, unlock_ring
from leeside.desk.limits import LIMITS
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.seat import Seat
from leeside.desk.sessions import end_others
from leeside.sealing import one_time_codes
from leeside.sealing.context import LEAD, Purpose
from leeside.sealing.errors import MalformedError
from leeside.sealing.keys import make_seed, make_signing_seed, public_key_of, verify_key_of
from leeside.sealing.passphrases import (
    PASSPHRASE_WORDS,
    SALT_SIZE,
    Stretched,
    hash_proof,
    is_proof,
    make_passphrase,
    make_salt,
    read_passphrase,
    stretch,
)
from leeside.sealing.rings import KeyRing
from leeside.sealing.roster import fingerprint_words, person_fingerprint
from leeside.sealing.seal import seal_audit, seal_ring
from leeside.sealing.secrets import Secret
from leeside.vault import store

WAITING_KEYS = "new keys"
WAITING_RING = "new ring"


@dataclass(frozen=True)
class Offer:
    """What a page draws and shows: it counts only when it was typed back."""

    passphrase: Secret
    code_secret: Secret = field(repr=False)


@dataclass(frozen=True)
class Typed:
    """What came back: the present passphrase, the new one as it was shown and as it was typed. Nothing is kept."""

    present: str = field(repr=False)
    shown: str = field(repr=False)
    again: str = field(repr=False)


def make_offer(seat: Seat) -> Offer:
    """Six new words and a new secret for codes."""
    return Offer(make_passphrase(seat.language), one_time_codes.make_secret())


def change_passphrase(seat: Seat, typed: Typed) -> None:
    """Wrap the same ring under new words, and end all other sessions. Raises InputError and ConflictError."""
    require_line_action(LineAction.RENEW_OWN_KEYS, seat.role)
    if has_waiting_keys(seat):
        raise InputError("present", _("Your new keys wait for a coordinator: until then the passphrase stays."))
    account, ring = _open_own(seat, typed.present)
    _exchange(account, ring, _read_new(typed))
    end_others(seat)


def ask_for_new_keys(seat: Seat, typed: Typed, untrusted_secret: str, untrusted_code: str) -> tuple[str, ...]:
    """Exchange the way in at once and offer new keys to the coordinators; the words of the new keys.

    Raises InputError, and the store's ConflictError.
    """
    require_line_action(LineAction.RENEW_OWN_KEYS, seat.role)
    account, ring = _open_own(seat, typed.present)
    passphrase = _read_new(typed)
    code_secret = _read_secret(untrusted_secret, untrusted_code, seat)
    newer = replace(ring, totp_secret=code_secret)
    renewed = replace(newer, sealing_seed=make_seed(), signing_seed=make_signing_seed())
    salt, stretched = _exchange(account, newer, passphrase)
    _leave_waiting(seat, renewed, salt, stretched)
    end_others(seat)
    return words_of_ring(renewed, seat.language)


def has_waiting_keys(seat: Seat) -> bool:
    """Whether this person's new keys wait for a coordinator."""
    return store.look_once(WAITING_RING, waiting_place(seat.reader_id), seat.real_now) is not None


def read_waiting_ring(reader_id: bytes, payload: bytes) -> store.NewRing:
    """The ring that waits, and under which passphrase (by its salt) it may take the old one's place."""
    return store.NewRing(reader_id, payload[:SALT_SIZE], payload[SALT_SIZE:])


def waiting_place(reader_id: bytes) -> bytes:
    """Where a colleague's new keys and ring wait."""
    return sha256(b"leeside new keys" + reader_id).digest()


def words_of_ring(ring: KeyRing, language: str) -> tuple[str, ...]:
    """The words of a ring's public keys."""
    fingerprint = person_fingerprint(public_key_of(ring.sealing_seed), verify_key_of(ring.signing_seed))
    return fingerprint_words(fingerprint, language)


def _open_own(seat: Seat, untrusted_present: str) -> tuple[store.AccountRow, KeyRing]:
    """The account and its ring, opened with the present passphrase. Raises InputError for another one."""
    account = store.fetch_account_of(seat.reader_id)
    typed = read_passphrase(untrusted_present[: LIMITS.passphrase_characters])
    with POOL.place(is_known=True):
        stretched = stretch(typed, account.salt)
    if not is_proof(stretched.proof, account.proof_hash):
        raise InputError("present", _("This is not your present passphrase. Nothing was changed."))
    try:
        ring = unlock_ring(stretched.wrapping_key, account.sealed_ring, in_session=False)
    except RefusedError:
        raise NotAllowedError from None
    if ring.reader_id != seat.reader_id or ring.line_id != seat.line_id:
        raise NotAllowedError
    return account, ring


def _read_new(typed: Typed) -> Secret:
    shown = read_passphrase(typed.shown[: LIMITS.passphrase_characters])
    again = read_passphrase(typed.again[: LIMITS.passphrase_characters])
    if len(shown.reveal().split()) != PASSPHRASE_WORDS:
        raise NotAllowedError
    if shown != again:
        raise InputError("again", _("These are not the six new words. Look at your paper and type them once more."))
    return shown


def _read_secret(untrusted_secret: str, untrusted_code: str, seat: Seat) -> Secret:
    """The new secret that the page drew, proved by a code from the app that has it now."""
    try:
        secret = one_time_codes.read_secret(untrusted_secret)
    except MalformedError:
        raise NotAllowedError from None
    if one_time_codes.check_code(secret, untrusted_code[:16], int(seat.real_now.timestamp())) is None:
        raise InputError("code", _("This is not a code of the new key. Add it to your app, then type what it shows."))
    return secret


def _exchange(account: store.AccountRow, ring: KeyRing, passphrase: Secret) -> tuple[bytes, Stretched]:
    salt = make_salt()
    with POOL.place(is_known=True):
        stretched = stretch(passphrase, salt)
    sealed = seal_ring(stretched.wrapping_key, ring, Purpose.RING_AT_REST)
    store.replace_ring(account.reader_id, account.ring_version, sealed, salt, hash_proof(stretched.proof))
    return salt, stretched


def _leave_waiting(seat: Seat, renewed: KeyRing, salt: bytes, stretched: Stretched) -> None:
    """Public halves for the coordinators, sealed to `lead`; the new ring, which only the new passphrase opens, behind
    that passphrase's salt."""
    public = public_key_of(renewed.sealing_seed), verify_key_of(renewed.signing_seed)
    candidate = encode_candidate(seat.reader_id, seat.person.name, *public, seat.language)
    lead = seat.keyring.roster.current.role_key(LEAD)
    knock = seal_audit(lead.public, seat.line_id, candidate)
    ring = seal_ring(stretched.wrapping_key, renewed, Purpose.RING_AT_REST)
    until = seat.real_now + timedelta(days=LIMITS.candidate_days)
    for kind, payload in ((WAITING_RING, salt + ring), (WAITING_KEYS, knock)):
        store.take_once(kind, waiting_place(seat.reader_id), seat.real_now)
        store.put_once(kind, waiting_place(seat.reader_id), payload, until)

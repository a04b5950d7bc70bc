"""Opening: the dangerous module. Only desk.keyring, door.mailbox and door.courier import it.

Every failure to open is one opaque RefusedError, whatever its cause: wrong key, wrong case, wrong
compartment, altered, cut short, lengthened, misspelled inside. The one thing told apart is a
version byte that this program does not know (UnknownVersionError, itself a RefusedError), which
stands in clear.

What comes out is held by the caller for as long as one request; nothing here keeps any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leeside.sealing import suite
from leeside.sealing.briefs import BriefPlace, OpenedBrief, decode_brief
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import (
    ID_SIZE,
    VERSION,
    WRITER,
    CaseContext,
    Purpose,
    audit_info,
    outbox_info,
    prefix,
    reader_recipient,
    role_key_info,
)
from leeside.sealing.entries import EntryBody, decode_body
from leeside.sealing.errors import MalformedError, MisuseError, RefusedError, UnknownVersionError
from leeside.sealing.grants import OpenedGrant, decode_grant
from leeside.sealing.keys import (
    SIGNATURE_SIZE,
    Commitment,
    CompartmentKey,
    commitment_of,
    decode_keys,
    mask_of_keys,
    verify,
)
from leeside.sealing.limits import LIMITS
from leeside.sealing.own_copies import own_copy_key
from leeside.sealing.padding import unpad, unpad_multiple
from leeside.sealing.plain_json import Json, decode_json
from leeside.sealing.receipts import ReceiptKeys
from leeside.sealing.reviews import RemarkPlace
from leeside.sealing.rings import KeyRing, decode_ring
from leeside.sealing.roster import Roster
from leeside.sealing.seal import KEY_HINT_SIZE, RECORD_STEP, RING_PURPOSES, SIGNED, UNSIGNED
from leeside.sealing.secrets import Secret, is_equal
from leeside.sealing.sessions import decode_receipt_keys, mailbox_info
from leeside.sealing.wire import fixed

_HEADER_SIZE: Final = 6
_NONCE_END: Final = 1 + suite.NONCE_SIZE


def _open_envelope(seed: Secret, sealed: bytes, info: bytes) -> bytes:
    try:
        return suite.SUITE.decrypt(sealed, suite.private_key(seed), info=info)
    except (InvalidTag, ValueError):
        raise RefusedError from None


def _open_gcm(key: AESGCM, sealed: bytes, binding: bytes) -> bytes:
    try:
        nonce, rest = sealed[: suite.NONCE_SIZE], sealed[suite.NONCE_SIZE :]
        return key.decrypt(nonce, rest, binding)
    except (InvalidTag, ValueError):
        raise RefusedError from None


def _require_version(shape: str, sealed: bytes) -> None:
    if not sealed:
        raise RefusedError
    if sealed[0] != VERSION:
        raise UnknownVersionError(shape, sealed[0])


@dataclass(frozen=True)
class OpenedEntry:
    """An entry as it came out of its seal. Not yet proven to be its author's: ``verify_author``."""

    body: EntryBody = field(repr=False)
    signature: bytes | None = field(repr=False)
    signed: bytes = field(repr=False)
    """What the signature covers: place in the case, then the bytes of the body."""


class EntryOpener:
    """Opens many entries of one compartment's generation: one key object for all of them."""

    def __init__(self, key: CompartmentKey, context: CaseContext) -> None:
        self._gcm = suite.gcm(key.key)
        self._binding = context.entry_binding(Purpose.ENTRY, key.compartment, key.generation)
        self._signature_binding = context.entry_binding(Purpose.ENTRY_SIGNATURE, key.compartment, key.generation)

    def open(self, entry_id: bytes, sealed: bytes) -> OpenedEntry:
        """The entry, its body read strictly."""
        signature, plain_body = self._split(entry_id, sealed)
        try:
            body = decode_body(plain_body)
        except MalformedError:
            raise RefusedError from None
        # Whoever holds the key can seal; only staff can sign. An unsigned entry that calls itself
        # staff's, or a signed one that does not, was made by neither of our programs.
        if (body.author.kind == "staff") != (signature is not None):
            raise RefusedError
        return OpenedEntry(body, signature, self._signature_binding + entry_id + plain_body)

    def _split(self, entry_id: bytes, sealed: bytes) -> tuple[bytes | None, bytes]:
        if len(entry_id) != ID_SIZE:
            raise RefusedError
        _require_version("entry", sealed)
        try:
            padded = self._gcm.decrypt(sealed[1:_NONCE_END], sealed[_NONCE_END:], self._binding + entry_id)
            plain = unpad(padded)
        except (InvalidTag, ValueError, MalformedError):
            raise RefusedError from None
        if plain[:1] == UNSIGNED:
            return None, plain[1:]
        if plain[:1] == SIGNED and len(plain) > SIGNATURE_SIZE:
            return plain[1 : 1 + SIGNATURE_SIZE], plain[1 + SIGNATURE_SIZE :]
        raise RefusedError


def open_entry(key: CompartmentKey, context: CaseContext, entry_id: bytes, sealed: bytes) -> OpenedEntry:
    """One entry. For several of a compartment keep an ``EntryOpener``."""
    return EntryOpener(key, context).open(entry_id, sealed)


def verify_author(opened: OpenedEntry, verify_key: bytes) -> None:
    """Raise RefusedError unless the entry was signed by the owner of ``verify_key``.

    The caller takes the key from the verified roster, by the author's reader id. An entry without
    a signature is refused: ask this only of entries whose author is staff.
    """
    if opened.signature is None:
        raise RefusedError
    verify(verify_key, opened.signed, opened.signature)


def read_bundle_header(sealed: bytes) -> tuple[int, int]:
    """Epoch and mask in front of an envelope of keys, unproven until it is opened."""
    _require_version("keys", sealed)
    if len(sealed) < _HEADER_SIZE:
        raise RefusedError
    return int.from_bytes(sealed[1:5], "big"), sealed[5]


def open_bundle(
    seed: Secret,
    context: CaseContext,
    recipient: str,
    sealed: bytes,
    roster: Roster | None = None,
) -> tuple[CompartmentKey, ...]:
    """The compartment keys sealed to a public key, by compartment and generation.

    ``roster`` is the line's verified one, by which a granter's signature is checked; only a
    parcel's own envelopes have none (see ``grants``). Compare the keys with the case's commitments
    before use: ``check_commitments``.
    """
    return BundleOpener(seed, roster).open(context, recipient, sealed)


class BundleOpener:
    """Opens many envelopes of one key pair: the pair is derived from its seed once."""

    def __init__(self, seed: Secret, roster: Roster | None = None) -> None:
        self._private = suite.private_key(seed)
        self._roster = roster

    def open(self, context: CaseContext, recipient: str, sealed: bytes) -> tuple[CompartmentKey, ...]:
        """As ``open_bundle``."""
        return self.open_grant(context, recipient, sealed).keys

    def open_grant(self, context: CaseContext, recipient: str, sealed: bytes) -> OpenedGrant:
        """As ``open_bundle``, with who granted the keys and until when."""
        epoch, mask = read_bundle_header(sealed)
        info = context.bundle_info(Purpose.BUNDLE, recipient, mask, epoch)
        try:
            plain = suite.SUITE.decrypt(sealed[_HEADER_SIZE:], self._private, info=info)
        except (InvalidTag, ValueError):
            raise RefusedError from None
        grant = decode_grant(plain, recipient, info, self._roster)
        if mask_of_keys(grant.keys) != mask:
            raise RefusedError
        return grant


def open_bundle_symmetric(first_key: Secret, context: CaseContext, sealed: bytes) -> tuple[CompartmentKey, ...]:
    """The writer's first envelope, with the key from the receipt."""
    epoch, mask = read_bundle_header(sealed)
    info = context.bundle_info(Purpose.FIRST_BUNDLE, WRITER, mask, epoch)
    return _read_keys(_open_gcm(suite.gcm(first_key), sealed[_HEADER_SIZE:], info), mask)


def open_own_copy(seed: Secret, context: CaseContext, reader_id: bytes, sealed: bytes) -> tuple[CompartmentKey, ...]:
    """A reader's own copy. For many keep an ``OwnCopyOpener``."""
    return OwnCopyOpener(seed, reader_id).open(context, sealed)


class OwnCopyOpener:
    """Opens many own copies of one reader: 10,000 in about 60 milliseconds."""

    def __init__(self, seed: Secret, reader_id: bytes) -> None:
        self._gcm = suite.gcm(own_copy_key(seed))
        self._recipient = reader_recipient(reader_id)

    def open(self, context: CaseContext, sealed: bytes) -> tuple[CompartmentKey, ...]:
        """As ``open_own_copy``."""
        epoch, mask = read_bundle_header(sealed)
        info = context.bundle_info(Purpose.OWN_COPY, self._recipient, mask, epoch)
        return _read_keys(_open_gcm(self._gcm, sealed[_HEADER_SIZE:], info), mask)


def _read_keys(plain: bytes, mask: int) -> tuple[CompartmentKey, ...]:
    try:
        keys = decode_keys(plain)
    except MalformedError:
        raise RefusedError from None
    if mask_of_keys(keys) != mask:
        raise RefusedError
    return keys


def check_commitments(keys: Sequence[CompartmentKey], commitments: Sequence[Commitment], context: CaseContext) -> None:
    """Raise RefusedError unless every key has exactly one commitment, and it is the key's.

    Done at every opening, because AES-GCM commits to no key: without it one sealed entry could read
    differently to two people who were given different keys. The case may have commitments for keys
    that this reader does not hold.
    """
    stated: dict[tuple[Compartment, int], bytes] = {}
    for commitment in commitments:
        place = (commitment.compartment, commitment.generation)
        if place in stated:
            raise RefusedError
        stated[place] = commitment.value
    for key in keys:
        check_commitment(key, stated.get((key.compartment, key.generation)), context)


def check_commitment(key: CompartmentKey, stated: bytes | None, context: CaseContext) -> None:
    """Raise RefusedError unless ``stated`` is the commitment of this one key."""
    if stated is None or not is_equal(stated, commitment_of(key, context.line_id, context.case_number)):
        raise RefusedError


def open_role_key(  # noqa: PLR0917 -- the order of ``seal_role_key``
    seed: Secret, line_id: bytes, circle: str, epoch: int, reader_id: bytes, sealed: bytes
) -> Secret:
    """A circle's role seed, with a member's own seed.

    It proves nothing about its maker: compare ``public_key_of`` of what comes out with the roster's
    role key before anything is opened with it.
    """
    _require_version("role key", sealed)
    info = role_key_info(line_id, circle, epoch, reader_id)
    plain = _open_envelope(seed, sealed[1:], info)
    if len(plain) != suite.SEED_SIZE:
        raise RefusedError
    return Secret(plain)


def open_mailbox(wrapping_key: Secret, line_id: bytes, sealed: bytes) -> ReceiptKeys:
    """The keys that a mailbox's session holds."""
    _require_version("mailbox session", sealed)
    plain = _open_gcm(suite.gcm(wrapping_key), sealed[1:], mailbox_info(line_id))
    try:
        return decode_receipt_keys(plain)
    except MalformedError:
        raise RefusedError from None


def open_ring(wrapping_key: Secret, sealed: bytes, purpose: Purpose) -> KeyRing:
    """A key ring. A wrong passphrase is a RefusedError like every other cause."""
    if purpose not in RING_PURPOSES:
        raise MisuseError("a ring is sealed at rest or in a session")
    _require_version("ring", sealed)
    plain = _open_gcm(suite.gcm(wrapping_key), sealed[1:], prefix(purpose))
    try:
        return decode_ring(plain)
    except MalformedError:
        raise RefusedError from None


def read_audit_hint(sealed: bytes) -> bytes:
    """The hint of the role key that an audit record was sealed to (``seal.key_hint``)."""
    _require_version("audit record", sealed)
    return fixed(sealed[1 : 1 + KEY_HINT_SIZE].ljust(KEY_HINT_SIZE, b"\0"), KEY_HINT_SIZE)


def open_audit(lead_seed: Secret, line_id: bytes, sealed: bytes) -> dict[str, Json]:
    """An audit record, with the role seed of ``lead`` that its hint points to."""
    _require_version("audit record", sealed)
    padded = _open_envelope(lead_seed, sealed[1 + KEY_HINT_SIZE :], audit_info(line_id))
    try:
        return decode_json(unpad_multiple(padded, RECORD_STEP, LIMITS.audit_record))
    except MalformedError:
        raise RefusedError from None


def open_brief(role_seed: Secret, place: BriefPlace, sealed: bytes, roster: Roster) -> OpenedBrief:
    """A shift's brief, with its circle's role seed, signed by somebody who is or was on the roster."""
    _require_version("brief", sealed)
    padded = _open_envelope(role_seed, sealed[1:], place.info)
    try:
        return decode_brief(unpad_multiple(padded, RECORD_STEP, LIMITS.brief), place, roster)
    except MalformedError:
        raise RefusedError from None


def open_remark(lead_seed: Secret, place: RemarkPlace, sealed: bytes) -> str:
    """A remark on a rule, with the role seed of `lead` of its epoch. Who wrote it, the signed reading proves."""
    _require_version("remark", sealed)
    padded = _open_envelope(lead_seed, sealed[1:], place.info)
    try:
        text = decode_json(unpad_multiple(padded, RECORD_STEP, LIMITS.remark)).get("text")
    except MalformedError:
        raise RefusedError from None
    if not isinstance(text, str):
        raise RefusedError
    return text


def open_outbox(courier_seed: Secret, line_id: bytes, message_id: bytes, sealed: bytes) -> dict[str, Json]:
    """One message of the courier's outbox, in the courier's own process."""
    _require_version("outbox", sealed)
    padded = _open_envelope(courier_seed, sealed[1:], outbox_info(line_id, message_id))
    try:
        return decode_json(unpad(padded))
    except MalformedError:
        raise RefusedError from None


def open_file_address(wrapping_key: Secret, sealed: bytes) -> dict[str, Json]:
    """What a one-time address of a file leads to."""
    _require_version("file address", sealed[:1])
    plain = _open_gcm(suite.gcm(wrapping_key), sealed[1:], prefix(Purpose.FILE_ADDRESS))
    try:
        return decode_json(plain)
    except MalformedError:
        raise RefusedError from None

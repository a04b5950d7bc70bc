"""Inviting: a one-time address with the line's fingerprint in it, and what the newcomer makes behind it.

Rules:
1. An address is good once and for some days. It carries no right but to knock: only a coordinator admits.
2. The line's fingerprint stands in the address itself. The roster must verify up to it, so that a newcomer never
   sends keys to a line that a database invented; the newcomer compares its words with whoever invited them.
3. Accepting makes the newcomer's keys and shows passphrase and code secret once. Name and public keys go to the
   coordinators, sealed to `lead`; the account stays without access until it is admitted.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from leeside.desk.errors import NotAllowedError, UntrustedRosterError
from leeside.desk.founding import NewWayIn
from leeside.desk.identities import GivenSecrets, encode_candidate, make_identity, read_name, store_identity
from leeside.desk.limits import LIMITS
from leeside.desk.lines import line_named, line_row
from leeside.desk.permissions import LineAction, require_line_action
from leeside.desk.rosters import LineRoster, load_roster
from leeside.desk.seat import Seat
from leeside.sealing.context import HASH_SIZE, LEAD
from leeside.sealing.errors import MalformedError
from leeside.sealing.seal import seal_audit
from leeside.sealing.secrets import Secret
from leeside.sealing.sessions import (
    derive_session_keys,
    make_session_secret,
    read_session_secret,
    spell_session_secret,
)
from leeside.vault import store
from leeside.web.lines import LineSettings

_KIND = "invitation"
CANDIDATE = "candidate"


@dataclass(frozen=True)
class Invitation:
    """A read address: whose line, whose fingerprint."""

    line: LineSettings
    fingerprint: bytes
    roster: LineRoster = field(repr=False)
    place: bytes = field(repr=False)


def make_invitation(seat: Seat) -> str:
    """The last part of `/<lang>/invited/...`, for one newcomer."""
    require_line_action(LineAction.INVITE, seat.role)
    return put_invitation(seat.line, seat.keyring.ring.fingerprint, seat.real_now)


def put_invitation(line: LineSettings, fingerprint: bytes, now: datetime) -> str:
    """The same from the keeper's command, which has no seat: an address only lets somebody knock."""
    secret = make_session_secret()
    until = now + timedelta(days=LIMITS.invitation_days)
    store.put_once(_KIND, derive_session_keys(secret).id_hash, line.slug.encode(), until)
    return f"{spell_session_secret(secret)}.{fingerprint.hex()}"


def read_invitation(untrusted_address: str, now: datetime) -> Invitation:
    """The invitation behind an address, left where it is. Raises NotAllowedError, and UntrustedRosterError."""
    secret, fingerprint = _split(untrusted_address)
    place = derive_session_keys(secret).id_hash
    slug = store.look_once(_KIND, place, now)
    if slug is None:
        raise NotAllowedError
    line = line_named(slug.decode())
    if line.fingerprint and bytes.fromhex(line.fingerprint) != fingerprint:
        raise UntrustedRosterError
    row = line_row(line)
    return Invitation(line, fingerprint, load_roster(row.id, fingerprint, row.roster_number, 1), place)


def accept_invitation(
    untrusted_address: str, untrusted_name: str, language: str, *, now: datetime, given: GivenSecrets | None = None
) -> NewWayIn:
    """Make the newcomer's keys and hand their public halves to the coordinators.

    Raises NotAllowedError for a bad address and InputError for the name, which leaves the address good.
    """
    invitation = read_invitation(untrusted_address, now)
    line_id = invitation.roster.current.line_id
    identity = make_identity(read_name(untrusted_name), language, given)
    ring = identity.ring(line_id, invitation.fingerprint, invitation.roster.number)
    store_identity(identity, ring, store.AccountState.INVITED)
    lead = invitation.roster.current.role_key(LEAD)
    public = (identity.sealing_public, identity.verify_key)
    knock = seal_audit(lead.public, line_id, encode_candidate(identity.reader_id, identity.name, *public, language))
    until = now + timedelta(days=LIMITS.candidate_days)
    store.put_once(CANDIDATE, candidate_place(identity.reader_id), knock, until)
    store.take_once(_KIND, invitation.place, now)
    return NewWayIn(
        identity.reader_id,
        identity.name,
        identity.passphrase,
        identity.code_secret,
        identity.fingerprint,
        invitation.fingerprint,
    )


def candidate_place(reader_id: bytes) -> bytes:
    """Where a newcomer's public keys wait for a coordinator."""
    return sha256(b"leeside candidate" + reader_id).digest()


def _split(untrusted_address: str) -> tuple[Secret, bytes]:
    token, _, spelled = untrusted_address.partition(".")
    try:
        secret, fingerprint = read_session_secret(token), bytes.fromhex(spelled)
    except (MalformedError, ValueError):
        raise NotAllowedError from None
    if len(fingerprint) != HASH_SIZE or spelled != fingerprint.hex():
        raise NotAllowedError
    return secret, fingerprint

"""Founding a line: the first coordinator, in a browser, from a one-time address that the keeper passes on.

Rules:
1. An address founds one line, once, within its days; afterwards it is like any address that never was.
2. The founder's keys, the role keys of epoch 1 of every circle of the pack and of `lead`, and roster version 1 are
   made in that one request; the passphrase and the secret for codes are shown once.
3. The line's fingerprint is the hash of version 1. The keeper pins it in the settings.
4. The line opens when the pinned fingerprint is this one and two coordinators stand on the roster; not before.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from leeside.desk.errors import NotAllowedError
from leeside.desk.identities import GivenSecrets, Identity, make_identity, read_name, store_identity
from leeside.desk.limits import LIMITS
from leeside.desk.lines import line_row, pack_of
from leeside.desk.rosters import LineRoster
from leeside.sealing.context import LEAD
from leeside.sealing.errors import MalformedError
from leeside.sealing.keys import make_seed, public_key_of
from leeside.sealing.roster import NO_HASH, Person, RoleKey, RosterVersion, fingerprint_of, sign_roster
from leeside.sealing.seal import seal_role_key
from leeside.sealing.secrets import Secret
from leeside.sealing.sessions import (
    derive_session_keys,
    make_session_secret,
    read_session_secret,
    spell_session_secret,
)
from leeside.vault import store
from leeside.web.lines import LineSettings

_KIND = "founding"
FIRST_EPOCH = 1
COORDINATORS_NEEDED = 2


@dataclass(frozen=True)
class NewWayIn:
    """What a new colleague is shown once: passphrase, secret for codes, fingerprints. Never stored, never logged."""

    reader_id: bytes
    name: str
    passphrase: Secret
    code_secret: Secret
    person_fingerprint: bytes
    line_fingerprint: bytes = field(repr=True)


def make_founding_address(line: LineSettings, now: datetime) -> str:
    """The last part of `/<lang>/found/...`: called by the keeper's command. A line that is founded gives none."""
    if line_row(line).roster_number:
        raise NotAllowedError
    secret = make_session_secret()
    until = now + timedelta(days=LIMITS.founding_days)
    store.put_once(_KIND, derive_session_keys(secret).id_hash, line.slug.encode(), until)
    return spell_session_secret(secret)


def look_at_founding(untrusted_token: str, now: datetime) -> str:
    """The slug of the line that this address may found. Raises NotAllowedError."""
    slug = store.look_once(_KIND, _place_of(untrusted_token), now)
    if slug is None:
        raise NotAllowedError
    return slug.decode()


def found_by_address(
    line: LineSettings, untrusted_token: str, untrusted_name: str, language: str, *, now: datetime, today: date
) -> NewWayIn:
    """Found the line from its one-time address. Raises NotAllowedError, and InputError for the name."""
    if look_at_founding(untrusted_token, now) != line.slug:
        raise NotAllowedError
    founded = found_line(line, untrusted_name, language, today=today)
    store.take_once(_KIND, _place_of(untrusted_token), now)
    return founded


def found_line(
    line: LineSettings, untrusted_name: str, language: str, *, today: date, given: GivenSecrets | None = None
) -> NewWayIn:
    """Make the first coordinator, the role keys and roster version 1. Raises NotAllowedError when it was done before.

    The roster comes last: it is what founds. What a failure before it leaves opens nothing.
    """
    row = line_row(line)
    if row.roster_number:
        raise NotAllowedError
    identity = make_identity(read_name(untrusted_name), language, given)
    circles = (*(circle.name for circle in pack_of(line).circles), LEAD)
    seeds = {circle: make_seed() for circle in circles}
    signed = sign_roster(_first_version(row.id, identity, seeds, today), identity.signing_seed)
    fingerprint = fingerprint_of(signed)
    store_identity(identity, identity.ring(row.id, fingerprint, 1), store.AccountState.ACTIVE)
    store.put_role_envelopes(
        row.id,
        [
            store.RoleEnvelopeRow(
                circle,
                FIRST_EPOCH,
                identity.reader_id,
                seal_role_key(identity.sealing_public, row.id, circle, FIRST_EPOCH, identity.reader_id, seed),
            )
            for circle, seed in seeds.items()
        ],
    )
    try:
        store.append_roster(row.id, 1, signed)
    except store.ConflictError:
        raise NotAllowedError from None
    return NewWayIn(
        identity.reader_id, identity.name, identity.passphrase, identity.code_secret, identity.fingerprint, fingerprint
    )


def _first_version(line_id: bytes, identity: Identity, seeds: dict[str, Secret], today: date) -> RosterVersion:
    founder = Person(identity.reader_id, identity.name, identity.sealing_public, identity.verify_key, LEAD)
    role_keys = tuple(RoleKey(circle, FIRST_EPOCH, public_key_of(seed)) for circle, seed in seeds.items())
    return RosterVersion(line_id, 1, NO_HASH, (founder,), role_keys, identity.reader_id, today)


def is_ready_to_open(line: LineSettings, fingerprint: bytes, roster: LineRoster, today: date) -> bool:
    """Whether rule 4 is met."""
    pinned = line.fingerprint == fingerprint.hex()
    return pinned and len(roster.members_of(LEAD, today)) >= COORDINATORS_NEEDED


def open_if_ready(line: LineSettings, fingerprint: bytes, roster: LineRoster, today: date) -> bool:
    """Open the line when rule 4 is met; whether it is open now."""
    row = line_row(line)
    if row.state == store.LineState.OPEN:
        return True
    if not is_ready_to_open(line, fingerprint, roster, today):
        return False
    store.open_line(row.id)
    return True


def _place_of(untrusted_token: str) -> bytes:
    try:
        return derive_session_keys(read_session_secret(untrusted_token)).id_hash
    except MalformedError:
        raise NotAllowedError from None

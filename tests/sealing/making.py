"""What the tests of the sealing zone are made of: a line, its people and a case, all from fixed seeds."""

from datetime import date
from functools import cache
from hashlib import sha256

from leeside.sealing.compartments import Compartment
from leeside.sealing.context import CaseContext, hash_writer_key
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody, staff_author
from leeside.sealing.grants import Granter
from leeside.sealing.keys import CompartmentKey, public_key_of, verify_key_of
from leeside.sealing.parcels import CircleKey, Maker, Request
from leeside.sealing.receipts import derive_receipt_keys, receipt_from_entropy
from leeside.sealing.rings import KeyRing
from leeside.sealing.roster import (
    NO_HASH,
    Person,
    RoleKey,
    Roster,
    RosterVersion,
    fingerprint_of,
    sign_roster,
    verify_roster,
)
from leeside.sealing.secrets import Secret

STORY, IDENTITY, PLACE, WORK = Compartment
DAY = date(2023, 12, 5)


def some(label: str, size: int = 32) -> bytes:
    """Bytes that look random and are the same in every run."""
    made = b""
    while len(made) < size:
        made += sha256(f"{label} {len(made)}".encode()).digest()
    return made[:size]


def secret(label: str, size: int = 32) -> Secret:
    """The same as a secret."""
    return Secret(some(label, size))


LINE = some("line", 16)
OTHER_LINE = some("other line", 16)
ENTRY = some("entry", 16)
FOUNDER, VERA, OLEG, STRANGER = (some(who, 16) for who in ("founder", "vera", "oleg", "stranger"))
RECEIPT = receipt_from_entropy(some("receipt", 16))


@cache
def public_of(label: str) -> bytes:
    """The public key of `secret(label)`."""
    return public_key_of(secret(label))


@cache
def receipt_keys():
    """What derives from RECEIPT on LINE."""
    return derive_receipt_keys(RECEIPT, LINE)


@cache
def writer_public() -> bytes:
    """The writer's public key."""
    return public_key_of(receipt_keys().writer_seed)


@cache
def case() -> CaseContext:
    """The case of RECEIPT on LINE in epoch 3."""
    return CaseContext(LINE, 3, receipt_keys().case_number, hash_writer_key(writer_public()))


def key_of(compartment: Compartment, generation: int = 1) -> CompartmentKey:
    """The key of one compartment."""
    return CompartmentKey(compartment, generation, secret(f"{compartment} {generation}"))


FIRST_KEYS = (key_of(STORY), key_of(IDENTITY), key_of(PLACE))


def body(text: str = "Прошу помочь.", kind: str = "message") -> EntryBody:
    """A writer's entry."""
    return EntryBody(kind, WRITER_AUTHOR, "2023-12-05", {"text": text})


def staff_body(text: str = "Мы прочли.", reader: bytes = VERA) -> EntryBody:
    """A staff entry."""
    return EntryBody("answer", staff_author(reader), "2023-12-05T19:05", {"text": text})


def person(name: str, reader_id: bytes, role: str = "first", until: date | None = None, flags=()) -> Person:
    """One person, whose seeds are `NAME sealing` and `NAME signing`."""
    return Person(
        reader_id, name, public_of(f"{name} sealing"), verify_key_of(secret(f"{name} signing")), role, until, flags
    )


def role_key(circle: str, epoch: int = 3) -> RoleKey:
    """A role key, whose seed is `CIRCLE EPOCH`."""
    return RoleKey(circle, epoch, public_of(f"{circle} {epoch}"))


def founding(**changes) -> RosterVersion:
    """The first version: the founder alone, with all role keys."""
    fields = {
        "line_id": LINE,
        "number": 1,
        "previous_hash": NO_HASH,
        "people": (person("founder", FOUNDER, "lead"),),
        "role_keys": tuple(role_key(circle, 1) for circle in ("closed", "first", "lead")),
        "signer": FOUNDER,
        "day": date(2023, 4, 3),
    }
    return RosterVersion(**(fields | changes))


def following(signed: bytes, before: RosterVersion, **changes) -> RosterVersion:
    """The next version after `before`, the same but for `changes`."""
    from leeside.sealing.roster import hash_version

    fields = {
        "line_id": before.line_id,
        "number": before.number + 1,
        "previous_hash": hash_version(signed),
        "people": before.people,
        "role_keys": before.role_keys,
        "signer": FOUNDER,
        "day": before.day,
    }
    return RosterVersion(**(fields | changes))


def signed_by(version: RosterVersion, name: str = "founder") -> bytes:
    """The version signed with somebody's seed."""
    return sign_roster(version, secret(f"{name} signing"))


@cache
def chain() -> tuple[bytes, ...]:
    """Two versions: founded; then Vera and Oleg admitted, in epoch 3."""
    first = founding()
    first_signed = signed_by(first)
    people = (first.people[0], person("vera", VERA, "closed"), person("oleg", OLEG, "first"))
    keys = tuple(role_key(circle) for circle in ("closed", "first", "lead"))
    second = following(first_signed, first, people=people, role_keys=keys)
    return first_signed, signed_by(second)


@cache
def roster() -> Roster:
    """The roster of `chain()`."""
    return verify_roster(chain(), fingerprint_of(chain()[0]))


VERA_GRANTS = Granter(VERA, secret("vera signing"))


def circles() -> tuple[CircleKey, ...]:
    """The shipped pack's circles and lead, in epoch 3."""
    return (
        CircleKey("first", 3, public_of("first 3"), (STORY,)),
        CircleKey("closed", 3, public_of("closed 3"), (STORY, IDENTITY, PLACE, WORK)),
        CircleKey("lead", 3, public_of("lead 3"), ()),
    )


def request(text: str = "Прошу помочь.", **changes) -> Request:
    """One request, routed to first-liners, with nothing in identity and place."""
    fields = {
        "maker": Maker.SERVER,
        "line_id": LINE,
        "epoch": 3,
        "pack": "refusal",
        "pack_version": 1,
        "language": "ru",
        "channel": "web",
        "circle": "first",
        "urgency": 2,
        "look_by": 1,
        "bodies": {STORY: EntryBody("answers", WRITER_AUTHOR, "2023-12-05", {"text": text})},
        "card": EntryBody("card", WRITER_AUTHOR, "2023-12-05", {"need": "leave"}),
        "canonical": b"canonical",
    }
    return Request(**(fields | changes))


def ring(**changes) -> KeyRing:
    """Vera's ring."""
    fields = {
        "reader_id": VERA,
        "line_id": LINE,
        "name": "vera",
        "sealing_seed": secret("vera sealing"),
        "signing_seed": secret("vera signing"),
        "fingerprint": some("fingerprint"),
        "roster_number": 2,
        "totp_secret": secret("totp", 20),
    }
    return KeyRing(**(fields | changes))


def flipped(sealed: bytes, position: int, bit: int = 0) -> bytes:
    """`sealed` with one bit other."""
    changed = bytearray(sealed)
    changed[position] ^= 1 << bit
    return bytes(changed)

"""The roster: a numbered, chained, signed log of a line's people and role keys.

Rules, in the order in which ``verify_roster`` and its tests go through them:

1. The first version has number 1, no version before it, and the pinned fingerprint.
2. It is signed by its founder, who stands on it with the role ``lead``.
3. Every later version has the next number, the same line, and the hash of the one before.
4. Its day is not before the day of the one before.
5. It is signed by somebody who has the role ``lead`` on the version before, not past their end.
6. On each version no reader and no key stands twice, and somebody has the role ``lead``.
7. A circle's epoch never goes down; within one epoch its role key never changes.
8. The chain is at least as long as what the caller saw last.

Whoever seals a grant or a parcel takes keys from the verified ``Roster`` and from nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from leeside.sealing.context import (
    HASH_SIZE,
    ID_SIZE,
    LEAD,
    VERSION,
    Purpose,
    hash_for,
    prefix,
)
from leeside.sealing.errors import MalformedError, MisuseError, RefusedError
from leeside.sealing.keys import PUBLIC_SIZE, SIGNATURE_SIZE, VERIFY_KEY_SIZE, sign, verify
from leeside.sealing.limits import LIMITS
from leeside.sealing.secrets import Secret, is_equal
from leeside.sealing.wire import Reader, counted8, fixed, name, u8, u16, u32
from leeside.sealing.words import BITS_PER_WORD, words_of

NO_HASH: Final = bytes(HASH_SIZE)
FINGERPRINT_WORDS: Final = 12
_SHAPE: Final = "roster"
_BODY_START: Final = 1 + SIGNATURE_SIZE


@dataclass(frozen=True)
class Person:
    """One person of the line. ``role`` is a circle of the pack, or ``lead``.

    ``until`` is the last day on which the role holds; None is no end. ``flags`` are names of ours
    for grade and duties (``draft_only``, ``publisher``), rules of the software, not arithmetic.
    """

    reader_id: bytes
    name: str
    sealing_public: bytes = field(repr=False)
    verify_key: bytes = field(repr=False)
    role: str
    until: date | None = None
    flags: tuple[str, ...] = ()

    def has_role_on(self, role: str, day: date) -> bool:
        """Whether this person has ``role`` on ``day``."""
        return self.role == role and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class RoleKey:
    """The public key of one circle for one epoch."""

    circle: str
    epoch: int
    public: bytes = field(repr=False)


@dataclass(frozen=True)
class RosterVersion:
    """One version, whole. ``signer`` is the reader id of the coordinator who signs it on ``day``."""

    line_id: bytes
    number: int
    previous_hash: bytes
    people: tuple[Person, ...]
    role_keys: tuple[RoleKey, ...]
    signer: bytes
    day: date


@dataclass(frozen=True)
class AuthorKey:
    """A verify key that a reader had from version ``first`` to ``last`` (None: still)."""

    verify_key: bytes
    first: int
    last: int | None


@dataclass(frozen=True)
class Roster:
    """A verified chain: its last version, and every verify key there ever was."""

    line_id: bytes
    number: int
    head: bytes
    """The hash of the last signed version: the next one's ``previous_hash``."""
    day: date
    people: tuple[Person, ...]
    role_keys: tuple[RoleKey, ...]
    past_role_keys: Mapping[tuple[str, int], RoleKey] = field(repr=False)
    """Every role key there ever was, by circle and epoch: for opening, never for sealing."""
    authors: Mapping[bytes, tuple[AuthorKey, ...]] = field(repr=False)

    def person(self, reader_id: bytes) -> Person:
        """The person who is on the line now; RefusedError for anybody else."""
        for person in self.people:
            if person.reader_id == reader_id:
                return person
        raise RefusedError

    def members(self, circle: str, today: date) -> tuple[Person, ...]:
        """Everybody who has this role today: whom a role key of it is sealed to."""
        return tuple(person for person in self.people if person.has_role_on(circle, today))

    def role_key(self, circle: str) -> RoleKey:
        """The circle's role key of its present epoch; RefusedError if it has none."""
        for role_key in self.role_keys:
            if role_key.circle == circle:
                return role_key
        raise RefusedError

    def require_role_key(self, circle: str, epoch: int, public: bytes) -> None:
        """Raise RefusedError unless ``public`` was the circle's role key in that epoch.

        Asked of ``public_key_of`` a role seed that came out of an envelope: an envelope proves
        nothing about who made it.
        """
        known = self.past_role_keys.get((circle, epoch))
        if known is None or not is_equal(known.public, public):
            raise RefusedError

    def verify_keys_of(self, reader_id: bytes) -> tuple[bytes, ...]:
        """Every key this reader ever signed with, also when they have left; none: unknown author."""
        return tuple(author.verify_key for author in self.authors.get(reader_id, ()))


def sign_roster(version: RosterVersion, signing_seed: Secret) -> bytes:
    """The signed bytes of one version: version byte, signature, body.

    Says only that ``signing_seed`` signed it; whether that person may is ``verify_roster``'s
    question. MisuseError for what no version may hold.
    """
    body = _encode_body(version)
    signed = u8(VERSION) + sign(signing_seed, prefix(Purpose.ROSTER) + body) + body
    try:
        read_version(signed)
    except MalformedError:
        raise MisuseError("a roster that nobody would take") from None
    return signed


def hash_version(signed: bytes) -> bytes:
    """The hash by which the next version names this one."""
    return hash_for(Purpose.ROSTER_HASH, signed)


def fingerprint_of(first_signed: bytes) -> bytes:
    """The line's fingerprint: the hash of its first signed version, founder and all."""
    return hash_version(first_signed)


def fingerprint_words(fingerprint: bytes, language: str) -> tuple[str, ...]:
    """The first 132 bits of a fingerprint as twelve words, to be read aloud and compared."""
    bits = FINGERPRINT_WORDS * BITS_PER_WORD
    number = int.from_bytes(fixed(fingerprint, HASH_SIZE), "big") >> HASH_SIZE * 8 - bits
    return words_of(number, FINGERPRINT_WORDS, language)


def person_fingerprint(sealing_public: bytes, verify_key: bytes) -> bytes:
    """The hash of a person's two public keys: what a newcomer reads to whoever admits them."""
    return hash_for(Purpose.PERSON, fixed(sealing_public, PUBLIC_SIZE), fixed(verify_key, VERIFY_KEY_SIZE))


def verify_roster(chain: Sequence[bytes], fingerprint: bytes, at_least: int = 0) -> Roster:
    """The roster that ``chain`` states, verified up to ``fingerprint``; else RefusedError.

    ``chain`` is every signed version from the first on. ``at_least`` is the number the caller saw
    last: a shorter chain is an old one, and refused.
    """
    if not chain or not is_equal(fingerprint_of(chain[0]), fingerprint):
        raise RefusedError
    if not at_least <= len(chain) <= LIMITS.roster_versions:
        raise RefusedError
    try:
        return _verify_steps(chain)
    except MalformedError:
        raise RefusedError from None


def _verify_steps(chain: Sequence[bytes]) -> Roster:
    authors: dict[bytes, list[AuthorKey]] = {}
    epochs: dict[str, RoleKey] = {}
    past: dict[tuple[str, int], RoleKey] = {}
    newest = read_version(chain[0])
    head = hash_version(chain[0])
    _require_founding(newest)
    _require_signature(newest, newest, chain[0])
    _note(newest, epochs, past, authors)
    for signed in chain[1:]:
        version = read_version(signed)
        _require_next(newest, head, version)
        _require_signature(newest, version, signed)
        _note(version, epochs, past, authors)
        newest, head = version, hash_version(signed)
    return Roster(
        line_id=newest.line_id,
        number=newest.number,
        head=head,
        day=newest.day,
        people=newest.people,
        role_keys=newest.role_keys,
        past_role_keys=MappingProxyType(past),
        authors=MappingProxyType({reader: tuple(keys) for reader, keys in authors.items()}),
    )


def _note(
    version: RosterVersion,
    epochs: dict[str, RoleKey],
    past: dict[tuple[str, int], RoleKey],
    authors: dict[bytes, list[AuthorKey]],
) -> None:
    _require_epochs(epochs, version.role_keys)
    past |= {(role_key.circle, role_key.epoch): role_key for role_key in version.role_keys}
    _note_authors(authors, version)


def _require_founding(version: RosterVersion) -> None:
    if version.number != 1 or version.previous_hash != NO_HASH:
        raise RefusedError


def _require_next(before: RosterVersion, head: bytes, version: RosterVersion) -> None:
    if (
        version.number != before.number + 1
        or version.line_id != before.line_id
        or version.previous_hash != head
        or version.day < before.day
    ):
        raise RefusedError


def _require_signature(allowing: RosterVersion, version: RosterVersion, signed: bytes) -> None:
    for person in allowing.people:
        if person.reader_id == version.signer and person.has_role_on(LEAD, version.day):
            message = prefix(Purpose.ROSTER) + signed[_BODY_START:]
            verify(person.verify_key, message, signed[1:_BODY_START])
            return
    raise RefusedError


def _require_epochs(epochs: dict[str, RoleKey], role_keys: Sequence[RoleKey]) -> None:
    """Rule 7, also for a circle that was gone for some versions and comes back."""
    for role_key in role_keys:
        known = epochs.get(role_key.circle)
        if known is not None and role_key.epoch <= known.epoch and role_key != known:
            raise RefusedError
        epochs[role_key.circle] = role_key


def _note_authors(authors: dict[bytes, list[AuthorKey]], version: RosterVersion) -> None:
    present = {person.reader_id: person.verify_key for person in version.people}
    for reader_id, keys in authors.items():
        newest = keys[-1]
        if newest.last is None and present.get(reader_id) != newest.verify_key:
            keys[-1] = AuthorKey(newest.verify_key, newest.first, version.number - 1)
    for reader_id, verify_key in present.items():
        keys = authors.setdefault(reader_id, [])
        if not keys or keys[-1].last is not None:
            keys.append(AuthorKey(verify_key, version.number, None))


def _encode_body(version: RosterVersion) -> bytes:
    people = sorted(version.people, key=lambda person: person.reader_id)
    role_keys = sorted(version.role_keys, key=lambda role_key: role_key.circle)
    return b"".join(
        (
            fixed(version.line_id, ID_SIZE),
            u32(version.number),
            fixed(version.previous_hash, HASH_SIZE),
            u32(version.day.toordinal()),
            fixed(version.signer, ID_SIZE),
            u16(len(people)),
            *(_encode_person(person) for person in people),
            u16(len(role_keys)),
            *(
                name(role_key.circle) + u32(role_key.epoch) + fixed(role_key.public, PUBLIC_SIZE)
                for role_key in role_keys
            ),
        )
    )


def _encode_person(person: Person) -> bytes:
    if not is_person_name(person.name):
        raise MisuseError("a person's name is empty, too long or not in its only spelling")
    return b"".join(
        (
            fixed(person.reader_id, ID_SIZE),
            counted8(person.name.encode("utf-8")),
            fixed(person.sealing_public, PUBLIC_SIZE),
            fixed(person.verify_key, VERIFY_KEY_SIZE),
            name(person.role),
            u32(0 if person.until is None else person.until.toordinal()),
            u8(len(person.flags)),
            *(name(flag) for flag in sorted(person.flags)),
        )
    )


def is_person_name(untrusted_name: str) -> bool:
    """Whether a pseudonym has 1 to 60 visible characters in composed form, no space around it."""
    return (
        0 < len(untrusted_name) <= LIMITS.person_name_characters
        and len(untrusted_name.encode("utf-8", "replace")) < 256
        and untrusted_name == untrusted_name.strip()
        and untrusted_name.isprintable()
        and unicodedata.is_normalized("NFC", untrusted_name)
        and re.search(r"[\ud800-\udfff]", untrusted_name) is None
    )


def read_version(untrusted_signed: bytes) -> RosterVersion:
    """One version as it is spelled; not verified. MalformedError if it is none."""
    if len(untrusted_signed) > LIMITS.roster_version:
        raise MalformedError("roster is larger than its limit")
    reader = Reader(untrusted_signed, _SHAPE)
    reader.version(VERSION)
    reader.take(SIGNATURE_SIZE)
    line_id = reader.take(ID_SIZE)
    number = reader.ranged(reader.u32(), 1, LIMITS.roster_versions)
    previous_hash = reader.take(HASH_SIZE)
    day = _read_day(reader, reader.u32())
    signer = reader.take(ID_SIZE)
    people_count = reader.ranged(reader.u16(), 1, LIMITS.roster_people)
    people = tuple(_read_person(reader) for _ in range(people_count))
    key_count = reader.ranged(reader.u16(), 0, LIMITS.roster_role_keys)
    role_keys = tuple(_read_role_key(reader) for _ in range(key_count))
    reader.end()
    version = RosterVersion(line_id, number, previous_hash, people, role_keys, signer, day)
    _require_each_once(reader, version)
    return version


def _require_each_once(reader: Reader, version: RosterVersion) -> None:
    readers = [person.reader_id for person in version.people]
    circles = [role_key.circle for role_key in version.role_keys]
    if readers != sorted(set(readers)) or circles != sorted(set(circles)):
        raise reader.malformed("has somebody or something twice or out of order")
    sealing = {person.sealing_public for person in version.people}
    sealing |= {role_key.public for role_key in version.role_keys}
    verifying = {person.verify_key for person in version.people}
    if len(sealing) < len(readers) + len(circles) or len(verifying) < len(readers):
        raise reader.malformed("has one key for two")
    if not any(person.role == LEAD for person in version.people):
        raise reader.malformed("has nobody who could sign the next")


def _read_person(reader: Reader) -> Person:
    reader_id = reader.take(ID_SIZE)
    person_name = reader.counted8().decode("utf-8", "replace")
    if not is_person_name(person_name) or "\ufffd" in person_name:
        raise reader.malformed("has a person's name that is none")
    sealing_public = reader.take(PUBLIC_SIZE)
    verify_key = reader.take(VERIFY_KEY_SIZE)
    role = reader.name()
    ordinal = reader.u32()
    until = None if ordinal == 0 else _read_day(reader, ordinal)
    count = reader.ranged(reader.u8(), 0, LIMITS.person_flags)
    flags = tuple(reader.name() for _ in range(count))
    if flags != tuple(sorted(set(flags))):
        raise reader.malformed("has a person's flags twice or out of order")
    return Person(reader_id, person_name, sealing_public, verify_key, role, until, flags)


def _read_role_key(reader: Reader) -> RoleKey:
    circle = reader.name()
    epoch = reader.ranged(reader.u32(), 1, LIMITS.epoch)
    return RoleKey(circle, epoch, reader.take(PUBLIC_SIZE))


def _read_day(reader: Reader, ordinal: int) -> date:
    return date.fromordinal(reader.ranged(ordinal, 1, date.max.toordinal()))

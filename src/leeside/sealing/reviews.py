"""A reading of one rule of the guide, signed by whoever read it: which wording, against which list, with which verdict.

It lies open, like the roster: the whole line may know which of its lawyers stands behind a rule, and the keeper's own
list of what wants a look needs no key. A remark is somebody's words: it is sealed to the coordinators and stands here
as a hash, so that it can be neither exchanged nor moved to another reading.

The signature says only that a key signed it. Whether that key's owner may read rules for the line is asked of the
verified roster, each time a reading is shown.

Evolution: another field gets the next version byte; a verdict is a name, and one that a program does not know counts
for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from leeside.sealing.context import HASH_SIZE, ID_SIZE, VERSION, Purpose, hash_for, prefix
from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.keys import SIGNATURE_SIZE, sign, verify
from leeside.sealing.limits import LIMITS
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import Reader, counted8, fixed, name, u8, u16, u32

NO_REMARK: Final = bytes(HASH_SIZE)
"""Stands for the hash of a remark where there is none."""

_SHAPE: Final = "review"
_BODY_START: Final = 1 + SIGNATURE_SIZE


@dataclass(frozen=True)
class RemarkPlace:
    """What a remark is bound to: its line, the epoch whose `lead` key it is sealed to, and its reading's id."""

    line_id: bytes
    epoch: int
    review_id: bytes

    @property
    def info(self) -> bytes:
        """The bytes that the seal covers."""
        return b"".join(
            (
                prefix(Purpose.REVIEW_REMARK),
                fixed(self.line_id, ID_SIZE),
                u32(self.epoch),
                fixed(self.review_id, ID_SIZE),
            )
        )


@dataclass(frozen=True)
class Review:
    """One reading.

    `wording` is the SHA-256 of the law that was read, `checklist` the version of the list it was held against,
    `number` which of its reader's readings of that rule it is, from 1, `verdict` a name of ours. `remark_epoch` and
    `remark_hash` are those of the sealed remark, 0 and `NO_REMARK` for none.
    """

    line_id: bytes
    review_id: bytes
    reader_id: bytes
    pack: str
    rule: str
    wording: bytes
    checklist: int
    day: date
    number: int
    verdict: str
    remark_epoch: int = 0
    remark_hash: bytes = NO_REMARK

    @property
    def remark_place(self) -> RemarkPlace:
        """Where its remark belongs."""
        return RemarkPlace(self.line_id, self.remark_epoch, self.review_id)


def hash_remark(sealed: bytes) -> bytes:
    """The hash by which a reading names its sealed remark; `NO_REMARK` for an empty one."""
    return hash_for(Purpose.REVIEW_REMARK_HASH, sealed) if sealed else NO_REMARK


def sign_review(review: Review, signing_seed: Secret) -> bytes:
    """The signed bytes: version byte, signature, body. MisuseError for what no reading may hold."""
    body = _encode_body(review)
    signed = u8(VERSION) + sign(signing_seed, prefix(Purpose.REVIEW) + body) + body
    try:
        read_review(signed)
    except MalformedError:
        raise MisuseError("a reading that nobody would take") from None
    return signed


def read_review(untrusted_signed: bytes) -> Review:
    """One reading as it is spelled; not verified. MalformedError if it is none."""
    reader = Reader(untrusted_signed[: LIMITS.review + 1], _SHAPE)
    reader.version(VERSION)
    reader.take(SIGNATURE_SIZE)
    line_id, review_id, reader_id = reader.take(ID_SIZE), reader.take(ID_SIZE), reader.take(ID_SIZE)
    pack, rule = _read_id(reader), _read_id(reader)
    wording, checklist = reader.take(HASH_SIZE), reader.ranged(reader.u16(), 1, LIMITS.checklist_version)
    day = date.fromordinal(reader.ranged(reader.u32(), 1, date.max.toordinal()))
    number, verdict = reader.ranged(reader.u32(), 1, LIMITS.reviews_of_one), reader.name()
    epoch, remark_hash = reader.ranged(reader.u32(), 0, LIMITS.epoch), reader.take(HASH_SIZE)
    reader.end()
    if (epoch == 0) is not (remark_hash == NO_REMARK):
        raise reader.malformed("names half a remark")
    return Review(
        line_id, review_id, reader_id, pack, rule, wording, checklist, day, number, verdict, epoch, remark_hash
    )


def verify_review(untrusted_signed: bytes, verify_key: bytes) -> Review:
    """The reading, if `verify_key` signed exactly these bytes, else RefusedError; MalformedError for none at all."""
    review = read_review(untrusted_signed)
    verify(verify_key, prefix(Purpose.REVIEW) + untrusted_signed[_BODY_START:], untrusted_signed[1:_BODY_START])
    return review


def _encode_body(review: Review) -> bytes:
    return b"".join(
        (
            fixed(review.line_id, ID_SIZE),
            fixed(review.review_id, ID_SIZE),
            fixed(review.reader_id, ID_SIZE),
            counted8(review.pack.encode("utf-8")),
            counted8(review.rule.encode("utf-8")),
            fixed(review.wording, HASH_SIZE),
            u16(review.checklist),
            u32(review.day.toordinal()),
            u32(review.number),
            name(review.verdict),
            u32(review.remark_epoch),
            fixed(review.remark_hash, HASH_SIZE),
        )
    )


def _read_id(reader: Reader) -> str:
    """An id of a pack: small letters, digits and underscores, longer than the names of our own."""
    untrusted = reader.counted8()
    if not untrusted or any(byte not in _ID_BYTES for byte in untrusted):
        raise reader.malformed("has an id that is none")
    return untrusted.decode("ascii")


_ID_BYTES: Final = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")

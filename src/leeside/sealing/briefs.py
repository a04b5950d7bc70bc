"""The inside of a shift's brief: who wrote it, their signature, and the words.

An envelope to a role key proves nothing about who made it, and its public key is no secret; so the author signs what
they write together with the place it is written for, and no brief can be moved to another circle, line or day.

Evolution: the content is JSON of the entries' kind; new fields are added, none changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leeside.sealing.context import ID_SIZE, Purpose, brief_info, prefix
from leeside.sealing.errors import MalformedError, RefusedError
from leeside.sealing.keys import SIGNATURE_SIZE, sign, verify
from leeside.sealing.plain_json import Json, decode_json, encode_json
from leeside.sealing.roster import Roster
from leeside.sealing.secrets import Secret
from leeside.sealing.wire import fixed, u32


@dataclass(frozen=True)
class BriefPlace:
    """What a brief is bound to: its line, the circle and epoch whose role key it is sealed to, and its own id."""

    line_id: bytes
    circle: str
    epoch: int
    brief_id: bytes

    @property
    def info(self) -> bytes:
        """The bytes that seal and signature cover."""
        return brief_info(self.line_id, self.circle, self.epoch, self.brief_id)


@dataclass(frozen=True)
class BriefAuthor:
    """Who writes a brief, with the seed they sign with."""

    reader_id: bytes
    signing_seed: Secret


@dataclass(frozen=True)
class OpenedBrief:
    """A brief whose signature was verified."""

    author: bytes
    content: Mapping[str, Json] = field(repr=False)


def encode_brief(place: BriefPlace, brief: Mapping[str, Json], author: BriefAuthor) -> bytes:
    """Author, signature, content."""
    by, plain = fixed(author.reader_id, ID_SIZE), encode_json(brief)
    return by + sign(author.signing_seed, _message(place, by, plain)) + plain


def decode_brief(plain: bytes, place: BriefPlace, roster: Roster) -> OpenedBrief:
    """The brief of an opened envelope; RefusedError unless somebody who is or was on the roster signed it."""
    by, signature = plain[:ID_SIZE], plain[ID_SIZE : ID_SIZE + SIGNATURE_SIZE]
    content = plain[ID_SIZE + SIGNATURE_SIZE :]
    if len(signature) != SIGNATURE_SIZE:
        raise MalformedError("a brief is cut short")
    for verify_key in roster.verify_keys_of(by):
        try:
            verify(verify_key, _message(place, by, content), signature)
        except RefusedError:
            continue
        return OpenedBrief(by, decode_json(content))
    raise RefusedError


def _message(place: BriefPlace, by: bytes, plain: bytes) -> bytes:
    return prefix(Purpose.BRIEF_SIGNATURE) + u32(len(place.info)) + place.info + by + plain

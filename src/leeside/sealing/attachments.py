"""An attachment's entry: what its sealed content holds, and a file that is sealed while it arrives.

Content of an entry of kind `attachment`, whose id is the id of the stream:
    name  the file's name as its sender had it, without any folder
    said  the media type that the sender named
    shape what its first bytes show (`SHAPES`)
    size  the true length in bytes
    key   the stream's key, in hexadecimal
Rules of evolution: a field keeps its meaning; more may be added, and what is not known here is passed over.

The writer's door seals such an entry into `identity`, and beside it one of kind `sent_file` into `story`: {file, shape,
size, digest, seen}, so that everybody on the case sees that a file came and only readers of `identity` what it is.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from leeside.sealing import suite
from leeside.sealing.context import ID_SIZE, VERSION, Purpose, hash_for, prefix
from leeside.sealing.errors import MalformedError, TooLargeError
from leeside.sealing.plain_json import Json, encode_json
from leeside.sealing.secrets import Secret
from leeside.sealing.streams import SEALED_CHUNK, StreamSealer
from leeside.sealing.wire import u8

JPEG, PNG, GIF, WEBP, PDF, OTHER = "jpeg", "png", "gif", "webp", "pdf", "other"
PICTURES: Final = (JPEG, PNG, GIF, WEBP)
SHAPES: Final = (*PICTURES, PDF, OTHER)
"""What the first bytes of a file can show. Only these are ever drawn; everything else is `other`."""

NAME_CHARACTERS: Final = 120
TYPE_CHARACTERS: Final = 80
_HEAD_BYTES: Final = 1024
_KEY_SIZE: Final = 32
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9.+-]{0,40}/[a-z0-9][a-z0-9.+-]{0,38}\Z")


@dataclass(frozen=True)
class Attachment:
    """What an attachment's entry says of its file, and the key that opens it."""

    name: str
    said: str
    shape: str
    size: int
    key: Secret = field(repr=False)

    def content(self) -> dict[str, Json]:
        """As it stands in the sealed entry."""
        key = self.key.reveal().hex()
        return {"name": self.name, "said": self.said, "shape": self.shape, "size": self.size, "key": key}


def read_attachment(content: Mapping[str, Json]) -> Attachment:
    """The attachment that an opened entry names. MalformedError when the entry does not hold one.

    Whoever holds the compartment's key could have sealed it: name and types are cleaned again by whoever shows them.
    """
    name, said, shape = content.get("name"), content.get("said"), content.get("shape")
    size, key = content.get("size"), content.get("key")
    if (
        not isinstance(name, str)
        or not isinstance(said, str)
        or shape not in SHAPES
        or not isinstance(size, int)
        or isinstance(size, bool)
        or size < 0
        or not isinstance(key, str)
        or not re.fullmatch(r"[0-9a-f]{64}", key)
    ):
        raise MalformedError("not an attachment")
    return Attachment(clean_name(name), clean_type(said), str(shape), size, Secret(bytes.fromhex(key)))


def shape_of(head: bytes) -> str:
    """What the first bytes of a file show. A name or a named type counts for nothing."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    return PDF if b"%PDF-" in head[:_HEAD_BYTES] else OTHER


def clean_name(untrusted_name: str) -> str:
    """A file's name without a folder, without signs that turn the reading direction or hide, and not too long.

    The end stays, because it says what kind of file it is.
    """
    last = re.split(r"[/\\]", untrusted_name)[-1]
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split()).lstrip(".")
    if len(name) > NAME_CHARACTERS:
        before, dot, end = name.rpartition(".")
        end = f"{dot}{end}" if before and len(end) <= 8 else ""
        name = name[: NAME_CHARACTERS - len(end)] + end
    return name


def clean_type(untrusted_type: str) -> str:
    """A media type of the one spelling, or an empty text."""
    spelled = untrusted_type.partition(";")[0].strip().lower()
    return spelled if _TYPE.match(spelled) else ""


class ArrivingFile:
    """Seals a file while it arrives: iterate over it once for the sealed pieces, then ask what it was.

    Holds one chunk. Raises TooLargeError above `most` bytes, and whatever `plain_pieces` raises.
    """

    def __init__(self, key: Secret, file_id: bytes, plain_pieces: Iterable[bytes], most: int) -> None:
        self._sealer = StreamSealer(key, file_id)
        self._pieces = plain_pieces
        self._most = most
        self._head = bytearray()
        self._hash = hashlib.sha256()

    @property
    def size(self) -> int:
        """Plain bytes so far."""
        return self._sealer.length

    @property
    def shape(self) -> str:
        """What its first bytes show."""
        return shape_of(bytes(self._head))

    def digest_under(self, key: Secret) -> str:
        """A keyed hash of the whole file: the same file of the same writer is known again by it, and by nobody else."""
        return hmac.new(key.reveal(), hash_for(Purpose.FILE_DIGEST, self._hash.digest()), "sha256").hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        """The sealed stream, cut into pieces of a chunk."""
        held = bytearray()
        for plain in self._pieces:
            if self._sealer.length + len(plain) > self._most:
                raise TooLargeError("a file is larger than its limit")
            self._head += plain[: max(0, _HEAD_BYTES - len(self._head))]
            self._hash.update(plain)
            held += self._sealer.update(plain)
            yield from _cut(held)
        held += self._sealer.finish()
        yield from _cut(held)
        if held:
            yield bytes(held)


def _cut(held: bytearray) -> Iterator[bytes]:
    """Whole pieces off the front of what is held."""
    while len(held) >= SEALED_CHUNK:
        yield bytes(held[:SEALED_CHUNK])
        del held[:SEALED_CHUNK]


def seal_file_address(wrapping_key: Secret, what: Mapping[str, Json]) -> bytes:
    """What a one-time address of a file leads to, under the address's own secret: whoever has the row has nothing."""
    return u8(VERSION) + suite.gcm_seal(wrapping_key, encode_json(dict(what)), prefix(Purpose.FILE_ADDRESS))


def is_file_id(untrusted_text: str) -> bool:
    """Whether a text spells a file's id as addresses and entries do."""
    return re.fullmatch(rf"[0-9a-f]{{{2 * ID_SIZE}}}", untrusted_text) is not None

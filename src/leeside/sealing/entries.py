"""The body of an entry: kind, author, time and content, as they stand inside the seal.

A kind that this program does not know is kept as it is: ``is_known_kind`` tells the page to say
"newer than this version". Content is a map of plain JSON whose fields belong to the kind and are
the business of whoever writes and reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, cast

from leeside.sealing.context import ID_SIZE
from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.limits import LIMITS
from leeside.sealing.plain_json import Json, decode_json, encode_json
from leeside.sealing.wire import fixed

AuthorKind = Literal["writer", "staff", "system"]

KNOWN_KINDS: Final = frozenset(
    {
        "answers",
        "message",
        "answer",
        "note",
        "notice",
        "fact",
        "next_step",
        "card",
        "event",
        "correction",
        "attachment",
        "sent_file",
        "check",
        "handover",
        "contact",
        "link",
        "may_be_told",
        "outgoing",
        "paper",
        "phrase",
        "reading",
        "referral",
        "silence",
        "withdrawn",
        "draft",
        "lesson",
        "advice",
        "letter",
        "letter_fields",
        "deadline_set",
    }
)

_KIND: Final = re.compile(rf"[a-z][a-z0-9_]{{0,{LIMITS.kind_characters - 1}}}\Z")
# Years of 1900 to 2199: whoever reads a time moves it between time zones, which at the ends of the calendar is not
# possible. A hostile writer could seal such a time.
_TIME: Final = re.compile(
    r"(?:19|20|21)\d{2}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?\Z", re.ASCII
)
_AUTHOR_KINDS: Final = ("writer", "staff", "system")


@dataclass(frozen=True)
class Author:
    """Who wrote an entry: the writer, one of the staff (with a reader's id), or the software."""

    kind: AuthorKind
    reader_id: bytes | None = None

    def __post_init__(self) -> None:
        if self.kind not in _AUTHOR_KINDS or (self.kind == "staff") != (self.reader_id is not None):
            raise MisuseError("staff authors have a reader's id, and only they")
        if self.reader_id is not None:
            fixed(self.reader_id, ID_SIZE)


WRITER_AUTHOR: Final = Author("writer")
SYSTEM_AUTHOR: Final = Author("system")


def staff_author(reader_id: bytes) -> Author:
    """The author that one of the staff is."""
    return Author("staff", reader_id)


@dataclass(frozen=True)
class EntryBody:
    """One entry as it is before sealing and after opening.

    ``at`` is an ISO day, or an ISO time, of the domain clock. What the writer's door seals carries
    the day only: it leaves no lasting clock time of a visit.
    """

    kind: str
    author: Author
    at: str
    content: Mapping[str, Json] = field(repr=False)

    @property
    def is_known_kind(self) -> bool:
        """Whether this program knows what such an entry means."""
        return self.kind in KNOWN_KINDS


def is_time(untrusted_at: str) -> bool:
    """Whether ``untrusted_at`` is an ISO day or time that exists, in the one form entries have."""
    if not _TIME.match(untrusted_at):
        return False
    try:
        datetime.fromisoformat(untrusted_at)
    except ValueError:
        return False
    return True


def encode_body(body: EntryBody) -> bytes:
    """The only spelling of ``body``; MisuseError for what an entry cannot be."""
    if not _KIND.match(body.kind) or not is_time(body.at):
        raise MisuseError("an entry's kind or time is not of its form")
    author: dict[str, Json] = {"kind": body.author.kind}
    if body.author.reader_id is not None:
        author["reader"] = body.author.reader_id.hex()
    content = dict(body.content)
    return encode_json({"at": body.at, "author": author, "content": content, "kind": body.kind})


def decode_body(plain: bytes) -> EntryBody:
    """The body that ``plain`` spells; MalformedError unless ``encode_body`` would spell it so."""
    fields = decode_json(plain)
    kind, at, content = fields.get("kind"), fields.get("at"), fields.get("content")
    if (
        len(fields) != 4
        or not isinstance(kind, str)
        or not isinstance(at, str)
        or not isinstance(content, dict)
        or not _KIND.match(kind)
        or not is_time(at)
    ):
        raise MalformedError("not an entry's body")
    return EntryBody(kind, _decode_author(fields.get("author")), at, content)


def _decode_author(untrusted: Json) -> Author:
    if isinstance(untrusted, dict):
        kind, reader = untrusted.get("kind"), untrusted.get("reader")
        if kind == "staff" and len(untrusted) == 2 and isinstance(reader, str):
            if re.fullmatch(r"[0-9a-f]{32}", reader):
                return staff_author(bytes.fromhex(reader))
        elif kind in ("writer", "system") and len(untrusted) == 1:
            return Author(cast(AuthorKind, kind))
    raise MalformedError("not an entry's author")

"""Files that a browser posts, read as they come and never put anywhere: `multipart/form-data` in bounded memory.

Django's upload handlers keep a file in memory or write it to disk in clear; none is installed. This uses the part of
Django that finds the boundaries, and hands each file on piece by piece to whoever seals it.
Rules, in the order in which they are checked:
1. the type is `multipart/form-data` with a boundary, and the length is told and within the limit, else nothing is read;
2. the fields come before the first file, so that a page's token is looked at before a byte of a file is taken; fields
   behind it are passed over;
3. fields are few and short; headers of a part are at most a kilobyte;
4. a body that ends before its told length is broken: what came of a file is no file.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import (
    FIELD,
    FILE,
    ChunkIter,
    InputStreamExhausted,
    LazyStream,
    MultiPartParserError,
    Parser,
)
from django.http.request import UnreadablePostError
from django.utils.http import parse_header_parameters

FILE_BYTES: Final = 25_000_000
"""One file."""
UPLOAD_BYTES: Final = 26_000_000
"""Everything that one form brings."""
_FIELDS: Final = 20
_FIELD_BYTES: Final = 16 * 1024
_PIECE_BYTES: Final = 64 * 1024
_BOUNDARY_CHARACTERS: Final = 200


class UploadError(Exception):
    """Something that was sent could not be taken."""


class UnreadableUploadError(UploadError):
    """It is no form of ours."""


class TooLargeUploadError(UploadError):
    """It is longer than one form may be; nothing of it was read."""


class BrokenUploadError(UploadError):
    """It broke off before its end."""


@dataclass(frozen=True)
class ArrivingPart:
    """One file on its way: its name and type as the browser said, and its bytes, to be taken once and in order."""

    untrusted_name: str
    untrusted_type: str
    pieces: Iterator[bytes] = field(repr=False)


@dataclass(frozen=True)
class Upload:
    """A posted form: its fields, and its files one after the other. Take each file's pieces before the next file."""

    fields: dict[str, str] = field(repr=False)
    files: Iterator[ArrivingPart] = field(repr=False)

    def field(self, name: str) -> str:
        """One field, or an empty text."""
        return self.fields.get(name, "")


def _body_of(request: HttpRequest, length: int) -> Iterator[bytes]:
    """The body piece by piece. Raises BrokenUploadError when less comes than was told."""
    left = length
    while left:
        try:
            piece: bytes = request.read(min(_PIECE_BYTES, left))
        except (UnreadablePostError, OSError):
            raise BrokenUploadError from None
        if not piece:
            raise BrokenUploadError
        left -= len(piece)
        yield piece


def read_upload(request: HttpRequest, most_bytes: int = UPLOAD_BYTES) -> Upload:
    """The fields of a posted form, and its files still to come. Raises UploadError; so does taking the files."""
    boundary = _boundary_of(request)
    # Any iterator of bytes will do; the type names the two that Django itself has.
    body = cast("ChunkIter", _body_of(request, _length_of(request, most_bytes)))
    parts = _parts(LazyStream(body), boundary)
    fields: dict[str, str] = {}
    for number, (kind, headers, stream) in enumerate(parts):
        if kind == FILE:
            return Upload(fields, _files(parts, _as_file(headers, stream)))
        if kind == FIELD:
            name, value = _as_field(headers, stream)
            fields.setdefault(name, value)
        if number > _FIELDS:
            raise UnreadableUploadError
    return Upload(fields, iter(()))


def _boundary_of(request: HttpRequest) -> bytes:
    content_type, parameters = parse_header_parameters(request.META.get("CONTENT_TYPE", ""))
    boundary = parameters.get("boundary", "")
    if content_type != "multipart/form-data" or not boundary or not boundary.isascii():
        raise UnreadableUploadError
    if len(boundary) > _BOUNDARY_CHARACTERS:
        raise UnreadableUploadError
    return boundary.encode("ascii")


def _length_of(request: HttpRequest, most_bytes: int) -> int:
    untrusted_length = request.META.get("CONTENT_LENGTH") or ""
    if not (untrusted_length.isascii() and untrusted_length.isdigit()):
        raise UnreadableUploadError
    length = int(untrusted_length[:12])
    if length > most_bytes:
        raise TooLargeUploadError
    return length


_Headers = dict[str, tuple[str, dict[str, bytes | str]]]
_Part = tuple[str, _Headers, LazyStream]
_UNREADABLE: Final = (MultiPartParserError, InputStreamExhausted, SuspiciousOperation)


def _parts(stream: LazyStream, boundary: bytes) -> Iterator[_Part]:
    try:
        yield from Parser(stream, boundary)
        _pass_over(stream)
    except _UNREADABLE:
        raise UnreadableUploadError from None


def _files(parts: Iterator[_Part], first: ArrivingPart) -> Iterator[ArrivingPart]:
    yield first
    for kind, headers, stream in parts:
        if kind == FILE:
            yield _as_file(headers, stream)
        else:
            _pass_over(stream)


def _as_field(headers: _Headers, stream: LazyStream) -> tuple[str, str]:
    value = stream.read(_FIELD_BYTES + 1)
    if len(value) > _FIELD_BYTES:
        raise UnreadableUploadError
    return _said(headers, "name"), value.decode("utf-8", "replace")


def _as_file(headers: _Headers, stream: LazyStream) -> ArrivingPart:
    said = headers.get("content-type", ("", {}))[0]
    return ArrivingPart(_said(headers, "filename"), str(said).strip(), _pieces(stream))


def _pieces(stream: LazyStream) -> Iterator[bytes]:
    try:
        yield from stream
    except _UNREADABLE:
        raise UnreadableUploadError from None


def _pass_over(stream: LazyStream) -> None:
    deque(stream, maxlen=0)


def _said(headers: _Headers, what: str) -> str:
    value = headers["content-disposition"][1].get(what, b"")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value

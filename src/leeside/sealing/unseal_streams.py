"""Opening attachments, piece by piece: as dangerous as ``unseal``, and imported by the same modules only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag

from leeside.sealing import suite
from leeside.sealing.context import ID_SIZE, VERSION
from leeside.sealing.errors import MisuseError, RefusedError, UnknownVersionError
from leeside.sealing.padding import padme_length
from leeside.sealing.secrets import Secret
from leeside.sealing.streams import SEALED_CHUNK, chunk_binding
from leeside.sealing.wire import fixed


class StreamOpener:
    """Opens one attachment in pieces: ``update`` for each that arrives, ``finish`` once.

    ``length`` is the true length from the attachment's sealed entry. Every chunk is authentic in
    its place when it comes out; that nothing is missing is known only when ``finish`` returns, so
    what was handed on before a RefusedError must not be kept. Holds at most one chunk.
    """

    def __init__(self, key: Secret, stream_id: bytes, length: int) -> None:
        self._gcm = suite.gcm(key)
        self._stream_id = fixed(stream_id, ID_SIZE)
        self._length = length
        self._left = length
        self._padding = padme_length(length) - length
        self._held = bytearray()
        self._position = 0
        self._started = False
        self._finished = False

    def update(self, sealed: bytes) -> bytes:
        """Plain bytes that are ready after ``sealed``."""
        if self._finished:
            raise MisuseError("a finished stream takes nothing more")
        self._held += sealed
        if not self._started and self._held:
            if self._held[0] != VERSION:
                raise UnknownVersionError("attachment", self._held[0])
            del self._held[:1]
            self._started = True
        plain = bytearray()
        # A full chunk is held back until more comes: the last one is bound otherwise.
        while len(self._held) > SEALED_CHUNK:
            opened = self._open(bytes(self._held[:SEALED_CHUNK]), None)
            plain += self._without_padding(opened)
            del self._held[:SEALED_CHUNK]
        return bytes(plain)

    def finish(self) -> bytes:
        """The rest; RefusedError unless everything came, in order, with its padding."""
        if self._finished:
            raise MisuseError("a stream is finished once")
        self._finished = True
        plain = self._without_padding(self._open(bytes(self._held), self._length))
        if not self._started or self._left or self._padding:
            raise RefusedError
        return plain

    def _open(self, sealed: bytes, last_of: int | None) -> bytes:
        bound = chunk_binding(self._stream_id, self._position, last_of)
        self._position += 1
        try:
            opened = self._gcm.decrypt(sealed[: suite.NONCE_SIZE], sealed[suite.NONCE_SIZE :], bound)
        except (InvalidTag, ValueError):
            raise RefusedError from None
        if not opened and self._position > 1:
            raise RefusedError
        return opened

    def _without_padding(self, opened: bytes) -> bytes:
        plain, padding = opened[: self._left], opened[self._left :]
        if padding.strip(b"\0") or len(padding) > self._padding:
            raise RefusedError
        self._left -= len(plain)
        self._padding -= len(padding)
        return plain


def open_stream(key: Secret, stream_id: bytes, length: int, sealed_pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The plain bytes of an attachment, piece by piece; RefusedError at the end of one that is not whole."""
    opener = StreamOpener(key, stream_id, length)
    for sealed in sealed_pieces:
        if plain := opener.update(sealed):
            yield plain
    yield opener.finish()

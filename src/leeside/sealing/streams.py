"""Attachments: sealed in chunks as they arrive, in bounded memory.

A stream has a random key of its own, which stands with the true length in the attachment's sealed
entry. Each chunk has its own random nonce and is bound to its position and to whether it is the
last, so that chunks cannot be exchanged, left out, repeated or cut off. The end is padded with
zeros (Padmé), so that a size on the disk says little.

Opening is ``unseal_streams.StreamOpener``.
"""

from __future__ import annotations

from typing import Final

from leeside.sealing import suite
from leeside.sealing.context import ID_SIZE, VERSION, Purpose, prefix
from leeside.sealing.errors import MisuseError, TooLargeError
from leeside.sealing.limits import LIMITS
from leeside.sealing.padding import padme_length
from leeside.sealing.secrets import Secret, make_secret
from leeside.sealing.wire import fixed, u8, u32, u64

CHUNK: Final = LIMITS.stream_chunk
SEALED_CHUNK: Final = CHUNK + suite.GCM_OVERHEAD


def make_stream_key() -> Secret:
    """A new random key for one stream; it is used for no other."""
    return make_secret(suite.KEY_SIZE)


def chunk_binding(stream_id: bytes, position: int, last_of: int | None) -> bytes:
    """What one chunk is bound to. ``last_of`` is the stream's true length for the last chunk only."""
    place = prefix(Purpose.STREAM) + fixed(stream_id, ID_SIZE) + u32(position)
    return place + (u8(0) if last_of is None else u8(1) + u64(last_of))


class StreamSealer:
    """Seals one stream: ``update`` for each piece that arrives, ``finish`` once, nothing after.

    ``stream_id`` is the id of the attachment's entry. What the calls return, joined, is the sealed
    stream. Holds at most one chunk.
    """

    def __init__(self, key: Secret, stream_id: bytes) -> None:
        self._gcm = suite.gcm(key)
        self._stream_id = fixed(stream_id, ID_SIZE)
        self._held = bytearray()
        self._position = 0
        self._started = False
        self._finished = False
        self.length = 0
        """Plain bytes taken so far; after ``finish`` the true length to keep in the entry."""

    def update(self, plain: bytes) -> bytes:
        """Sealed bytes that are ready after ``plain``; TooLargeError above the limit."""
        if self._finished:
            raise MisuseError("a finished stream takes nothing more")
        self.length += len(plain)
        if padme_length(self.length) > LIMITS.stream:
            raise TooLargeError("an attachment is larger than its limit")
        return self._begin() + self._take(plain)

    def finish(self) -> bytes:
        """The padding and the last chunk."""
        if self._finished:
            raise MisuseError("a stream is finished once")
        self._finished = True
        sealed = bytearray(self._begin())
        missing = padme_length(self.length) - self.length
        while missing:
            size = min(missing, CHUNK)
            sealed += self._take(bytes(size))
            missing -= size
        return bytes(sealed) + self._seal(bytes(self._held), self.length)

    def _begin(self) -> bytes:
        if self._started:
            return b""
        self._started = True
        return u8(VERSION)

    def _take(self, plain: bytes) -> bytes:
        self._held += plain
        sealed = bytearray()
        # A full chunk is held back until more comes, because the last one is marked.
        while len(self._held) > CHUNK:
            sealed += self._seal(bytes(self._held[:CHUNK]), None)
            del self._held[:CHUNK]
        return bytes(sealed)

    def _seal(self, plain: bytes, last_of: int | None) -> bytes:
        nonce = make_secret(suite.NONCE_SIZE).reveal()
        bound = chunk_binding(self._stream_id, self._position, last_of)
        self._position += 1
        return nonce + self._gcm.encrypt(nonce, plain, bound)


def sealed_size(length: int) -> int:
    """The size of the sealed stream of ``length`` plain bytes."""
    padded = padme_length(length)
    chunks = max(1, -(-padded // CHUNK))
    return 1 + padded + chunks * suite.GCM_OVERHEAD

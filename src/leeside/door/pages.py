"""Pages compiled once: a text with slots, cut into pieces, so that showing it is one join and no template engine.

A template is rendered once a line and language, with a mark in every slot; `compile_page` cuts the result at the
marks. Values are handed in as ready HTML: whoever fills a slot with text escapes it first.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Signs of Unicode's private area: no text of a pack or a person holds them, and no escaping changes them.
_OPEN: Final = "\ue000"
_CLOSE: Final = "\ue001"
_SLOT: Final = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def slot(name: str) -> str:
    """The mark to render where the value `name` will stand."""
    return f"{_OPEN}{name}{_CLOSE}"


@dataclass(frozen=True)
class CompiledPage:
    """Constant pieces, as they go on the wire, and slot names in turn: `pieces` has one more than `slots`."""

    pieces: tuple[bytes, ...]
    slots: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The page with every slot filled; a slot without a value stays empty."""
        parts = [self.pieces[0]]
        for name, piece in zip(self.slots, self.pieces[1:], strict=True):
            value = values.get(name)
            if value:
                parts.append(value.encode())
            parts.append(piece)
        return b"".join(parts)

    def around(self, name: str) -> tuple[bytes, bytes]:
        """The page before and after the one slot `name`, all other slots empty."""
        empty = dict.fromkeys(self.slots, "")
        before, _, after = self.fill(empty | {name: _OPEN}).decode().partition(_OPEN)
        return before.encode(), after.encode()


def compile_page(rendered: str) -> CompiledPage:
    """Cut a text with marks into a page."""
    cut = _SLOT.split(rendered)
    return CompiledPage(tuple(piece.encode() for piece in cut[0::2]), tuple(cut[1::2]))


@dataclass(frozen=True)
class StoredGzip:
    """A gzip file of constant beginning and end with a block stored, not compressed, between them.

    What is secret (the receipt) stands in the stored block, so that neither its letters nor their repetition in
    the rest of the page change the length of the file by one byte. The rest is compressed once, at start.
    """

    head: bytes
    tail: bytes
    before_crc: int
    after: bytes
    plain_length: int

    def with_middle(self, middle: bytes) -> bytes:
        """The whole file with `middle` in the stored block; its length depends on the length of `middle` only."""
        length = len(middle)
        stored = b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + middle
        crc = zlib.crc32(self.after, zlib.crc32(middle, self.before_crc))
        size = (self.plain_length + length) & 0xFFFFFFFF
        return b"".join((self.head, stored, self.tail, crc.to_bytes(4, "little"), size.to_bytes(4, "little")))


def compress_around(before: bytes, after: bytes) -> StoredGzip:
    """Compress the two constant halves of a page, each without a look at the other, around a stored middle."""
    first = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # A flush ends on a whole byte; the second half has a compressor of its own, so it refers to nothing before it.
    head = first.compress(before) + first.flush(zlib.Z_SYNC_FLUSH)
    second = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = second.compress(after) + second.flush(zlib.Z_FINISH)
    gzip_header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return StoredGzip(gzip_header + head, tail, zlib.crc32(before), after, len(before) + len(after))

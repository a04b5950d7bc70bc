"""Pages of signed-in people on the wire: small, and without telling by their length what stands in them.

A compressor that replaces repeated strings tells, by how much shorter a page became, whether a string somebody chose
stands in it twice (the attack called BREACH): a writer who can watch the wire could guess words of the case they wrote
to. So a page is coded in pieces (ADR 0093):
1. what our templates say is compressed, each piece for itself;
2. what people wrote, between the marks `<!--said-->` and `<!--/said-->`, is only coded letter by letter (Huffman): no
   string of it is ever matched with another, there or elsewhere;
3. the whole is filled up to a multiple of 8 KiB, by white space that is stored and not compressed.
"""

import re
import zlib
from typing import Final

from django.http import HttpRequest, HttpResponse

from leeside.web.padding import PAGE_STEP_BYTES, pad_page

_MARK: Final = re.compile(rb"<!--/?said-->")
_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_STORED_HEAD, _TAIL = 5, 8
_LEVEL, _MEMORY, _RAW = 6, 9, -15


def finish_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Code the page for a browser that takes it, else leave it plain; filled up either way."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        response.content = _MARK.sub(b"", response.content)
        return pad_page(response)
    response.content = code_page(response.content)
    response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return response


def code_page(page: bytes) -> bytes:
    """The page as a gzip stream whose length is a multiple of `PAGE_STEP_BYTES`. Every second piece is people's."""
    pieces = _MARK.split(page)
    coded = [_HEAD, *(_code(piece, is_said=number % 2 == 1) for number, piece in enumerate(pieces) if piece)]
    size = sum(map(len, coded)) + _STORED_HEAD + _TAIL
    filler = b" " * (-size % PAGE_STEP_BYTES)
    content = b"".join(pieces) + filler
    length = len(filler).to_bytes(2, "little")
    stored = b"\x01" + length + bytes(byte ^ 0xFF for byte in length) + filler
    tail = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join((*coded, stored, tail))


def _code(piece: bytes, *, is_said: bool) -> bytes:
    """One piece as blocks of its own that begin and end at a byte; nothing before it is looked back at."""
    strategy = zlib.Z_HUFFMAN_ONLY if is_said else zlib.Z_DEFAULT_STRATEGY
    coder = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, strategy)
    return coder.compress(piece) + coder.flush(zlib.Z_FULL_FLUSH)

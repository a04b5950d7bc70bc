"""Pages on the wire: read by every decoder, filled to steps, and people's words never matched with anything."""

import gzip
import os
import zlib

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from leeside.web.coding import code_page, finish_page
from leeside.web.padding import PAGE_STEP_BYTES

SAID = b"<!--said-->%b<!--/said-->"


@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=6))
def test_what_is_coded_reads_the_same_and_has_the_length_of_a_step(pieces: list[bytes]) -> None:
    plain = [piece.replace(b"<!--", b"") for piece in pieces]
    page = b"".join(SAID % piece if number % 2 else piece for number, piece in enumerate(plain))
    coded = code_page(page)
    assert len(coded) % PAGE_STEP_BYTES == 0
    for decoded in (gzip.decompress(coded), zlib.decompressobj(wbits=31).decompress(coded)):
        assert decoded.rstrip(b" ") == b"".join(plain).rstrip(b" ")


def test_a_page_of_our_own_words_becomes_small() -> None:
    assert len(code_page(b"<p class='row'>the same words of a template</p>" * 2000)) == PAGE_STEP_BYTES


@pytest.mark.promise(1, "guessing words of a case by the length of its page on the wire")
def test_a_guess_that_is_right_makes_no_page_shorter() -> None:
    """Broken on purpose: `_code` with the default strategy for what people wrote."""
    secret = os.urandom(24).hex().encode()
    wrong = bytes(reversed(secret))
    frame = b"<p>ours</p>" * 30

    def size(guess: bytes) -> int:
        page = frame + SAID % (guess * 20 + b" " + secret) + frame + SAID % (secret + guess)
        return len(gzip_body(page))

    assert size(secret) == size(wrong)
    assert len(zlib.compress(secret * 21)) < len(zlib.compress(wrong * 20 + secret)), "a usual compressor tells"


def gzip_body(page: bytes) -> bytes:
    """The coded page without its filler."""
    return code_page(page).partition(b"    ")[0]


def test_a_browser_that_takes_no_coding_gets_the_page_plain_and_filled() -> None:
    answer = finish_page(RequestFactory().get("/"), HttpResponse(b"plain"))
    assert "Content-Encoding" not in answer and len(answer.content) == PAGE_STEP_BYTES
    coded = finish_page(RequestFactory().get("/", headers={"accept-encoding": "gzip, br"}), HttpResponse(b"plain"))
    assert coded["Content-Encoding"] == "gzip" and gzip.decompress(coded.content).strip() == b"plain"

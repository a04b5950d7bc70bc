import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from leeside.door.pages import compile_page, compress_around, slot

PAGE = compile_page(f"<p>{slot('a')}</p><b>{slot('words')}</b>{slot('a')}.")


def test_slots_are_filled_by_name() -> None:
    assert PAGE.fill({"a": "ж", "words": "x"}) == "<p>ж</p><b>x</b>ж.".encode()


def test_a_slot_without_a_value_stays_empty() -> None:
    assert PAGE.fill({}) == b"<p></p><b></b>."


def test_a_value_that_looks_like_a_slot_fills_nothing_else() -> None:
    assert PAGE.fill({"words": slot("a"), "a": "!"}) == f"<p>!</p><b>{slot('a')}</b>!.".encode()


def test_a_page_is_cut_around_one_slot() -> None:
    assert PAGE.around("words") == (b"<p></p><b>", b"</b>.")


@given(st.binary(max_size=2000), st.binary(max_size=700), st.binary(max_size=2000))
def test_a_stored_middle_makes_a_gzip_file_that_anybody_can_read(before: bytes, middle: bytes, after: bytes) -> None:
    whole = compress_around(before, after).with_middle(middle)
    assert gzip.decompress(whole) == before + middle + after
    assert zlib.decompressobj(wbits=31).decompress(whole) == before + middle + after


def test_the_length_of_the_file_tells_the_length_of_the_middle_and_nothing_else() -> None:
    around = compress_around(b"the same words the same words " * 50, b" and the same again" * 50)
    repeated, random_like = b"the same words " * 10, bytes(range(150))
    assert len(around.with_middle(repeated)) == len(around.with_middle(random_like))


def test_what_stands_before_is_not_looked_at_for_what_comes_after() -> None:
    """If it were, the stored middle would shift what the second half refers to."""
    text = bytes(range(256)) * 4
    around = compress_around(text, text)
    assert gzip.decompress(around.with_middle(b"")) == text + text
    assert len(around.tail) > 200

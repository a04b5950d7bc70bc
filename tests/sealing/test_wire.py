"""Fixed fields are written and read in one way, and a reader takes each byte exactly once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing import wire
from leeside.sealing.errors import MalformedError, MisuseError, UnknownVersionError


@pytest.mark.parametrize(
    ("write", "read", "size"), [("u8", "u8", 1), ("u16", "u16", 2), ("u32", "u32", 4), ("u64", "u64", 8)]
)
def test_numbers_are_big_endian_and_come_back(write: str, read: str, size: int) -> None:
    for number in (0, 1, 256**size - 1):
        written = getattr(wire, write)(number)
        assert written == number.to_bytes(size, "big")
        assert getattr(wire.Reader(written, "test"), read)() == number
    for number in (-1, 256**size):
        with pytest.raises(MisuseError):
            getattr(wire, write)(number)


def test_fields_have_their_size() -> None:
    assert wire.fixed(b"1234", 4) == b"1234"
    with pytest.raises(MisuseError):
        wire.fixed(b"123", 4)


@given(st.binary(max_size=255))
def test_counted_bytes_come_back(value: bytes) -> None:
    assert wire.Reader(wire.counted8(value), "test").counted8() == value
    assert wire.Reader(wire.counted32(value), "test").counted32(255) == value


def test_too_long_counts_are_refused() -> None:
    with pytest.raises(MisuseError):
        wire.counted8(bytes(256))
    with pytest.raises(MalformedError):
        wire.Reader(wire.counted32(bytes(11)), "test").counted32(10)


@pytest.mark.parametrize("name", ["a", "first", "web-2", "x" * 32, "a_b"])
def test_names_come_back(name: str) -> None:
    assert wire.Reader(wire.name(name), "test").name() == name


@pytest.mark.parametrize("name", ["", "A", "1a", "-a", "x" * 33, "кто", "a b", "a\n", "a.b", "first\x00"])
def test_what_is_no_name_is_refused_both_ways(name: str) -> None:
    with pytest.raises(MisuseError):
        wire.name(name)
    with pytest.raises(MalformedError):
        wire.Reader(wire.counted8(name.encode()), "test").name()


def test_bytes_that_are_no_ascii_are_no_name() -> None:
    with pytest.raises(MalformedError):
        wire.Reader(wire.counted8(b"\xff\xfe"), "test").name()


def test_a_reader_says_the_shape_and_never_the_content() -> None:
    reader = wire.Reader(b"secret words", "parcel")
    with pytest.raises(MalformedError) as caught:
        reader.take(100)
    assert str(caught.value) == "parcel ends too early"


def test_nothing_may_be_left() -> None:
    reader = wire.Reader(b"ab", "test")
    reader.take(1)
    assert reader.at == 1
    with pytest.raises(MalformedError):
        reader.end()
    reader.take(1)
    reader.end()


def test_ranges_include_both_ends() -> None:
    reader = wire.Reader(b"", "test")
    assert reader.ranged(1, 1, 3) == 1
    assert reader.ranged(3, 1, 3) == 3
    for wrong in (0, 4):
        with pytest.raises(MalformedError):
            reader.ranged(wrong, 1, 3)


def test_versions_are_told_by_name() -> None:
    wire.Reader(b"\x01", "test").version(1)
    with pytest.raises(UnknownVersionError) as caught:
        wire.Reader(b"\x07", "test").version(1)
    assert (caught.value.shape, caught.value.version) == ("test", 7)
    with pytest.raises(MalformedError):
        wire.Reader(b"", "test").version(1)

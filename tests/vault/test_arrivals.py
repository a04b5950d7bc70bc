"""What came with a parcel, packed into a column and taken out again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.vault.arrivals import EMPTY, pack, unpack
from leeside.vault.errors import DamagedError

CASE = b"C" * 16
WRAPS = st.lists(
    st.tuples(
        st.just(CASE),
        st.sampled_from(["writer", "circle:lead", "reader:" + "ab" * 16]),
        st.booleans(),
        st.integers(0, 2**32 - 1),
        st.integers(0, 15),
        st.binary(max_size=80),
    ),
    max_size=8,
)
ENTRIES = st.lists(
    st.tuples(
        st.just(CASE),
        st.binary(min_size=16, max_size=16),
        st.integers(1, 4),
        st.integers(0, 2**32 - 1),
        st.just(1),
        st.none(),
        st.none(),
        st.binary(max_size=80),
    ),
    max_size=5,
)


@given(WRAPS, ENTRIES)
def test_whatever_is_packed_comes_out_again(wraps: list[tuple[object, ...]], entries: list[tuple[object, ...]]) -> None:
    assert unpack(CASE, pack(wraps, entries)) == (wraps, entries)


@given(WRAPS, ENTRIES, st.data())
def test_a_column_that_is_cut_off_is_named_damaged(
    wraps: list[tuple[object, ...]], entries: list[tuple[object, ...]], data: st.DataObject
) -> None:
    column = pack(wraps, entries)
    cut = data.draw(st.integers(1, len(column) - 1))
    with pytest.raises(DamagedError):
        unpack(CASE, column[:cut])


def test_nothing_packed_and_a_layout_unknown() -> None:
    assert unpack(CASE, EMPTY) == ([], [])
    with pytest.raises(DamagedError):
        unpack(CASE, b"\x02\x00\x00")


def test_the_layout_is_exactly_as_written_down() -> None:
    wraps = [(CASE, "writer", True, 5, 7, b"key")]
    entries = [(CASE, b"E" * 16, 1, 2, 1, None, None, b"text")]
    assert pack(wraps, entries) == (
        b"\x01\x01\x06writer\x01\x07\x00\x00\x00\x05\x00\x00\x00\x03key"
        b"\x01" + b"E" * 16 + b"\x01\x00\x00\x00\x02\x00\x00\x00\x04text"
    )

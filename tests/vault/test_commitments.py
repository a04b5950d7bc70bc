"""Commitments as one column."""

import pytest

from leeside.sealing.compartments import Compartment
from leeside.sealing.keys import Commitment
from leeside.vault.commitments import packed, unpacked
from leeside.vault.errors import DamagedError, MisuseError


def test_commitments_come_back_in_order_each_pair_once() -> None:
    story, again, place = (
        Commitment(Compartment.STORY, 1, b"a" * 32),
        Commitment(Compartment.STORY, 2, b"b" * 32),
        Commitment(Compartment.PLACE, 1, b"c" * 32),
    )
    assert unpacked(packed([place, again, story, story])) == (story, again, place)
    assert unpacked(b"") == ()
    assert len(packed([story])) == 37


def test_a_commitment_of_another_size_is_our_own_mistake() -> None:
    with pytest.raises(MisuseError):
        packed([Commitment(Compartment.STORY, 1, b"short")])


@pytest.mark.parametrize("column", [b"x", bytes(37), b"\x05" + bytes(36), bytes(36)])
def test_a_column_that_holds_anything_else_is_named_damaged(column: bytes) -> None:
    with pytest.raises(DamagedError):
        unpacked(column)

"""Compartments have their numbers for ever, and masks name nothing else."""

import pytest

from leeside.sealing.compartments import (
    FULL_MASK,
    WRITER_COMPARTMENTS,
    WRITER_MASK,
    Compartment,
    compartments_in,
    is_in,
    mask_of,
)
from leeside.sealing.errors import MalformedError


def test_the_numbers_are_the_formats() -> None:
    assert {c.name: c.value for c in Compartment} == {"STORY": 1, "IDENTITY": 2, "PLACE": 3, "WORK": 4}
    assert WRITER_MASK == 0b0111


def test_the_writer_holds_everything_but_the_staffs_own() -> None:
    assert Compartment.WORK not in WRITER_COMPARTMENTS
    assert not is_in(Compartment.WORK, WRITER_MASK)


def test_every_mask_comes_back() -> None:
    for mask in range(FULL_MASK + 1):
        assert mask_of(compartments_in(mask)) == mask
        assert [is_in(c, mask) for c in Compartment] == [c in compartments_in(mask) for c in Compartment]


@pytest.mark.parametrize("mask", [-1, 16, 255])
def test_an_unknown_bit_is_refused(mask: int) -> None:
    with pytest.raises(MalformedError):
        compartments_in(mask)

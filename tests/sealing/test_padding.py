"""A padded text has one of five sizes and one spelling; an attachment loses at most 12 % to padding."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.errors import MalformedError, TooLargeError
from leeside.sealing.limits import LIMITS
from leeside.sealing.padding import (
    STEPS,
    pad_to_multiple,
    pad_to_step,
    padme_length,
    step_for,
    unpad,
    unpad_multiple,
)


def test_the_steps_are_one_four_sixteen_sixty_four_and_128_kib() -> None:
    assert [step // 1024 for step in STEPS] == [1, 4, 16, 64, 128]
    assert STEPS[-1] == LIMITS.entry_plain


@pytest.mark.parametrize("step", STEPS)
def test_the_last_byte_that_fits_fits(step: int) -> None:
    assert step_for(step - 4) == step
    plain = b"x" * (step - 4)
    assert len(pad_to_step(plain)) == step
    assert unpad(pad_to_step(plain)) == plain


def test_one_byte_more_takes_the_next_step() -> None:
    for step, following in pairwise(STEPS):
        assert step_for(step - 3) == following
    with pytest.raises(TooLargeError):
        pad_to_step(bytes(STEPS[-1] - 3))


def test_thirty_thousand_characters_of_four_bytes_fit_beside_other_answers() -> None:
    assert LIMITS.text_characters * 4 + 10_000 < STEPS[-1]


@given(st.binary(max_size=5000))
def test_padding_comes_off(plain: bytes) -> None:
    assert unpad(pad_to_step(plain)) == plain


@given(st.binary(max_size=1100))
def test_nothing_but_our_own_padding_is_taken(untrusted: bytes) -> None:
    try:
        plain = unpad(untrusted)
    except MalformedError:
        return
    assert pad_to_step(plain) == untrusted


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0\0\0",
        b"\0\0\0\0",
        bytes(1023),
        bytes(1025),
        bytes(4096),
        b"\xff" * 1024,
        (1021).to_bytes(4, "big") + bytes(1020),
        (2).to_bytes(4, "big") + b"ab" + bytes(1017) + b"\x01",
        (10).to_bytes(4, "big") + bytes(4092),
        (2**32 - 1).to_bytes(4, "big") + bytes(1020),
    ],
)
def test_another_step_or_other_filling_is_refused(padded: bytes) -> None:
    with pytest.raises(MalformedError):
        unpad(padded)


@given(st.binary(max_size=2000))
def test_records_come_off_their_multiples(plain: bytes) -> None:
    padded = pad_to_multiple(plain, 512, 4096)
    assert len(padded) % 512 == 0
    assert 0 <= len(padded) - len(plain) - 4 < 512
    assert unpad_multiple(padded, 512, 4096) == plain


@given(st.binary(max_size=1100))
def test_nothing_but_our_own_multiples_is_taken(untrusted: bytes) -> None:
    try:
        plain = unpad_multiple(untrusted, 512, 1024)
    except MalformedError:
        return
    assert pad_to_multiple(plain, 512, 1024) == untrusted


def test_a_record_has_a_limit() -> None:
    with pytest.raises(TooLargeError):
        pad_to_multiple(bytes(1021), 512, 1024)
    with pytest.raises(MalformedError):
        unpad_multiple(bytes(1536), 512, 1024)


@given(st.integers(min_value=0, max_value=2**40))
def test_padme_costs_at_most_twelve_per_cent_and_never_shrinks(size: int) -> None:
    padded = padme_length(size)
    assert size <= padded <= max(size * 1.12, size + 1)
    assert padme_length(padded) == padded


def test_padme_is_the_papers() -> None:
    """Nikitin and others 2019, section 4: the last bits of a size are rounded up."""
    assert [padme_length(size) for size in (0, 1, 2, 9, 100, 137, 200, 1025, 1_000_000)] == [
        0,
        1,
        2,
        10,
        104,
        144,
        208,
        1088,
        1_015_808,
    ]

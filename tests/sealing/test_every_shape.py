"""Attacks every sealed shape in the same ways: wrong key, wrong place, each byte flipped, cut, lengthened, empty.

Promises 1 (a seized machine tells nothing of anyone's words) and 3 (no key is trusted because a table says so): a
version of the package that forgets to bind one part, or to compare one byte, fails here by that part's name.
"""

import pytest

from leeside.sealing.errors import MalformedError, RefusedError, UnknownVersionError
from sealing.making import flipped
from sealing.shapes import SHAPES, Shape

EVERY = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
ABOUT = 250


def positions(sealed: bytes) -> list[int]:
    """The first bytes, where headers stand, the last, where tags stand, and some of all between."""
    size = len(sealed)
    return sorted({*range(min(80, size)), *range(0, size, max(1, size // ABOUT)), *range(max(0, size - 40), size)})


@EVERY
def test_what_was_sealed_comes_out(shape: Shape) -> None:
    assert shape.open(shape.sealed) == shape.plain


@pytest.mark.parametrize(
    ("shape", "part"),
    [(shape, part) for shape in SHAPES for part in shape.wrong],
    ids=lambda it: getattr(it, "name", it),
)
@pytest.mark.promise(3, "every part that a sealed shape is bound to, exchanged")
def test_with_one_part_other_it_is_refused(shape: Shape, part: str) -> None:
    with pytest.raises(RefusedError):
        shape.wrong[part](shape.sealed)


@EVERY
@pytest.mark.promise(1, "every sealed shape with single bits flipped", times=14 * 250)
def test_any_flipped_bit_is_refused(shape: Shape) -> None:
    for position in positions(shape.sealed):
        with pytest.raises(RefusedError):
            shape.open(flipped(shape.sealed, position, position % 8))


@EVERY
def test_cut_short_it_is_refused(shape: Shape) -> None:
    for end in positions(shape.sealed):
        with pytest.raises(RefusedError):
            shape.open(shape.sealed[:end])


@EVERY
def test_without_its_beginning_it_is_refused(shape: Shape) -> None:
    for start in range(1, 60):
        with pytest.raises(RefusedError):
            shape.open(shape.sealed[start:])


@EVERY
@pytest.mark.parametrize("more", [b"\0", b"\x01", bytes(16), bytes(1000)], ids=["zero", "one", "16", "1000"])
def test_lengthened_it_is_refused(shape: Shape, more: bytes) -> None:
    with pytest.raises(RefusedError):
        shape.open(shape.sealed + more)


@EVERY
def test_empty_it_is_refused(shape: Shape) -> None:
    with pytest.raises(RefusedError):
        shape.open(b"")


@EVERY
@pytest.mark.parametrize("version", [0, 2, 255])
def test_an_unknown_version_is_refused_by_its_name(shape: Shape, version: int) -> None:
    with pytest.raises(UnknownVersionError) as caught:
        shape.open(bytes([version]) + shape.sealed[1:])
    assert caught.value.version == version
    assert str(version) in str(caught.value)
    assert isinstance(caught.value, RefusedError)
    assert isinstance(caught.value, MalformedError)


@EVERY
def test_it_begins_with_version_one(shape: Shape) -> None:
    assert shape.sealed[0] == 1


PAIRS = [(one, other) for one in SHAPES for other in SHAPES if one.heading != other.heading]


@pytest.mark.parametrize(("shape", "other"), PAIRS, ids=lambda shape: shape.name)
def test_no_shape_opens_as_another(shape: Shape, other: Shape) -> None:
    with pytest.raises(RefusedError):
        shape.open(other.sealed)


@EVERY
def test_a_refusal_says_nothing(shape: Shape) -> None:
    with pytest.raises(RefusedError) as caught:
        shape.open(flipped(shape.sealed, len(shape.sealed) - 1))
    assert str(caught.value) == "refused"
    assert caught.value.__cause__ is None

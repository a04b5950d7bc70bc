"""A secret shows itself to nobody who did not call `reveal`."""

import copy
import json
import pickle

import pytest

from leeside.sealing.errors import MisuseError
from leeside.sealing.secrets import Secret, is_equal, make_secret

HIDDEN = b"\x01\x02 hidden words"


def test_it_reveals_what_it_holds() -> None:
    assert Secret(HIDDEN).reveal() == HIDDEN
    assert len(Secret(HIDDEN)) == len(HIDDEN)


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{0!r:>40}".format, lambda it: f"{it}"])
def test_no_way_of_printing_shows_it(show) -> None:
    """Promise 1: a traceback or a log line that holds a secret shows the word 'hidden' only."""
    assert "words" not in show(Secret(HIDDEN))
    assert "hidden" in show(Secret(HIDDEN))


def test_it_equals_only_the_same_secret() -> None:
    assert Secret(HIDDEN) == Secret(HIDDEN)
    assert Secret(HIDDEN) != Secret(HIDDEN[:-1])
    assert Secret(HIDDEN) != HIDDEN
    assert Secret(b"") != b""


def test_an_empty_one_is_still_a_secret() -> None:
    assert Secret(b"")


@pytest.mark.parametrize("leak", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_is_neither_pickled_nor_copied(leak) -> None:
    with pytest.raises(MisuseError):
        leak(Secret(HIDDEN))


def test_it_is_no_key_of_a_table_and_no_json() -> None:
    with pytest.raises(TypeError):
        hash(Secret(HIDDEN))
    with pytest.raises(TypeError):
        json.dumps({"secret": Secret(HIDDEN)})


def test_it_has_no_place_for_more() -> None:
    with pytest.raises(AttributeError):
        Secret(HIDDEN).note = "more"  # type: ignore[attr-defined]


@pytest.mark.parametrize("wrong", ["text", bytearray(b"x"), None, 5])
def test_it_is_made_of_bytes_only(wrong) -> None:
    with pytest.raises(MisuseError):
        Secret(wrong)


def test_random_ones_differ() -> None:
    assert len({make_secret().reveal() for _ in range(100)}) == 100
    assert len(make_secret(16)) == 16


def test_bytes_compare_whole() -> None:
    assert is_equal(b"abc", b"abc")
    assert not is_equal(b"abc", b"abd")
    assert not is_equal(b"abc", b"ab")

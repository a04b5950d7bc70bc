"""A repeat tag is the same for the same answers under the same words, and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.errors import MisuseError
from leeside.sealing.repeat import canonical_answers, repeat_tag
from sealing.making import secret

ANSWERS = st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3), max_size=4)


@given(ANSWERS, ANSWERS)
def test_two_sets_of_answers_are_spelled_alike_only_if_they_are_equal(one, other) -> None:
    """Promise 7: another text under the same words is never taken for the same request."""
    assert (canonical_answers(one) == canonical_answers(other)) == (one == other)


def test_the_order_of_questions_makes_no_difference_and_that_of_values_does() -> None:
    assert canonical_answers({"a": "1", "b": "2"}) == canonical_answers({"b": "2", "a": "1"})
    assert canonical_answers({"a": ["1", "2"]}) != canonical_answers({"a": ["2", "1"]})


def test_one_text_is_a_list_of_one() -> None:
    assert canonical_answers({"a": "1"}) == canonical_answers({"a": ["1"]})


def test_the_layout() -> None:
    spelled = canonical_answers({"б": ["x", ""], "a": []})
    assert spelled.hex() == "0000000200000001610000000000000002d0b100000002000000017800000000"


def test_another_receipt_gives_another_tag() -> None:
    assert repeat_tag(secret("one"), b"same") == repeat_tag(secret("one"), b"same")
    assert repeat_tag(secret("one"), b"same") != repeat_tag(secret("two"), b"same")
    assert repeat_tag(secret("one"), b"same") != repeat_tag(secret("one"), b"other")
    assert len(repeat_tag(secret("one"), b"")) == 32


def test_half_a_character_is_our_bug() -> None:
    with pytest.raises(MisuseError):
        canonical_answers({"a": "\ud800"})

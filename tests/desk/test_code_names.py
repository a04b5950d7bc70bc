"""Code names: numbers to words and back, in every language, beyond the lists too, and never from junk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.desk.code_names import drawn_counts, read_slug, word_lists, write_code_name, write_slug
from leeside.vault.store import CodeName

FIRST, SECOND = drawn_counts()


@given(st.integers(0, FIRST - 1), st.integers(0, SECOND * 64 - 1))
def test_an_address_leads_back_to_its_numbers(first: int, second: int) -> None:
    assert read_slug(write_slug(CodeName(first, second))) == CodeName(first, second)


@given(st.text(max_size=40))
def test_junk_is_no_code_name(junk: str) -> None:
    found = read_slug(junk)
    assert found is None or write_slug(found) == junk


@pytest.mark.parametrize(
    "junk", ["", "-", "quiet", "quiet-", "quiet-maple-0", "quiet-maple-01", "quiet-maple-x", "a-b-c-d"]
)
def test_near_misses_are_no_code_names(junk: str) -> None:
    assert read_slug(junk) is None


def test_the_first_word_takes_the_gender_of_the_second() -> None:
    lists = word_lists()
    quiet = next(number for number, row in enumerate(lists.first) if row["en"] == "quiet")
    maple = next(number for number, row in enumerate(lists.second) if row["en"] == "maple")
    name = CodeName(quiet, maple)
    assert [write_code_name(name, language) for language in ("ru", "uk", "en")] == [
        "Тихий Клён",
        "Тихий Клен",
        "Quiet Maple",
    ]


def test_beyond_the_list_a_number_stands_behind() -> None:
    assert write_code_name(CodeName(0, SECOND + 1), "en").endswith(" 1")
    assert write_slug(CodeName(0, SECOND + 1)).endswith("-1")

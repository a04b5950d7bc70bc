"""Numbers as each language writes them, held against babel's reading of CLDR."""

import pytest
from babel import Locale
from babel.numbers import format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from leeside.packs.texts import plural_form
from leeside.tally.numbers import write_counted, write_list, write_number, write_percent, write_tenths
from tally.making import UNITS


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["ru", "en", "uk"]))
def test_thousands_are_grouped_as_cldr_says(number: int, language: str) -> None:
    assert write_number(number, language) == format_decimal(number, locale=language)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["ru", "en", "uk"]))
def test_plural_forms_are_those_of_cldr(number: int, language: str) -> None:
    assert plural_form(language, number) == Locale.parse(language).plural_form(number)


def test_a_percentage_has_its_space_in_every_language() -> None:
    assert write_percent(89, "ru") == format_percent(0.89, locale="ru")
    assert write_percent(89, "en") == "89\N{NO-BREAK SPACE}%"
    assert write_percent(1240, "uk") == "1\N{NO-BREAK SPACE}240\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("tenths", "language", "text"), [(34, "en", "3.4"), (34, "ru", "3,4"), (30, "uk", "3"), (12345, "en", "1,234.5")]
)
def test_tenths(tenths: int, language: str, text: str) -> None:
    assert write_tenths(tenths, language) == text


@pytest.mark.parametrize(
    ("number", "language", "text"),
    [
        (1, "en", "1 request"),
        (2, "en", "2 requests"),
        (1, "ru", "1 обращение"),
        (3, "ru", "3 обращения"),
        (11, "ru", "11 обращений"),
        (12, "ru", "12 обращений"),
        (21, "ru", "21 обращение"),
        (104, "ru", "104 обращения"),
        (112, "uk", "112 звернень"),
        (1037, "ru", "1 037 обращений"),
    ],
)
def test_a_number_stands_with_its_noun_in_the_right_form(number: int, language: str, text: str) -> None:
    assert write_counted(number, UNITS[language], language).replace("\N{NO-BREAK SPACE}", " ") == text


def test_the_whole_name_is_written_when_asked_for() -> None:
    assert write_counted(2, UNITS["en"], "en", in_full=True).endswith("requests to leave")


def test_lists() -> None:
    assert write_list(["a"], "and") == "a"
    assert write_list(["a", "b"], "and") == "a and b"
    assert write_list(["a", "b", "c"], "and") == "a, b and c"

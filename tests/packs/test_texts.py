"""Words of a pack: voices fall back, numbers choose their form, blanks are filled."""

import pytest

from leeside.packs.errors import MissingTextError
from leeside.packs.pack import Pack
from leeside.packs.texts import Texts, blanks_of, fill, plural_form, plural_forms

TEXTS = Texts(
    {
        "en": {
            "plain": "Hello {name}",
            "voiced": {"self": "you", "him": "he"},
            "count": {"one": "{number} letter", "other": "{number} letters"},
        },
        "ru": {"count": {"one": "{number} письмо", "few": "{number} письма", "many": "{number} писем"}},
        "xx": {"count": {"other": "{number} xs"}},
    },
    {"self": ("self",), "him": ("him", "self"), "son": ("son", "him", "self"), "them": ("them", "self")},
)


@pytest.mark.parametrize(("voice", "text"), [("self", "you"), ("him", "he"), ("son", "he"), ("them", "you")])
def test_a_voice_without_words_takes_those_it_falls_back_to(voice: str, text: str) -> None:
    assert TEXTS.text("voiced", "en", voice) == text


def test_a_voice_that_no_longer_exists_hears_the_plainest_words() -> None:
    assert TEXTS.text("voiced", "en", "gone") == "you"


def test_blanks_are_filled_and_an_empty_one_stays_to_be_seen() -> None:
    assert TEXTS.text("plain", "en", "self", {"name": "{name}"}) == "Hello {name}"
    assert TEXTS.text("plain", "en", "self", {"name": "you"}) == "Hello you"
    assert TEXTS.text("plain", "en", "self", {"other": "you"}) == "Hello {name}"
    assert fill("{a.b} {0} {a}", {"a": "x"}) == "{a.b} {0} x"
    assert blanks_of({"one": "{a}", "other": "{b} {a}"}) == {"a", "b"}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 писем"),
        (1, "1 письмо"),
        (2, "2 письма"),
        (5, "5 писем"),
        (11, "11 писем"),
        (12, "12 писем"),
        (21, "21 письмо"),
        (22, "22 письма"),
        (111, "111 писем"),
        (577, "577 писем"),
        (1001, "1001 письмо"),
        (-1, "-1 письмо"),
    ],
)
def test_russian_numbers_choose_their_form(number: int, text: str) -> None:
    assert TEXTS.counted("count", "ru", number) == text


def test_english_and_unknown_languages() -> None:
    assert TEXTS.counted("count", "en", 1) == "1 letter"
    assert TEXTS.counted("count", "en", 0) == "0 letters"
    assert TEXTS.counted("count", "xx", 1) == "1 xs"
    assert TEXTS.counted("count", "en", 1037, {"number": "1,037"}) == "1,037 letters"
    assert plural_forms("uk") == ("one", "few", "many")
    assert plural_form("uk", 4) == "few"


def test_a_text_that_is_not_there_is_a_fault_of_ours(tiny: Pack) -> None:
    with pytest.raises(MissingTextError):
        tiny.text("form.nothing", "en")
    with pytest.raises(MissingTextError):
        tiny.text("form.heading", "de")
    assert not tiny.has_text("form.nothing", "en")


def test_a_pack_speaks_in_voices(tiny: Pack) -> None:
    assert tiny.text("question.need.title", "en") == "What do you need?"
    assert tiny.text("question.need.title", "en", "neighbour") == "What do they need?"
    assert tiny.text("sent.promise", "en", time="noon").endswith("noon")
    assert tiny.counted_text("series.homes.unit", "ru", 3) == "3 few"
    assert tiny.title("ru") == "Слова для pack.title"

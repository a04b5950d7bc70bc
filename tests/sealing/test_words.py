"""Typed words find theirs, are repaired only towards the one nearest, and never change silently into another."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.errors import MisuseError
from leeside.sealing.words import LANGUAGES, LIST_SIZE, WordList, _is_one_step, fold, split_words, word_list, words_of

EVERY = pytest.mark.parametrize("language", LANGUAGES)
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}


def distance(one: str, other: str) -> int:
    """Optimal string alignment, the plain way: the measure that `_is_one_step` decides quickly."""
    rows = [[i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(st.text("абв", max_size=6), st.text("абв", max_size=6))
def test_one_step_is_one_step(one: str, other: str) -> None:
    if one != other:
        assert _is_one_step(one, other) == _is_one_step(other, one) == (distance(one, other) == 1)


@EVERY
def test_every_word_and_every_start_of_four_letters_is_found(language: str) -> None:
    words = word_list(language)
    for index, word in enumerate(words.words):
        for typed in {fold(word), *(fold(word)[:size] for size in range(4, len(word) + 1))}:
            assert words.find(typed) == (index, False)


@EVERY
def test_a_typing_error_is_repaired_or_refused_and_never_changes_the_word(language: str) -> None:
    """Only a word that the error turned into another list word's start may read as that other word."""
    words, source = word_list(language), random.Random(7)
    repaired, folded = 0, [fold(word) for word in words.words]
    chosen = source.sample(range(LIST_SIZE), 25)
    for index in chosen:
        word = folded[index]
        at, letter = source.randrange(len(word)), source.choice(LETTERS[language])
        typed = source.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            ]
        )
        found = words.find(typed)
        if found is None:
            near = [other for other in folded if distance(typed, other) == 1]
            assert len(near) != 1
        elif found[1]:
            assert [i for i, other in enumerate(folded) if distance(typed, other) == 1] == [found[0]]
            repaired += found[0] == index
        else:
            assert folded[found[0]].startswith(typed)
    assert repaired > len(chosen) // 2


@EVERY
@pytest.mark.parametrize("typed", ["", "a", "аб", "qqqqqqqq", "щщщщщщщщ", "x" * 500])
def test_what_is_near_to_nothing_is_not_found(language: str, typed: str) -> None:
    assert word_list(language).find(typed) is None


def test_two_errors_are_too_many() -> None:
    words = word_list("ru")
    word = next(word for word in words.words if len(word) == 8)
    assert words.find("щщ" + word[2:]) is None


def test_folding() -> None:
    assert fold("Ёжик") == fold("ежик") == "ежик"
    assert fold("зе\u0301мля") == "земля"
    assert fold("й") == fold("и\u0306") == "й"
    assert fold("ї") == fold("і\u0308") == "ї"
    assert fold("п’ять") == fold("п'ять") == fold("пʼять") == "пять"
    assert fold("ＲＩＶＥＲ") == "river"


def test_splitting() -> None:
    assert split_words("1. Берёза, 2) река;\n3-ручей_и_ПОЛЕ") == ["береза", "река", "ручей", "и", "поле"]
    assert split_words("  ... 12 -- ") == []


@pytest.mark.parametrize("language", ["", "de", "../en", "EN"])
def test_other_languages_have_no_list(language: str) -> None:
    with pytest.raises(MisuseError):
        word_list(language)


def test_a_list_must_have_its_size_and_differing_starts() -> None:
    good = word_list("en").words
    for wrong in (good[:-1], (*good, "more"), (*good[:-1], good[0]), (*good[:-1], good[0] + "x")):
        with pytest.raises(MisuseError):
            WordList("en", wrong)


def test_numbers_are_spelled_eleven_bits_a_word() -> None:
    words = word_list("en").words
    assert words_of(0, 3, "en") == (words[0],) * 3
    assert words_of(2**33 - 1, 3, "en") == (words[2047],) * 3
    assert words_of(5 << 22 | 6 << 11 | 7, 3, "en") == (words[5], words[6], words[7])

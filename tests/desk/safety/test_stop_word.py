"""The stop word: whole words in whatever case they stand, and nothing that merely contains them."""

import pytest

from leeside.desk.safety.stop_word import says


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("лампа", "лампа"),
        ("Купил ЛАМПУ, светит хорошо.", "лампа"),
        ("под лампой\nхолодно", "Лампа"),
        ("Ёлка стоит", "елка"),
        ("елка", "ёлка"),
        ("про берёзы", "берёза"),
        ("передай привет  Марине", "привет марине"),
        ("Привет, Марине", "привет марина"),
        ("зонт.", "зонт"),
        ("без зонта", "зонт"),
        ("світло ліхтаря", "ліхтар"),
        ("a lamp, please", "lamp"),
        ("да", "да"),
    ],
)
def test_it_is_heard(text: str, word: str) -> None:
    assert says(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("лампочка", "лампа"),
        ("зонтичный", "зонт"),
        ("свалампа", "лампа"),
        ("clamp", "lamp"),
        ("дата", "да"),
        ("привет, я от Марины", "привет марина"),
        ("", "лампа"),
        ("лампа", ""),
        ("лампа", "   "),
        ("a+b", "a.b"),
    ],
)
def test_it_is_not_heard(text: str, word: str) -> None:
    """Broken on purpose: without the end of the word, every lamp is an alarm."""
    assert not says(text, word)

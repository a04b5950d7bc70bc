import pytest

from leeside.web.languages import LANGUAGES, language_of_path, path_in_language, preferred_language


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/ru/help/", "ru"),
        ("/uk", "uk"),
        ("/", None),
        ("", None),
        ("/rux/help/", None),
        ("/xx/", None),
        ("//ru/", None),
    ],
)
def test_the_language_stands_first_in_the_address(path: str, code: str | None) -> None:
    assert language_of_path(path) == code


def test_the_same_page_in_another_language_keeps_the_rest_of_its_address() -> None:
    assert path_in_language("/ru/help/safety", "uk") == "/uk/help/safety"
    assert path_in_language("/exit", "en") == "/en/"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("de;q=0.9, uk;q=0.8, en;q=0.7", "uk"),
        ("de", "en"),
        ("", "en"),
        ("ru;q=0", "en"),
        ("ru;q=hostile, uk;q=0.1", "uk"),
        (";;;,,q=,ru" * 500, "ru"),
        ("\x00\xff", "en"),
    ],
)
def test_the_browser_wish_is_met_when_it_can_be_read(header: str, code: str) -> None:
    assert preferred_language(header) == code


def test_every_language_knows_its_direction() -> None:
    assert {one.direction for one in LANGUAGES.values()} <= {"ltr", "rtl"}

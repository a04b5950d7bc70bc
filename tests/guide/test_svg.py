"""Words are measured and wrapped without a font, and never come out wider than a wide face draws them."""

from pathlib import Path

import pytest
from PIL import ImageFont

from leeside.guide.svg import element, width_of, wrap

FOLDER = Path("/usr/share/fonts/truetype/dejavu")
TEXTS = (
    "Подать рапорт о направлении на военно-врачебную комиссию – сегодня, № 565 (ст. 59, ч. 3)?",
    "Щоб оскаржити бездіяльність: «рекомендовано ВЛК», пп. 52–54; ґрунт, їжа, Єва",
    "File a report: “commission recommended”, arts 106–107; who’s WAITING for 30 days",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("face", "is_bold"), [("DejaVuSans.ttf", False), ("DejaVuSans-Bold.ttf", True)])
def test_no_line_is_wider_than_it_was_measured(text: str, face: str, is_bold: bool) -> None:
    if not (FOLDER / face).exists():
        pytest.fail("install fonts-dejavu-core: the widths are measured against it")
    drawn = ImageFont.truetype(FOLDER / face, 100).getlength(text) / 100 * 13
    assert drawn <= width_of(text, 13, is_bold) <= drawn * 1.2


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    lines = wrap(TEXTS[0], 200, 13)
    assert all(width_of(line, 13) <= 200 for line in lines)
    assert " ".join(lines) == TEXTS[0]


def test_a_word_wider_than_its_room_is_broken() -> None:
    lines = wrap("a " + "щ" * 40, 100, 13)
    assert all(width_of(line, 13) <= 100 for line in lines)
    assert "".join(lines) == "a" + "щ" * 40


def test_nothing_to_write_is_no_line() -> None:
    assert wrap(" ", 100, 13) == []


def test_marks_of_the_language_are_escaped_in_text_and_in_attributes() -> None:
    written = element("text", {"class_": 'a"<b', "font_size": 2.50}, text="<&>")
    assert written == '<text class=\'a"&lt;b\' font-size="2.5">&lt;&amp;&gt;</text>'

"""Just enough SVG."""

from figures.drawings import parse
from leeside.figures.svg import element, percent


def test_attributes_and_text_are_escaped() -> None:
    drawn = element("text", {"class_": 'a"b', "font_size": 12, "x": 1.5}, text="<5 & more")
    parsed = parse(drawn)
    assert parsed.attrib == {"class": 'a"b', "font-size": "12", "x": "1.5"}
    assert parsed.text == "<5 & more"


def test_an_element_without_content_is_closed() -> None:
    assert element("line", {"x1": 0, "y1": 2.0}) == '<line x1="0" y1="2"/>'


def test_shares_are_written_in_per_cent() -> None:
    assert percent(0.125) == "12.5%"
    assert percent(1 / 3) == "33.33%"

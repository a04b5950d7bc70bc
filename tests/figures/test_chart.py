"""The drawing: every number in words, nothing by colour alone, readable when narrow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.drawings import parse
from leeside.figures.chart import ChartWords, draw_as_file, draw_for_page
from leeside.tally.cells import FEW, WITHHELD, Cell
from tally.making import demo_series, series

WORDS = ChartWords("Requests, 2023", "577 requests & more.", "The line, edition 8")
SVG = "{http://www.w3.org/2000/svg}"


def _words(drawn: str, kind: str) -> list[str]:
    found = parse(drawn).iter()
    return [each.text or "" for each in found if each.get("class") == kind]


def test_every_month_has_its_name_and_number() -> None:
    drawn = draw_for_page(demo_series(), "en", WORDS)
    assert _words(drawn, "name") == ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    assert _words(drawn, "number") == ["70", "85", "54", "112", "139", "184", "218", "175"]


def test_the_two_periods_are_told_in_words_and_not_by_colour_alone() -> None:
    assert _words(draw_for_page(demo_series(), "ru", WORDS), "sum") == ["сен–ноя: 577", "июн–авг: 305"]


def test_heights_are_in_proportion() -> None:
    bars = list(parse(draw_for_page(demo_series(), "en", WORDS)).iter("rect"))
    heights = [float(bar.get("height", "")) for bar in bars]
    assert heights[6] == max(heights)
    assert heights[0] / heights[6] == pytest.approx(70 / 218, abs=0.001)
    assert [bar.get("class") for bar in bars].count("month last") == 3


def test_it_has_a_title_and_a_description_for_who_cannot_see_it() -> None:
    root = parse(draw_for_page(demo_series(), "en", WORDS))
    named = (root.get("aria-labelledby") or "").split()
    texts = {each.get("id"): each.text for each in root}
    assert root.get("role") == "img"
    assert [texts[name] for name in named] == ["Requests, 2023", "577 requests & more."]


def test_hidden_months_say_so() -> None:
    drawn = draw_for_page(series([7, FEW, WITHHELD]), "en", WORDS)
    assert _words(drawn, "number") == ["7", "<5", "…"]
    assert drawn.count("hidden-month") == 2


def test_long_series_are_thinned_out() -> None:
    drawn = draw_for_page(series([100 + 7 * (place % 11) for place in range(29)] + [400, 300], "2021-05"), "en", WORDS)
    assert len(_words(drawn, "name")) <= 12
    assert _words(drawn, "number") == ["400"]
    assert _words(drawn, "year") == ["2021", "2022", "2023"]
    drawn = draw_for_page(series([500, *[100 + place for place in range(28)]], "2021-05"), "en", WORDS)
    assert _words(drawn, "number") == ["500", "127"]
    assert 'text-anchor="end"' in drawn


def test_two_years_that_have_no_room_side_by_side_are_one() -> None:
    assert _words(draw_for_page(series([10] * 12, "2022-12"), "en", WORDS), "year") == ["2023"]
    assert _words(draw_for_page(series([10] * 6, "2022-10"), "en", WORDS), "year") == ["2022", "2023"]


def test_without_a_period_there_is_no_bracket() -> None:
    drawn = draw_for_page(series([33]), "en", WORDS)
    assert _words(drawn, "sum") == []
    assert "bracket" not in drawn
    alone = draw_for_page(series([10, 11, 12, 13]), "en", WORDS)
    assert _words(alone, "sum") == ["May–Jul: 36"]


def test_the_file_stands_alone() -> None:
    root = parse(draw_as_file(demo_series(), "en", WORDS))
    assert root.tag == f"{SVG}svg"
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert "Requests, 2023" in texts
    assert "The line, edition 8" in texts
    assert "218" in texts
    assert "style" not in {each.tag.removeprefix(SVG) for each in root.iter()}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.just(FEW), st.just(WITHHELD), st.integers(5, 10**6)), min_size=1, max_size=60),
    st.sampled_from(["ru", "en", "uk"]),
)
def test_whatever_is_told_is_drawn_within_the_drawing(values: list[int | Cell], language: str) -> None:
    root = parse(draw_for_page(series(values, "2019-03"), language, WORDS))
    height = float(root.get("height", ""))
    for bar in root.iter("rect"):
        assert 0 <= float(bar.get("y", "")) <= float(bar.get("y", "")) + float(bar.get("height", "")) <= height
        assert 0 <= float(bar.get("x", "").rstrip("%")) <= 100
    for word in root.iter("text"):
        assert 0 < float(word.get("y", "")) <= height

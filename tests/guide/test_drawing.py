"""Every rule that is shipped draws as a picture that is well formed, says everything and covers nothing."""

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from leeside.guide.drawing import draw_rule
from leeside.guide.drawing_words import words_in
from leeside.guide.flow import flow_of
from leeside.guide.svg import width_of
from leeside.packs.conditions import TODAY, All, AnyOf, Compare, Condition, DaysFromToday, Facts, IsIn, Not, Truth
from leeside.packs.guidebook.rules import Confidence, Review, Rule
from leeside.packs.reader import shipped_pack
from leeside.web.dates import write_day

PACK = shipped_pack("refusal")
RULES = {rule.id: rule for rule in PACK.guide.rules}
RULE = min(PACK.guide.rules, key=lambda rule: rule.id)
SVG = "{http://www.w3.org/2000/svg}"
SLACK = 0.5


def drawn(rule: Rule, language: str = "ru", facts: Facts | None = None, *, is_file: bool = True) -> ET.Element:
    writes = partial(_write, language)
    svg = draw_rule(rule, PACK, language, writes, facts=facts, is_file=is_file)
    return ET.fromstring(svg)  # noqa: S314 - what we wrote ourselves a line above


def _write(language: str, day: date) -> str:
    return write_day(day, language)


def texts(picture: ET.Element) -> str:
    return " ".join(str(each.text) for each in picture.iter(f"{SVG}text"))


def places(picture: ET.Element, *kinds: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every rectangle of these kinds."""
    found = []
    for each in picture.iter(f"{SVG}rect"):
        if each.get("class", "").split()[0] in kinds:
            x, y, width, height = (float(each.get(name, "nan")) for name in ("x", "y", "width", "height"))
            found.append((x, y, x + width, y + height))
    return found


def words_of(picture: ET.Element) -> list[tuple[float, float, float, float]]:
    """The same of every line of words, as wide as the widest face draws it."""
    found = []
    for each in picture.iter(f"{SVG}text"):
        size, x, baseline = (float(each.get(name, "nan")) for name in ("font-size", "x", "y"))
        width = width_of(str(each.text), size, each.get("font-weight") == "650")
        left = x - width if each.get("text-anchor") == "end" else x
        found.append((left, baseline - 0.75 * size, left + width, baseline + 0.22 * size))
    return found


def ways_of(picture: ET.Element) -> list[tuple[float, float, float, float]]:
    """The same of every straight piece of a line."""
    found = []
    for each in picture.iter(f"{SVG}path"):
        if each.get("class", "").startswith("way"):
            points = [tuple(map(float, point.split())) for point in each.get("d", "").removeprefix("M").split(" L")]
            for (x, y), (to_x, to_y) in pairwise(points):
                found.append((min(x, to_x) - 1, min(y, to_y) - 1, max(x, to_x) + 1, max(y, to_y) + 1))
    return found


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0]) > SLACK
    return across and min(one[3], other[3]) - max(one[1], other[1]) > SLACK


def require_clear(picture: ET.Element) -> None:
    """Nothing covers anything: no boxes, no words, no frame that is neither inside nor outside another."""
    width, height = float(picture.get("width", "0")), float(picture.get("height", "0"))
    boxes, words, frames = places(picture, "box", "result", "end"), words_of(picture), places(picture, "group")
    for left, top, right, bottom in boxes + words + frames:
        assert left >= 0 and top >= 0 and right <= width and bottom <= height
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    assert not [pair for pair in combinations(words, 2) if overlap(*pair)]
    assert not [(word, way) for word in words for way in ways_of(picture) if overlap(word, way)]
    for word in words:
        for box in boxes:
            inside = word[0] >= box[0] and word[1] >= box[1] and word[2] <= box[2] and word[3] <= box[3]
            assert inside or not overlap(word, box)
    for outer, inner in combinations(frames, 2):
        inside = outer[0] < inner[0] and outer[1] < inner[1] and inner[2] < outer[2] and inner[3] < outer[3]
        assert inside or not overlap(outer, inner)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_every_rule_draws_in_every_language_with_all_its_words_and_nothing_covered(rule_id: str) -> None:
    rule = RULES[rule_id]
    for language in PACK.languages:
        picture = drawn(rule, language)
        require_clear(picture)
        written = texts(picture)
        flow = flow_of(rule.condition)
        assert len(places(picture, "box")) == len(flow.boxes)
        assert len(places(picture, "group")) == len(flow.groups)
        labels = [PACK.text(str(one.label_key), language) for fact in rule.facts if (one := PACK.question(fact))]
        for words in (*labels, rule.words[language].title, rule.words[language].act, write_day(rule.since, language)):
            assert " ".join(words.split()) in written


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_the_way_of_every_example_ends_where_the_rule_says(rule_id: str) -> None:
    rule = RULES[rule_id]
    kinds = {Truth.YES: "result", Truth.NO: "end", Truth.UNKNOWN: "end"}
    for example in rule.examples:
        picture = drawn(rule, "uk", {**example.facts, TODAY: example.on})
        require_clear(picture)
        ends = [each for each in picture.iter(f"{SVG}rect") if each.get("class", "") in ("result walked", "end walked")]
        assert [str(each.get("class")).split()[0] for each in ends] == [kinds[example.applies]]
        assert texts(picture).count(words_in("uk").outcome) == 1
        assert write_day(example.on, "uk") in texts(picture)


def _deep(depth: int) -> Condition:
    leaf = Compare("sentence_on", "at_least", DaysFromToday(-3))
    if depth == 0:
        return leaf
    group = AnyOf if depth % 2 else All
    return Not(group((leaf, _deep(depth - 1), IsIn("where", ("front", "hospital")))))


def test_a_condition_as_deep_as_the_language_allows_covers_nothing() -> None:
    picture = drawn(replace(RULE, condition=_deep(6)))
    require_clear(picture)
    assert len(places(picture, "group")) == 6


def test_a_long_word_stays_in_its_box() -> None:
    words = {"ru": replace(RULE.words["ru"], title="щ" * 140, act="Ж" * 300)}
    require_clear(drawn(replace(RULE, words=words)))


def test_it_has_a_title_and_tells_the_way_to_who_cannot_see_it() -> None:
    picture = drawn(RULE, "en")
    assert picture.get("role") == "img"
    named = {each.get("id"): str(each.text) for each in picture if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert sorted(named) == sorted(str(picture.get("aria-labelledby")).split())
    told = named[f"rule-{RULE.id}-text"]
    for number in range(1, len(flow_of(RULE.condition).boxes) + 1):
        assert f"Question {number}. " in told
    assert "no: the rule does not apply" in told
    assert RULE.words["en"].title in told


def test_a_file_brings_its_colours_and_a_page_brings_its_own() -> None:
    assert "prefers-color-scheme:dark" in str(drawn(RULE).findtext(f"{SVG}style"))
    assert drawn(RULE, is_file=False).find(f"{SVG}style") is None
    for each in drawn(RULE).iter():
        assert each.tag != f"{SVG}script"
        assert not [name for name in each.attrib if name.startswith("on") or name == "style"]


def test_the_result_carries_its_marks() -> None:
    rule = replace(
        RULE,
        confidence=Confidence.GENERAL,
        until=date(2024, 1, 5),
        is_until_sure=False,
        published=date(1990, 2, 1),
        review=Review("A. Lawyer", date(2023, 12, 1)),
        for_lawyer=True,
        terms=("claim",),
        papers=("claim_court",),
        authority="court",
    )
    written = texts(drawn(rule, "en"))
    for words in (
        "A question to check, not a remedy",
        "General knowledge only: a question to check",
        "in force until Friday 5 January 2024; the day is not confirmed",
        "Act published: Thursday 1 February 1990",
        "Read by A. Lawyer on Friday 1 December 2023",
        "A lawyer decides first.",
        "Terms: ",
        "Papers: ",
    ):
        assert words in written
    assert "No lawyer has read this yet" in texts(drawn(replace(RULE, review=Review()), "en"))


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (Compare("sentence_on", "at_most", "2024-01-05"), "Friday 5 January 2024 or earlier?"),
        (Compare("sentence_on", "less_than", DaysFromToday(0)), "Earlier than the day that is asked about?"),
        (Compare("sentence_on", "more_than", DaysFromToday(1)), "Later than 1 day after the day that is asked about?"),
        (Compare("sentence_on", "at_least", DaysFromToday(-2)), "2 days before the day that is asked about or later?"),
        (Compare("age", "at_least", 50), "50 or more?"),
    ],
)
def test_comparisons_are_said_in_words(test: Compare, words: str) -> None:
    assert words in texts(drawn(replace(RULE, condition=test), "en"))


def test_a_language_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="ru, uk, en"):
        drawn(RULE, "fr")

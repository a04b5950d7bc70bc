"""The rules of a subject as one graph: every rule, what it looks at and what follows, inside its box, in words too."""

from datetime import date
from xml.etree import ElementTree as Tree

import pytest

from leeside.guide.drawing_sets import draw_rules
from leeside.guide.drawing_words import Speaker
from leeside.guide.svg import width_of
from leeside.packs.reader import shipped_names, shipped_pack

SVG = "{http://www.w3.org/2000/svg}"
SUBJECTS = [
    (name, subject)
    for name in shipped_names()
    for subject in sorted({rule.subject for rule in shipped_pack(name).guide.rules})
]


def drawn(name: str, subject: str, language: str = "ru") -> Tree.Element:
    pack = shipped_pack(name)
    rules = [rule for rule in pack.guide.rules if rule.subject == subject]
    drawing = draw_rules(rules, pack, language, date.isoformat, title="The rules")
    return Tree.fromstring(drawing)  # noqa: S314 (our own drawing)


@pytest.mark.parametrize(("name", "subject"), SUBJECTS)
def test_every_rule_of_a_subject_stands_in_it_with_its_facts_and_what_follows(name: str, subject: str) -> None:
    """Broken on purpose: `_follows` without papers, and the facts of the first rule in every row."""
    root, pack = drawn(name, subject), shipped_pack(name)
    speaker = Speaker(pack, "ru", date.isoformat)
    told = root.find(f"{SVG}desc")
    words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert told is not None
    assert told.text is not None
    for rule in (one for one in pack.guide.rules if one.subject == subject):
        assert rule.id in words
        row = told.text.split(rule.words["ru"].title)[0].rsplit(". ", 1)[-1]
        assert all(speaker.label(fact) in row for fact in rule.facts)
        for paper in pack.guide.letters:
            if paper.id in rule.papers:
                assert paper.titles["ru"] in told.text


@pytest.mark.parametrize(("name", "subject"), SUBJECTS)
@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_no_word_leaves_the_paper(name: str, subject: str, language: str) -> None:
    root = drawn(name, subject, language)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter(f"{SVG}text"):
        is_bold = element.attrib["font-weight"] != "400"
        right = float(element.attrib["x"]) + width_of(element.text or "", float(element.attrib["font-size"]), is_bold)
        assert right <= width
        assert 0 < float(element.attrib["y"]) < height


def test_it_has_no_script_and_asks_for_nothing() -> None:
    name, subject = SUBJECTS[0]
    for element in drawn(name, subject).iter():
        assert element.tag != f"{SVG}script"
        assert not any("href" in key for key in element.attrib)

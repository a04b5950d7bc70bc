"""A rule, a term, a source or a paper that stands in two shipped packs is the same law in both.

A pack is a folder of its own, so what two lines need lies in both. What the act says may not drift apart; for whom a
rule is shown, why and what to do is each line's own.
"""

import tomllib
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from leeside.packs.reader import SHIPPED, shipped_names

OF_THE_LINE = {"when", "examples", "asks", "rank", "papers", "terms", "authority", "review"}
"""What a rule says about the line that shows it."""
WORDS_OF_THE_LINE = {"why", "how"}
ITS_OWN = {"relative_inquiry.ru.toml": "without the unit and without wounds, which the other line asks"}
PAIRS = list(combinations(shipped_names(), 2))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def law_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """What a rule says of the law, without what it says of its line."""
    law = {key: value for key, value in table.items() if key not in OF_THE_LINE}
    law["words"] = {
        language: {part: text for part, text in words.items() if part not in WORDS_OF_THE_LINE}
        for language, words in table["words"].items()
    }
    return law


def _rules(name: str) -> dict[str, Path]:
    return {path.stem: path for path in (SHIPPED / name / "guide" / "rules").rglob("*.toml")}


def _listed(name: str, part: str) -> Iterator[tuple[str, Any]]:
    path = SHIPPED / name / "guide" / f"{part}.toml"
    for each in _read(path)[part] if path.exists() else ():
        yield f"{each['id']} {each.get('from', '')}", each


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_rule_of_two_packs_says_the_same_law(one: str, other: str) -> None:
    """Broken on purpose: another year in the title of one of them."""
    first, second = _rules(one), _rules(other)
    for rule_id in first.keys() & second.keys():
        assert law_of(_read(first[rule_id])) == law_of(_read(second[rule_id])), rule_id


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("part", ["sources", "terms", "letters"])
def test_what_two_guides_list_under_one_id_is_the_same(one: str, other: str, part: str) -> None:
    """Broken on purpose: another address for a source, another count for a term."""
    first, second = dict(_listed(one, part)), dict(_listed(other, part))
    for key in first.keys() & second.keys():
        assert first[key] == second[key], key


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_paper_of_two_packs_has_the_same_words(one: str, other: str) -> None:
    """Broken on purpose: one sentence of the letter to the Red Cross changed in one pack."""

    def papers(name: str) -> dict[str, Path]:
        return {path.name: path for path in (SHIPPED / name / "letters").glob("*.*.toml")}

    first, second = papers(one), papers(other)
    for name in (first.keys() & second.keys()) - ITS_OWN.keys():
        assert _read(first[name]) == _read(second[name]), name


def test_two_packs_do_share_some_law() -> None:
    """Broken on purpose: packs without a common rule, for which the tests above say nothing."""
    shared = [_rules(one).keys() & _rules(other).keys() for one, other in PAIRS]
    assert max((len(ids) for ids in shared), default=0) > 10

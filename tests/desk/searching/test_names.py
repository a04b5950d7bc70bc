"""Code names searched for: either word, every language of the lists, the address; by those who may see the case."""

import pytest

from desk.searching.found import Ask, lines, slugs
from desk.stage import PLAIN, Stage, send
from leeside.desk.code_names import read_slug, word_lists, write_code_name, write_slug
from leeside.desk.searching.matching import terms_of
from leeside.desk.searching.names import Names
from leeside.vault.store import CodeName


def code(first: str, second: str, rounds: int = 0) -> CodeName:
    found = read_slug(f"{first}-{second}" + (f"-{rounds}" if rounds else ""))
    assert found is not None
    return found


def fitting(typed: list[str], name: CodeName, *phrases: tuple[str, ...], language: str = "en") -> set[int]:
    return set(Names(terms_of(typed, phrases), language).fitting(name))


@pytest.mark.parametrize(
    "typed", ["salt", "Salt", "Соль", "соляная", "сіль", "Соляный", "harbour", "гавань", "salt-harbour", "Salt-Harbour"]
)
def test_either_word_of_a_name_is_found_in_every_language_and_as_its_address(typed: str) -> None:
    """Broken on purpose: `_rows` that looks at the list of its own only ("соль" stands in the other one)."""
    assert fitting([typed], code("salt", "harbour")) == {0}
    assert fitting([typed], code("quiet", "maple")) == set()


def test_a_phrase_is_the_whole_name_and_a_number_behind_it_does_not_matter() -> None:
    name = code("quiet", "maple")
    assert fitting([], name, ("quiet", "maple")) == fitting([], name, ("Тихий", "клён")) == {0}
    assert fitting([], name, ("maple", "quiet")) == set()
    assert fitting(["maple", "oak"], code("quiet", "maple", 2)) == {0}
    assert fitting(["quiet-maple-2"], code("quiet", "maple", 2)) == {0}
    assert fitting(["quiet-maple-2"], name) == set()


def test_the_name_is_shown_as_the_reader_has_it_and_with_its_address_when_that_was_typed() -> None:
    name = code("quiet", "maple")
    assert Names(terms_of(["клен"], ()), "ru").shown(name) == write_code_name(name, "ru")
    assert Names(terms_of(["maple"], ()), "ru").shown(name) == f"{write_code_name(name, 'ru')}: quiet-maple"


def test_every_drawn_name_is_found_by_its_address() -> None:
    lists = word_lists()
    for first in range(0, lists.first_drawn, 37):
        name = CodeName(first, (first * 7) % lists.second_drawn)
        assert fitting([write_slug(name)], name) == {0}, write_slug(name)


def test_a_case_is_found_by_its_code_name_by_those_who_may_see_it(stage: Stage, ask: Ask) -> None:
    """Broken on purpose: a sieve that asks for words of the name in the bodies too."""
    sent = send(stage, PLAIN, circle="first", text="кипрей в письме")
    first, second = sent.slug.split("-")[:2]
    for words in (sent.slug, f"{first} {second}", f"{second} кипрей", f'"{first} {second}"'):
        assert slugs(ask("Wren", words)) == {sent.slug}, words
    (case,) = ask("Wren", second).found["cases"]
    assert case["places"][0]["kind"] == "code_name" and not case["places"][0]["day"]
    assert any(is_hit for _, is_hit in case["places"][0]["line"])
    assert slugs(ask("Wren", f"{second} никогда")) == set()
    assert lines(ask("Wren", second, kinds=("messages",))) == []
    found = ask("Willow", sent.slug).found
    assert not found["cases"] and not found["looked"]

"""Words compared as people mean them, and the line that is cut out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.desk.searching.matching import Term, cut_out, fold, terms_of


@pytest.mark.parametrize(
    ("typed", "found", "passed"),
    [
        ("паспорта", ["паспорт", "Паспортом", "ПАСПОРТЕ"], ["порт", "загранпаспорт"]),
        ("порт", ["порт", "порту"], ["паспорт", "портретист-художник"[:0] or "спорт"]),
        ("ёлка", ["елку", "ЁЛКИ"], ["елкомания"]),
        ("рука", ["руки", "рукой"], ["руководство"]),
        ("ґанок", ["ганок", "Ґанку"[:0] or "ґанок"], ["танок"]),
        ("в/ч", [], ["вода"]),
        ("summons", ["Summons", "summon"], ["some"]),
        ("мати", ["мати"], ["математика"]),
        ("об'єкт", ["об’єкта", "Об'єкти"], ["субʼєкт"]),
    ],
)
def test_endings_and_capitals_do_not_matter_and_other_words_do(typed: str, found: list[str], passed: list[str]) -> None:
    pattern = Term((fold(typed),)).pattern
    for word in found:
        assert pattern.search(fold(f"до {word}, после")), word
    for word in passed:
        assert not pattern.search(fold(f"до {word}, после")), word


def test_a_phrase_is_taken_letter_by_letter_whatever_stands_between_the_words() -> None:
    (term,) = terms_of((), [("у", "меня", "нет")])
    assert term.pattern.search(fold("Паспорта у  меня,\nнет."))
    assert not term.pattern.search(fold("у меня нету"))


@given(st.text())
def test_a_folded_text_has_its_places_unchanged(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(min_size=1), st.text(alphabet="абвг д", max_size=400))
def test_whatever_is_cut_out_is_a_piece_of_the_text_and_short(word: str, around: str) -> None:
    words = word.split()
    if not words or not any(one.isalnum() for one in words):
        return
    terms = terms_of([one for one in words if one.isalnum()], [])
    line = cut_out(f"{around} {word} {around}", terms)
    assert sum(len(piece) for piece, _ in line) <= 180 + 2 * len(word)
    plain = "".join(piece for piece, _ in line).removeprefix("… ").removesuffix(" …")
    assert plain in " ".join(f"{around} {word} {around}".split())


@given(st.text(alphabet="абвгдеёжзиіїґєtesn'", min_size=1, max_size=12), st.text(max_size=30))
def test_what_a_term_finds_always_holds_its_needles(word: str, behind: str) -> None:
    """The first step of a search looks for needles only: it must never pass over what the second would find."""
    if not any(one.isalpha() for one in word):
        return
    (term,) = terms_of([word.strip("'") or "а"], [])
    text = fold(f"{word} {behind}")
    if term.pattern.search(text):
        assert all(needle in text for needle in term.needles)

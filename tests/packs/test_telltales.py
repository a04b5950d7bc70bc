"""Words by which a text gives a fact away: lists with stars, found in every form, refused where they find too much."""

import pytest

from leeside.packs.reader import shipped_pack
from leeside.packs.telltales import fault_of_telltales, pattern_of, split_telltales
from leeside.sealing.words import fold

PACK = shipped_pack("refusal")


def found(wording: str, text: str) -> list[str]:
    return pattern_of(split_telltales(wording)).findall(fold(text))


@pytest.mark.parametrize(
    ("wording", "text", "words"),
    [
        ("hospital*", "Two hospitals, one Hospital; inhospitable.", ["hospitals", "hospital"]),
        ("ward, pits", "a ward, wards, a pits-eye", ["ward", "pits"]),
        ("госпитал*, ёлк*", "Из госпиталя за ёлками", ["госпиталя", "елками"]),
        ("left the unit", "He left - the unit; left unit", ["left - the unit"]),
        ("військов* квит*", "без військового квитка", ["військового квитка"]),
        ("в'язниц*", "у в’язниці", ["вязниці"]),
    ],
)
def test_words_are_found_whatever_their_endings(wording: str, text: str, words: list[str]) -> None:
    assert found(wording, text) == words


@pytest.mark.parametrize("wording", ["hospital*, in", "*", "ho*pital", "(ward)", "a*, ward", "вкк|ввк", ", ,ab"])
def test_what_would_be_found_everywhere_or_is_no_word_is_refused(wording: str) -> None:
    assert fault_of_telltales(wording)


def test_the_shipped_lists_find_the_same_fact_in_each_language() -> None:
    """One sentence a language for what harms most; each must be found by the list of its own language."""
    told = {
        "telltale.question.where.option.hospital": ("He lies in hospital", "Он в госпитале", "Він у шпиталі"),
        "telltale.question.where.option.held": (
            "They keep him in a cellar",
            "Его держат в яме",
            "Його тримають у підвалі",
        ),
        "telltale.question.where.option.awol": ("He left the unit", "Он сбежал", "Він утік"),
        "telltale.question.where.option.abroad": ("Across the border", "Он за границей", "Він за кордоном"),
        "telltale.fact.paper_passport": ("his passport", "о паспорте", "про паспорти"),
        "telltale.fact.wounded": ("He was wounded", "Он ранен", "Його поранено"),
        "telltale.question.wants.option.protection": ("asks for asylum", "просит убежища", "просить притулку"),
    }
    for key, sentences in told.items():
        for language, sentence in zip(("en", "ru", "uk"), sentences, strict=True):
            assert pattern_of(PACK.telltales(key, language)).search(fold(sentence)), (key, language)
    assert PACK.telltales("telltale.fact.nothing", "en") == ()

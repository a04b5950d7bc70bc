"""Citations as a passer-by reads them: without the notes by which reviewers work, and without losing a number."""

import re

import pytest

from leeside.packs.guidebook.citations import citation_of
from leeside.packs.pack import Pack
from leeside.packs.reader import shipped_names, shipped_pack

NOTES = re.compile(
    r"провер|сверить|по общим сведениям|перевір|звір|загальними|to check|to compare|general knowledge", re.IGNORECASE
)
PACKS = [pack for pack in map(shipped_pack, shipped_names()) if pack.public_answers.answers]


@pytest.mark.parametrize(
    ("act", "citation"),
    [
        ("КАС РФ, ст. 85–88, 223 (сроки – по общим сведениям)", "КАС РФ, ст. 85–88, 223"),
        ("114-ФЗ (212-ФЗ от 13.06.2023: номер проверить); Правила", "114-ФЗ (212-ФЗ от 13.06.2023); Правила"),
        ("Положение (ПП РФ № 565 от 04.07.2013), примерно п. 8: проверить", "Положение (ПП РФ № 565 от 04.07.2013)"),
        ("Criminal Code (УК РФ), art. 74(2)–(5) (parts 3–5: to check); art. 15",
         "Criminal Code (УК РФ), art. 74(2)–(5); art. 15"),
        ("323-ФЗ от 21.11.2011, ст. 61. Редакцию назвать в бумаге", "323-ФЗ от 21.11.2011, ст. 61"),
        ("Конституция РФ, ст. 59, ч. 3", "Конституция РФ, ст. 59, ч. 3"),
        ("проверить", "проверить"),
    ],
)  # fmt: skip
def test_notes_of_reviewers_are_left_out_and_numbers_of_acts_are_not(act: str, citation: str) -> None:
    """Broken on purpose: brackets left as they are; every bracket dropped; parts after a note dropped with it."""
    assert citation_of(act) == citation


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_no_act_under_a_public_answer_shows_how_reviewers_work(pack: Pack) -> None:
    """Broken on purpose: a note that the list of words does not know."""
    rules = {rule.id: rule for answer in pack.public_answers.answers for rule in answer.rules(pack.guide)}
    for rule in rules.values():
        for language in pack.languages:
            citation = citation_of(rule.words[language].act)
            assert len(citation) >= 8
            assert not NOTES.search(citation), f"{rule.id} {language}: {citation}"
            assert citation.count("(") == citation.count(")")
            assert not re.search("[\x00\x01]", citation)

"""Catalogues of several apps meet in one process: a sentence must be told in the same words in all of them."""

from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "src" / "leeside"
LANGUAGES = ("ru", "uk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_apps_translate_one_sentence_differently(language: str) -> None:
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    catalogues = sorted(SOURCE.glob(f"**/locale/{language}/LC_MESSAGES/django.po"))
    assert len(catalogues) >= 4
    for catalogue in catalogues:
        with catalogue.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    told[str(message.id), str(message.context)].add(str(message.string))
    assert {sentence: words for sentence, words in told.items() if len(words) > 1} == {}

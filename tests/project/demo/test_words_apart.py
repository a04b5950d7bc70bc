"""What the demo's people wrote differs from what every server says itself, so that `demo prove` counts people only.

Broken on purpose to see it fail: a sentence of the chorus that ends as a canned answer does.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import leeside
from leeside.project.canaries import FRAGMENT_CHARACTERS, SHORTEST_SENTENCE_CHARACTERS
from leeside.project.demo import texts

HELD = {".toml", ".po", ".html", ".js"}


def _texts_of_servers() -> Iterator[str]:
    """Every text that a serving process may have read: packs, catalogues, pages."""
    root = Path(leeside.__file__).parent
    for part in ("packs", "desk", "door", "figures", "web"):
        for path in (root / part).rglob("*"):
            if path.suffix in HELD:
                yield re.sub(r"\s+", " ", path.read_text(encoding="utf-8").replace('"\n"', ""))


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_no_sentence_of_the_demo_begins_or_ends_like_a_text_that_servers_hold(language: str) -> None:
    held = "\n".join(_texts_of_servers())
    sentences = [one for one in texts.sentences(language) if len(one) >= SHORTEST_SENTENCE_CHARACTERS]
    assert len(sentences) > 100
    taken = [one for one in sentences if one[:FRAGMENT_CHARACTERS] in held or one[-FRAGMENT_CHARACTERS:] in held]
    assert taken == [], "`demo prove` would find these in every server, whoever reads"

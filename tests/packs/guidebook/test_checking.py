"""What a guide is refused for: ways to write a term that would count a wrong day."""

import shutil
from pathlib import Path

import pytest

from leeside.packs.reader import SHIPPED, check_pack


@pytest.mark.parametrize(
    ("written", "spoiled", "said"),
    [
        (
            'before = true\non_day_off = "stays"',
            'before = true\ncountry = "RU"',
            "what is due before an event never moves towards it",
        ),
        (
            'unit = "months"\ncount = 3',
            'unit = "months"\ncount = 3\nevent_day_counts = true',
            "`event_day_counts` is for days",
        ),
        ('on_day_off = "next"\ncountry = "RU"', 'on_day_off = "next"', "whose days off count? Name the `country`."),
        ('unit = "months"\ncount = 3', 'unit = "months"\ncount = 3\nlongest = 2', "`longest` must be more than"),
        ('unit = "months"\ncount = 3', 'unit = "months"', "a term has a `count`, unless its unit is `at_once`."),
    ],
)
def test_a_term_that_would_count_a_wrong_day_is_refused(written: str, spoiled: str, said: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED / "refusal", tmp_path / "refusal"))
    terms = folder / "guide" / "terms.toml"
    text = terms.read_text(encoding="utf-8")
    assert written in text
    terms.write_text(text.replace(written, spoiled, 1), encoding="utf-8")
    assert [problem.message for problem in check_pack(folder) if said in problem.message]

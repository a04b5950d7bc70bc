"""An edition in words."""

from pathlib import Path

import pytest
from django.utils import translation

from figures.shelves import publish
from leeside.figures.presentation import headline_of, sheet_for, show_edition
from leeside.tally.cells import FEW, WITHHELD
from tally.making import claim, counts_of, definition, edition

# The words come from gettext, which needs Django set up.
pytestmark = pytest.mark.usefixtures("installation")


def test_the_table_has_the_same_numbers_as_the_chart(tmp_path: Path) -> None:
    with translation.override("en"):
        shown = show_edition(publish(tmp_path), "en")
    assert [(row.heading, row.cells[0].text) for row in shown.rows][:2] == [("April 2023", "70"), ("May 2023", "85")]
    assert shown.total is not None
    assert shown.total.cells[0].text == "1,037"
    assert not shown.has_hidden
    assert shown.headline.startswith("577")
    assert shown.unconfirmed.text == "12"


def test_hidden_numbers_are_words_in_the_page_language() -> None:
    counts = counts_of(leave={"2023-04": 100, "2023-05": 3}, summons={"2023-04": 2, "2023-05": 90})
    made = edition(counts, last="2023-05", definitions=[definition(), definition("all", ("leave", "summons"))])
    assert made.series[1].cells[made.months[0]] == WITHHELD
    assert made.series[0].cells[made.months[1]] == FEW
    with translation.override("ru"):
        shown = show_edition(made, "ru")
    assert [cell.text for row in shown.rows for cell in row.cells if cell.is_hidden] == ["не публикуется", "меньше 5"]
    assert shown.has_hidden
    assert shown.total is None


def test_a_sum_that_may_not_be_told_is_a_dash_beside_one_that_may() -> None:
    counts = counts_of(leave={"2023-04": 100, "2023-05": 50}, summons={"2023-04": 2, "2023-05": 90})
    made = edition(counts, last="2023-05", definitions=[definition(), definition("other", ("summons",))])
    with translation.override("en"):
        shown = show_edition(made, "en")
    assert shown.total is not None
    assert [cell.text for cell in shown.total.cells] == ["150", "–"]


def test_without_a_finding_the_headline_is_the_last_month_as_it_is() -> None:
    made = edition(counts_of(leave={"2023-04": 33}), last="2023-04")
    assert headline_of(made, "en") == "requests, April 2023: 33"
    few = edition(counts_of(leave={"2023-04": 3}), last="2023-04")
    with translation.override("uk"):
        assert headline_of(few, "uk") == "requests, квітень 2023: менше 5"
        assert show_edition(few, "uk").total is None


def test_claims_that_contradict_each_other_stand_together() -> None:
    claims = [claim("one"), claim("two", ["four"]), claim("three"), claim("four"), claim("five", ["two"])]
    with translation.override("en"):
        shown = show_edition(edition(claims=claims), "en")
    assert [[each.quote for each in group] for group in shown.claims] == [
        ["one text"],
        ["two text", "four text", "five text"],
        ["three text"],
    ]


def test_a_table_is_turned_to_fit_a_phone_and_leaves_out_what_tells_nothing(tmp_path: Path) -> None:
    made = publish(tmp_path)
    with translation.override("en"):
        shown = show_edition(made, "en")
    service = shown.tables[0]
    assert service.columns == ("June – August 2023", "September – November 2023")
    assert [row.heading for row in service.rows][:2] == ["Mobilised", "On contract"]
    assert service.threshold == 10
    # Everyone wrote for himself: the second table would say so of every person, and is not there.
    assert len(shown.tables) == 1


def test_a_spreadsheet_in_russian_or_ukrainian_gets_semicolons() -> None:
    assert [sheet_for(language) for language in ("en", "ru", "uk")] == ["data.csv", *["data-semicolon.csv"] * 2]

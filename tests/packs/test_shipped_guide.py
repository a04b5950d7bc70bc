"""The law that the shipped pack brings: terms, papers and sources as the research has them, with its marks kept."""

from collections import Counter

import pytest

from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit
from leeside.packs.reader import shipped_pack

BOOK = shipped_pack("refusal").guide
DEADLINES = [f"D{number}" for number in range(1, 17)]
NOT_TO_BE_CITED = "S113b"


def test_every_deadline_of_the_research_is_a_term() -> None:
    carried = {number for term in BOOK.terms for number in term.research if number.startswith("D")}
    assert sorted(carried, key=DEADLINES.index) == DEADLINES


def test_every_statement_of_the_research_is_carried_by_a_rule() -> None:
    never_written, not_shipped = {"F-49", "F-50"}, {"F-69"}
    numbers = {f"F-{number:02}" for number in range(1, 97)} - never_written - not_shipped
    assert {number for rule in BOOK.rules for number in rule.research} == numbers


def test_what_must_not_be_computed_names_no_day() -> None:
    assert [term.id for term in BOOK.terms if not term.may_compute] == ["acs_application"]
    assert all(not term.may_compute for term in BOOK.terms if term.confidence is Confidence.GENERAL)


def test_only_terms_of_russian_courts_move_from_a_day_off() -> None:
    moving = {term.id for term in BOOK.terms if term.moves_on and term.unit not in (Unit.AT_ONCE, Unit.WORKING_DAYS)}
    assert moving == {"claim", "claim_finding", "claim_acs", "appeal", "appeal_in_custody", "cassation"}


def test_terms_that_a_court_may_restore_name_the_paper_that_asks_for_it() -> None:
    restorable = {term.id for term in BOOK.terms if term.is_restorable}
    assert restorable == {"claim", "claim_finding", "claim_acs", "appeal", "appeal_in_custody"}
    assert {term.restored_by for term in BOOK.terms if term.is_restorable} == {"restore_term"}


def test_the_eighteen_papers_stand_in_the_order_of_the_research() -> None:
    assert [letter.research for letter in BOOK.letters] == [f"P-{number:02}" for number in range(1, 19)]


def test_sources_are_listed_once_each_with_one_page() -> None:
    addresses = Counter(source.address for source in BOOK.sources.values() if source.address)
    assert max(addresses.values()) == 1
    assert [source.id for source in BOOK.sources.values() if not source.address] == ["S16", "S31"]


def test_a_page_that_must_not_be_cited_cannot_be() -> None:
    assert NOT_TO_BE_CITED not in BOOK.sources
    assert not any("pravda" in source.address for source in BOOK.sources.values())


@pytest.mark.parametrize("source_id", ["S22", "S23", "S29", "S30", "S44", "S47", "S50", "S93", "S101"])
def test_what_proves_little_is_marked_weak(source_id: str) -> None:
    assert BOOK.sources[source_id].is_weak

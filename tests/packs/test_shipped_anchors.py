"""What of the law stays open about people whom it does not concern, and from which day a term of a claim runs."""

from datetime import date

import pytest

from leeside.guide.deadlines import days_of
from leeside.guide.evaluating import ask_guide
from leeside.packs.conditions import FactValue
from leeside.packs.reader import shipped_pack

PACK = shipped_pack("refusal")
ON = date(2023, 12, 5)
KNOWN: dict[str, FactValue] = {
    "where": "unit", "serves": "mobilised", "presses": ("nothing",), "writer": "self", "wounded": "no",
    "commission": "no", "held": "no", "wanted": "no", "why_now": ("family",),
}  # fmt: skip
PAPERS = {"paper_passport", "paper_abroad", "paper_military"}


@pytest.mark.parametrize("wants", ["leave_service", "advice", "summons", "court_case", "protection", "find_someone"])
def test_who_did_not_say_where_the_passport_is_has_one_question_about_it_and_no_more(wants: str) -> None:
    """Broken on purpose: rules on the taking of passports without `wants` (four stood open for everybody)."""
    found = ask_guide(PACK.guide, PACK.by_id, {**KNOWN, "wants": wants}, ON)
    waiting = {one.rule.id for one in found.open if PAPERS & set(one.missing)}
    assert waiting <= {"papers_back_by_report"}


@pytest.mark.parametrize("wants", ["protection", "advice", "leave_service", "find_someone"])
def test_nothing_on_staying_abroad_or_on_the_unit_s_own_ways_is_said_of_somebody_in_captivity(wants: str) -> None:
    """Broken on purpose: `where` without a word for captivity; and reports to a commander for who is in captivity."""
    facts = {**KNOWN, "wants": wants, "where": "captivity", "captive": "captured", "serves": "mobilised"}
    found = ask_guide(PACK.guide, PACK.by_id, facts, date(2024, 5, 14))
    said = {one.rule.id for one in (*found.applies, *found.open)}
    assert not [rule for rule in said if rule.startswith(("france_", "germany_", "kazakhstan_", "armenia_", "eu_"))]
    assert not said & {"report_in_writing", "report_for_commission", "report_not_taken", "claim_garrison_court"}


def test_each_claim_runs_from_the_day_of_its_own_decision() -> None:
    """Broken on purpose: one term `claim` for all, from the first day that is known (a finding of spring ended it)."""
    facts: dict[str, FactValue] = {
        **KNOWN, "wants": "leave_service", "why_now": ("conscience", "health"), "convictions": "recorded",
        "commission": "yes", "finding_disputed": "yes", "finding_on": "2023-04-03",
        "acs_applied": "refused", "acs_refused_on": "2023-11-20", "learned_on": "2023-12-01",
    }  # fmt: skip
    days = days_of(ask_guide(PACK.guide, PACK.by_id, facts, ON).deadlines)
    assert days["claim_finding"] == date(2023, 7, 3)
    assert days["claim_acs"] == date(2024, 2, 20)
    assert days["claim"] == date(2024, 3, 1)

"""Papers, protection abroad and captivity in the shipped guide: nothing left out, and no advice on travel."""

import re
from datetime import date

import pytest

from leeside.guide.deadlines import Standing
from leeside.guide.evaluating import ask_guide
from leeside.packs.conditions import FactValue, facts_of
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.reader import shipped_pack

PACK = shipped_pack("refusal")
BOOK = PACK.guide
QUESTIONS = {question.id: question for question in PACK.all_questions}
STATEMENTS = [f"F-{number}" for number in (*range(59, 69), *range(70, 97))]
CAPTIVITY = {f"F-{number}" for number in range(90, 97)}
TRAVEL_ADVICE = re.compile(r"контрольно-пропускн|погранпункт|пункт пропуска|патрул|в обход", re.IGNORECASE)
STUDENT: dict[str, FactValue] = {
    "where": "home",
    "presses": ("summons",),
    "presses_summons_by": "2023-12-14",
    "wants": "summons",
    "writer": "self",
    "serves": "not_serving",
    "paper_abroad": "at_home",
}
"""What the demo's case Paper Boat says."""


def test_every_statement_on_papers_protection_and_captivity_is_carried_by_a_rule() -> None:
    """Broken on purpose: the rule on Article 31 without its number."""
    carried = {number for rule in BOOK.rules for number in rule.research}
    assert [number for number in STATEMENTS if number not in carried] == []


def test_what_nobody_found_in_a_source_is_no_rule() -> None:
    """Broken on purpose: a rule that carries F-69."""
    assert not any("F-69" in rule.research for rule in BOOK.rules)


def test_handing_in_the_passport_is_coming_on_5_december_and_asks_for_the_notice_on_12_december() -> None:
    """Broken on purpose: the rule without the day on which its act was published."""
    before = ask_guide(BOOK, QUESTIONS, STUDENT, date(2023, 12, 5))
    assert [one.rule.id for one in before.coming] == ["hand_in_passport"]
    assert BOOK.by_id["hand_in_passport"].since == date(2023, 12, 11)
    after = ask_guide(BOOK, QUESTIONS, STUDENT, date(2023, 12, 12))
    assert after.applies[0].rule.id == "hand_in_passport"
    assert [(one.term.id, one.standing) for one in after.deadlines] == [("hand_in_passport", Standing.NO_EVENT)]
    assert "exit_limited_on" in [ask.fact for ask in after.asks]


def test_five_working_days_run_from_the_notice() -> None:
    """Broken on purpose: the term without its rule."""
    told = {**STUDENT, "exit_limited_on": "2023-12-11"}
    found = ask_guide(BOOK, QUESTIONS, told, date(2023, 12, 12))
    assert [(one.term.id, one.day) for one in found.deadlines] == [("hand_in_passport", date(2023, 12, 18))]


def test_nothing_about_captivity_depends_on_a_place_of_the_form() -> None:
    """Broken on purpose: the rule on Article 17 for whoever is abroad."""
    rules = [rule for rule in BOOK.rules if CAPTIVITY & set(rule.research)]
    assert len(rules) >= 10
    assert [rule.id for rule in rules if "where" in facts_of(rule.condition)] == []


@pytest.mark.parametrize("day", ["2024-01-05", "2024-01-06"])
def test_the_day_of_taking_decides_which_regulation_on_the_passport_is_cited(day: str) -> None:
    """Broken on purpose: both wordings with the same day."""
    facts: dict[str, FactValue] = {
        "where": "hospital",
        "wants": "papers_back",
        "serves": "mobilised",
        "paper_passport": "unit",
        "passport_taken_on": day,
    }
    found = ask_guide(BOOK, QUESTIONS, facts, date(2024, 6, 4))
    cited = [one.rule.id for one in found.applies if one.rule.id.startswith("passport_taken")]
    assert cited == ["passport_taken_until_2024" if day < "2024-01-06" else "passport_taken_since_2024"]


def test_no_word_gives_advice_on_travel() -> None:
    """Broken on purpose: a rule that names a border point."""
    for rule in BOOK.rules:
        words = rule.words["ru"]
        assert TRAVEL_ADVICE.search(" ".join((words.title, words.why, words.how, words.care))) is None, rule.id


def test_rules_of_general_knowledge_are_questions_to_check() -> None:
    """Broken on purpose: the rule on Article 7 without the words to check."""
    numbers = set(STATEMENTS)
    shown = [rule for rule in BOOK.rules if rule.confidence is Confidence.GENERAL and numbers & set(rule.research)]
    assert shown
    assert [rule.id for rule in shown if not rule.words["ru"].title.startswith("Проверить:")] == []

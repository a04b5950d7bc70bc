"""Criminal law and procedure in the shipped guide: nothing of the research is left out, and risk stays only risk."""

import re
from datetime import date

from leeside.packs.guidebook.rules import Gives
from leeside.packs.reader import shipped_pack

BOOK = shipped_pack("refusal").guide
STATEMENTS = [f"F-{number}" for number in (*range(28, 49), *range(51, 59))]
YEARS = re.compile(r"(?:от \d+ )?до \d+ лет")


def test_every_statement_on_criminal_law_and_procedure_is_carried_by_a_rule() -> None:
    """Broken on purpose: the rule on disciplinary arrest without its number."""
    carried = {number for rule in BOOK.rules for number in rule.research}
    assert [number for number in STATEMENTS if number not in carried] == []


def test_years_of_a_punishment_stand_only_in_what_is_a_risk() -> None:
    """Broken on purpose: the rule on desertion given as a remedy."""
    tell = {rule.id: rule.gives for rule in BOOK.rules if YEARS.search(rule.words["ru"].care)}
    assert "desertion" in tell
    assert set(tell.values()) == {Gives.RISK}


def test_an_act_of_2025_is_neither_in_force_nor_coming_in_2023() -> None:
    """Broken on purpose: the rule published in 2022."""
    rule = BOOK.by_id["harsher_after_release"]
    day, eve = date(2023, 12, 5), date(2025, 12, 30)
    assert not rule.is_in_force(day)
    assert not rule.lies_ahead(day)
    assert rule.lies_ahead(eve)
    assert not rule.is_since_sure

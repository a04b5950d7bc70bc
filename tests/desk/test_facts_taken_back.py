"""Facts that contradict each other, and wrong ones that are taken back: visible, and counting for nothing."""

from datetime import timedelta

import pytest

from desk.stage import HOT, Sent, Stage, send
from leeside.desk import facts
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.facts import NewFact
from leeside.desk.opening import look_into, open_case
from leeside.desk.sheet_facts import FactRow, fact_rows
from leeside.vault.store import Urgency


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, HOT, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    return sent


def set_fact(stage: Stage, case: Sent, fact: str, value: str, days_ago: int = 0) -> str:
    willow = stage.seat("Willow")
    day = willow.today - timedelta(days=days_ago)
    facts.set_fact(willow, case.case_id, NewFact(fact, (value,), "paper", day))
    return look_into(willow, case.case_id).facts[fact][0].entry


def row_of(stage: Stage, case: Sent, fact: str) -> FactRow:
    willow = stage.seat("Willow")
    return next(row for row in fact_rows(willow, look_into(willow, case.case_id)) if row.key == fact)


def test_two_values_of_one_day_are_shown_as_contradicting(stage: Stage, case: Sent) -> None:
    set_fact(stage, case, "serves", "mobilised", days_ago=2)
    assert not row_of(stage, case, "serves").contradicts
    set_fact(stage, case, "serves", "contract")
    assert not row_of(stage, case, "serves").contradicts, "a later day replaces, and contradicts nothing"
    set_fact(stage, case, "serves", "mobilised")
    assert row_of(stage, case, "serves").contradicts


def test_a_wrong_value_is_taken_back_and_stays_visible(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `facts` with the values that were taken back (a wrong one went on deciding)."""
    entry = set_fact(stage, case, "commission", "yes")
    facts.withdraw_fact(stage.seat("Willow"), case.case_id, "commission", entry, "it was another man's paper")
    file = look_into(stage.seat("Willow"), case.case_id)
    assert "commission" not in file.known
    row = row_of(stage, case, "commission")
    assert (row.values, [one.withdrawn for one in row.withdrawn]) == ((), ["it was another man's paper"])


def test_urgency_follows_at_once_what_is_left(stage: Stage, case: Sent) -> None:
    entry = set_fact(stage, case, "held", "yes")
    assert look_into(stage.seat("Willow"), case.case_id).row.urgency is Urgency.RED
    facts.withdraw_fact(stage.seat("Willow"), case.case_id, "held", entry, "a misunderstanding")
    assert look_into(stage.seat("Willow"), case.case_id).row.urgency is not Urgency.RED


def test_what_the_writer_said_can_be_taken_back_too_and_only_that_fact(stage: Stage, case: Sent) -> None:
    said = look_into(stage.seat("Willow"), case.case_id).facts["wounded"][0].entry
    facts.withdraw_fact(stage.seat("Willow"), case.case_id, "wounded", said, "he meant his brother")
    known = look_into(stage.seat("Willow"), case.case_id).known
    assert "wounded" not in known and known["wants"] == HOT["wants"]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_taking_back_says_why(stage: Stage, case: Sent, reason: str) -> None:
    entry = set_fact(stage, case, "commission", "yes")
    with pytest.raises(InputError):
        facts.withdraw_fact(stage.seat("Willow"), case.case_id, "commission", entry, reason)


def test_nothing_is_taken_back_twice_nor_what_is_not_there(stage: Stage, case: Sent) -> None:
    entry = set_fact(stage, case, "commission", "yes")
    facts.withdraw_fact(stage.seat("Willow"), case.case_id, "commission", entry, "wrong")
    for gone in (entry, "00" * 16, ""):
        with pytest.raises(NotAllowedError):
            facts.withdraw_fact(stage.seat("Willow"), case.case_id, "commission", gone, "again")

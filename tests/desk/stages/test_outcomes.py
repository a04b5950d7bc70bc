"""A case's end: late outcomes, asking again, and an outcome that keeps a case alive; in the order of the rules."""

from datetime import date, timedelta

import pytest

from desk.stage import HOT, Sent, Stage, send
from leeside.desk import closing, holding
from leeside.desk.casefile import CaseFile
from leeside.desk.due import dues_of
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.facts import withdraw_fact
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seat import Seat
from leeside.desk.stages import outcomes
from leeside.desk.stages.stage import stage_of
from leeside.vault import store


def term(seat: Seat, ends: date | None) -> outcomes.NewTerm:
    return outcomes.NewTerm("sentence_suspended", seat.today, ends)


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, HOT, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    holding.keep(willow, sent.case_id, Step("call", willow.reader_id, willow.today + timedelta(days=9)))
    return sent


def file_of(stage: Stage, case: Sent) -> CaseFile:
    return look_into(stage.seat("Willow"), case.case_id)


@pytest.fixture
def closed(stage: Stage, case: Sent) -> Sent:
    willow = stage.seat("Willow")
    closing.close(willow, case.case_id, "discharged", willow.today + timedelta(days=60), "Ask for the mark at once.")
    return case


def test_closing_leaves_the_week_in_clear_and_the_day_in_the_card(stage: Stage, closed: Sent) -> None:
    willow = stage.seat("Willow")
    file = file_of(stage, closed)
    day = willow.today + timedelta(days=60)
    assert file.row.follow_from is not None
    assert (file.row.follow_from.weekday(), (day - file.row.follow_from).days < 7) == (0, True)
    assert willow.keyring.open_card(file.row)["dues"] == [[day.isoformat(), "follow_up"]]
    assert [one.text("text") for one in file.of_kind("lesson")] == ["Ask for the mark at once."]


def test_a_later_outcome_needs_no_opening_again(stage: Stage, closed: Sent) -> None:
    outcomes.write_late_outcome(stage.seat("Willow"), closed.case_id, "papers_returned")
    file = file_of(stage, closed)
    assert not file.is_open
    assert closing.outcome_of(file)[0] == "papers_returned"
    assert file.events("closed")[0].text("outcome") == "discharged", "the first one stays on the timeline"


@pytest.mark.parametrize("outcome", ["no_such", "discharged", "sentence_suspended"])
def test_a_later_outcome_is_another_one_that_closes(stage: Stage, closed: Sent, outcome: str) -> None:
    with pytest.raises(InputError):
        outcomes.write_late_outcome(stage.seat("Willow"), closed.case_id, outcome)


def test_asking_again_sets_the_next_day_or_ends(stage: Stage, closed: Sent) -> None:
    willow = stage.seat("Willow")
    again = willow.today + timedelta(days=30)
    outcomes.write_follow_up(willow, closed.case_id, "He is home and well.", again)
    file = file_of(stage, closed)
    assert (closing.outcome_of(file)[1], stage_of(willow, file)) == (again.isoformat(), "follow_up")
    outcomes.write_follow_up(stage.seat("Willow"), closed.case_id, "All is done.", None)
    file = file_of(stage, closed)
    assert (file.row.follow_from, closing.outcome_of(file)[1], stage_of(willow, file)) == (None, "", "closed")
    assert willow.keyring.open_card(file.row)["due"] == ""


@pytest.mark.parametrize(("line", "days", "field"), [("  ", 3, "heard"), ("x" * 301, 3, "heard"), ("well", 0, "again")])
def test_what_was_heard_is_one_line_and_a_day_ahead(
    stage: Stage, closed: Sent, line: str, days: int, field: str
) -> None:
    willow = stage.seat("Willow")
    with pytest.raises(InputError) as caught:
        outcomes.write_follow_up(willow, closed.case_id, line, willow.today + timedelta(days=days))
    assert caught.value.field == field


def test_open_cases_have_no_afterwards(stage: Stage, case: Sent) -> None:
    for flow in (
        lambda seat: outcomes.write_late_outcome(seat, case.case_id, "answered"),
        lambda seat: outcomes.write_follow_up(seat, case.case_id, "line", None),
        lambda seat: outcomes.write_half_check(seat, case.case_id, "line"),
    ):
        with pytest.raises(NotAllowedError):
            flow(stage.seat("Willow"))


def test_a_suspended_sentence_keeps_the_case_alive_with_days_of_its_own(stage: Stage, case: Sent) -> None:
    """Broken on purpose: `closing.close` that took any outcome (the case was closed and nobody looked at half)."""
    willow = stage.seat("Willow")
    with pytest.raises(InputError):
        closing.close(willow, case.case_id, "sentence_suspended", willow.today)
    ends = willow.today + timedelta(days=100)
    outcomes.keep_alive(willow, case.case_id, term(willow, ends))
    file = file_of(stage, case)
    assert (file.is_open, stage_of(willow, file)) == (True, "on_probation")
    days = {due.source: due.day for due in dues_of(willow, file)}
    assert days["probation"] == willow.today + timedelta(days=50)
    assert days["probation_end"] == ends
    outcomes.write_half_check(willow, case.case_id, "The court may end it early; the motion is drafted.")
    assert "probation" not in {due.source for due in dues_of(willow, file_of(stage, case))}


@pytest.mark.parametrize("ends", [None, date(2020, 1, 1)])
def test_a_term_ends_ahead(stage: Stage, case: Sent, ends: date | None) -> None:
    with pytest.raises(InputError) as caught:
        outcomes.keep_alive(stage.seat("Willow"), case.case_id, term(stage.seat("Willow"), ends))
    assert caught.value.field == "ends"


def test_a_case_that_is_opened_again_has_its_term_still(stage: Stage, case: Sent) -> None:
    willow = stage.seat("Willow")
    outcomes.keep_alive(willow, case.case_id, term(willow, willow.today + timedelta(days=9)))
    closing.close(willow, case.case_id, "answered", willow.today + timedelta(days=3))
    assert outcomes.suspension_of(willow, file_of(stage, case)) is None
    closing.reopen(willow, case.case_id, Step("call", willow.reader_id, willow.today))
    assert stage_of(willow, file_of(stage, case)) == "on_probation"


def test_a_term_has_several_dated_values_and_everything_follows_the_newest(stage: Stage, case: Sent) -> None:
    """Broken on purpose: a stage or a due day read from anything but the fact that stands."""
    willow = stage.seat("Willow")
    first, second = willow.today + timedelta(days=100), willow.today + timedelta(days=200)
    outcomes.keep_alive(willow, case.case_id, term(willow, first))
    outcomes.write_half_check(willow, case.case_id, "Looked.")
    later = stage.seat("Willow", willow.now + timedelta(days=1))
    outcomes.keep_alive(later, case.case_id, outcomes.NewTerm("sentence_suspended", willow.today, second, "paper"))
    file = file_of(stage, case)
    days = {due.source: due.day for due in dues_of(willow, file)}
    assert days["probation"] == willow.today + timedelta(days=100), "another half is looked at again"
    assert days["probation_end"] == second
    assert [value.source for value in file.facts["sentence_suspended"]] == ["paper", "said"]
    withdraw_fact(later, case.case_id, "sentence_suspended", file.facts["sentence_suspended"][0].entry, "a slip")
    file = file_of(stage, case)
    assert {due.source: due.day for due in dues_of(willow, file)}["probation_end"] == first
    withdraw_fact(later, case.case_id, "sentence_suspended", file.facts["sentence_suspended"][0].entry, "another")
    file = file_of(stage, case)
    assert outcomes.suspension_of(willow, file) is None
    assert stage_of(willow, file) != "on_probation"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"since": None}, "since"),
        ({"since": 1}, "since"),
        ({"source": "heard"}, "source"),
        ({"outcome": "answered"}, "outcome"),
    ],
)
def test_a_term_says_when_it_was_passed_and_how_we_know(
    stage: Stage, case: Sent, changed: dict[str, object], field: str
) -> None:
    willow = stage.seat("Willow")
    typed = vars(term(willow, willow.today + timedelta(days=9))) | changed
    if isinstance(typed["since"], int):
        typed["since"] = willow.today + timedelta(days=1)
    with pytest.raises(InputError) as caught:
        outcomes.keep_alive(willow, case.case_id, outcomes.NewTerm(**typed))
    assert caught.value.field == field


def test_what_a_writer_s_own_parcel_says_of_a_term_keeps_nothing_alive(stage: Stage) -> None:
    """Broken on purpose: `term_values` that takes values without an author of the line."""
    sent = send(stage, {**HOT, "sentence_suspended": ["2020-01-01", "2090-01-01"]}, circle="closed")  # type: ignore[dict-item]
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    assert outcomes.term_values(willow, look_into(willow, sent.case_id)) == ()


def test_opening_again_ends_the_asking(stage: Stage, closed: Sent) -> None:
    willow = stage.seat("Willow")
    closing.reopen(willow, closed.case_id, Step("call", willow.reader_id, willow.today))
    assert file_of(stage, closed).row.follow_from is None


def test_a_colleague_without_the_case_writes_no_outcome(stage: Stage, closed: Sent) -> None:
    with pytest.raises((NotAllowedError, store.GoneError)):
        outcomes.write_late_outcome(stage.seat("Wren"), closed.case_id, "answered")

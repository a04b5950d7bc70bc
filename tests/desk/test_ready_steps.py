"""A next step for one tap: its words and its day; safe hours, what is due, and words of one's own go before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from desk.stage import HOT, PLAIN, Sent, Stage, send
from desk.test_pages import Browser
from leeside.desk import facts
from leeside.desk.guarding.planning import TypedPlan, set_contact
from leeside.desk.opening import look_into, open_case
from leeside.desk.papers.keeping import NEW, TypedOutgoing, keep_outgoing
from leeside.desk.ready_steps import ready_steps_of, take_ready

ClientOf = Callable[..., Client]


def ahead(stage: Stage, days: int) -> date:
    """So many days from the line's today."""
    return stage.seat("Willow").today + timedelta(days=days)


def days_of(stage: Stage, case: Sent, who: str = "Willow") -> dict[str, date]:
    seat = stage.seat(who)
    choices = ready_steps_of(seat, look_into(seat, case.case_id))
    return {one.value.partition(" ")[0]: one.day for one in choices}


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, HOT, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    return sent


def test_the_pack_s_steps_are_offered_in_the_reader_s_words_each_with_its_day(stage: Stage, case: Sent) -> None:
    seat = stage.seat("Willow")
    choices = ready_steps_of(seat, look_into(seat, case.case_id))
    assert [one.value.partition(" ")[0] for one in choices] == [one.id for one in seat.pack.steps]
    assert choices[1].text == "ask a lawyer"
    assert choices[1].day == ahead(stage, 1)
    assert choices[1].when.startswith("tomorrow")
    assert choices[1].value == f"ask_lawyer {ahead(stage, 1)}"


def test_the_day_lies_in_the_person_s_safe_hours(stage: Stage, case: Sent) -> None:
    """Broken on purpose: without the window the second step stays on the next day."""
    plan = TypedPlan("here", "Europe/Moscow", "19:00", "22:00", days=(str(ahead(stage, 3).weekday()),))
    set_contact(stage.seat("Willow"), case.case_id, plan)
    days = days_of(stage, case)
    assert days["ask_lawyer"] == ahead(stage, 3)
    assert days["ask_how_it_went"] == ahead(stage, 10)


def test_the_day_is_not_after_what_is_due_nor_before_today(stage: Stage, case: Sent) -> None:
    """Broken on purpose: without the look-by days the leave's own last day would do."""
    seat = stage.seat("Willow")
    facts.set_fact(seat, case.case_id, facts.NewFact("presses", ("leave_ends",), "said", seat.today))
    new = facts.NewFact("presses_leave_ends_by", (ahead(stage, 6).isoformat(),), "said", seat.today)
    facts.set_fact(seat, case.case_id, new)
    assert days_of(stage, case)["ask_how_it_went"] == ahead(stage, 3), "three days before leave ends"
    sent = TypedOutgoing(
        "complaint", "military_prosecutor", "registered", str(ahead(stage, -1)), due=str(ahead(stage, 1))
    )
    keep_outgoing(stage.seat("Willow"), case.case_id, NEW, sent)
    assert days_of(stage, case)["see_answer"] == ahead(stage, 1)
    soon = facts.NewFact("presses_leave_ends_by", (str(ahead(stage, 1)),), "said", seat.today)
    facts.set_fact(stage.seat("Willow"), case.case_id, soon)
    assert set(days_of(stage, case).values()) == {ahead(stage, 0)}


@pytest.mark.parametrize(
    ("choice", "what", "day", "taken"),
    [
        ("ask_lawyer 2023-12-06", "", "", ("ask a lawyer", "2023-12-06")),
        ("ask_lawyer 2023-12-06", "  ", "2023-12-07", ("ask a lawyer", "2023-12-07")),
        ("ask_lawyer 2023-12-06", "ask two lawyers", "", ("ask two lawyers", "2023-12-06")),
        ("ask_lawyer 2023-12-06", "ask two lawyers", "2023-12-07", ("ask two lawyers", "2023-12-07")),
        ("ask_lawyer 2023-12-06", "ask how it went", "2023-12-12", ("ask a lawyer", "2023-12-06")),
        ("unheard_of 2023-12-06", "", "", ("", "")),
        ("", "call", "2023-12-07", ("call", "2023-12-07")),
    ],
)
def test_what_was_typed_goes_before_what_was_tapped(
    stage: Stage, choice: str, what: str, day: str, taken: tuple[str, str]
) -> None:
    assert take_ready(stage.seat("Willow"), choice, what, day) == taken


def test_one_tap_is_a_whole_next_step_and_none_is_still_asked_for(stage: Stage, client_of: ClientOf) -> None:
    sent = send(stage, PLAIN, circle="first")
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Wren")
    place, ready = f"/en/case/{sent.slug}/", f"see_reply {ahead(stage, 2)}"

    def post(action: str, **fields: str) -> Any:
        return browser.post(f"{place}{action}", fields, page=place)

    assert f'value="{ready}"' in browser.get(place).content.decode()
    assert post("note", text="They called.").status_code == 422
    wrong = post("note", text="They called.", step_ready="see_reply 2023-12-99")
    assert wrong.status_code == 422
    shown = wrong.content.decode()
    assert 'value="look whether the person replied"' in shown, "the words are in the field, to be changed"
    assert post("note", text="They called.", step_ready=ready).status_code == 302
    step = look_into(stage.seat("Wren"), sent.case_id).next_step
    assert step is not None
    assert (step.what, step.day) == ("look whether the person replied", ahead(stage, 2))

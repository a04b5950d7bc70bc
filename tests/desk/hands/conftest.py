"""Cases that somebody works on, for every way in which they pass to somebody else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from desk.stage import HOT, PLAIN, Sent, Stage, admit, send
from leeside.desk import answering
from leeside.desk.hands.card import Card
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.seat import Seat


def step_of(seat: Seat) -> Step:
    """A next step of this person's, for tomorrow."""
    return Step("call the hospital", seat.reader_id, seat.today + timedelta(days=1))


@pytest.fixture
def card() -> Card:
    """A card as somebody fills it in."""
    return Card(
        asked="leave the service after the second wound",
        told="ask for the commission in writing",
        told_day=date(2023, 12, 4),
        waiting="the hospital's summary, from the ward",
        next_what="ask whether the summary came",
        next_day=date(2023, 12, 8),
        do_not="do not write before the evening",
    )


def answered(stage: Stage, who: str, answers: dict[str, str], circle: str) -> Sent:
    """A case that somebody keeps and has answered."""
    sent = send(stage, answers, circle=circle)
    open_case(stage.seat(who), sent.case_id)
    answering.answer(stage.seat(who), sent.case_id, "We read you.", step_of(stage.seat(who)), at_once=True)
    return sent


@pytest.fixture
def wrens(stage: Stage) -> Sent:
    """A first-line case of Wren's."""
    return answered(stage, "Wren", PLAIN, "first")


@pytest.fixture
def willows(stage: Stage) -> Sent:
    """A case of the closed circle, of Willow's. Alder is the second of that circle."""
    admit(stage, "Alder", "closed")
    return answered(stage, "Willow", HOT, "closed")


@pytest.fixture
def id_of(stage: Stage) -> Callable[[str], bytes]:
    """A colleague's reader id."""
    return lambda who: stage.people[who].reader_id

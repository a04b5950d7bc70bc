"""Nobody takes more than they have places for; coordinators do, and give."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.stage import PLAIN, Stage, send
from leeside.desk import carrying, holding
from leeside.desk.errors import InputError
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seat import Seat
from leeside.vault import store
from leeside.web.clock import real_now


def on_shift(stage: Stage, who: str, places: int) -> Seat:
    seat = stage.seat(who)
    store.put_shift(seat.line_id, seat.reader_id, real_now() + timedelta(hours=1), places)
    return stage.seat(who)


def keep(seat: Seat, case_id: bytes) -> None:
    open_case(seat, case_id)
    holding.keep(seat, case_id, Step("call", seat.reader_id, seat.today))


def test_places_are_those_of_the_shift_and_else_the_packs(stage: Stage) -> None:
    assert carrying.places_of(stage.seat("Wren")) == 25
    assert carrying.places_of(on_shift(stage, "Wren", 3)) == 3


def test_who_is_full_takes_nothing_more_and_is_told_whom_to_ask(stage: Stage) -> None:
    """Broken on purpose: holds left out of what counts."""
    wren = on_shift(stage, "Wren", 2)
    keep(wren, send(stage, PLAIN, circle="first").case_id)
    held, third = (send(stage, PLAIN, circle="first").case_id for _ in range(2))
    holding.take(wren, held)
    with pytest.raises(InputError) as refused:
        holding.take(wren, third)
    assert refused.value.field == "take"
    assert "Heron, Larch" in refused.value.reason
    assert "(2)" in refused.value.reason
    holding.take(wren, held)
    assert store.fetch_holds([third], real_now()) == {}


def test_what_was_answered_and_waits_for_the_person_takes_no_place(stage: Stage) -> None:
    wren = on_shift(stage, "Wren", 1)
    case_id = send(stage, PLAIN, circle="first").case_id
    keep(wren, case_id)
    row = look_into(wren, case_id).row
    store.append_entries(case_id, row.version, marks=store.MarksChange(state=store.CaseState.ANSWERED))
    holding.take(wren, send(stage, PLAIN, circle="first").case_id)


def test_a_coordinator_takes_whatever_has_to_be_taken(stage: Stage) -> None:
    heron = on_shift(stage, "Heron", 0)
    holding.take(heron, send(stage, PLAIN, circle="first").case_id)


def test_a_shift_that_is_over_counts_no_more(stage: Stage) -> None:
    wren = on_shift(stage, "Wren", 0)
    later = replace(wren, real_now=wren.real_now + timedelta(hours=2))
    assert carrying.places_of(later) == 25

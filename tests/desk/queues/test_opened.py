"""A stale look-by mark is set right where a card shows a day, and never because somebody looked at a list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.stage import PLAIN, Stage, send
from leeside.desk import holding
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.queues.opened import OpenedRow, look_by_of, open_rows, set_right
from leeside.desk.seat import Seat
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.store import CaseState, LookBy, MarksChange


def row_of(seat: Seat, case_id: bytes) -> OpenedRow:
    return open_rows(seat, [look_into(seat, case_id).row])[0]


def kept(stage: Stage, in_days: int) -> tuple[Seat, bytes]:
    """A case of Wren's whose next step is due in so many days; its card has the day."""
    case_id = send(stage, PLAIN, circle="first").case_id
    seat = stage.seat("Wren")
    open_case(seat, case_id)
    holding.keep(seat, case_id, Step("call", seat.reader_id, seat.today + timedelta(days=in_days)))
    later = stage.seat("Wren", now=seat.now + timedelta(minutes=20))
    open_case(later, case_id)
    return later, case_id


def mark(seat: Seat, case_id: bytes, **marks: object) -> None:
    row = look_into(seat, case_id).row
    store.append_entries(case_id, row.version, marks=MarksChange(**marks))  # type: ignore[arg-type]


def test_a_day_that_is_nearer_than_the_mark_moves_it_there(stage: Stage) -> None:
    seat, case_id = kept(stage, 2)
    mark(seat, case_id, look_by=LookBy.LATER, look_by_day=seat.today)
    moved = set_right(seat, [row_of(seat, case_id)])
    row = look_into(seat, case_id).row
    assert (row.look_by, row.look_by_day) == (LookBy.THREE_DAYS, seat.today)
    assert (moved[0].case.look_by, moved[0].case.version) == (row.look_by, row.version)
    assert set_right(seat, moved) == moved


def test_a_bucket_that_fell_due_too_early_goes_back_to_its_day(stage: Stage) -> None:
    """Broken on purpose: `look_by_of` that only ever moves nearer."""
    seat, case_id = kept(stage, 2)
    mark(seat, case_id, look_by=LookBy.TODAY, look_by_day=seat.today)
    set_right(seat, [row_of(seat, case_id)])
    assert look_into(seat, case_id).row.look_by == LookBy.THREE_DAYS


def test_what_is_to_be_looked_at_for_its_urgency_is_not_put_off_by_a_list(stage: Stage) -> None:
    """Broken on purpose: `look_by_of` that takes the pack's bucket of today for the mark."""
    seat, case_id = kept(stage, 60)
    mark(seat, case_id, look_by=LookBy.TODAY, look_by_day=seat.today)
    set_right(seat, [row_of(seat, case_id)])
    assert look_into(seat, case_id).row.look_by == LookBy.TODAY


def test_what_waits_for_the_person_is_due_when_its_step_is(stage: Stage) -> None:
    seat, case_id = kept(stage, 60)
    mark(seat, case_id, look_by=LookBy.TODAY, look_by_day=seat.today, state=CaseState.ANSWERED)
    set_right(seat, [row_of(seat, case_id)])
    assert look_into(seat, case_id).row.look_by == LookBy.LATER
    open_case(seat, case_id)
    assert look_into(seat, case_id).row.look_by == LookBy.LATER


@pytest.mark.parametrize("card", [{}, {"due": ""}, {"due": "soon", "answers": {}}])
def test_a_card_without_a_day_moves_nothing(stage: Stage, card: dict[str, object]) -> None:
    seat, case_id = kept(stage, 2)
    assert look_by_of(seat.pack, replace(row_of(seat, case_id), card=card), seat.today) is None


def test_the_writers_own_card_moves_nothing(stage: Stage) -> None:
    """A browser that seals a far day into its card could put its case off."""
    case_id = send(stage, PLAIN, circle="first").case_id
    row = row_of(stage.seat("Wren"), case_id)
    assert row.case.card.compartment == Compartment.STORY
    hostile = replace(row, card={"due": (date(2099, 1, 1)).isoformat(), "answers": {}})
    assert look_by_of(stage.seat("Wren").pack, hostile, stage.seat("Wren").today) is None


def test_a_few_are_moved_at_a_time_and_a_busy_case_stays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from leeside.desk.queues import opened

    monkeypatch.setattr(opened, "LIMITS", replace(opened.LIMITS, queue_righted=1))
    both = [kept(stage, 2) for _ in range(2)]
    seat = both[0][0]
    for _seat, case_id in both:
        mark(seat, case_id, look_by=LookBy.LATER, look_by_day=seat.today)
    rows = [row_of(seat, case_id) for _seat, case_id in both]
    stale = replace(rows[0], case=replace(rows[0].case, version=1))
    assert set_right(seat, [stale]) == (stale,)
    set_right(seat, rows)
    assert [look_into(seat, case_id).row.look_by for _seat, case_id in both] == [LookBy.THREE_DAYS, LookBy.LATER]

"""Cases of silent owners come back; a clock that jumped brings nothing back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desk.stage import HOT, Stage, send
from leeside.desk import holding
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.permissions import Standing
from leeside.desk.queues import returning
from leeside.desk.queues.returning import CLOCK_WENT_BACK, TOO_MANY, Returned, return_silent
from leeside.vault import store

TODAY = date(2023, 12, 5)
PROMISE = datetime(2023, 12, 5, 12, 0, tzinfo=UTC)  # 15:00 at the line
GRACE = timedelta(minutes=60)  # of a red case, in the pack


def kept(stage: Stage, promise: datetime | None = PROMISE) -> bytes:
    """A red case that Willow owns, with a promise."""
    case_id = send(stage, HOT, circle="closed", opened=TODAY).case_id
    seat = stage.seat("Willow")
    open_case(seat, case_id)
    version = holding.keep(seat, case_id, Step("read it", seat.reader_id, TODAY))
    store.append_entries(case_id, version, marks=store.MarksChange(answer_by=promise, urgency=store.Urgency.RED))
    return case_id


def test_a_case_comes_back_when_the_grace_after_its_promise_has_passed(stage: Stage) -> None:
    case_id = kept(stage)
    almost, after = PROMISE + GRACE - timedelta(minutes=1), PROMISE + GRACE
    assert return_silent(stage.line, almost, TODAY) == Returned(0)
    assert return_silent(stage.line, after, TODAY) == Returned(1)
    assert return_silent(stage.line, after, TODAY) == Returned(0)
    row = look_into(stage.seat("Heron"), case_id).row
    assert (row.owner, row.circle, row.answer_by) == (None, "lead", PROMISE)


def test_who_was_silent_can_still_read_it_and_go_on(stage: Stage) -> None:
    case_id = kept(stage)
    return_silent(stage.line, PROMISE + GRACE, TODAY)
    willow = stage.seat("Willow")
    assert look_into(willow, case_id).standing is Standing.READER
    holding.keep(willow, case_id)
    assert look_into(stage.seat("Heron"), case_id).row.owner == willow.reader_id


def test_a_night_in_between_is_no_silence(stage: Stage) -> None:
    midnight = datetime(2023, 12, 5, 21, 0, tzinfo=UTC)
    kept(stage, midnight - timedelta(minutes=30))
    morning = datetime(2023, 12, 6, 6, 0, tzinfo=UTC)
    assert return_silent(stage.line, morning, TODAY) == Returned(0)
    assert return_silent(stage.line, morning + timedelta(minutes=30), TODAY) == Returned(1)


def test_what_waits_for_the_person_or_for_nobody_stays(stage: Stage) -> None:
    answered = kept(stage)
    row = look_into(stage.seat("Heron"), answered).row
    store.append_entries(answered, row.version, marks=store.MarksChange(state=store.CaseState.ANSWERED))
    send(stage, HOT, opened=TODAY)
    assert return_silent(stage.line, PROMISE + timedelta(days=9), TODAY) == Returned(0)


def test_whoever_answers_at_that_moment_keeps_the_case(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: `return_cases` without the promise in its WHERE."""
    case_id = kept(stage)
    list_silent = store.list_silent

    def answered_meanwhile(*asked: Any) -> Any:
        found = list_silent(*asked)
        row = look_into(stage.seat("Heron"), case_id).row
        store.append_entries(case_id, row.version, marks=store.MarksChange(state=store.CaseState.ANSWERED))
        return found

    monkeypatch.setattr(store, "list_silent", answered_meanwhile)
    assert return_silent(stage.line, PROMISE + GRACE, TODAY) == Returned(0)
    assert look_into(stage.seat("Heron"), case_id).row.owner == stage.people["Willow"].reader_id


def test_many_at_once_are_a_wrong_clock_and_none_comes_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: the share compared with the cases of the line instead of those with an owner."""
    monkeypatch.setattr(returning, "LIMITS", replace(returning.LIMITS, returned_at_least=2, returned_share=0.5))
    cases = [kept(stage) for _ in range(3)]
    for _ in range(9):
        send(stage, HOT, opened=TODAY)
    late = PROMISE + timedelta(days=400)
    assert return_silent(stage.line, late, TODAY) == Returned(3, TOO_MANY)
    assert all(look_into(stage.seat("Heron"), one).row.owner for one in cases)
    kept(stage, None)
    for _ in range(2):
        kept(stage, None)
    assert return_silent(stage.line, late, TODAY) == Returned(3)


def test_a_clock_that_went_back_before_the_newest_request_brings_nothing_back(stage: Stage) -> None:
    kept(stage, PROMISE - timedelta(days=9))
    assert return_silent(stage.line, PROMISE, TODAY - timedelta(days=1)) == Returned(1, CLOCK_WENT_BACK)
    assert return_silent(stage.line, PROMISE, TODAY) == Returned(1)

"""What a person says by telephone counts as their message, and their mailbox shows nothing of it."""

import pytest

from desk.stage import HOT, Sent, Stage, send
from desk.ties.hands import keep, mailbox_of, read_mailbox
from leeside.desk import answering, closing
from leeside.desk.by_hand.told_by_phone import write_down
from leeside.desk.changes import CaseChange
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.opening import look_into
from leeside.desk.safety.silence import watch_of
from leeside.desk.timeline import make_timeline
from leeside.vault.store import CaseState

SAID = "He called from a neighbour's telephone."


def answered(stage: Stage) -> Sent:
    sent = send(stage, HOT, circle="closed")
    keep(stage, "Willow", sent)
    answering.answer(stage.seat("Willow"), sent.case_id, "We are here.", at_once=True)
    return sent


def test_it_restarts_the_promise_and_waits_on_us_again(stage: Stage) -> None:
    sent = answered(stage)
    assert look_into(stage.seat("Willow"), sent.case_id).row.answer_by is None
    write_down(stage.seat("Willow"), sent.case_id, SAID)
    row = look_into(stage.seat("Willow"), sent.case_id).row
    assert row.answer_by is not None
    assert row.answer_by > stage.seat("Willow").now
    assert row.state == CaseState.READ


def test_the_mailbox_shows_nothing_of_what_was_said(stage: Stage) -> None:
    sent = answered(stage)
    before, entries = read_mailbox(stage, sent.receipt), mailbox_of(stage, sent.receipt)
    write_down(stage.seat("Willow"), sent.case_id, SAID)
    after = mailbox_of(stage, sent.receipt)
    assert read_mailbox(stage, sent.receipt) == before
    assert entries is not None
    assert after is not None
    assert sorted(one.sealed for one in after.entries) == sorted(one.sealed for one in entries.entries)


def test_it_is_told_as_a_message_of_the_writer_with_who_wrote_it_down(stage: Stage) -> None:
    sent = answered(stage)
    write_down(stage.seat("Willow"), sent.case_id, SAID)
    seat = stage.seat("Willow")
    items = [one for day in make_timeline(seat, look_into(seat, sent.case_id)).days for one in day.entries]
    (told,) = [one for one in items if one.text == SAID]
    assert told.shape == "in"
    assert "Willow" in told.meta
    assert not told.not_proven


def test_it_ends_a_silence_watch(stage: Stage) -> None:
    sent = answered(stage)
    seat = stage.seat("Willow")
    file = look_into(seat, sent.case_id)
    change = CaseChange(seat, file.row, file.keys)
    known = [entry.entry_id.hex()[:16] for entry in file.entries if entry.author.kind == "writer"]
    change.add("silence", {"day": seat.today.isoformat(), "then": "ask the mother", "known": known})
    change.commit()
    assert watch_of(look_into(seat, sent.case_id)) is not None
    write_down(stage.seat("Willow"), sent.case_id, SAID)
    assert watch_of(look_into(seat, sent.case_id)) is None


def test_a_closed_case_is_open_again(stage: Stage) -> None:
    sent = answered(stage)
    closing.close(stage.seat("Willow"), sent.case_id, "answered", stage.seat("Willow").today)
    write_down(stage.seat("Willow"), sent.case_id, SAID)
    assert look_into(stage.seat("Willow"), sent.case_id).is_open


def test_the_same_words_twice_within_minutes_are_one_message(stage: Stage) -> None:
    sent = answered(stage)
    assert write_down(stage.seat("Willow"), sent.case_id, SAID) == write_down(stage.seat("Willow"), sent.case_id, SAID)
    assert len(look_into(stage.seat("Willow"), sent.case_id).of_kind("message")) == 1


def test_nothing_written_is_said_beside_the_field(stage: Stage) -> None:
    sent = answered(stage)
    with pytest.raises(InputError) as refused:
        write_down(stage.seat("Willow"), sent.case_id, "  ")
    assert refused.value.field == "phone"
    with pytest.raises(NotAllowedError):
        write_down(stage.seat("Wren"), sent.case_id, SAID)

"""Opening a case: who can, what is on record, what the first reader makes."""

import pytest

from desk.stage import HOT, PLAIN, STORY_TEXT, Stage, send
from leeside.desk.errors import NotAllowedError
from leeside.desk.opening import open_case
from leeside.sealing.compartments import Compartment
from leeside.vault import store


def test_a_counsellor_reads_what_lies_in_their_circle(stage: Stage) -> None:
    sent = send(stage, HOT, circle="closed")
    file = open_case(stage.seat("Willow"), sent.case_id)
    assert file.said["text"] == STORY_TEXT
    assert file.row.state == store.CaseState.READ


def test_a_volunteer_reads_the_story_of_their_circle_and_nothing_of_the_closed_one(stage: Stage) -> None:
    plain, hot = send(stage, PLAIN, circle="first"), send(stage, HOT, circle="closed")
    file = open_case(stage.seat("Wren"), plain.case_id)
    assert file.keys.holds(Compartment.STORY)
    assert file.keys.holds(Compartment.WORK)
    assert not file.keys.holds(Compartment.IDENTITY)
    with pytest.raises(NotAllowedError):
        open_case(stage.seat("Wren"), hot.case_id)


def test_every_opening_is_on_record_for_readers_and_for_lead(stage: Stage) -> None:
    sent = send(stage, HOT, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    open_case(stage.seat("Willow"), sent.case_id)
    file = open_case(stage.seat("Larch"), sent.case_id)
    names = [stage.seat("Larch").keyring.roster.name_of(one.author.reader_id) for one in file.of_kind("reading")]
    assert names == ["Willow", "Larch"]
    waiting = store.fetch_audit(file.row.line_id, 0)
    records = [stage.seat("Heron").keyring.open_reading(row.sealed) for row in waiting]
    assert sorted(str(one["what"]) for one in records) == ["case", "case"]

"""Taking back what waits for its moment, a file as well as an answer, in the order of the rules in `taking_back`."""

from datetime import timedelta

import pytest

from desk.files.papers import kept_case, open_box, pdf, put_in
from desk.stage import Sent, Stage
from leeside.desk.casefile import CaseFile
from leeside.desk.errors import NotAllowedError
from leeside.desk.guarding.planning import TypedPlan, set_contact
from leeside.desk.held_files import files_of
from leeside.desk.opening import look_into
from leeside.desk.taking_back import take_back, undo_of
from leeside.desk.writing.composers import make_composers
from leeside.door.open_lines import forget_lines
from leeside.vault import store
from leeside.vault.reading import rows_of
from leeside.vault.store import CaseState


@pytest.fixture(autouse=True)
def forgetful_door() -> None:
    """The door has seen no roster of another test's line."""
    forget_lines()


def file_of(stage: Stage, sent: Sent) -> CaseFile:
    return look_into(stage.seat("Willow"), sent.case_id)


def give(stage: Stage, sent: Sent) -> bytes:
    return put_in(stage, "Willow", sent, pdf(), "request.pdf", is_for_writer=True)


def shown_files(stage: Stage, sent: Sent) -> int:
    return sum(message.body.kind == "attachment" for message in open_box(stage, sent).messages)


def test_a_given_file_is_taken_back_within_its_seconds_and_nothing_of_it_is_left(stage: Stage) -> None:
    """Broken on purpose: `sent_to_writer` that knows of answers only; `retract_entry` that leaves the pieces."""
    sent = kept_case(stage)
    file_id = give(stage, sent)
    assert shown_files(stage, sent) == 0, "invisible in the mailbox until the seconds are over"
    assert undo_of(stage.seat("Willow"), file_of(stage, sent), file_id.hex()) is not None
    assert take_back(stage.seat("Willow"), sent.case_id, file_id) == ""
    assert files_of(file_of(stage, sent)) == ()
    assert rows_of("default", "SELECT count(*) FROM leeside_file")[0][0] == 0
    assert rows_of("default", "SELECT count(*) FROM leeside_file_chunk")[0][0] == 0
    assert rows_of("fleeting", "SELECT count(*) FROM leeside_release")[0][0] == 0


def test_the_case_stays_answered_when_a_file_beside_the_answer_is_taken_back(stage: Stage) -> None:
    """Broken on purpose: `retract_entry` that makes every case *read* again (the mailbox then un-answered itself)."""
    sent = kept_case(stage)
    take_back(stage.seat("Willow"), sent.case_id, give(stage, sent))
    assert file_of(stage, sent).row.state == CaseState.ANSWERED


def test_once_its_moment_has_come_a_file_stays(stage: Stage) -> None:
    sent = kept_case(stage)
    file_id = give(stage, sent)
    willow = stage.seat("Willow")
    later = stage.seat("Willow", now=willow.now + timedelta(seconds=30))
    assert undo_of(later, file_of(stage, sent), file_id.hex()) is None
    with pytest.raises(store.ConflictError):
        take_back(later, sent.case_id, file_id)
    assert [one.file_id for one in files_of(file_of(stage, sent))] == [file_id]


@pytest.mark.promise(2, "a file of a colleague's, and one that was put in for us, taken back as if they were one's own")
def test_only_what_one_gave_oneself_is_taken_back(stage: Stage) -> None:
    """Broken on purpose: `take_back` that does not ask whose entry it is."""
    sent = kept_case(stage)
    given, ours = give(stage, sent), put_in(stage, "Willow", sent, pdf(2))
    for who, entry in (("Heron", given), ("Wren", given), ("Willow", ours), ("Willow", bytes(16))):
        with pytest.raises(NotAllowedError):
            take_back(stage.seat(who), sent.case_id, entry)
    assert len(files_of(file_of(stage, sent))) == 2


def test_a_file_that_waits_for_safe_hours_is_listed_and_can_be_taken_back_until_then(stage: Stage) -> None:
    sent = kept_case(stage)
    willow = stage.seat("Willow")
    hour = (willow.now + timedelta(hours=6)).hour
    plan = TypedPlan("telegram", "Europe/Moscow", f"{hour:02}:00", f"{(hour + 1) % 24:02}:00")
    set_contact(willow, sent.case_id, plan)
    file_id = give(stage, sent)
    file = file_of(stage, sent)
    assert [(one.entry, one.words, one.is_mine) for one in make_composers(stage.seat("Willow"), file).waiting] == [
        (file_id.hex(), "request.pdf", True)
    ]
    take_back(stage.seat("Willow", now=willow.now + timedelta(minutes=20)), sent.case_id, file_id)
    assert files_of(file_of(stage, sent)) == ()

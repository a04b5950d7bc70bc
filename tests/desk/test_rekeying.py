"""New keys for a case: who stays holds what they held before, in its newest generation, and nothing more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.arithmetic import Person, compartments, copy_of, newest, opened_by
from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import answering, circles, grants, holding
from leeside.desk.errors import NotAllowedError
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seat import Seat
from leeside.desk.team.terms import Terms, set_terms
from leeside.sealing.compartments import Compartment
from leeside.vault import store
from leeside.vault.writing import writing

ALL = set(Compartment)
FIRST = {Compartment.STORY, Compartment.WORK}


def _step(seat: Seat) -> Step:
    return Step("call the hospital", seat.reader_id, seat.today + timedelta(days=1))


@pytest.fixture
def kept(stage: Stage) -> Sent:
    """A first-line case that Wren keeps."""
    sent = send(stage, PLAIN, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    holding.keep(wren, sent.case_id, _step(wren))
    return sent


@pytest.mark.promise(2, "new keys made by a coordinator, looked for in a volunteer's hands")
def test_a_reader_of_two_compartments_has_two_after_a_coordinator_gave_new_keys(stage: Stage, kept: Sent) -> None:
    """Broken on purpose: `rekey` that seals to every reader all that whoever re-keys holds."""
    circles.rekey_in_place(stage.seat("Heron"), kept.case_id)
    assert compartments(opened_by(stage, "Wren", kept.case_id)) == FIRST
    assert (Compartment.STORY, 2) in opened_by(stage, "Wren", kept.case_id)


@pytest.mark.promise(2, "the table of keys says that a volunteer held all")
def test_a_mask_widened_in_the_table_gives_nobody_more_than_their_circle_may_hold(stage: Stage, kept: Sent) -> None:
    with writing("default") as cursor:
        recipient = f"reader:{stage.people['Wren'].reader_id.hex()}"
        cursor.execute("UPDATE leeside_wrap SET mask = 15 WHERE recipient = %s AND own_copy", [recipient])
    circles.rekey_in_place(stage.seat("Heron"), kept.case_id)
    assert compartments(opened_by(stage, "Wren", kept.case_id)) == FIRST


def test_who_gives_new_keys_and_holds_less_takes_nothing_from_a_reader_who_holds_more(stage: Stage, kept: Sent) -> None:
    """Broken on purpose: `rekey` that always replaces a reader's envelope by one of what the other holds."""
    grants.grant(stage.seat("Heron"), kept.case_id, stage.people["Willow"].reader_id)
    circles.rekey_in_place(stage.seat("Wren"), kept.case_id)
    copy, recipient = copy_of(kept.case_id), f"reader:{stage.people['Willow'].reader_id.hex()}"
    assert copy is not None
    theirs = replace(copy, wraps=tuple(one for one in copy.wraps if one.recipient == recipient))
    opened = Person(stage, "Willow").opens(theirs)
    assert compartments(opened) == ALL
    assert {(one, 2) for one in FIRST} <= opened
    assert look_into(stage.seat("Willow"), kept.case_id).said["wants"] == "summons"


def test_a_grant_keeps_its_last_day(stage: Stage, kept: Sent) -> None:
    """Broken on purpose: `rekey` that forgets `until`, so that a grant for a week lasts for ever."""
    until = stage.seat("Wren").today + timedelta(days=3)
    finch = stage.people["Finch"].reader_id
    grants.grant(stage.seat("Wren"), kept.case_id, finch, until=until)
    circles.rekey_in_place(stage.seat("Heron"), kept.case_id)
    assert {one.until for one in store.list_readers(kept.case_id) if one.reader_id == finch} == {until}


def test_the_rest_stays_in_the_hands_of_the_circle_that_holds_it(stage: Stage, kept: Sent) -> None:
    circles.rekey_in_place(stage.seat("Heron"), kept.case_id)
    opened = opened_by(stage, "Willow", kept.case_id)
    assert {(Compartment.IDENTITY, 2), (Compartment.PLACE, 2)} <= opened
    assert compartments(opened) == {Compartment.IDENTITY, Compartment.PLACE}


def test_whose_time_on_the_line_has_ended_is_granted_nothing(stage: Stage, kept: Sent) -> None:
    """Broken on purpose: `require_person` that does not ask for the last day."""
    heron, finch = stage.seat("Heron"), stage.people["Finch"].reader_id
    set_terms(heron, finch, Terms("first", until=heron.today), heron.keyring.roster.number)
    tomorrow = stage.seat("Wren", now=heron.now + timedelta(days=1))
    with pytest.raises(NotAllowedError):
        grants.grant(tomorrow, kept.case_id, finch)
    grants.grant(stage.seat("Wren"), kept.case_id, finch)


@pytest.mark.promise(2, "the owner who moved a case away, with all that lies in the tables")
def test_an_owner_who_moves_a_case_away_holds_nothing_of_it(stage: Stage, kept: Sent) -> None:
    """Broken on purpose: `move` that leaves the mover's own grant."""
    wren = stage.seat("Wren")
    circles.move(wren, kept.case_id, "closed", "too hot for me")
    assert wren.reader_id not in {one.reader_id for one in store.list_readers(kept.case_id)}
    copy = copy_of(kept.case_id)
    assert Person(stage, "Wren").opens(copy) == set()
    with pytest.raises(NotAllowedError):
        look_into(stage.seat("Wren"), kept.case_id)


@pytest.mark.promise(2, "what is written after a revocation, with yesterday's database and the reader's key")
def test_whose_reading_was_ended_opens_nothing_that_is_written_later(stage: Stage, kept: Sent) -> None:
    """Broken on purpose: `revoke` that deletes the grant and makes no new keys."""
    finch = stage.people["Finch"].reader_id
    grants.grant(stage.seat("Wren"), kept.case_id, finch)
    yesterday = copy_of(kept.case_id)
    grants.revoke(stage.seat("Wren"), kept.case_id, finch)
    answering.write_note(stage.seat("Wren"), kept.case_id, "written later")
    person, now = Person(stage, "Finch"), newest(kept.case_id)
    opened = person.opens(yesterday) | person.opens(copy_of(kept.case_id))
    assert not {(one, now[one]) for one in FIRST} & opened
    notes = look_into(stage.seat("Wren"), kept.case_id).of_kind("note")
    assert [entry.row.generation for entry in notes] == [now[Compartment.WORK]]

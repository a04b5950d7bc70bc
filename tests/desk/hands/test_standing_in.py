"""A colleague falls ill: a stand-in takes over, the person is told, nothing waits; what keys say afterwards."""

from collections.abc import Callable

import pytest

from desk.arithmetic import Person, compartments, copy_of, newest, opened_by
from desk.stage import Sent, Stage
from leeside.desk import answering, grants, holding
from leeside.desk.changes import CaseChange
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.hands import news
from leeside.desk.hands.card import Card
from leeside.desk.hands.offering import offer
from leeside.desk.hands.panel import make_panel
from leeside.desk.hands.standing_in import end_stand_in, name_stand_in, take_over
from leeside.desk.hands.swapping import swap_out
from leeside.desk.opening import look_into, standing_in
from leeside.desk.permissions import Standing
from leeside.desk.timeline import make_timeline
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import LEAD
from leeside.vault import store

IdOf = Callable[[str], bytes]
FIRST = {Compartment.STORY, Compartment.WORK}


def test_a_stand_in_reads_along_and_writes(stage: Stage, wrens: Sent, id_of: IdOf) -> None:
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    finch = stage.seat("Finch")
    file = look_into(finch, wrens.case_id)
    assert standing_in(finch, file.row) is Standing.STAND_IN
    answering.write_note(finch, wrens.case_id, "looked in")
    assert look_into(finch, wrens.case_id).row.owner == id_of("Wren")


@pytest.mark.promise(4, "what is written after a stand-in took over, with yesterday's database and the owner's key")
def test_taking_over_is_one_tap_and_the_owner_before_opens_nothing_that_follows(
    stage: Stage, wrens: Sent, card: Card, id_of: IdOf
) -> None:
    """Broken on purpose: `take_over` that leaves the owner before among the readers."""
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    offer(stage.seat("Wren"), wrens.case_id, id_of("Larch"), card)
    yesterday = copy_of(wrens.case_id)
    take_over(stage.seat("Finch"), wrens.case_id)
    file = look_into(stage.seat("Finch"), wrens.case_id)
    assert (file.row.owner, file.row.stand_in) == (id_of("Finch"), None)
    assert file.next_step is not None
    assert file.next_step.who == id_of("Finch")
    assert store.fetch_handover(wrens.case_id) is None, "nothing waits for somebody who is ill"
    assert len(file.of_kind(news.KIND)) == 1
    wren, now = Person(stage, "Wren"), newest(wrens.case_id)
    assert not {(one, now[one]) for one in FIRST} & (wren.opens(yesterday) | wren.opens(copy_of(wrens.case_id)))


def test_a_coordinator_takes_over_when_nobody_was_named(stage: Stage, wrens: Sent, id_of: IdOf) -> None:
    take_over(stage.seat("Heron"), wrens.case_id)
    assert look_into(stage.seat("Heron"), wrens.case_id).row.owner == id_of("Heron")
    with pytest.raises(NotAllowedError):
        take_over(stage.seat("Heron"), wrens.case_id)


def test_another_stand_in_ends_the_first_and_ending_takes_the_keys(stage: Stage, wrens: Sent, id_of: IdOf) -> None:
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    yesterday = copy_of(wrens.case_id)
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Willow"))
    finch, now = Person(stage, "Finch"), newest(wrens.case_id)
    assert not {(one, now[one]) for one in FIRST} & (finch.opens(yesterday) | finch.opens(copy_of(wrens.case_id)))
    assert look_into(stage.seat("Willow"), wrens.case_id).row.stand_in == id_of("Willow")
    end_stand_in(stage.seat("Wren"), wrens.case_id)
    assert not FIRST & compartments(opened_by(stage, "Willow", wrens.case_id))
    version = look_into(stage.seat("Wren"), wrens.case_id).row.version
    assert end_stand_in(stage.seat("Wren"), wrens.case_id) == version


def test_a_reader_who_stood_in_is_a_reader_again(stage: Stage, wrens: Sent, id_of: IdOf) -> None:
    grants.grant(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    end_stand_in(stage.seat("Wren"), wrens.case_id)
    assert compartments(opened_by(stage, "Finch", wrens.case_id)) == FIRST


def test_only_somebody_who_can_work_on_it_stands_in_and_only_the_owner_says_so(
    stage: Stage, willows: Sent, id_of: IdOf
) -> None:
    with pytest.raises(InputError):
        name_stand_in(stage.seat("Willow"), willows.case_id, id_of("Wren"))
    with pytest.raises(NotAllowedError):
        name_stand_in(stage.seat("Willow"), willows.case_id, id_of("Willow"))
    grants.grant(stage.seat("Willow"), willows.case_id, id_of("Alder"))
    for flow in (
        lambda seat: name_stand_in(seat, willows.case_id, id_of("Larch")),
        _taking(willows),
        _swapping(willows),
    ):
        with pytest.raises(NotAllowedError):
            flow(stage.seat("Alder"))


def _taking(sent: Sent) -> Callable[..., int]:
    return lambda seat: take_over(seat, sent.case_id)


def _swapping(sent: Sent) -> Callable[..., int]:
    return lambda seat: swap_out(seat, sent.case_id)


def test_a_stand_in_goes_with_the_case_that_is_given_back(stage: Stage, wrens: Sent, id_of: IdOf) -> None:
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Willow"))
    holding.give_back(stage.seat("Wren"), wrens.case_id, "for the next shift")
    assert id_of("Willow") not in look_into(stage.seat("Heron"), wrens.case_id).readers


@pytest.mark.promise(2, "what is written after a swap, with yesterday's database and the owner's key")
def test_swapped_out_without_a_reason_the_case_waits_with_the_coordinators(
    stage: Stage, wrens: Sent, id_of: IdOf
) -> None:
    """Broken on purpose: `swap_out` that gives the case back to its circle, or makes no new keys."""
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    yesterday = copy_of(wrens.case_id)
    swap_out(stage.seat("Wren"), wrens.case_id)
    heron = stage.seat("Heron")
    file = look_into(heron, wrens.case_id)
    assert (file.row.owner, file.row.circle, file.row.stand_in) == (None, LEAD, None)
    answering.write_note(heron, wrens.case_id, "looking for somebody")
    now = newest(wrens.case_id)
    for who in ("Wren", "Finch"):
        person = Person(stage, who)
        assert not {(one, now[one]) for one in FIRST} & (person.opens(yesterday) | person.opens(copy_of(wrens.case_id)))


def test_no_line_of_the_timeline_says_who_asked_to_be_swapped(stage: Stage, wrens: Sent) -> None:
    before = make_timeline(stage.seat("Heron"), look_into(stage.seat("Heron"), wrens.case_id))
    swap_out(stage.seat("Wren"), wrens.case_id)
    after = make_timeline(stage.seat("Heron"), look_into(stage.seat("Heron"), wrens.case_id))
    assert [item for day in after.days for item in day.entries] == [item for day in before.days for item in day.entries]


@pytest.mark.promise(3, "a swap in somebody else's name, signed by a colleague who reads the case")
def test_who_asked_is_told_to_coordinators_and_only_when_the_one_who_had_the_case_signed(
    stage: Stage, wrens: Sent, id_of: IdOf
) -> None:
    """Broken on purpose: `asked_by` that takes the newest event's author, or a name that stands in it."""
    grants.grant(stage.seat("Wren"), wrens.case_id, id_of("Willow"))
    swap_out(stage.seat("Wren"), wrens.case_id)

    def told(who: str) -> str:
        return make_panel(stage.seat(who), look_into(stage.seat(who), wrens.case_id)).needs_person

    assert told("Heron") == "This case needs another person: Wren asked, and signed it."
    assert told("Willow") == "This case needs another person."
    willow = stage.seat("Willow")
    file = look_into(willow, wrens.case_id)
    change = CaseChange(willow, file.row, file.keys)
    change.add_event("needs_person", reader=id_of("Wren").hex(), owner=id_of("Wren").hex())
    change.commit()
    assert told("Heron") == "This case needs another person."


def test_only_the_owner_is_swapped_out(stage: Stage, wrens: Sent, id_of: IdOf) -> None:
    name_stand_in(stage.seat("Wren"), wrens.case_id, id_of("Finch"))
    for who in ("Finch", "Heron"):
        with pytest.raises(NotAllowedError):
            swap_out(stage.seat(who), wrens.case_id)

"""Links: both halves or neither for long, one owner for one person, and nothing of it outside the staff's own part."""

from datetime import date

import pytest

from desk.stage import HOT, PLAIN, Sent, Stage, admit, send
from desk.ties.hands import keep, two
from leeside.desk import holding
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seams import carried
from leeside.desk.ties import links
from leeside.desk.ties.candidates import find_typed, slug_of
from leeside.desk.ties.links import NewLink
from leeside.desk.ties.one_owner import share_owner
from leeside.desk.ties.panel import TiesPanel, make_panel
from leeside.desk.ties.reading import RELATIVE, SAME_PERSON, links_of
from leeside.sealing.context import ID_SIZE

SAME = NewLink(SAME_PERSON, "first")
MOTHER = NewLink(RELATIVE, "person", "mother")


def tied(stage: Stage, who: str, sent: Sent) -> list[bytes]:
    return [one.case_id for one in links_of(look_into(stage.seat(who), sent.case_id))]


def test_a_link_stands_in_both_cases_and_says_what_each_is_to_the_other(stage: Stage) -> None:
    person, relative = two(stage)
    links.link(stage.seat("Willow"), person.case_id, relative.case_id, MOTHER)
    here = links_of(look_into(stage.seat("Willow"), person.case_id))[0]
    there = links_of(look_into(stage.seat("Willow"), relative.case_id))[0]
    assert (here.side, there.side, here.kin, there.kin) == ("person", "relative", "mother", "mother")
    assert here.link == there.link
    assert (here.case_id, there.case_id) == (relative.case_id, person.case_id)


def test_linking_twice_is_one_link_and_another_relation_is_refused(stage: Stage) -> None:
    first, again = two(stage)
    one = links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    assert links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME) == one
    assert links.link(stage.seat("Willow"), again.case_id, first.case_id, NewLink(SAME_PERSON, "again")) == one
    with pytest.raises(InputError):
        links.link(stage.seat("Willow"), first.case_id, again.case_id, MOTHER)


@pytest.mark.parametrize(
    "new", [NewLink("cousins", "first"), NewLink(SAME_PERSON, "person"), NewLink(RELATIVE, "person", "aunt")]
)
def test_a_relation_that_nobody_knows_is_refused_and_writes_nothing(stage: Stage, new: NewLink) -> None:
    first, again = two(stage)
    with pytest.raises(InputError):
        links.link(stage.seat("Willow"), first.case_id, again.case_id, new)
    assert tied(stage, "Willow", first) == tied(stage, "Willow", again) == []


def test_a_case_is_not_linked_with_itself(stage: Stage) -> None:
    first, _ = two(stage)
    with pytest.raises(InputError):
        links.link(stage.seat("Willow"), first.case_id, first.case_id, SAME)


def test_whoever_does_not_hold_both_links_nothing(stage: Stage) -> None:
    mine, hers = send(stage, PLAIN), send(stage, HOT, circle="closed")
    keep(stage, "Wren", mine)
    keep(stage, "Willow", hers)
    with pytest.raises(NotAllowedError):
        links.link(stage.seat("Wren"), mine.case_id, hers.case_id, SAME)
    assert tied(stage, "Wren", mine) == []


def test_ending_a_link_ends_it_in_both_cases_and_it_can_be_made_anew(stage: Stage) -> None:
    first, again = two(stage)
    one = links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    links.unlink(stage.seat("Willow"), again.case_id, one)
    assert tied(stage, "Willow", first) == tied(stage, "Willow", again) == []
    assert links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME) != one
    assert tied(stage, "Willow", first) == [again.case_id]


def test_a_link_that_is_not_there_is_refused(stage: Stage) -> None:
    first, _ = two(stage)
    with pytest.raises(NotAllowedError):
        links.unlink(stage.seat("Willow"), first.case_id, bytes(ID_SIZE))


def test_a_link_of_which_only_one_half_was_written_is_finished_when_that_case_is_opened(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again = two(stage)
    halves: list[bytes] = []
    write = links.write_half

    def stop_after_one(seat: object, file: object, *rest: object) -> None:
        if halves:
            raise KeyboardInterrupt
        halves.append(b"")
        write(seat, file, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(links, "write_half", stop_after_one)
        links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    assert (len(tied(stage, "Willow", first)), len(tied(stage, "Willow", again))) == (1, 0)
    links.settle(stage.seat("Willow"), look_into(stage.seat("Willow"), first.case_id))
    assert tied(stage, "Willow", again) == [first.case_id]
    before = look_into(stage.seat("Willow"), again.case_id).row.version
    links.settle(stage.seat("Willow"), look_into(stage.seat("Willow"), first.case_id))
    assert look_into(stage.seat("Willow"), again.case_id).row.version == before


def test_a_link_that_was_ended_in_one_case_only_is_ended_in_the_other_when_that_is_opened(stage: Stage) -> None:
    first, again = two(stage)
    one = links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    links._end_half(stage.seat("Willow"), look_into(stage.seat("Willow"), again.case_id), one)
    assert tied(stage, "Willow", first) == [again.case_id]
    assert links.settle(stage.seat("Willow"), look_into(stage.seat("Willow"), first.case_id))
    assert tied(stage, "Willow", first) == []


def test_linking_gives_the_owner_of_the_first_case_the_other_with_its_next_step(stage: Stage) -> None:
    first, again = send(stage, HOT, circle="closed"), send(stage, HOT, circle="closed")
    keep(stage, "Willow", first, "ask for the paper")
    open_case(stage.seat("Heron"), again.case_id)
    links.link(stage.seat("Heron"), first.case_id, again.case_id, SAME)
    other = look_into(stage.seat("Willow"), again.case_id)
    assert other.row.owner == stage.people["Willow"].reader_id
    assert other.next_step is not None
    assert other.next_step.what == "ask for the paper"


def test_a_relative_keeps_an_owner_of_their_own(stage: Stage) -> None:
    person, relative = send(stage, HOT, circle="closed"), send(stage, PLAIN)
    keep(stage, "Willow", person)
    keep(stage, "Wren", relative)
    links.link(stage.seat("Heron"), person.case_id, relative.case_id, MOTHER)
    assert look_into(stage.seat("Heron"), relative.case_id).row.owner == stage.people["Wren"].reader_id


def test_giving_one_back_gives_back_the_person_s_other_case(stage: Stage) -> None:
    first, again = two(stage)
    links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    seat = stage.seat("Willow")
    carried(seat, again.case_id, lambda case_id: holding.give_back(seat, case_id, "I fall ill"))
    for sent in (first, again):
        row = look_into(stage.seat("Heron"), sent.case_id).row
        assert row.owner is None
        assert not any(wrap.recipient.startswith("reader:") for wrap in row.wraps)


def test_a_next_step_is_one_for_the_person(stage: Stage) -> None:
    from leeside.desk import next_steps

    first, again = two(stage)
    links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    seat = stage.seat("Willow")
    step = Step("send the report", seat.reader_id, seat.today)
    carried(seat, again.case_id, lambda case_id: next_steps.set_step(seat, case_id, step))
    told = look_into(seat, first.case_id).next_step
    assert told is not None
    assert told.what == "send the report"


def test_two_owners_of_one_person_are_shown_and_made_one_with_a_button(stage: Stage) -> None:
    first, again = two(stage)
    links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    holding.keep(stage.seat("Heron"), again.case_id)

    def panel() -> TiesPanel:
        made = make_panel(stage.seat("Heron"), look_into(stage.seat("Heron"), first.case_id))
        assert isinstance(made, TiesPanel)
        return made

    assert panel().are_apart
    share_owner(stage.seat("Heron"), first.case_id)
    assert not panel().are_apart
    assert look_into(stage.seat("Heron"), again.case_id).row.owner == stage.people["Willow"].reader_id


def test_a_linked_case_that_is_not_for_the_reader_is_named_by_nothing(stage: Stage) -> None:
    person, relative = send(stage, HOT, circle="closed"), send(stage, PLAIN)
    keep(stage, "Willow", person)
    keep(stage, "Wren", relative)
    links.link(stage.seat("Heron"), person.case_id, relative.case_id, MOTHER)
    panel = make_panel(stage.seat("Wren"), look_into(stage.seat("Wren"), relative.case_id))
    assert panel is not None
    assert [(one.slug, one.name, one.state, one.owner) for one in panel.lines] == [("", "", "", "")]


@pytest.mark.parametrize("typed", ["Quiet Maple", "quiet-maple", "  тихий  клён ", "ТИХИЙ КЛЕН", "Тихий клен"])
def test_a_code_name_is_found_in_every_language_and_spelling(typed: str) -> None:
    assert slug_of(typed) == "quiet-maple"


@pytest.mark.parametrize("typed", ["", "quiet", "quiet maple tree house", "no such", "quiet-maple-0", "a" * 5000])
def test_what_is_no_code_name_is_said_beside_the_field(stage: Stage, typed: str) -> None:
    with pytest.raises(InputError) as refused:
        find_typed(stage.seat("Willow"), typed)
    assert refused.value.field == "other"


def test_an_accepted_hand_over_brings_the_person_s_other_case(stage: Stage) -> None:
    from leeside.desk.hands import offering
    from leeside.desk.hands.card import Card

    card = Card("leave", "ask for it in writing", date(2023, 12, 4), "the paper", "ask", date(2023, 12, 8), "")
    admit(stage, "Rook", "closed")
    first, again = two(stage)
    links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    seat, rook = stage.seat("Willow"), stage.people["Rook"].reader_id
    carried(seat, first.case_id, lambda case_id: offering.offer(seat, case_id, rook, card))
    taker = stage.seat("Rook")
    carried(taker, first.case_id, lambda case_id: offering.accept(taker, case_id))
    for sent in (first, again):
        file = look_into(stage.seat("Rook"), sent.case_id)
        assert file.row.owner == rook
        assert file.readers == (rook,)
    with pytest.raises(NotAllowedError):
        look_into(stage.seat("Willow"), again.case_id)


def test_a_person_s_third_case_is_brought_along_through_the_one_between(stage: Stage) -> None:
    first, again = two(stage)
    third = send(stage, HOT, circle="closed")
    keep(stage, "Willow", third)
    links.link(stage.seat("Willow"), first.case_id, again.case_id, SAME)
    links.link(stage.seat("Willow"), first.case_id, third.case_id, SAME)
    seat = stage.seat("Willow")
    panel = make_panel(seat, look_into(seat, third.case_id))
    assert panel is not None
    assert [one.slug for one in panel.lines] == [first.slug, again.slug]
    carried(seat, third.case_id, lambda case_id: holding.give_back(seat, case_id, "I fall ill"))
    for sent in (first, again, third):
        assert look_into(stage.seat("Heron"), sent.case_id).row.owner is None

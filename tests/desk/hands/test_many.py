"""Many cases at once: on leave with a card each, or suddenly ill and given to a colleague as they are."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk.hands.conftest import answered
from desk.stage import HOT, PLAIN, Sent, Stage
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.hands import many
from leeside.desk.hands.card import KIND, Card
from leeside.desk.hands.offering import offer
from leeside.desk.opening import look_into
from leeside.vault import store

IdOf = Callable[[str], bytes]


@pytest.fixture
def three(stage: Stage) -> list[Sent]:
    return [answered(stage, "Wren", PLAIN, "first") for _ in range(3)]


def test_all_ones_cases_go_to_one_colleague_with_a_card_each(
    stage: Stage, three: list[Sent], card: Card, id_of: IdOf
) -> None:
    cards = {sent.case_id: replace(card, asked=f"help {number}") for number, sent in enumerate(three)}
    done = many.offer_all(stage.seat("Wren"), id_of("Finch"), cards)
    assert (set(done.changed), done.left) == ({sent.slug for sent in three}, ())
    assert store.count_handovers(stage.seat("Finch").line_id, id_of("Finch")) == 3
    done = many.accept_all(stage.seat("Finch"), id_of("Wren"))
    assert len(done.changed) == 3
    assert many.cases_of(stage.seat("Wren"), id_of("Wren")) == ()
    assert {row.case_id for row in many.cases_of(stage.seat("Finch"), id_of("Finch"))} == set(cards)


def test_a_colleague_who_cannot_have_one_of_them_gets_none(stage: Stage, card: Card, id_of: IdOf) -> None:
    """Broken on purpose: `offer_all` that begins before everything is checked."""
    sents = [answered(stage, "Heron", HOT, "closed"), answered(stage, "Heron", PLAIN, "first")]
    with pytest.raises(InputError, match="reader"):
        many.offer_all(stage.seat("Heron"), id_of("Finch"), {sent.case_id: card for sent in sents})
    assert all(store.fetch_handover(sent.case_id) is None for sent in sents)


def test_what_somebody_was_faster_with_is_named_and_the_rest_goes_on(
    stage: Stage, three: list[Sent], card: Card, id_of: IdOf
) -> None:
    offer(stage.seat("Wren"), three[0].case_id, id_of("Larch"), card)
    done = many.offer_all(stage.seat("Wren"), id_of("Finch"), {sent.case_id: card for sent in three})
    assert [slug for slug, _ in done.left] == [three[0].slug]
    assert "Larch" in done.left[0][1]
    assert set(done.changed) == {sent.slug for sent in three[1:]}


def test_when_somebody_falls_ill_their_cases_go_to_a_colleague_with_a_card_made_of_the_case(
    stage: Stage, three: list[Sent], card: Card, id_of: IdOf
) -> None:
    theirs = answered(stage, "Finch", PLAIN, "first")
    offer(stage.seat("Finch"), theirs.case_id, id_of("Wren"), card)
    done = many.reassign_all(stage.seat("Heron"), id_of("Wren"), id_of("Finch"))
    assert len(done.changed) == 3
    for sent in three:
        file = look_into(stage.seat("Finch"), sent.case_id)
        assert file.row.owner == id_of("Finch")
        assert [entry.text("asked") for entry in file.of_kind(KIND)] == ["Help with a summons"]
        assert len(file.of_kind("notice")) == 1
    assert store.fetch_handover(theirs.case_id) is None, "what waited for the one who is ill went back"
    assert look_into(stage.seat("Finch"), theirs.case_id).row.owner == id_of("Finch")


def test_a_stand_in_for_all_ones_cases(stage: Stage, three: list[Sent], id_of: IdOf) -> None:
    assert len(many.stand_in_for_all(stage.seat("Wren"), id_of("Finch")).changed) == 3
    assert {look_into(stage.seat("Finch"), sent.case_id).row.stand_in for sent in three} == {id_of("Finch")}


@pytest.mark.parametrize("who", ["Wren", "Willow"])
def test_only_coordinators_reassign_somebody_elses_cases(
    stage: Stage, three: list[Sent], id_of: IdOf, who: str
) -> None:
    with pytest.raises(NotAllowedError):
        many.reassign_all(stage.seat(who), id_of("Wren"), id_of("Finch"))
    with pytest.raises(NotAllowedError):
        many.cases_of(stage.seat(who), id_of("Heron"))

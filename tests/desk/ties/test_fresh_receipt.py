"""New words for a man who lost his: a case of its own, linked, with nothing in it but what was ticked."""

import pytest

from desk.stage import HOT, STORY_TEXT, Sent, Stage, send
from desk.ties.hands import check, keep, mailbox_of, read_mailbox
from leeside.desk import answering, confirming
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.opening import look_into
from leeside.desk.ties.fresh_receipt import passages_of, renew_words
from leeside.desk.ties.making import Made, offer_token
from leeside.desk.ties.reading import SAME_PERSON, links_of
from leeside.vault import store


def renew(stage: Stage, who: str, sent: Sent, *passages: str) -> Made:
    seat = stage.seat(who)
    token = offer_token(seat, f"renew {sent.case_id.hex()}")
    return renew_words(seat, sent.case_id, token, passages)


def taken(stage: Stage, who: str = "Willow") -> Sent:
    sent = send(stage, HOT, circle="closed")
    keep(stage, who, sent)
    return sent


def test_whoever_was_not_checked_gets_no_new_words(stage: Stage) -> None:
    sent = taken(stage)
    with pytest.raises(InputError):
        renew(stage, "Willow", sent)
    check(stage, "Willow", sent.case_id, "doubtful")
    with pytest.raises(InputError):
        renew(stage, "Willow", sent)
    check(stage, "Willow", sent.case_id)
    assert renew(stage, "Willow", sent).case_id != sent.case_id


def test_the_new_case_is_linked_owned_and_has_the_same_next_step(stage: Stage) -> None:
    sent = taken(stage)
    check(stage, "Willow", sent.case_id)
    made = renew(stage, "Willow", sent)
    new = look_into(stage.seat("Willow"), made.case_id)
    assert new.row.owner == stage.people["Willow"].reader_id
    assert (new.row.channel, new.row.maker) == ("desk", 5)
    assert new.next_step is not None
    assert new.next_step.what == "call back"
    old = look_into(stage.seat("Willow"), sent.case_id)
    assert [(one.case_id, one.relation, one.side) for one in links_of(old)] == [(made.case_id, SAME_PERSON, "first")]
    assert [(one.case_id, one.relation, one.side) for one in links_of(new)] == [(sent.case_id, SAME_PERSON, "again")]


def test_a_coordinator_who_makes_the_words_leaves_the_owner_the_owner(stage: Stage) -> None:
    sent = taken(stage)
    check(stage, "Willow", sent.case_id)
    made = renew(stage, "Heron", sent)
    assert look_into(stage.seat("Willow"), made.case_id).row.owner == stage.people["Willow"].reader_id


def test_the_new_mailbox_has_only_what_was_ticked_and_the_old_one_does_not_change(stage: Stage) -> None:
    sent = taken(stage)
    answering.answer(stage.seat("Willow"), sent.case_id, "Ask for the paper on Monday.", at_once=True)
    answering.answer(stage.seat("Willow"), sent.case_id, "Do not sign anything.", at_once=True)
    check(stage, "Willow", sent.case_id)
    before = mailbox_of(stage, sent.receipt)
    told = passages_of(stage.seat("Willow"), look_into(stage.seat("Willow"), sent.case_id))
    assert [one.text for one in told] == [STORY_TEXT, "Ask for the paper on Monday.", "Do not sign anything."]
    made = renew(stage, "Willow", sent, told[2].key)
    after = mailbox_of(stage, sent.receipt)
    assert before is not None
    assert after is not None
    assert sorted(one.sealed for one in before.entries) == sorted(one.sealed for one in after.entries)
    assert (before.state, before.answer_by, before.wraps) == (after.state, after.answer_by, after.wraps)
    texts = read_mailbox(stage, made.receipt)
    assert len(texts) == 1
    assert "Do not sign anything." in texts[0]
    assert STORY_TEXT not in texts[0]


def test_each_receipt_opens_its_own_conversation_only(stage: Stage) -> None:
    sent = taken(stage)
    check(stage, "Willow", sent.case_id)
    made = renew(stage, "Willow", sent)
    assert read_mailbox(stage, made.receipt) == []
    assert read_mailbox(stage, sent.receipt) == [STORY_TEXT]


def test_a_page_sent_twice_makes_one_case(stage: Stage) -> None:
    sent = taken(stage)
    check(stage, "Willow", sent.case_id)
    seat = stage.seat("Willow")
    token = offer_token(seat, f"renew {sent.case_id.hex()}")
    renew_words(seat, sent.case_id, token)
    with pytest.raises(InputError):
        renew_words(stage.seat("Willow"), sent.case_id, token)
    assert len(links_of(look_into(stage.seat("Willow"), sent.case_id))) == 1


@pytest.mark.parametrize("token", ["", "0" * 32])
def test_a_token_of_nobody_or_of_another_page_makes_nothing(stage: Stage, token: str) -> None:
    sent, other = taken(stage), taken(stage)
    check(stage, "Willow", sent.case_id)
    elsewhere = offer_token(stage.seat("Willow"), f"renew {other.case_id.hex()}")
    for each in (token, elsewhere):
        with pytest.raises(InputError):
            renew_words(stage.seat("Willow"), sent.case_id, each)


def test_a_passage_of_another_case_is_refused(stage: Stage) -> None:
    sent, other = taken(stage), taken(stage)
    check(stage, "Willow", sent.case_id)
    key = passages_of(stage.seat("Willow"), look_into(stage.seat("Willow"), other.case_id))[0].key
    with pytest.raises(InputError):
        renew(stage, "Willow", sent, key)


def test_a_reader_makes_no_new_words(stage: Stage) -> None:
    sent = send(stage, HOT, circle="closed")
    keep(stage, "Willow", sent)
    with pytest.raises(NotAllowedError):
        renew(stage, "Wren", sent)


def test_the_request_is_counted_once(stage: Stage) -> None:
    sent = taken(stage)
    check(stage, "Willow", sent.case_id)
    month = f"{stage.seat('Willow').today:%Y-%m}"
    before = store.count_unconfirmed(stage.seat("Willow").line_id, month, ["desk", "referral"])
    made = renew(stage, "Willow", sent)
    seat = stage.seat("Willow")
    assert store.count_unconfirmed(seat.line_id, month, ["desk", "referral"]) == before
    with pytest.raises(InputError):
        confirming.confirm(seat, made.case_id, "leave_service")
    answering.answer(seat, made.case_id, "We go on here.", at_once=True)
    assert list(store.tally_rows(seat.line_id, month, month)) == []

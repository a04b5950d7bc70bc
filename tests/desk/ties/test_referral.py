"""A packet for somebody outside: what was ticked and nothing else, the receiver's receipt, the way back, its end."""

from datetime import timedelta

import pytest

from desk.stage import HOT, STORY_TEXT, Sent, Stage, send
from desk.ties.hands import keep, mailbox_of, read_mailbox
from leeside.desk.due import dues_of
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.opening import look_into
from leeside.desk.queue_times import times_of
from leeside.desk.seams import settle
from leeside.desk.ties.making import Made, offer_token
from leeside.desk.ties.referral import (
    NewReferral,
    Referral,
    offered_fields,
    receivers_for,
    record_outcome,
    refer,
    referrals_of,
    revoke_referral,
)
from leeside.sealing.receipts import derive_receipt_keys
from leeside.vault import store

PRIVATE = {**HOT, "name": "Name Nobody", "place": "Ward Nowhere"}
ASK = "Can you take this person in for a month?"


def taken(stage: Stage, who: str = "Willow") -> Sent:
    sent = send(stage, PRIVATE, circle="closed")
    keep(stage, who, sent)
    return sent


def send_out(stage: Stage, sent: Sent, who: str = "Willow", **changed: object) -> Made:
    seat = stage.seat(who)
    new = NewReferral(
        receiver="A house by the sea",
        purpose=ASK,
        fields=("where",),
        consent="said",
        consent_day=seat.today,
        answer_due=seat.today + timedelta(days=5),
        language="en",
    )
    token = offer_token(seat, f"refer {sent.case_id.hex()}")
    return refer(seat, sent.case_id, token, NewReferral(**{**vars(new), **changed}))  # type: ignore[arg-type]


def only(stage: Stage, sent: Sent) -> Referral:
    seat = stage.seat("Willow")
    (found,) = referrals_of(seat, look_into(seat, sent.case_id))
    return found


@pytest.mark.promise(1, "A receiver outside reads more of a person than was ticked")
def test_nothing_that_was_not_ticked_is_in_the_packet(stage: Stage) -> None:
    """Broken on purpose: `referral.values_of` returning all that is known."""
    sent = taken(stage)
    made = send_out(stage, sent)
    (text,) = read_mailbox(stage, made.receipt)
    assert ASK in text
    assert "hospital" in text
    for hidden in (STORY_TEXT, "Name Nobody", "Ward Nowhere", "wounded", "Volga", "Willow", "link"):
        assert hidden.casefold() not in text.casefold()


def test_every_field_can_be_ticked_alone_and_brings_only_itself(stage: Stage) -> None:
    sent = taken(stage)
    seat = stage.seat("Willow")
    offered = offered_fields(seat, look_into(seat, sent.case_id))
    assert {"where", "wants", "wounded", "text", "name", "place"} <= {key for key, _, _ in offered}
    assert {key: value for key, _, value in offered if key in {"name", "place"}} == {"name": "", "place": ""}
    (text,) = read_mailbox(stage, send_out(stage, sent, fields=("name",)).receipt)
    assert "Name Nobody" in text
    assert "Ward Nowhere" not in text


def test_a_drawer_that_was_opened_for_a_packet_is_on_record(stage: Stage) -> None:
    sent = taken(stage)
    send_out(stage, sent)
    readings = [one.text("what") for one in look_into(stage.seat("Willow"), sent.case_id).of_kind("reading")]
    assert "identity" not in readings
    send_out(stage, sent, fields=("name",))
    readings = [one.text("what") for one in look_into(stage.seat("Willow"), sent.case_id).of_kind("reading")]
    assert "identity" in readings
    assert "place" not in readings


def test_the_mailbox_of_the_person_does_not_change(stage: Stage) -> None:
    sent = taken(stage)
    before = mailbox_of(stage, sent.receipt)
    send_out(stage, sent)
    after = mailbox_of(stage, sent.receipt)
    assert before is not None
    assert after is not None
    assert (before.entries, before.state, before.answer_by) == (after.entries, after.state, after.answer_by)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("receiver", {"receiver": "  "}),
        ("purpose", {"purpose": ""}),
        ("fields", {"fields": ("where", "nothing_known")}),
        ("consent", {"consent": ""}),
        ("consent", {"consent": "third"}),
        ("consent_day", {"consent_day_in": 1}),
        ("answer_due", {"answer_due_in": 0}),
        ("answer_due", {"answer_due_in": 400}),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_made(
    stage: Stage, field: str, changed: dict[str, object]
) -> None:
    sent = taken(stage)
    today = stage.seat("Willow").today
    typed = {
        key.removesuffix("_in"): today + timedelta(days=value) if isinstance(value, int) else value
        for key, value in changed.items()
    }
    with pytest.raises(InputError) as refused:
        send_out(stage, sent, **typed)
    assert refused.value.field == field
    assert look_into(stage.seat("Willow"), sent.case_id).of_kind("referral") == ()


def test_the_first_opening_is_the_receiver_s_receipt_and_their_answer_comes_back(stage: Stage) -> None:
    sent = taken(stage)
    made = send_out(stage, sent)
    assert (only(stage, sent).opened_on, only(stage, sent).has_answered) == (None, False)
    read_mailbox(stage, made.receipt)
    assert only(stage, sent).opened_on == stage.seat("Willow").today
    write_back(stage, made, "We can, from Monday.")
    assert only(stage, sent).has_answered


def test_a_packet_without_an_answer_is_due_in_the_case_it_is_from(stage: Stage) -> None:
    sent = taken(stage)
    made = send_out(stage, sent)
    seat = stage.seat("Willow")

    def due() -> list[str]:
        return [one.what for one in dues_of(seat, look_into(seat, sent.case_id)) if one.source == "referral"]

    assert due() == ["Answer expected from: A house by the sea"]
    write_back(stage, made, "No room, we are sorry.")
    assert due() == []


def test_an_outcome_ends_the_waiting(stage: Stage) -> None:
    sent = taken(stage)
    send_out(stage, sent)
    link = only(stage, sent).link
    with pytest.raises(InputError):
        record_outcome(stage.seat("Willow"), sent.case_id, link, "wonderful")
    record_outcome(stage.seat("Willow"), sent.case_id, link, "referred")
    assert only(stage, sent).outcome == "referred"
    seat = stage.seat("Willow")
    assert [one for one in dues_of(seat, look_into(seat, sent.case_id)) if one.source == "referral"] == []


def test_taken_back_the_packet_is_erased_and_a_mark_stays(stage: Stage) -> None:
    sent = taken(stage)
    made = send_out(stage, sent)
    revoke_referral(stage.seat("Willow"), sent.case_id, only(stage, sent).link)
    assert mailbox_of(stage, made.receipt) is None
    assert only(stage, sent).is_revoked
    with pytest.raises(NotAllowedError):
        look_into(stage.seat("Heron"), made.case_id)
    with pytest.raises(NotAllowedError):
        revoke_referral(stage.seat("Willow"), sent.case_id, only(stage, sent).link)


def test_a_packet_whose_taking_back_was_interrupted_is_erased_at_the_next_opening(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = taken(stage)
    made = send_out(stage, sent)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("leeside.desk.ties.referral._erase_packet", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        revoke_referral(stage.seat("Willow"), sent.case_id, only(stage, sent).link)
    assert mailbox_of(stage, made.receipt) is not None
    settle(stage.seat("Willow"), look_into(stage.seat("Willow"), sent.case_id))
    assert mailbox_of(stage, made.receipt) is None


def test_a_packet_is_owned_and_never_waits_for_a_person(stage: Stage) -> None:
    sent = taken(stage)
    made = send_out(stage, sent)
    seat = stage.seat("Heron")
    page = store.queue_page(
        seat.line_id, seat.reader_id, seat.circles, store.Tab.NEEDS_PERSON, None, 200, times_of(seat)
    )
    assert made.case_id not in {row.case_id for row in page.rows}
    assert look_into(seat, made.case_id).row.owner == stage.people["Willow"].reader_id


def test_a_first_liner_who_only_reads_along_refers_nothing(stage: Stage) -> None:
    sent = taken(stage)
    with pytest.raises(NotAllowedError):
        send_out(stage, sent, who="Wren")


def write_back(stage: Stage, made: Made, text: str) -> None:
    """The receiver answers in the packet's mailbox."""
    from leeside.door import mailbox, replies
    from leeside.door.open_lines import forget_lines, known_line

    forget_lines()

    line, seat = known_line(stage.line), stage.seat("Heron")
    opened = mailbox.open_conversation(line, mailbox.derive_keys(line, made.receipt), seat.now, seat.today)
    replies.send_message(opened, line.pack, text, page_sign="a", now=seat.now, today=seat.today)


def test_a_packet_that_its_receiver_erased_is_told_as_such(stage: Stage) -> None:
    """Broken on purpose: a panel that asks `opened_on` first goes on to wait for an answer."""
    from leeside.desk.ties.panel import make_panel

    sent = taken(stage)
    made = send_out(stage, sent)
    keys = derive_receipt_keys(made.receipt, stage.seat("Willow").line_id)
    store.erase_by_writer(keys.lookup_hash, keys.erasing_secret.reveal(), stage.seat("Willow").today)
    settle(stage.seat("Willow"), look_into(stage.seat("Willow"), sent.case_id))
    file = look_into(stage.seat("Willow"), sent.case_id)
    assert len(file.events("link_erased")) == 1
    panel = make_panel(stage.seat("Willow"), file)
    assert panel is not None
    assert panel.referrals[0].state.startswith("erased by whoever had it")


def test_a_packet_that_was_taken_back_gets_no_second_mark(stage: Stage) -> None:
    sent = taken(stage)
    send_out(stage, sent)
    revoke_referral(stage.seat("Willow"), sent.case_id, only(stage, sent).link)
    settle(stage.seat("Willow"), look_into(stage.seat("Willow"), sent.case_id))
    assert look_into(stage.seat("Willow"), sent.case_id).events("link_erased") == ()


def test_a_receiver_is_chosen_from_the_pack_s_list(stage: Stage) -> None:
    sent = taken(stage)
    send_out(stage, sent, receiver="", listed="doctors")
    seat = stage.seat("Willow")
    (entry,) = look_into(seat, sent.case_id).of_kind("referral")
    assert (entry.text("listed"), entry.text("receiver")) == ("doctors", "Doctors who read papers")
    assert only(stage, sent).receiver == "Doctors who read papers"


@pytest.mark.parametrize("changed", [{"listed": "no_such"}, {"listed": "doctors"}, {"listed": "", "receiver": " "}])
def test_a_receiver_is_chosen_or_written_and_never_both(stage: Stage, changed: dict[str, str]) -> None:
    """Broken on purpose: a list that wins over what was typed, which is lost then."""
    sent = taken(stage)
    typed = {"receiver": "" if changed["listed"] == "no_such" else "A house by the sea", **changed}
    with pytest.raises(InputError) as caught:
        send_out(stage, sent, **typed)
    assert caught.value.field == "receiver"
    assert look_into(stage.seat("Willow"), sent.case_id).of_kind("referral") == ()


def test_the_list_begins_with_whoever_helps_with_what_this_person_wants(stage: Stage) -> None:
    sent = taken(stage)
    seat = stage.seat("Willow")
    listed = receivers_for(seat, look_into(seat, sent.case_id))
    assert {one.key for one in listed} == {one.id for one in seat.pack.receivers}
    fits = [not one.wants or "leave_service" in one.wants for one in seat.pack.receivers]
    assert [one.key for one in listed[: sum(fits)]] == [
        one.id for one, fit in zip(seat.pack.receivers, fits, strict=True) if fit
    ]
    assert all(one.name and one.purpose and one.reached and one.region for one in listed)

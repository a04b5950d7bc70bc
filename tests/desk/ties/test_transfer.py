"""A case goes to another line: only to proven keys, only what was ticked, and the old one is closed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings

from desk.stage import HOT, STORY_TEXT, Sent, Stage, found, send
from desk.ties.hands import keep, read_mailbox
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.opening import look_into, open_case
from leeside.desk.queue_times import times_of
from leeside.desk.rosters import forget_rosters
from leeside.desk.ties.making import offer_token
from leeside.desk.ties.transfer import IN_MAILBOX, READ_OUT, NewTransfer, lines_to_transfer_to, transfer
from leeside.sealing.receipts import Receipt, read_receipt
from leeside.vault import store
from leeside.web.lines import LineSettings


@pytest.fixture
def other(stage: Stage) -> Iterator[Stage]:
    """A second open line of the same installation, with a coordinator and a counsellor of its own."""
    line = LineSettings("second", "refusal", "second", {"en": "Second Help"})
    settings.LEESIDE_LINES = {**settings.LEESIDE_LINES, "second": line}
    yield found(("Larch", "lead"), ("Willow", "closed"), slug="second")


def move(stage: Stage, sent: Sent, way: str = READ_OUT, fields: tuple[str, ...] = ("where", "text")) -> Receipt:
    seat = stage.seat("Willow")
    token = offer_token(seat, f"transfer {sent.case_id.hex()}")
    return transfer(seat, sent.case_id, token, NewTransfer("second", fields, way))


def taken(stage: Stage) -> Sent:
    sent = send(stage, {**HOT, "name": "Name Nobody"}, circle="closed")
    keep(stage, "Willow", sent)
    return sent


def arrived(other: Stage) -> list[store.CaseRow]:
    seat = other.seat("Heron")
    page = store.queue_page(
        seat.line_id, seat.reader_id, seat.circles, store.Tab.ALL_I_MAY_SEE, None, 200, times_of(seat)
    )
    return list(page.rows)


def test_the_other_line_gets_a_case_with_what_was_ticked_and_new_words(stage: Stage, other: Stage) -> None:
    sent = taken(stage)
    receipt = move(stage, sent)
    (row,) = arrived(other)
    assert (row.channel, row.maker, row.owner) == ("transfer", 5, None)
    assert row.answer_by is not None
    opened = open_case(other.seat("Heron"), row.case_id, drawer="identity")
    assert opened.said == {"where": "hospital", "text": STORY_TEXT}
    assert read_mailbox(other, receipt) == [STORY_TEXT]


def test_the_old_case_is_closed_as_referred_and_tells_the_writer_nothing_when_the_words_are_read_out(
    stage: Stage, other: Stage
) -> None:
    sent = taken(stage)
    move(stage, sent)
    file = look_into(stage.seat("Willow"), sent.case_id)
    assert not file.is_open
    assert file.events("closed")[-1].text("outcome") == "referred"
    assert read_mailbox(stage, sent.receipt) == [STORY_TEXT]


def test_in_the_mailbox_the_writer_is_told_line_and_words_in_one_answer(
    stage: Stage, other: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leeside.desk.ties.transfer.release_moment", lambda *_: None)
    sent = taken(stage)
    receipt = move(stage, sent, IN_MAILBOX)
    told = read_mailbox(stage, sent.receipt)[-1]
    assert "/second/" in told
    words = "\n".join(line for line in told.splitlines() if line[:1].isdigit())
    assert read_receipt(words, "ru").words("ru") == receipt.words("ru")


def test_nobody_of_the_old_line_can_open_the_new_case(stage: Stage, other: Stage) -> None:
    move(stage, taken(stage))
    (row,) = arrived(other)
    for who in ("Heron", "Willow"):
        with pytest.raises(NotAllowedError):
            look_into(stage.seat(who), row.case_id)


@pytest.mark.promise(3, "A case is transferred to a line whose roster somebody else wrote")
def test_a_line_whose_roster_does_not_lead_to_its_pin_takes_nothing(stage: Stage, other: Stage) -> None:
    """Broken on purpose: `load_roster` called with the fingerprint of the chain itself."""
    sent = taken(stage)
    forged = replace(other.line, fingerprint=stage.line.fingerprint)
    settings.LEESIDE_LINES = {**settings.LEESIDE_LINES, "second": forged}
    forget_rosters()
    with pytest.raises(InputError) as refused:
        move(stage, sent)
    assert refused.value.field == "line"
    assert arrived(other) == []
    assert look_into(stage.seat("Willow"), sent.case_id).is_open


def test_a_line_without_a_pin_is_not_offered(stage: Stage, other: Stage) -> None:
    assert [line.slug for line in lines_to_transfer_to(stage.seat("Willow"))] == ["second"]
    settings.LEESIDE_LINES = {**settings.LEESIDE_LINES, "second": replace(other.line, fingerprint="")}
    assert lines_to_transfer_to(stage.seat("Willow")) == ()


def test_with_nothing_ticked_or_no_way_chosen_nothing_moves(stage: Stage, other: Stage) -> None:
    sent = taken(stage)
    for fields, way in (((), READ_OUT), (("where",), "post")):
        with pytest.raises(InputError):
            move(stage, sent, way, fields)
    assert arrived(other) == []


def test_a_page_sent_twice_moves_the_case_once(stage: Stage, other: Stage) -> None:
    sent = taken(stage)
    seat = stage.seat("Willow")
    token = offer_token(seat, f"transfer {sent.case_id.hex()}")
    new = NewTransfer("second", ("where",), READ_OUT)
    transfer(seat, sent.case_id, token, new)
    with pytest.raises((InputError, NotAllowedError)):
        transfer(stage.seat("Willow"), sent.case_id, token, new)
    assert len(arrived(other)) == 1

"""A case by telephone: the pack's questions, sealed like any request, with words that are shown once."""

from collections.abc import Iterable

import pytest

from desk.stage import Stage
from desk.ties.hands import read_mailbox
from leeside.desk.by_hand.phone_case import PURPOSE, open_by_hand, read_phone_form, take_at_once
from leeside.desk.by_hand.phone_form import Field, make_form, voices_of
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.opening import look_into, open_case
from leeside.desk.ties.making import Made, offer_token
from leeside.vault import store

CALL = {"where": ["home"], "wants": ["summons"], "text": ["A summons came by post."], "region": ["volga"]}
HELD = {"where": ["held"], "text": ["They hold him in a cellar."], "name": ["Name Nobody"]}


def every_field(fields: Iterable[Field]) -> list[Field]:
    """The fields with those that open below them."""
    found: list[Field] = []
    for one in fields:
        found.append(one)
        found.extend(inner for group in one.groups for inner in every_field(group.fields))
    return found


def write_down(stage: Stage, who: str, fields: dict[str, list[str]]) -> Made:
    seat = stage.seat(who)
    read = read_phone_form(seat, fields)
    assert read.is_complete, read.problems
    return open_by_hand(seat, read, offer_token(seat, PURPOSE), "uk")


def test_a_call_becomes_a_sealed_case_with_the_pack_s_circle_urgency_and_promise(stage: Stage) -> None:
    made = write_down(stage, "Wren", CALL)
    file = open_case(stage.seat("Wren"), made.case_id)
    row = file.row
    assert (row.channel, row.maker, row.circle, row.language, row.owner) == ("phone", 5, "first", "uk", None)
    assert row.answer_by is not None
    assert file.said == {"where": "home", "wants": "summons", "text": "A summons came by post.", "region": "volga"}


def test_the_words_that_were_read_out_open_the_mailbox(stage: Stage) -> None:
    made = write_down(stage, "Wren", CALL)
    assert read_mailbox(stage, made.receipt) == ["A summons came by post."]


def test_whoever_wrote_it_down_may_take_it_at_once(stage: Stage) -> None:
    made = write_down(stage, "Wren", CALL)
    assert take_at_once(stage.seat("Wren"), made)
    held = store.fetch_holds([made.case_id], stage.seat("Wren").real_now)
    assert held[made.case_id].reader_id == stage.people["Wren"].reader_id


def test_what_is_too_hot_for_whoever_wrote_it_down_goes_past_them(stage: Stage) -> None:
    made = write_down(stage, "Wren", HELD)
    assert not take_at_once(stage.seat("Wren"), made)
    with pytest.raises(NotAllowedError):
        look_into(stage.seat("Wren"), made.case_id)
    assert open_case(stage.seat("Willow"), made.case_id).said["where"] == "held"


def test_an_answer_whose_question_is_not_open_is_said_and_not_dropped(stage: Stage) -> None:
    read = read_phone_form(stage.seat("Wren"), {**CALL, "presses_summons_by": ["2023-12-11"]})
    assert set(read.problems) == {"presses_summons_by"}
    assert read_phone_form(stage.seat("Wren"), {**CALL, "presses_summons_by": [""]}).is_complete


def test_everything_typed_is_still_in_the_form_with_its_problem_beside_it(stage: Stage) -> None:
    seat = stage.seat("Wren")
    typed = {**CALL, "presses": ["summons"], "presses_summons_by": ["soon"]}
    form = make_form(seat, "self", typed, read_phone_form(seat, typed).problems)
    by_id = {field.id: field for field in every_field(form.first + form.more)}
    assert by_id["presses_summons_by"].problem
    assert by_id["presses_summons_by"].value == "soon"
    assert by_id["text"].value == "A summons came by post."
    assert [one.key for one in by_id["where"].options if one.is_chosen] == ["home"]
    assert form.is_more_open


def test_a_question_stands_below_the_answers_that_open_it(stage: Stage) -> None:
    """Broken on purpose: groups by the parent alone open the day of a hearing with a summons."""
    seat = stage.seat("Wren")
    form = make_form(seat, "self", {**CALL, "presses_hearing_by": ["2023-12-11"]}, {})
    on_top = {field.id: field for field in (*form.first, *form.more)}
    assert not {"presses_summons_by", "presses_hearing_by", "about", "knows", "contact_address"} & set(on_top)
    presses = on_top["presses"]
    opened_by = {
        field.id: {one.key for one in presses.options if group.number in one.opens}
        for group in presses.groups
        for field in group.fields
    }
    assert opened_by["presses_summons_by"] == {"summons"}
    assert opened_by["presses_hearing_by"] == {"hearing"}
    stays = {field.id for group in presses.groups if group.stays_open for field in group.fields}
    assert stays == {"presses_hearing_by"}, "what was filled in is never hidden"
    (writer,) = on_top["writer"].groups
    assert [field.id for field in writer.fields] == ["about", "knows"]
    assert not any(writer.number in one.opens for one in on_top["writer"].options if one.key == "self")
    numbers = [group.number for field in on_top.values() for group in field.groups]
    assert max(numbers) <= 8, "desk.css has a rule for each number up to eight"


def test_an_empty_call_is_no_request(stage: Stage) -> None:
    seat = stage.seat("Wren")
    assert make_form(seat, "self", {}, read_phone_form(seat, {}).problems).problem


def test_questions_fit_who_is_on_the_telephone(stage: Stage) -> None:
    seat = stage.seat("Wren")
    assert [one.key for one in voices_of(seat, "him") if one.is_chosen] == ["him"]
    own = {field.id for field in every_field(make_form(seat, "self", {}, {}).more)}
    his = {field.id for field in every_field(make_form(seat, "him", {}, {}).more)}
    assert "about" in own
    assert "about" not in his


def test_a_page_sent_twice_makes_one_case(stage: Stage) -> None:
    seat = stage.seat("Wren")
    read, token = read_phone_form(seat, CALL), offer_token(seat, PURPOSE)
    open_by_hand(seat, read, token, "ru")
    with pytest.raises(InputError):
        open_by_hand(stage.seat("Wren"), read, token, "ru")


def test_a_publisher_opens_no_case(stage: Stage) -> None:
    seat = stage.seat("Rowan")
    with pytest.raises(NotAllowedError):
        open_by_hand(seat, read_phone_form(seat, CALL), offer_token(seat, PURPOSE), "ru")

"""Safe contact obeyed: hours, writing first, the stop word; and what of it a mailbox shows, which is nothing."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import answering
from leeside.desk.casefile import CaseFile
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guarding.panel import make_panel
from leeside.desk.guarding.planning import TypedPlan, allow_writing_first, clear_stop_word, set_contact
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.outgoing import describe_sending, release_moment, why_locked
from leeside.desk.safety.contact import plan_of
from leeside.desk.safety.flags import flags_of
from leeside.desk.seat import Seat
from leeside.desk.taking_back import take_back
from leeside.door import replies
from leeside.door.mailbox import OpenedMailbox, derive_keys, open_conversation
from leeside.door.open_lines import forget_lines, known_line
from leeside.packs.reader import shipped_pack
from leeside.sealing.compartments import Compartment
from leeside.vault import store

SAID = {**PLAIN, "contact": "here", "contact_hours": "после семи", "stop_word": "лампа", "contact_first": "never"}


def step(seat: Seat) -> Step:
    return Step("look at it", seat.reader_id, seat.today + timedelta(days=1))


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, PLAIN, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    return sent


def look(stage: Stage, case: Sent) -> CaseFile:
    return look_into(stage.seat("Wren"), case.case_id)


def plan_around(
    seat: Seat, begins: float, ends: float, zone: str = "Asia/Yekaterinburg", **changed: object
) -> TypedPlan:
    """A plan whose hours begin and end so many hours from now, on the clock of `zone`."""
    local = seat.now.astimezone(ZoneInfo(zone))
    starts, stops = local + timedelta(hours=begins), local + timedelta(hours=ends)
    plan = TypedPlan("here", zone, f"{starts:%H:%M}", f"{stops:%H:%M}")
    return replace(plan, **changed)  # type: ignore[arg-type]


def opened(stage: Stage, case: Sent) -> OpenedMailbox:
    forget_lines()
    line, now = known_line(stage.line), stage.seat("Wren").now
    return open_conversation(line, derive_keys(line, case.receipt), now, now.date())


def writes(stage: Stage, case: Sent, text: str) -> None:
    seat = stage.seat("Wren")
    replies.send_message(
        opened(stage, case), shipped_pack("refusal"), text, page_sign=text, now=seat.now, today=seat.today
    )


# Hours


def test_inside_the_hours_an_answer_goes_out_after_the_seconds_of_undo(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    set_contact(wren, case.case_id, plan_around(wren, -2, 2))
    moment = release_moment(wren, look(stage, case))
    assert moment == wren.now + timedelta(seconds=10)
    assert "inside safe hours" in describe_sending(wren, look(stage, case))


def test_outside_the_hours_it_waits_for_the_opening_and_can_be_taken_back_until_then(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    set_contact(wren, case.case_id, plan_around(wren, 3, 5))
    entry_id = answering.answer(stage.seat("Wren"), case.case_id, "Ответ.", step(wren))
    file = look(stage, case)
    (moment,) = file.waiting.values()
    assert timedelta(hours=2, minutes=58) < moment - wren.now < timedelta(hours=3, minutes=1)
    assert not [one for one in opened(stage, case).messages if not one.is_own]
    assert "waits until" in describe_sending(wren, file)
    panel = make_panel(wren, file)
    assert [(one.entry, one.may_take_back) for one in panel.waiting] == [(entry_id.hex(), True)]
    later = replace(stage.seat("Wren"), now=wren.now + timedelta(hours=1))
    assert take_back(later, case.case_id, entry_id) == "Ответ."
    assert not look(stage, case).waiting


def test_a_plan_without_hours_sends_at_once(stage: Stage, case: Sent) -> None:
    set_contact(stage.seat("Wren"), case.case_id, TypedPlan("telegram", stop_word="лампа"))
    wren = stage.seat("Wren")
    assert release_moment(wren, look(stage, case)) == wren.now + timedelta(seconds=10)
    assert describe_sending(wren, look(stage, case)) == "To the writer, in their mailbox, at once"


def test_both_clocks_are_told_when_they_differ(stage: Stage, case: Sent) -> None:
    wren = replace(stage.seat("Wren"), own_zone="Europe/Berlin")
    set_contact(stage.seat("Wren"), case.case_id, plan_around(wren, -2, 2, "Asia/Kamchatka"))
    theirs, ours = (wren.now.astimezone(ZoneInfo(zone)) for zone in ("Asia/Kamchatka", "Europe/Berlin"))
    words = describe_sending(wren, look(stage, case))
    assert f"{theirs:%H:%M}" in words
    assert f"({ours:%H:%M}" in words


def test_a_clock_that_stands_still_sends_inside_the_hours_and_waits_outside(
    stage: Stage, case: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leeside.desk import outgoing
    from leeside.web.clock import ClockSettings, DomainClock

    wren = stage.seat("Wren")
    clock = DomainClock(ClockSettings(stands_still_at=wren.now))
    monkeypatch.setattr(outgoing, "domain_clock", lambda: clock)
    set_contact(wren, case.case_id, plan_around(wren, -2, 2))
    assert release_moment(wren, look(stage, case)) is None
    set_contact(stage.seat("Wren"), case.case_id, plan_around(wren, 3, 5))
    moment = release_moment(wren, look(stage, case))
    assert moment is not None
    assert moment > wren.now + timedelta(hours=2)


def test_the_plan_is_sealed_in_story_and_no_mailbox_shows_it(stage: Stage, case: Sent) -> None:
    """Broken on purpose: sealed towards the writer instead of inside, it stands in the conversation."""
    before = [one.entry_id for one in opened(stage, case).messages]
    set_contact(stage.seat("Wren"), case.case_id, TypedPlan("here", stop_word="лампа", cover="рецепты"))
    entry = look(stage, case).of_kind("contact")[0]
    assert (entry.compartment, entry.row.direction) == (Compartment.STORY, store.Direction.INSIDE)
    after = opened(stage, case)
    assert [one.entry_id for one in after.messages] == before
    assert after.unproven == 0


def test_what_the_form_said_counts_until_somebody_sets_a_plan(stage: Stage) -> None:
    sent = send(stage, SAID, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    plan = plan_of(look(stage, sent))
    assert (plan.stop_word, plan.never_first, plan.said_hours, plan.window) == ("лампа", True, "после семи", None)
    assert make_panel(stage.seat("Wren"), look(stage, sent)).said_hours == "после семи"


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("channel", {"channel": "pigeon"}),
        ("starts", {"starts": "19:00"}),
        ("starts", {"starts": "26:00", "ends": "27:00"}),
        ("zone", {"starts": "19:00", "ends": "22:00", "zone": "Mars/Olympus"}),
        ("stop_word", {"stop_word": "x" * 121}),
        ("cover", {"cover": "x" * 161}),
        ("silence_means", {"silence_means": "x" * 301}),
    ],
)
def test_a_plan_that_cannot_be_taken_is_told_beside_its_field(
    stage: Stage, case: Sent, field: str, changed: dict[str, str]
) -> None:
    with pytest.raises(InputError) as refused:
        set_contact(stage.seat("Wren"), case.case_id, replace(TypedPlan("here"), **changed))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not look(stage, case).of_kind("contact")


# Writing first


def test_where_we_must_not_write_first_only_what_they_wrote_is_answered(stage: Stage, case: Sent) -> None:
    set_contact(stage.seat("Wren"), case.case_id, TypedPlan("here", never_first=True))
    wren = stage.seat("Wren")
    answering.answer(wren, case.case_id, "Это ответ.", step(wren), at_once=True)
    with pytest.raises(InputError) as refused:
        answering.answer(stage.seat("Wren"), case.case_id, "А это уже первыми.")
    assert refused.value.field == "text"
    writes(stage, case, "И ещё вопрос")
    open_case(stage.seat("Wren"), case.case_id)
    answering.answer(stage.seat("Wren"), case.case_id, "Снова ответ.", at_once=True)


def test_the_owner_may_write_first_once_with_a_reason_on_record(stage: Stage, case: Sent) -> None:
    set_contact(stage.seat("Wren"), case.case_id, TypedPlan("here", never_first=True))
    wren = stage.seat("Wren")
    answering.answer(wren, case.case_id, "Ответ.", step(wren), at_once=True)
    with pytest.raises(InputError):
        allow_writing_first(stage.seat("Wren"), case.case_id, "  ")
    allow_writing_first(stage.seat("Wren"), case.case_id, "The court moved the day.")
    answering.answer(stage.seat("Wren"), case.case_id, "Суд перенесли.", at_once=True)
    assert look(stage, case).events("write_first_allowed")[0].text("reason") == "The court moved the day."
    with pytest.raises(InputError):
        answering.answer(stage.seat("Wren"), case.case_id, "И ещё.")


def test_who_only_reads_a_case_may_not_make_the_exception(stage: Stage, case: Sent) -> None:
    from leeside.desk import grants

    wren = stage.seat("Wren")
    answering.answer(wren, case.case_id, "Ответ.", step(wren), at_once=True)
    grants.grant(stage.seat("Wren"), case.case_id, stage.people["Finch"].reader_id)
    with pytest.raises(NotAllowedError):
        allow_writing_first(stage.seat("Finch"), case.case_id, "because")


# The stop word


def test_a_message_with_the_stop_word_locks_until_somebody_says_what_it_meant(stage: Stage, case: Sent) -> None:
    set_contact(stage.seat("Wren"), case.case_id, TypedPlan("here", stop_word="лампа"))
    writes(stage, case, "Купил лампу, светит хорошо.")
    open_case(stage.seat("Wren"), case.case_id)
    wren = stage.seat("Wren")
    assert flags_of(wren, look(stage, case)) == ("stop_word",)
    with pytest.raises(InputError):
        answering.answer(wren, case.case_id, "Ответ.", step(wren))
    with pytest.raises(InputError):
        clear_stop_word(stage.seat("Wren"), case.case_id, "")
    clear_stop_word(stage.seat("Wren"), case.case_id, "he meant the shop, heard by voice")
    assert why_locked(stage.seat("Wren"), look(stage, case)) == ""
    answering.answer(stage.seat("Wren"), case.case_id, "Ответ.", step(wren))


def test_an_older_stop_word_still_counts(stage: Stage, case: Sent) -> None:
    set_contact(stage.seat("Wren"), case.case_id, TypedPlan("here", stop_word="лампа"))
    set_contact(stage.seat("Wren"), case.case_id, TypedPlan("here", stop_word="зонт"))
    writes(stage, case, "Лампа разбилась.")
    open_case(stage.seat("Wren"), case.case_id)
    assert "stop_word" in flags_of(stage.seat("Wren"), look(stage, case))


def test_the_form_in_which_the_word_was_agreed_is_no_alarm(stage: Stage) -> None:
    sent = send(stage, SAID, circle="first", text="Если напишу «лампа», рядом чужие.")
    open_case(stage.seat("Wren"), sent.case_id)
    assert "stop_word" not in flags_of(stage.seat("Wren"), look(stage, sent))

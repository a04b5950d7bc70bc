"""What is new to a reader, what changed a case, what is heavy, and what waits to go out: as the timeline shows it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.stage import HOT, PLAIN, STORY_TEXT, Sent, Stage, send
from leeside.desk import answering, holding
from leeside.desk.guarding.planning import TypedPlan, set_contact
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.seat import Seat
from leeside.desk.taking_back import take_back
from leeside.desk.telling.shapes import Item
from leeside.desk.timeline import make_timeline
from leeside.desk.writing.composers import make_composers


def step_of(seat: Seat) -> Step:
    return Step("call", seat.reader_id, seat.today + timedelta(days=3))


def items(stage: Stage, who: str, case: Sent, minutes: int = 0) -> list[Item]:
    """What the person sees on a visit so many minutes later."""
    seat = stage.seat(who, stage.seat(who).now + timedelta(minutes=minutes))
    timeline = make_timeline(seat, open_case(seat, case.case_id))
    return [item for day in timeline.days for item in day.entries]


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, PLAIN, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    holding.keep(wren, sent.case_id, step_of(wren))
    return sent


def test_nothing_is_new_on_the_first_visit_nor_of_ones_own(stage: Stage, case: Sent) -> None:
    answering.write_note(stage.seat("Wren"), case.case_id, "my own note")
    assert not any(item.is_new for item in items(stage, "Heron", case))
    assert not any(item.is_new for item in items(stage, "Wren", case, minutes=60))


def test_what_a_colleague_wrote_since_is_new_once(stage: Stage, case: Sent) -> None:
    """Broken on purpose: the newest reading taken for the one before (nothing was ever new)."""
    items(stage, "Heron", case)
    wren = stage.seat("Wren", stage.seat("Wren").now + timedelta(minutes=5))
    answering.write_note(wren, case.case_id, "written meanwhile")
    seen = items(stage, "Heron", case, minutes=60)
    assert [item.text for item in seen if item.is_first_new] == ["written meanwhile"]
    assert not any(item.is_new for item in items(stage, "Heron", case, minutes=120))


def test_a_writers_message_is_new_though_it_has_no_clock_time(stage: Stage, case: Sent) -> None:
    file = look_into(stage.seat("Wren"), case.case_id)
    seen = [one.body.content.get("known") for one in file.of_kind("reading")]
    assert all(isinstance(known, list) and len(known) == len(file.from_writer) for known in seen)


def test_what_changes_whose_a_case_is_stands_over_the_full_width(stage: Stage, case: Sent) -> None:
    shapes = {item.text: item.shape for item in items(stage, "Wren", case)}
    assert shapes["Keeps the case"] == "milestone"


def test_what_the_pack_marks_as_heavy_is_folded(stage: Stage) -> None:
    sent = send(stage, {**HOT, "why_now": ("violence",)}, circle="closed")  # type: ignore[dict-item]
    folded = [item for item in items(stage, "Willow", sent) if item.is_heavy]
    assert [item.text for item in folded] == [STORY_TEXT]


def test_both_clocks_stand_beside_each_other_where_they_differ(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    answering.write_note(wren, case.case_id, "before we knew where he is")
    assert not any("their time" in item.meta for item in items(stage, "Wren", case))
    set_contact(wren, case.case_id, TypedPlan("here", "Asia/Vladivostok", "00:00", "00:00"))
    theirs = f"{wren.now.astimezone(ZoneInfo('Asia/Vladivostok')):%H:%M} their time"
    (note,) = (item for item in items(stage, "Wren", case) if item.shape == "note")
    assert theirs in note.meta


def test_an_answer_that_waits_is_listed_with_both_clocks_and_taken_back(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    opens = (wren.now + timedelta(hours=3)).astimezone(ZoneInfo("Europe/Moscow"))
    closes = opens + timedelta(hours=2)
    set_contact(wren, case.case_id, TypedPlan("here", "Europe/Moscow", f"{opens:%H:%M}", f"{closes:%H:%M}"))
    entry = answering.answer(wren, case.case_id, "It waits for your evening.")
    file = look_into(wren, case.case_id)
    (waiting,) = make_composers(wren, file).waiting
    assert (waiting.entry, waiting.words, waiting.is_mine) == (entry.hex(), "It waits for your evening.", True)
    assert f"{opens:%H:%M}" in waiting.when
    assert not make_composers(stage.seat("Heron"), look_into(stage.seat("Heron"), case.case_id)).waiting[0].is_mine
    assert take_back(stage.seat("Wren"), case.case_id, entry) == "It waits for your evening."
    assert make_composers(wren, look_into(wren, case.case_id)).waiting == ()

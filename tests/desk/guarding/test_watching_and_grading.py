"""The silence watch, the graded check and the code phrases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.guarding.test_planning import look, writes
from desk.stage import PLAIN, Sent, Stage, send
from leeside.desk import holding
from leeside.desk.due import dues_of
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guarding.grading import set_check
from leeside.desk.guarding.phrases import draw_phrases, phrases_of, set_phrases, show_phrases
from leeside.desk.guarding.seizing import seize
from leeside.desk.guarding.watching import end_watch, set_watch
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.safety.bars import bars_of
from leeside.desk.safety.check import Level, check_of, require_checked
from leeside.desk.safety.flags import flags_of
from leeside.desk.safety.silence import watch_of
from leeside.desk.timeline import make_timeline
from leeside.sealing.compartments import Compartment


@pytest.fixture
def case(stage: Stage) -> Sent:
    sent = send(stage, PLAIN, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    return sent


# Silence


def test_a_watch_is_due_and_raises_a_bar_once_its_day_has_passed(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    set_watch(wren, case.case_id, wren.today, "ask the sister")
    file = look(stage, case)
    assert [due.source for due in dues_of(wren, file)] == ["silence"]
    assert flags_of(wren, file) == (), "the day itself is still in time"
    tomorrow = replace(wren, now=wren.now + timedelta(days=1))
    assert flags_of(tomorrow, file) == ("silence",)
    assert "ask the sister" in bars_of(tomorrow, file)[0].text


def test_a_message_ends_it_by_itself(stage: Stage, case: Sent) -> None:
    """Broken on purpose: with the day of a message compared instead of what was known, one of the same day is lost."""
    writes(stage, case, "До этого.")
    open_case(stage.seat("Wren"), case.case_id)
    wren = stage.seat("Wren")
    set_watch(wren, case.case_id, wren.today + timedelta(days=2), "ask the sister")
    assert watch_of(look(stage, case)) is not None
    writes(stage, case, "Я на месте.")
    assert watch_of(look(stage, case)) is None
    assert not dues_of(wren, look(stage, case))


def test_what_whoever_holds_a_seized_device_writes_ends_nothing(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    set_watch(wren, case.case_id, wren.today, "ask the lawyer")
    seize(stage.seat("Wren"), case.case_id)
    writes(stage, case, "Всё хорошо.")
    assert watch_of(look(stage, case)) is not None


def test_it_can_be_set_anew_and_taken_off(stage: Stage, case: Sent) -> None:
    wren = stage.seat("Wren")
    for then in ("ask the sister", "ask the lawyer"):
        set_watch(stage.seat("Wren"), case.case_id, wren.today, then)
    watch = watch_of(look(stage, case))
    assert watch is not None
    assert watch.then == "ask the lawyer"
    end_watch(stage.seat("Wren"), case.case_id)
    end_watch(stage.seat("Wren"), case.case_id)
    assert watch_of(look(stage, case)) is None
    assert len(look(stage, case).of_kind("silence")) == 3


@pytest.mark.parametrize(("days", "then", "field"), [(-1, "ask", "day"), (1, " ", "then"), (1, "x" * 301, "then")])
def test_a_watch_that_cannot_be_is_told_beside_its_field(
    stage: Stage, case: Sent, days: int, then: str, field: str
) -> None:
    wren = stage.seat("Wren")
    with pytest.raises(InputError) as refused:
        set_watch(wren, case.case_id, wren.today + timedelta(days=days), then)
    assert refused.value.field == field


# The check


def test_a_check_has_a_ground_and_can_be_changed(stage: Stage, case: Sent) -> None:
    assert check_of(look(stage, case)).level is Level.UNVERIFIED
    set_check(stage.seat("Wren"), case.case_id, "doubtful", "asks_about_us", "asks for names")
    assert flags_of(stage.seat("Wren"), look(stage, case)) == ("doubtful",)
    set_check(stage.seat("Wren"), case.case_id, "confirmed", "voice_heard", "")
    check = check_of(look(stage, case))
    assert (check.level, check.ground, check.by) == (Level.CONFIRMED, "voice_heard", stage.people["Wren"].reader_id)
    set_check(stage.seat("Wren"), case.case_id, "unverified", "", "")
    assert check_of(look(stage, case)).level is Level.UNVERIFIED


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("sure", "voice_heard", ""), "level"),
        (("confirmed", "", ""), "ground"),
        (("confirmed", "felt_it", ""), "ground"),
        (("confirmed", "voice_heard", "x" * 301), "line"),
    ],
)
def test_a_check_that_cannot_be_is_told_beside_its_field(
    stage: Stage, case: Sent, typed: tuple[str, str, str], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        set_check(stage.seat("Wren"), case.case_id, *typed)
    assert refused.value.field == field


@pytest.mark.parametrize(("level", "passes"), [("doubtful", False), ("consistent", True), ("not_needed", True)])
def test_what_waits_for_a_check_is_refused_with_what_is_missing(
    stage: Stage, case: Sent, level: str, passes: bool
) -> None:
    set_check(stage.seat("Wren"), case.case_id, level, "details_fit", "")
    if passes:
        require_checked(look(stage, case))
        return
    with pytest.raises(InputError) as refused:
        require_checked(look(stage, case))
    assert "fits together" in refused.value.reason


def test_drawers_of_a_case_that_nobody_keeps_open_after_the_check(stage: Stage) -> None:
    """Broken on purpose: without the question in `opening.open_case` a direct post opens the drawer."""
    sent = send(stage, {**PLAIN, "wants": "leave_service"}, circle="closed")
    open_case(stage.seat("Willow"), sent.case_id)
    with pytest.raises(NotAllowedError):
        open_case(stage.seat("Willow"), sent.case_id, drawer="identity")
    set_check(stage.seat("Willow"), sent.case_id, "consistent", "details_fit", "")
    assert open_case(stage.seat("Willow"), sent.case_id, drawer="identity").of_kind("reading")


def test_whoever_keeps_the_case_opens_its_drawers_to_check(stage: Stage) -> None:
    sent = send(stage, {**PLAIN, "wants": "leave_service"}, circle="closed")
    willow = stage.seat("Willow")
    open_case(willow, sent.case_id)
    holding.keep(stage.seat("Willow"), sent.case_id, Step("check", willow.reader_id, willow.today))
    assert open_case(stage.seat("Willow"), sent.case_id, drawer="place")


# Code phrases


def test_phrases_are_shown_by_a_tap_that_is_on_record(stage: Stage, case: Sent) -> None:
    set_phrases(stage.seat("Wren"), case.case_id, "Янтарный  берег", "тихий причал")
    file = look(stage, case)
    assert file.of_kind("phrase")[0].compartment is Compartment.WORK
    assert not [entry for entry in file.of_kind("reading") if entry.text("what") == "phrase"]
    told = make_timeline(stage.seat("Wren"), file)
    assert "берег" not in repr(told), "neither the timeline nor its meta tells them"
    shown = show_phrases(stage.seat("Wren"), case.case_id)
    assert shown is not None
    assert (shown.they, shown.we) == ("Янтарный берег", "тихий причал")
    assert [entry.text("what") for entry in look(stage, case).of_kind("reading")].count("phrase") == 1


def test_phrases_can_be_replaced_and_differ(stage: Stage, case: Sent) -> None:
    for they, we, field in (("", "x", "they"), ("x", "", "we"), ("one", "ONE", "we"), ("x" * 121, "y", "they")):
        with pytest.raises(InputError) as refused:
            set_phrases(stage.seat("Wren"), case.case_id, they, we)
        assert refused.value.field == field
    set_phrases(stage.seat("Wren"), case.case_id, "first", "second")
    set_phrases(stage.seat("Wren"), case.case_id, "third", "fourth")
    found = phrases_of(look(stage, case))
    assert found is not None
    assert (found.they, found.we) == ("third", "fourth")


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
def test_two_different_phrases_are_drawn(language: str) -> None:
    they, we = draw_phrases(language)
    assert they != we
    assert len(they.split()) >= 2


def test_nobody_without_standing_is_shown_a_phrase(stage: Stage, case: Sent) -> None:
    set_phrases(stage.seat("Wren"), case.case_id, "first", "second")
    holding.keep(stage.seat("Wren"), case.case_id, Step("x", stage.people["Wren"].reader_id, stage.seat("Wren").today))
    with pytest.raises(NotAllowedError):
        show_phrases(stage.seat("Finch"), case.case_id)

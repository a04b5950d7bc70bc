"""What is due: on the case page in words, on one's own list by code name and source, and nobody's reading for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from desk.stage import HOT, PLAIN, Sent, Stage, send
from leeside.desk import holding, next_steps
from leeside.desk.errors import NotAllowedError
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.stages.tasks import DAYS, list_mine, make_panel, source_words
from leeside.vault import store

ClientOf = Callable[..., Client]
WORDS = "call the hospital about the summary"


def kept(stage: Stage, who: str, days: int, answers: dict[str, str] | None = None) -> Sent:
    sent = send(stage, answers or PLAIN, circle="first" if who == "Wren" else "closed")
    seat = stage.seat(who)
    open_case(seat, sent.case_id)
    holding.keep(seat, sent.case_id, Step(WORDS, seat.reader_id, seat.today + timedelta(days=days)))
    open_case(stage.seat(who), sent.case_id)
    return sent


def test_a_task_is_there_until_it_is_done(stage: Stage) -> None:
    case = kept(stage, "Wren", 0)
    wren = stage.seat("Wren")
    (task,) = make_panel(wren, look_into(wren, case.case_id)).tasks
    assert (task.what, task.who, task.is_late) == (WORDS, "me", False)
    next_steps.set_step(wren, case.case_id, Step("wait", wren.reader_id, wren.today + timedelta(days=5)))
    (task,) = make_panel(wren, look_into(wren, case.case_id)).tasks
    assert task.what == "wait"


def test_my_list_is_by_day_late_first_and_has_code_names_only(stage: Stage) -> None:
    today, later = kept(stage, "Wren", 0), kept(stage, "Wren", 9)
    wren = stage.seat("Wren")
    mine = list_mine(wren, 0)
    assert [[one.slug for one in day.cases] for day in mine.days] == [[today.slug]]
    fortnight = list_mine(wren, DAYS)
    assert [one.slug for day in fortnight.days for one in day.cases] == [today.slug, later.slug]
    assert WORDS not in repr(fortnight)
    assert fortnight.days[0].cases[0].sources == ("next step",)


def test_a_day_of_a_fact_stands_in_the_list_by_the_packs_word(stage: Stage) -> None:
    day = stage.seat("Willow").today + timedelta(days=6)
    answers = {**HOT, "presses": "leave_ends", "presses_leave_ends_by": day.isoformat()}
    case = kept(stage, "Willow", 20, answers)
    settle, only = list_mine(stage.seat("Willow"), DAYS).days
    assert [one.slug for one in only.cases] == [case.slug]
    assert only.cases[0].sources[0] != "a date"
    assert [one.sources[0].partition(":")[0] for one in settle.cases] == ["to settle"], "a notice is due the day before"


def test_listing_opens_no_case_and_puts_nobody_on_record(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: the list made from opened cases (each card's case was read, and told nobody so)."""
    kept(stage, "Wren", 0)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a list of cards opens no case")

    for verb in ("fetch_entries", "fetch_case", "record_reading", "append_entries"):
        monkeypatch.setattr(store, verb, never)
    assert list_mine(stage.seat("Wren"), DAYS).days


def test_the_list_is_ones_own(stage: Stage) -> None:
    kept(stage, "Wren", 0)
    assert list_mine(stage.seat("Finch"), DAYS).days == ()
    with pytest.raises(NotAllowedError):
        list_mine(stage.seat("Rowan"), DAYS)


def test_both_pages_show_it_in_the_browser(stage: Stage, client_of: ClientOf) -> None:
    from desk.test_pages import Browser

    case = kept(stage, "Wren", 2)
    browser = Browser(client_of("desk"))
    browser.sign_in(stage, "Wren")
    assert b"Nothing of yours is due today." in browser.get("/en/due/").content
    page = browser.get("/en/due/fortnight").content
    assert case.slug.encode() in page and WORDS.encode() not in page


@pytest.mark.parametrize(
    "source", ["step", "handover", "papers", "silence", "referral", "follow_up", "probation", "probation_end"]
)
def test_every_part_has_a_word_of_its_own(stage: Stage, source: str) -> None:
    wren = stage.seat("Wren")
    assert source_words(wren, source) != source_words(wren, "of a newer version")

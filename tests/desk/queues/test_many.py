"""Many cases at once: each whole or not at all, told case by case, for coordinators only."""

from datetime import timedelta

import pytest

from desk.stage import HOT, PLAIN, Stage, send
from leeside.desk import holding
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.many_cases import each_case
from leeside.desk.next_steps import Step
from leeside.desk.opening import look_into, open_case
from leeside.desk.queues.many import assign_many, close_many
from leeside.vault import store
from leeside.vault.store import CaseState


def test_marked_cases_go_to_one_colleague_with_their_keys(stage: Stage) -> None:
    sent = [send(stage, PLAIN, circle="first") for _ in range(3)]
    wren = stage.people["Wren"].reader_id
    report = assign_many(stage.seat("Heron"), [one.slug for one in sent], wren)
    assert (len(report.done), report.failed) == (3, ())
    for one in sent:
        assert look_into(stage.seat("Wren"), one.case_id).row.owner == wren


def test_what_fails_is_told_with_its_name_and_the_others_are_done(stage: Stage) -> None:
    good, held, hot = (
        send(stage, PLAIN, circle="first"),
        send(stage, PLAIN, circle="first"),
        send(stage, HOT, circle="closed"),
    )
    holding.take(stage.seat("Finch"), held.case_id)
    slugs = [held.slug, good.slug, hot.slug, "no-such", "Не адрес", good.slug]
    report = assign_many(stage.seat("Heron"), slugs, stage.people["Wren"].reader_id)
    assert len(report.done) == 1
    assert [reason for _name, reason in report.failed] == [
        "Finch holds it just now.",
        "Wren may not hold all that this case needs.",
        "It is not there any more, or not for you.",
        "It is not there any more, or not for you.",
    ]
    heron = stage.seat("Heron")
    assert look_into(heron, good.case_id).row.owner == stage.people["Wren"].reader_id
    assert look_into(heron, held.case_id).row.owner is None
    assert look_into(heron, hot.case_id).row.owner is None


def test_spam_is_closed_with_the_packs_outcome_and_without_a_day_to_ask_again(stage: Stage) -> None:
    sent = [send(stage, PLAIN, circle="first") for _ in range(2)]
    report = close_many(stage.seat("Heron"), [one.slug for one in sent])
    assert (len(report.done), report.failed) == (2, ())
    for one in sent:
        file = look_into(stage.seat("Heron"), one.case_id)
        assert (file.row.state, file.row.follow_from) == (CaseState.CLOSED, None)
        assert file.events("closed")[-1].text("outcome") == "no_request"
        assert [entry.author.reader_id for entry in file.of_kind("reading")] == [stage.people["Heron"].reader_id]


def test_what_somebody_works_on_is_not_closed_as_spam(stage: Stage) -> None:
    """Broken on purpose: `_close_untaken` without its look at the owner."""
    sent = send(stage, PLAIN, circle="first")
    wren = stage.seat("Wren")
    open_case(wren, sent.case_id)
    holding.keep(wren, sent.case_id, Step("call", wren.reader_id, wren.today + timedelta(days=1)))
    report = close_many(stage.seat("Heron"), [sent.slug])
    assert [reason for _name, reason in report.failed] == ["Wren works on it."]
    assert look_into(wren, sent.case_id).is_open


def test_more_than_fifty_are_refused_before_the_first(stage: Stage) -> None:
    sent = send(stage, PLAIN, circle="first")
    with pytest.raises(InputError):
        close_many(stage.seat("Heron"), [sent.slug, *(f"no-{number}" for number in range(50))])
    with pytest.raises(InputError):
        close_many(stage.seat("Heron"), [])
    assert look_into(stage.seat("Heron"), sent.case_id).is_open


@pytest.mark.promise(2, "many cases at once by everybody who is no coordinator, and to a stranger", times=9)
def test_only_coordinators_press_for_many(stage: Stage) -> None:
    """Broken on purpose: both flows without their first line."""
    sent = send(stage, PLAIN, circle="first")
    for who in ("Willow", "Wren", "Finch", "Rowan"):
        for step in (
            lambda seat: assign_many(seat, [sent.slug], stage.people["Wren"].reader_id),
            lambda seat: close_many(seat, [sent.slug]),
        ):
            with pytest.raises(NotAllowedError):
                step(stage.seat(who))
    with pytest.raises(NotAllowedError):
        assign_many(stage.seat("Heron"), [sent.slug], b"?" * 16)
    file = look_into(stage.seat("Heron"), sent.case_id)
    assert (file.row.owner, file.row.state) == (None, store.CaseState.RECEIVED)


def test_a_case_whose_state_forbids_it_says_so(stage: Stage) -> None:
    """Broken on purpose: the wider error asked for before the narrower one."""

    def closed(case_id: bytes) -> None:
        raise store.StateError("closed")

    report = each_case(stage.seat("Heron"), [send(stage, PLAIN, circle="first").slug], closed)
    assert [reason for _name, reason in report.failed] == ["It is closed already."]

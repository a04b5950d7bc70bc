"""Terms on the roster: who sets them, what goes with them, and two coordinators at once."""

from datetime import timedelta

import pytest

from desk.stage import HOT, PLAIN, Stage, send
from leeside.desk import answering
from leeside.desk.errors import InputError, NotAllowedError, NotSignedInError, OffShiftError
from leeside.desk.grades import Grade
from leeside.desk.next_steps import Step
from leeside.desk.opening import open_case
from leeside.desk.sessions import open_session, seat_of_secret
from leeside.desk.team import history, renewing, shifts, terms
from leeside.desk.team.terms import Terms
from leeside.vault import store


def put(stage: Stage, name: str, wanted: Terms) -> None:
    """Heron sets somebody's terms."""
    heron = stage.seat("Heron")
    terms.set_terms(heron, stage.people[name].reader_id, wanted, heron.keyring.roster.number)


def test_a_grade_stands_on_the_signed_roster_and_holds_at_once(stage: Stage) -> None:
    sent = send(stage, PLAIN, circle="first")
    open_case(stage.seat("Wren"), sent.case_id)
    put(stage, "Wren", Terms("first", Grade.DRAFT))
    wren = stage.seat("Wren")
    assert wren.grade is Grade.DRAFT
    with pytest.raises(NotAllowedError):
        answering.answer(wren, sent.case_id, "I answer", Step("x", wren.reader_id, wren.today + timedelta(days=1)))
    assert stage.seat("Finch").grade is Grade.SEND, "who has no flag may send"


def test_after_the_last_day_nothing_opens(stage: Stage) -> None:
    """Broken on purpose: the last day compared with < instead of <=."""
    heron = stage.seat("Heron")
    put(stage, "Wren", Terms("first", until=heron.today))
    assert stage.seat("Wren").role.value == "circle"
    with pytest.raises(NotAllowedError):
        stage.seat("Wren", now=heron.now + timedelta(days=1))
    with pytest.raises(InputError):
        put(stage, "Wren", Terms("first", until=heron.today - timedelta(days=1)))


def test_of_two_coordinators_the_second_is_told_what_changed(stage: Stage) -> None:
    """Broken on purpose: the number that was looked at not compared."""
    heron, larch = stage.seat("Heron"), stage.seat("Larch")
    seen, wren = larch.keyring.roster.number, stage.people["Wren"].reader_id
    terms.set_terms(heron, wren, Terms("first", Grade.READ), seen)
    with pytest.raises(store.ConflictError):
        terms.set_terms(larch, wren, Terms("first", Grade.CHECKED), seen)
    with pytest.raises(store.ConflictError):
        terms.set_terms(stage.seat("Larch"), wren, Terms("first", Grade.CHECKED), seen)
    (change,) = history.changes_since(stage.seat("Larch"), seen)
    assert (change.what, change.who, change.by) == ("grade", wren, heron.reader_id)
    assert stage.seat("Wren").grade is Grade.READ


def test_who_comes_into_a_circle_opens_what_lies_there(stage: Stage) -> None:
    sent = send(stage, HOT, circle="closed")
    put(stage, "Wren", Terms("closed"))
    assert open_case(stage.seat("Wren"), sent.case_id).said["wants"] == "leave_service"


@pytest.mark.promise(2, "the circle that somebody lost, with yesterday's role keys, against what comes after")
def test_who_loses_a_circle_opens_nothing_that_lies_there_from_now_on(stage: Stage) -> None:
    """Broken on purpose: the epoch not turned when a role is lost."""
    before = send(stage, HOT, circle="closed")
    willow = stage.seat("Willow")
    yesterday = store.fetch_role_envelopes(willow.line_id, willow.reader_id)
    put(stage, "Willow", Terms("first"))
    after = send(stage, HOT, circle="closed")
    now = stage.seat("Willow")
    from leeside.desk.keyring import Keyring

    ghost = Keyring(now.keyring.ring, now.keyring.roster, (*yesterday, *now.keyring._envelopes.values()))
    heron = stage.seat("Heron")
    assert ghost.open_keys(store.fetch_case(after.case_id, heron.reader_id, heron.circles)).keys == ()
    assert before.case_id in {row.case_id for row in renewing.not_yet_rekeyed(heron)}
    with pytest.raises(NotAllowedError):
        open_case(now, before.case_id)


@pytest.mark.parametrize("who", ["Willow", "Wren", "Rowan"])
def test_only_coordinators_set_terms_and_nobody_their_own(stage: Stage, who: str) -> None:
    seat, heron = stage.seat(who), stage.seat("Heron")
    number = heron.keyring.roster.number
    with pytest.raises(NotAllowedError):
        terms.set_terms(seat, stage.people["Finch"].reader_id, Terms("first"), number)
    for reader_id in (heron.reader_id, b"\x01" * 16):
        with pytest.raises(NotAllowedError):
            terms.set_terms(heron, reader_id, Terms("first"), number)


def test_access_that_ends_with_the_shift_needs_one_that_a_coordinator_started(stage: Stage) -> None:
    """Broken on purpose: the flag not asked for in `take_seat`; `go_on_shift` open to everybody."""
    ring = stage.seat("Wren").keyring.ring
    put(stage, "Wren", Terms("first", shift_only=True))
    with pytest.raises(OffShiftError):
        stage.seat("Wren")
    reader_id = stage.people["Wren"].reader_id
    shifts.grant_shift(stage.seat("Heron"), reader_id, "4", "3")
    session = open_session(ring)
    assert seat_of_secret(session).reader_id == reader_id
    with pytest.raises(NotAllowedError):
        shifts.go_on_shift(stage.seat("Wren"), "12", "3")
    shifts.leave_shift(stage.seat("Wren"))
    with pytest.raises(NotSignedInError):
        seat_of_secret(session)
    with pytest.raises(NotAllowedError):
        shifts.grant_shift(stage.seat("Heron"), stage.people["Finch"].reader_id, "4", "3")


def test_going_on_shift_takes_hours_of_the_list_and_a_number_of_places(stage: Stage) -> None:
    finch = stage.seat("Finch")
    for hours, places in (("3", "2"), ("4", "-1"), ("4", "31"), ("4", "two"), ("", "")):
        with pytest.raises(InputError):
            shifts.go_on_shift(finch, hours, places)
    shifts.go_on_shift(finch, "4", "2")
    (one,) = shifts.list_shifts(stage.seat("Wren"))
    assert (one.reader_id, one.places) == (finch.reader_id, 2)
    assert timedelta(hours=3, minutes=59) < one.until - finch.now <= timedelta(hours=4, seconds=5)

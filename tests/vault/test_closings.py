"""A closing shows in no mailbox: neither in the word for how far it is, nor in the promise."""

from datetime import timedelta

import pytest

from leeside.vault import store
from leeside.vault.closings import KIND
from leeside.vault.reading import rows_of
from vault.invented import NOW, PROMISE, TODAY, Written, case_id_of, change, deposit, sealed_entry

State = store.CaseState
LATER = PROMISE + timedelta(days=store.LIMITS.promise_shown_days, minutes=1)


def shown(one: Written, now: object = NOW) -> tuple[object, ...]:
    box = store.open_mailbox(one.lookup_hash, now)  # type: ignore[arg-type]
    assert box is not None
    return box.state, box.answer_by, box.entries, box.wraps


def kept() -> list[tuple[object, ...]]:
    return rows_of("fleeting", "SELECT payload FROM leeside_one_time WHERE kind = %s", [KIND])


@pytest.mark.promise(2, "a mailbox before and after its case was closed, from every state", times=3)
@pytest.mark.parametrize("state", [State.RECEIVED, State.READ, State.ANSWERED])
def test_closing_and_opening_again_where_it_stood_changes_nothing(line_id: bytes, state: State) -> None:
    """Broken on purpose: `keep_promise` left out (the promise went), `shown_state` that is always READ."""
    one = deposit(line_id)
    if state != State.RECEIVED:
        change(one, store.MarksChange(state=state))
    for moment in (NOW, PROMISE + timedelta(hours=1)):
        assert shown(one, moment) == shown(one, moment)
    before, past = shown(one), shown(one, PROMISE + timedelta(hours=1))
    change(one, store.MarksChange(state=State.CLOSED))
    assert (shown(one), shown(one, PROMISE + timedelta(hours=1))) == (before, past)
    change(one, store.MarksChange(state=state))
    assert (shown(one), shown(one, PROMISE + timedelta(hours=1))) == (before, past)


def test_a_closed_case_goes_back_to_read_or_to_where_it_was_and_nowhere_else(line_id: bytes) -> None:
    one = deposit(line_id)
    change(one, store.MarksChange(state=State.CLOSED))
    with pytest.raises(store.StateError):
        change(one, store.MarksChange(state=State.ANSWERED))
    change(one, store.MarksChange(state=State.READ))
    assert shown(one)[0] == State.READ


def test_no_mailbox_names_a_promise_for_long_whether_its_case_is_open_or_closed(line_id: bytes) -> None:
    """Broken on purpose: a rule for closed cases only, by which a promise that goes would tell of a closing."""
    is_open, closed = deposit(line_id), deposit(line_id)
    change(closed, store.MarksChange(state=State.CLOSED))
    assert shown(is_open, PROMISE + timedelta(days=1))[1] == shown(closed, PROMISE + timedelta(days=1))[1] == PROMISE
    assert shown(is_open, LATER)[1] is shown(closed, LATER)[1] is None


def test_a_sweep_forgets_a_promise_when_no_mailbox_shows_it_and_not_before(line_id: bytes) -> None:
    one = deposit(line_id)
    change(one, store.MarksChange(state=State.CLOSED))
    store.sweep(PROMISE, TODAY, PROMISE + timedelta(days=900))
    assert len(kept()) == 1, "it is forgotten by the line's own clock"
    store.sweep(LATER, TODAY, NOW)
    assert kept() == []


def test_erasing_forgets_it_too(line_id: bytes) -> None:
    one = deposit(line_id)
    change(one, store.MarksChange(state=State.CLOSED))
    assert len(kept()) == 1
    store.erase_case(case_id_of(one), TODAY)
    assert kept() == []


def test_an_answer_to_a_closed_case_shows_and_an_undone_one_does_not(line_id: bytes) -> None:
    one = deposit(line_id)
    change(one, store.MarksChange(state=State.CLOSED))
    entry = sealed_entry()
    release = NOW + timedelta(seconds=9)
    answer = store.NewEntry(entry, store.Direction.TO_WRITER, release)
    change(one, store.MarksChange(shown_state=State.ANSWERED), entries=[answer])
    assert shown(one)[0] == State.READ, "not before its moment"
    assert shown(one, release + timedelta(seconds=1))[0] == State.ANSWERED
    box = store.open_mailbox(one.lookup_hash, NOW)
    assert box is not None
    store.retract_entry(box.case_id, box.version, entry.entry_id, NOW)
    assert shown(one, release + timedelta(seconds=1))[0] == State.READ


def test_a_message_to_a_closed_case_shows_the_new_promise(line_id: bytes) -> None:
    one = deposit(line_id)
    change(one, store.MarksChange(state=State.CLOSED))
    newer = PROMISE + timedelta(hours=3)
    store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, newer)
    assert shown(one)[:2] == (State.RECEIVED, newer)

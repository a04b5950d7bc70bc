"""One step of work, whole or not at all. In the order of the rules in `changes`."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from leeside.sealing.compartments import Compartment
from leeside.sealing.keys import Commitment
from leeside.vault import changes, store
from leeside.vault.reading import rows_of
from leeside.vault.writing import writing
from vault.invented import (
    NOW,
    PROMISE,
    TODAY,
    Written,
    add_reader,
    case_id_of,
    change,
    deposit,
    grant_to,
    sealed_entry,
    take,
    version_of,
)

State = store.CaseState
ORDER = (State.RECEIVED, State.READ, State.ANSWERED, State.CLOSED)
LEADS_ON = {
    (State.RECEIVED, State.READ),
    (State.RECEIVED, State.ANSWERED),
    (State.RECEIVED, State.CLOSED),
    (State.READ, State.ANSWERED),
    (State.READ, State.CLOSED),
    (State.ANSWERED, State.READ),
    (State.ANSWERED, State.CLOSED),
    (State.CLOSED, State.READ),
    (State.CLOSED, State.RECEIVED),  # where it was closed from, and nowhere else
}


def everything() -> list[Any]:
    tables = ("case", "wrap", "entry", "case_reader", "tally_row")
    return [sorted(rows_of("default", f"SELECT * FROM leeside_{table}"), key=repr) for table in tables]


def in_state(line_id: bytes, state: State) -> Written:
    one = deposit(line_id)
    if state != State.RECEIVED:
        change(one, store.MarksChange(state=state))
    return one


def row(one: Written, reader_id: bytes) -> store.CaseRow:
    return store.fetch_case(case_id_of(one), reader_id, ["lead"])


def test_only_the_newest_version_may_be_changed_and_a_loser_changes_nothing(line_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)
    assert store.append_entries(case_id, 1, [store.NewEntry(sealed_entry())]) == 2
    before = everything()
    for version in (0, 1, 3):
        with pytest.raises(store.ConflictError):
            store.append_entries(case_id, version, [store.NewEntry(sealed_entry())])
    with pytest.raises(store.GoneError):
        store.append_entries(secrets.token_bytes(16), 1)
    assert everything() == before


@pytest.mark.parametrize(("before", "after"), list(product(ORDER, ORDER)))
def test_every_order_of_states(line_id: bytes, before: State, after: State) -> None:
    one = in_state(line_id, before)
    kept = everything()
    if before == after or (before, after) in LEADS_ON:
        change(one, store.MarksChange(state=after))
        shown = after if after != State.CLOSED else State.RECEIVED if before == State.CLOSED else before
        assert store.open_mailbox(one.lookup_hash, NOW).state == shown  # type: ignore[union-attr]
    else:
        with pytest.raises(store.StateError):
            change(one, store.MarksChange(state=after))
        assert everything() == kept


def steps(line_id: bytes, reader_id: bytes) -> dict[str, Callable[[Written], object]]:
    """Every kind of step that can come after another."""
    return {
        "post again": lambda one: store.deposit(one.parcel, TODAY, None).outcome.name,
        "take": lambda one: take(one, reader_id),
        "answer": lambda one: change(
            one,
            store.MarksChange(state=State.ANSWERED),
            entries=[store.NewEntry(sealed_entry(), store.Direction.TO_WRITER)],
        ),
        "close": lambda one: change(one, store.MarksChange(state=State.CLOSED)),
        "reopen": lambda one: change(one, store.MarksChange(state=State.READ)),
        "write": lambda one: store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, PROMISE),
        "erase": lambda one: store.erase_by_writer(one.lookup_hash, one.erasing_secret, TODAY),
    }


STEPS = ("take", "answer", "close", "reopen", "write", "erase")


@pytest.mark.parametrize(("first", "second"), list(product(STEPS, repeat=2)))
def test_any_two_steps_in_any_order_leave_a_whole_case_or_none(
    line_id: bytes, reader_id: bytes, first: str, second: str
) -> None:
    one = deposit(line_id)
    does = steps(line_id, reader_id)
    state = shown = State.RECEIVED
    leads = {
        "take": {
            State.RECEIVED: State.READ,
            State.READ: State.READ,
            State.ANSWERED: State.READ,
            State.CLOSED: State.READ,
        },
        "answer": {State.RECEIVED: State.ANSWERED, State.READ: State.ANSWERED, State.ANSWERED: State.ANSWERED},
        "close": dict.fromkeys(State, State.CLOSED),
        "reopen": dict.fromkeys(State, State.READ),
        "write": dict.fromkeys(State, State.RECEIVED),
    }
    for step in (first, second):
        if state is None or step == "erase":
            if state is None:
                assert store.open_mailbox(one.lookup_hash, NOW) is None
                assert does["post again"](one) == "ERASED"
                if step in ("write", "erase"):
                    with pytest.raises(store.GoneError):
                        does[step](one)
                continue
            does["erase"](one)
            state = None  # type: ignore[assignment]
        elif state in leads[step]:
            does[step](one)
            state = leads[step][state]
        else:
            with pytest.raises(store.StateError):
                does[step](one)
        if state is not None:
            mailbox = store.open_mailbox(one.lookup_hash, NOW)
            assert mailbox is not None
            shown = state if state != State.CLOSED else shown
            assert mailbox.state == shown, "of a closing no mailbox shows anything"
            assert shown < State.ANSWERED or mailbox.answer_by is None
            assert len(store.fetch_entries(mailbox.case_id, reader_id, ["lead"], [1, 2, 3])) >= 3


def test_the_promise_ends_with_the_answer_and_with_closing(line_id: bytes, reader_id: bytes) -> None:
    for state in (State.ANSWERED, State.CLOSED):
        one = deposit(line_id)
        rank = row(one, reader_id).rank
        assert row(one, reader_id).answer_by == PROMISE
        change(one, store.MarksChange(state=state))
        after = row(one, reader_id)
        assert (after.answer_by, after.rank != rank) == (None, True)


def test_a_promise_does_not_run_in_an_answered_case(line_id: bytes, reader_id: bytes) -> None:
    one = in_state(line_id, State.ANSWERED)
    change(one, store.MarksChange(answer_by=PROMISE))
    assert row(one, reader_id).answer_by is None


def test_a_reopened_case_has_another_code_name(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    names = [row(one, reader_id).code_name]
    for _ in range(3):
        change(one, store.MarksChange(state=State.CLOSED))
        change(one, store.MarksChange(state=State.READ))
        names.append(row(one, reader_id).code_name)
    assert len(set(names)) > 1


def test_nobody_owns_what_was_not_granted_to_them(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    before = everything()
    with pytest.raises(store.MisuseError):
        change(one, store.MarksChange(owner=reader_id))
    assert everything() == before
    take(one, reader_id)
    with pytest.raises(store.MisuseError):
        store.append_entries(case_id_of(one), 2, drop_recipients=[f"reader:{reader_id.hex()}"])
    change(one, store.MarksChange(owner=None), drop_recipients=[f"reader:{reader_id.hex()}"])
    assert row(one, reader_id).owner is None


def test_lead_is_never_left_out(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    with pytest.raises(store.MisuseError):
        change(one, store.MarksChange(), drop_recipients=["circle:lead"])
    renewed = store.KeyWrap(case_id_of(one), "circle:lead", 7, 2, b"new")
    change(one, store.MarksChange(), drop_recipients=["circle:lead"], grants=[renewed])
    assert [wrap.sealed for wrap in row(one, reader_id).wraps] == [b"new"]


def test_moving_a_case_changes_circle_keys_and_commitments_in_one_step(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)
    commitment = Commitment(Compartment.STORY, 2, secrets.token_bytes(32))
    store.append_entries(
        case_id,
        1,
        [store.NewEntry(sealed_entry(1, generation=2))],
        store.MarksChange(circle="closed", card=sealed_entry(4)),
        [store.KeyWrap(case_id, f"circle:{circle}", 7, 2, b"k") for circle in ("closed", "lead")],
        ["circle:first"],
        [commitment],
    )
    assert commitment in row(one, reader_id).commitments
    assert len(row(one, reader_id).commitments) == 4
    assert row(one, reader_id).card.compartment == Compartment.WORK
    with pytest.raises(store.GoneError):
        store.fetch_case(case_id, reader_id, ["first"])
    moved = store.fetch_case(case_id, reader_id, ["closed"])
    assert {(wrap.generation, wrap.mask) for wrap in moved.wraps} == {(1, 6), (2, 7)}


def test_a_new_place_in_the_queue_stands_on_the_case_and_on_each_grant(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id, urgency=4)
    take(one, reader_id)
    other = add_reader(line_id, "Anton")
    store.append_entries(case_id_of(one), 2, grants=[grant_to(case_id_of(one), other)])
    for marks in (
        store.MarksChange(urgency=store.Urgency.RED),
        store.MarksChange(look_by=store.LookBy.TODAY, look_by_day=TODAY),
        store.MarksChange(answer_by=PROMISE + timedelta(days=1)),
        store.MarksChange(answer_by=None),
    ):
        old = row(one, reader_id).rank
        change(one, marks)
        ranks = {each[0] for each in rows_of("default", "SELECT rank FROM leeside_case_reader")}
        assert ranks == {row(one, reader_id).rank}
        assert old not in ranks


def test_a_step_that_changes_no_order_keeps_the_place(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    rank = row(one, reader_id).rank
    change(one, store.MarksChange(state=State.READ, confirmed=True, card=sealed_entry()))
    assert row(one, reader_id).rank == rank


def test_a_bucket_and_its_day_change_together(line_id: bytes) -> None:
    one = deposit(line_id)
    for marks in (store.MarksChange(look_by=store.LookBy.WEEK), store.MarksChange(look_by_day=TODAY)):
        with pytest.raises(store.MisuseError):
            change(one, marks)


def test_a_confirmed_request_and_its_tally_row_are_one_step(line_id: bytes) -> None:
    one = deposit(line_id)
    tally = store.TallyRow(secrets.token_bytes(16), "2023-12", "leave", {})
    change(one, store.MarksChange(confirmed=True), tally_rows=[tally])
    before = everything()
    with pytest.raises(store.ConflictError):
        change(one, store.MarksChange(confirmed=False), tally_rows=[tally], entries=[store.NewEntry(sealed_entry())])
    assert everything() == before
    assert list(store.tally_rows(line_id, "2023-12", "2023-12")) == [tally]


def test_a_step_that_fails_at_its_end_leaves_nothing(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    entry = sealed_entry()
    change(one, store.MarksChange(), entries=[store.NewEntry(entry)])
    before = everything()
    from django.db.utils import IntegrityError

    with pytest.raises(IntegrityError):
        change(
            one,
            store.MarksChange(owner=reader_id, state=State.CLOSED),
            entries=[store.NewEntry(sealed_entry()), store.NewEntry(entry)],
            grants=[grant_to(case_id_of(one), reader_id)],
            drop_recipients=["circle:first"],
        )
    assert everything() == before


def test_an_answer_may_be_taken_back_until_its_moment_and_not_after(line_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)
    entry, moment = sealed_entry(), NOW + timedelta(seconds=10)
    answer = store.NewEntry(entry, store.Direction.TO_WRITER, moment)
    change(one, store.MarksChange(state=State.ANSWERED), entries=[answer])
    before = everything()
    with pytest.raises(store.StateError):
        store.retract_entry(case_id, 2, entry.entry_id, moment)
    with pytest.raises(store.ConflictError):
        store.retract_entry(case_id, 1, entry.entry_id, NOW)
    with pytest.raises(store.StateError):
        store.retract_entry(case_id, 2, secrets.token_bytes(16), NOW)
    with pytest.raises(store.GoneError):
        store.retract_entry(case_id_of(deposit(line_id)), 1, entry.entry_id, NOW)
    assert before[2] == everything()[2]
    assert store.retract_entry(case_id, 2, entry.entry_id, NOW) == 3
    mailbox = store.open_mailbox(one.lookup_hash, NOW + timedelta(days=1))
    assert mailbox is not None
    assert (mailbox.state, len(mailbox.entries)) == (State.READ, 1)
    with pytest.raises(store.StateError):
        store.retract_entry(case_id, 3, entry.entry_id, NOW)


def test_an_own_copy_is_kept_for_those_who_were_granted_the_case_only(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    with pytest.raises(store.GoneError):
        store.keep_own_copy(case_id_of(one), reader_id, 1, 1, b"copy")
    case_id = take(one, reader_id)
    for content in (b"copy", b"newer"):
        store.keep_own_copy(case_id, reader_id, 15, 1, content)
    copies = [wrap for wrap in store.fetch_case(case_id, reader_id, []).wraps if wrap.own_copy]
    assert [copy.sealed for copy in copies] == [b"newer"]
    assert version_of(one) == 2
    change(one, store.MarksChange(owner=None), drop_recipients=[f"reader:{reader_id.hex()}"])
    assert rows_of("default", "SELECT 1 FROM leeside_wrap WHERE own_copy") == []


def test_closing_lets_go_of_the_hold(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    store.hold_case(case_id_of(one), reader_id, ["first"], NOW + timedelta(minutes=15), NOW)
    change(one, store.MarksChange(state=State.CLOSED))
    assert store.fetch_holds([case_id_of(one)], NOW) == {}


@pytest.mark.parametrize(
    "more",
    [
        {"grants": [store.KeyWrap(b"x" * 16, "circle:lead", 7, 1, b"k")]},
        {"grants": [store.KeyWrap(b"C" * 16, "Vera", 7, 1, b"k")]},
        {"grants": [store.KeyWrap(b"C" * 16, "circle:lead", 7, 1, b"k" * 100_000)]},
        {"grants": [store.KeyWrap(b"C" * 16, "circle:lead", 7, 1, b"k")] * 65},
        {"drop_recipients": ["everybody"]},
        {"entries": [store.NewEntry(sealed_entry(), store.Direction.INSIDE, NOW)]},
        {"entries": [store.NewEntry(replace(sealed_entry(), entry_id=b"short"))]},
        {"entries": [store.NewEntry(sealed_entry(size=200_000))]},
    ],
)
def test_a_step_out_of_shape_is_our_own_mistake(more: dict[str, Any]) -> None:
    with pytest.raises(store.MisuseError):
        store.append_entries(b"C" * 16, 1, **more)


def test_two_processes_that_read_the_same_version_cannot_both_write(line_id: bytes) -> None:
    case_id = case_id_of(deposit(line_id))
    with pytest.raises(store.ConflictError), writing("default") as cursor:
        before = changes.read_marks(cursor, case_id, 1)
        cursor.execute("UPDATE leeside_case SET version = 2 WHERE id = %s", [case_id])
        changes.write_marks(cursor, case_id, 1, before, None)
    assert store.append_entries(case_id, 1) == 2


def test_a_case_erased_while_a_step_waits_is_gone(line_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = case_id_of(deposit(line_id))
    monkeypatch.setattr(changes, "_put_releases", lambda *words: store.erase_case(case_id, TODAY))
    with pytest.raises(store.GoneError):
        store.append_entries(case_id, 1, [store.NewEntry(sealed_entry())])
    assert everything() == [[], [], [], [], []]

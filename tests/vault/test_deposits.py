"""A parcel comes in once, durably, and fails alone. The order of tests is that of the rules in `deposits`."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from leeside.vault import deposits, store
from leeside.vault.group_commit import Waiter
from leeside.vault.reading import row_of, rows_of
from leeside.vault.shredding import key_pool
from leeside.vault.writing import writing
from vault.invented import NOW, PROMISE, TODAY, Written, add_line, case_id_of, deposit, written

Outcome = store.Outcome


def deposit_together(ones: list[Written]) -> list[store.Deposited | BaseException]:
    """Let a leader find all of these waiting: one batch."""
    waiters = [Waiter(deposits._prepare(one.parcel, TODAY, PROMISE)) for one in ones]
    try:
        deposits._store(lambda: waiters)
    except deposits.FAULTS as error:
        for waiter in waiters:
            if not waiter.is_done:
                waiter.fail(error)
    assert all(waiter.is_done for waiter in waiters)
    return [waiter.error or waiter.outcome() for waiter in waiters]


def outcomes(results: list[store.Deposited | BaseException]) -> list[Outcome]:
    return [one.outcome for one in results if isinstance(one, store.Deposited)]


def test_what_was_deposited_is_what_the_mailbox_hands_out(line_id: bytes) -> None:
    one = deposit(line_id)
    mailbox = store.open_mailbox(one.lookup_hash, NOW)
    assert mailbox is not None
    parcel = one.parcel
    assert (mailbox.line_id, mailbox.case_number, mailbox.writer_public) == (
        line_id,
        parcel.case_number,
        parcel.writer_public,
    )
    assert [wrap.sealed for wrap in mailbox.wraps] == [parcel.keys[3].sealed]
    assert [(entry.entry_id, entry.sealed) for entry in mailbox.entries] == [
        (parcel.entries[0].entry_id, parcel.entries[0].sealed)
    ]
    assert mailbox.commitments == parcel.commitments
    assert (mailbox.state, mailbox.opened, mailbox.answer_by) == (store.CaseState.RECEIVED, TODAY, PROMISE)


@pytest.mark.promise(7, "the same post again, later and with another promise")
def test_a_repeat_is_acknowledged_like_the_first_and_stores_nothing(line_id: bytes) -> None:
    one = written(line_id)
    first = store.deposit(one.parcel, TODAY, PROMISE + timedelta(microseconds=7))
    again = store.deposit(one.parcel, TODAY + timedelta(days=1), PROMISE + timedelta(hours=9))
    assert (first.outcome, again.outcome) == (Outcome.ACCEPTED, Outcome.REPEATED)
    assert (first.opened, first.answer_by) == (again.opened, again.answer_by) == (TODAY, PROMISE)
    assert row_of("default", "SELECT count(*) FROM leeside_case") == (1,)


def test_another_text_under_the_same_words_touches_nothing_of_the_first(line_id: bytes) -> None:
    one = deposit(line_id)
    before = rows_of("default", "SELECT * FROM leeside_case")
    other = written(line_id, lookup_hash=one.lookup_hash).parcel
    assert store.deposit(other, TODAY, None) == store.Deposited(Outcome.CONFLICT)
    assert rows_of("default", "SELECT * FROM leeside_case") == before


@pytest.mark.promise(5, "a browser that restores its tabs")
def test_an_erased_case_is_not_brought_back_by_its_own_post(line_id: bytes) -> None:
    one = deposit(line_id)
    store.erase_case(case_id_of(one), TODAY)
    assert store.deposit(one.parcel, TODAY, PROMISE) == store.Deposited(Outcome.ERASED)
    assert store.open_mailbox(one.lookup_hash, NOW) is None
    store.sweep(NOW + timedelta(days=15), TODAY + timedelta(days=15), NOW)
    assert store.deposit(one.parcel, TODAY, PROMISE).outcome == Outcome.ACCEPTED


def test_a_line_that_is_being_founded_or_unknown_takes_nothing(stores: object) -> None:
    store.add_line("new", "refusal", b"L" * 16)
    for line_id in (b"L" * 16, b"X" * 16):
        with pytest.raises(store.GoneError):
            store.deposit(written(line_id).parcel, TODAY, None)
    assert rows_of("default", "SELECT 1 FROM leeside_case") == []


@pytest.mark.promise(5, "keys read from the database without the shred store", times=8)
def test_every_copy_of_a_cases_keys_lies_wrapped_under_its_shred_key(line_id: bytes, reader_id: bytes) -> None:
    one = deposit(line_id)
    arrived = bytes(row_of("default", "SELECT arrived FROM leeside_case")[0])  # type: ignore[index]
    assert not any(key.sealed in arrived for key in one.parcel.keys)
    case_id = case_id_of(one)
    grant = store.KeyWrap(case_id, f"reader:{reader_id.hex()}", 15, 1, b"G" * 90)
    store.append_entries(case_id, 1, grants=[grant])
    store.keep_own_copy(case_id, reader_id, 15, 1, b"O" * 90)
    stored = b"".join(bytes(row[0]) for row in rows_of("default", "SELECT sealed FROM leeside_wrap"))
    assert not any(key.sealed in stored for key in one.parcel.keys)
    assert b"G" * 9 not in stored
    assert b"O" * 9 not in stored
    opened = store.fetch_case(case_id, reader_id, ["lead"]).wraps
    assert {wrap.sealed for wrap in opened} == {one.parcel.keys[2].sealed, b"G" * 90, b"O" * 90}


@pytest.mark.promise(7, "a failing parcel in a batch")
def test_a_failing_parcel_in_a_batch_fails_alone(line_id: bytes) -> None:
    good = [written(line_id) for _ in range(4)]
    bad = written(line_id, language=None)
    stranger = written(b"nowhere" * 2 + b"!!")
    results = deposit_together([good[0], bad, good[1], stranger, good[2], good[3]])
    assert outcomes(results) == [Outcome.ACCEPTED] * 4
    assert isinstance(results[1], Exception)
    assert isinstance(results[3], store.GoneError)
    assert all(store.open_mailbox(one.lookup_hash, NOW) for one in good)
    assert store.open_mailbox(bad.lookup_hash, NOW) is None


def test_twice_the_same_request_in_one_batch_is_one_case(line_id: bytes) -> None:
    one, other = written(line_id), written(line_id)
    conflict = Written(written(line_id, lookup_hash=one.lookup_hash).parcel, b"", b"", b"")
    results = deposit_together([one, other, one, conflict])
    assert Counter(outcomes(results)) == {Outcome.ACCEPTED: 2, Outcome.REPEATED: 1, Outcome.CONFLICT: 1}
    assert row_of("default", "SELECT count(*) FROM leeside_case") == (2,)


def test_old_new_and_erased_requests_in_one_batch_each_get_their_own_answer(line_id: bytes) -> None:
    old, erased, new = deposit(line_id), deposit(line_id), written(line_id)
    store.erase_case(case_id_of(erased), TODAY)
    assert outcomes(deposit_together([old, erased, new])) == [Outcome.REPEATED, Outcome.ERASED, Outcome.ACCEPTED]


def test_many_threads_are_all_stored(line_id: bytes) -> None:
    ones = [written(line_id) for _ in range(60)]
    found: list[Outcome] = []

    def work(mine: list[Written]) -> None:
        found.extend(store.deposit(one.parcel, TODAY, None).outcome for one in mine)

    run_together([lambda part=ones[start::6]: work(part) for start in range(6)])  # type: ignore[misc]
    assert found == [Outcome.ACCEPTED] * 60
    assert row_of("default", "SELECT count(*), count(DISTINCT code) FROM leeside_case") == (60, 60)


def run_together(tasks: list[Callable[[], None]]) -> None:
    from django.db import connections

    def run(task: Callable[[], None]) -> None:
        try:
            task()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.promise(7, "shred keys made ahead vanish before they are used")
def test_no_case_is_stored_without_its_shred_key(line_id: bytes) -> None:
    deposit(line_id)
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM leeside_shred_key")
    one, other = deposit(line_id), deposit(line_id)
    assert case_id_of(one)
    assert case_id_of(other)


def test_two_processes_do_not_hand_out_the_same_key(stores: object) -> None:
    first = key_pool.take()
    key_pool.forget()
    assert key_pool.take() != first
    assert row_of("shred", "SELECT count(*) FROM leeside_shred_key") == (2 * store.LIMITS.keys_ahead,)


def test_a_parcel_out_of_shape_is_refused_before_any_lock(line_id: bytes) -> None:
    with pytest.raises(store.MisuseError):
        store.deposit(replace(written(line_id).parcel, posting_hash=b"short"), TODAY, None)
    with pytest.raises(store.MisuseError):
        store.deposit(written(line_id).parcel, NOW, None)


def test_code_names_are_unique_among_open_cases_of_a_line_and_free_again_after_closing(stores: object) -> None:
    line_id = add_line("small", 2, 4)
    ones = [deposit(line_id) for _ in range(8)]
    names = {code_name_of(line_id, one) for one in ones}
    assert len(names) == 8
    case_id = case_id_of(ones[0])
    freed = code_name_of(line_id, ones[0])
    store.append_entries(case_id, 1, marks=store.MarksChange(state=store.CaseState.CLOSED))
    deposit(line_id, opened=TODAY)
    assert store.find_case(line_id, freed)


def test_no_request_is_refused_for_want_of_a_code_name(stores: object) -> None:
    line_id = add_line("tiny", 1, 2)
    ones = [deposit(line_id) for _ in range(20)]
    names = {code_name_of(line_id, one) for one in ones}
    assert len(names) == 20
    assert any(name.second >= 2 for name in names)


def code_name_of(line_id: bytes, one: Written) -> store.CodeName:
    from leeside.vault.codes import name_of

    row = row_of("default", "SELECT code FROM leeside_case WHERE lookup_hash = %s", [one.lookup_hash])
    assert row is not None
    return name_of(row[0])


def test_code_names_of_two_lines_are_apart(stores: object) -> None:
    one, other = add_line("one", 1, 1), add_line("other", 1, 1)
    assert code_name_of(one, deposit(one)) == code_name_of(other, deposit(other)) == (0, 0)

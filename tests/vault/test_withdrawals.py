"""What waits for its moment can be withdrawn in one step with all that goes with it; what was shown never can."""

import secrets
from datetime import timedelta

import pytest

from leeside.vault import store
from leeside.vault.reading import rows_of
from vault.invented import NOW, Written, case_id_of, deposit, sealed_entry, version_of

LATER = NOW + timedelta(hours=3)


def queue_answer(one: Written, released_at: object = LATER) -> bytes:
    """An answer that waits; its id."""
    entry = sealed_entry(1)
    new = store.NewEntry(entry, store.Direction.TO_WRITER, released_at)  # type: ignore[arg-type]
    store.append_entries(case_id_of(one), version_of(one), [new], store.MarksChange(state=store.CaseState.ANSWERED))
    return entry.entry_id


def withdraw(one: Written, withdrawal: store.Withdrawal, **more: object) -> int:
    return store.append_entries(case_id_of(one), version_of(one), withdrawal=withdrawal, **more)  # type: ignore[arg-type]


def directions(one: Written) -> dict[bytes, int]:
    """The case's own rows and which way each goes; what came with the parcel is not among them."""
    rows = rows_of("default", "SELECT entry_id, direction FROM leeside_entry WHERE case_id = %s", [case_id_of(one)])
    return {bytes(row[0]): row[1] for row in rows}


def test_what_waits_is_told_with_its_moment_until_that_has_come(line_id: bytes) -> None:
    one = deposit(line_id)
    entry_id = queue_answer(one)
    assert store.fetch_waiting(case_id_of(one), NOW) == {entry_id: LATER.replace(microsecond=0)}
    assert store.fetch_waiting(case_id_of(one), LATER) == {}
    assert store.fetch_waiting(case_id_of(deposit(line_id)), NOW) == {}


def test_one_step_deletes_what_it_seals_anew_and_turns_inside_what_it_keeps(line_id: bytes) -> None:
    one = deposit(line_id)
    deleted, kept = queue_answer(one), queue_answer(one)
    note = store.NewEntry(sealed_entry(4))
    marks = store.MarksChange(state=store.CaseState.READ)
    withdraw(one, store.Withdrawal((deleted,), (kept,), NOW), entries=[note], marks=marks)
    after = directions(one)
    assert deleted not in after
    assert after[kept] == store.Direction.INSIDE
    assert note.entry.entry_id in after
    assert store.fetch_waiting(case_id_of(one), NOW) == {}
    mailbox = store.open_mailbox(one.lookup_hash, NOW + timedelta(days=9))
    assert mailbox is not None
    assert (mailbox.state, len(mailbox.entries)) == (store.CaseState.READ, 1)


@pytest.mark.parametrize("kept", [False, True])
def test_nothing_of_the_step_is_done_when_one_of_them_is_on_its_way(line_id: bytes, kept: bool) -> None:
    """Broken on purpose: without `require_waiting` an answer that the mailbox shows already is taken from it."""
    one = deposit(line_id)
    waits, shown = queue_answer(one), queue_answer(one, NOW + timedelta(seconds=10))
    ids = (waits, shown)
    withdrawal = store.Withdrawal(() if kept else ids, ids if kept else (), NOW + timedelta(seconds=11))
    before, version = directions(one), version_of(one)
    with pytest.raises(store.StateError):
        withdraw(one, withdrawal, entries=[store.NewEntry(sealed_entry(4))])
    assert (directions(one), version_of(one)) == (before, version)


@pytest.mark.parametrize("kept", [False, True])
def test_what_the_mailbox_has_shown_is_not_taken_back_even_while_a_moment_is_on_record(
    line_id: bytes, kept: bool
) -> None:
    """Broken on purpose: `withdraw` without its look at `shown_until`."""
    one = deposit(line_id)
    shown = queue_answer(one)
    store.mark_shown(one.lookup_hash, [shown], NOW.date())
    with pytest.raises(store.StateError):
        withdraw(one, store.Withdrawal(() if kept else (shown,), (shown,) if kept else (), NOW))
    assert directions(one)[shown] == store.Direction.TO_WRITER


@pytest.mark.parametrize("kept", [False, True])
def test_an_entry_that_is_not_one_to_the_writer_cannot_be_withdrawn(line_id: bytes, kept: bool) -> None:
    one, other = deposit(line_id), deposit(line_id)
    waits_elsewhere = queue_answer(other)
    for entry_id in (secrets.token_bytes(16), waits_elsewhere):
        ids = (entry_id,)
        with pytest.raises(store.StateError):
            withdraw(one, store.Withdrawal(() if kept else ids, ids if kept else (), NOW))
    assert store.fetch_waiting(case_id_of(other), NOW)
    assert len(directions(other)) == 4, "the three that came and the one that waits"


def test_an_empty_withdrawal_is_a_step_like_any_other(line_id: bytes) -> None:
    one = deposit(line_id)
    before = version_of(one)
    assert withdraw(one, store.Withdrawal((), (), NOW)) == before + 1

"""What a writer's own words reach, and what every other word does not. In the order of the rules in `mailboxes`."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from leeside.vault import mailboxes, store
from leeside.vault.reading import row_of, rows_of
from vault.invented import (
    NOW,
    PROMISE,
    TIMES,
    TODAY,
    Written,
    case_id_of,
    change,
    deposit,
    sealed_entry,
    take,
    version_of,
    written,
)

State = store.CaseState


def mailbox_of(one: Written, later: timedelta = timedelta(0)) -> store.Mailbox:
    mailbox = store.open_mailbox(one.lookup_hash, NOW + later)
    assert mailbox is not None
    return mailbox


def post(one: Written, **changed: object) -> store.Mailbox:
    store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, PROMISE)
    return mailbox_of(one)


def answer(one: Written, released_at: object = None, **more: object) -> bytes:
    entry = sealed_entry()
    new = store.NewEntry(entry, store.Direction.TO_WRITER, released_at)  # type: ignore[arg-type]
    marks = store.MarksChange(state=State.ANSWERED)
    store.append_entries(case_id_of(one), version_of(one), [new], marks)
    return entry.entry_id


@pytest.mark.promise(10, "words that never were, were erased, or do not fit", times=6)
def test_unknown_erased_and_wrong_are_refused_alike(line_id: bytes) -> None:
    one, gone = deposit(line_id), deposit(line_id)
    store.erase_by_writer(gone.lookup_hash, gone.erasing_secret, TODAY)
    never = written(line_id)
    assert store.open_mailbox(gone.lookup_hash, NOW) is store.open_mailbox(never.lookup_hash, NOW) is None
    refusals = []
    for lookup_hash, secret in (
        (never.lookup_hash, never.posting_secret),
        (gone.lookup_hash, gone.posting_secret),
        (one.lookup_hash, secrets.token_bytes(32)),
        (one.lookup_hash, one.erasing_secret),
        (one.lookup_hash, b""),
        (one.lookup_hash, b"short"),
    ):
        with pytest.raises(store.GoneError) as posting:
            store.post_to_case(lookup_hash, secret, sealed_entry(), TODAY, None)
        refusals.append((type(posting.value), str(posting.value), posting.value.__cause__))
    for secret in (one.posting_secret, bytes(32)):
        with pytest.raises(store.GoneError) as erasing:
            store.erase_by_writer(one.lookup_hash, secret, TODAY)
        refusals.append((type(erasing.value), str(erasing.value), erasing.value.__cause__))
    assert len(set(refusals)) == 1
    assert version_of(one) == 1


@pytest.mark.promise(12, "refusals while a writer holds the locks", times=2)
def test_no_refusal_takes_a_lock(line_id: bytes) -> None:
    from leeside.vault.writing import writing

    never = written(line_id)
    with writing("default"), writing("shred"), writing("fleeting"):
        assert store.open_mailbox(never.lookup_hash, NOW) is None
        with pytest.raises(store.GoneError):
            store.post_to_case(never.lookup_hash, never.posting_secret, sealed_entry(), TODAY, None)


def test_only_hashes_of_the_bearer_tokens_are_kept(line_id: bytes) -> None:
    one = deposit(line_id)
    stored = b"".join(
        part for row in rows_of("default", "SELECT * FROM leeside_case") for part in row if type(part) is bytes
    )
    assert one.posting_secret not in stored
    assert one.erasing_secret not in stored
    assert one.parcel.posting_hash in stored


def test_a_message_is_added_once_and_makes_the_case_received_with_a_new_promise(line_id: bytes) -> None:
    one = deposit(line_id)
    answer(one)
    assert (mailbox_of(one).state, mailbox_of(one).answer_by) == (State.ANSWERED, None)
    entry, later = sealed_entry(), PROMISE + timedelta(hours=3)
    for _ in range(3):
        store.post_to_case(one.lookup_hash, one.posting_secret, entry, TODAY, later)
    found = mailbox_of(one)
    assert [each.entry_id for each in found.entries].count(entry.entry_id) == 1
    assert (found.state, found.answer_by, found.version) == (State.RECEIVED, later, 3)


@pytest.mark.parametrize("state", [State.RECEIVED, State.READ, State.ANSWERED])
def test_a_message_restarts_the_promise_from_every_open_state(line_id: bytes, state: store.CaseState) -> None:
    one = deposit(line_id)
    if state != State.RECEIVED:
        change(one, store.MarksChange(state=state))
    before = row_of("default", "SELECT code FROM leeside_case")
    found = post(one)
    assert (found.state, found.answer_by) == (State.RECEIVED, PROMISE)
    assert row_of("default", "SELECT code FROM leeside_case") == before


def test_a_message_opens_a_closed_case_again_under_a_new_code_name_for_its_readers_too(
    line_id: bytes, reader_id: bytes
) -> None:
    one = deposit(line_id, look_by=4)
    case_id = take(one, reader_id)
    old = store.fetch_case(case_id, reader_id, []).code_name
    change(one, store.MarksChange(state=State.CLOSED))
    other = deposit(line_id)
    post(one)
    case = store.fetch_case(case_id, reader_id, [])
    assert (case.state, case.look_by, case.owner) == (State.RECEIVED, store.LookBy.TODAY, reader_id)
    assert case.code_name != old
    assert case.code_name != store.fetch_case(case_id_of(other), reader_id, ["lead"]).code_name
    page = store.queue_page(line_id, reader_id, [], store.Tab.ALL_I_MAY_SEE, None, 10, TIMES)
    assert [(row.case_id, row.rank) for row in page.rows] == [(case_id, case.rank)]


def test_a_case_takes_no_more_messages_than_its_limit(line_id: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    one = deposit(line_id)
    monkeypatch.setattr(mailboxes, "LIMITS", replace(store.LIMITS, entries_per_case=2))
    post(one)
    post(one)
    with pytest.raises(store.FullError):
        post(one)
    assert len(mailbox_of(one).entries) == 3


def test_a_message_out_of_shape_is_our_own_mistake(line_id: bytes) -> None:
    one = deposit(line_id)
    for entry in (sealed_entry(size=store.LIMITS.entry_bytes + 1), replace(sealed_entry(), entry_id=b"short")):
        with pytest.raises(store.MisuseError):
            store.post_to_case(one.lookup_hash, one.posting_secret, entry, TODAY, None)


def test_the_mailbox_shows_story_both_ways_and_nothing_of_the_staffs_own(line_id: bytes) -> None:
    one = deposit(line_id)
    inside = [store.NewEntry(sealed_entry(4)), store.NewEntry(sealed_entry(1))]
    store.append_entries(case_id_of(one), 1, inside)
    shown = answer(one)
    assert {entry.entry_id for entry in mailbox_of(one).entries} == {one.parcel.entries[0].entry_id, shown}
    assert {wrap.recipient for wrap in mailbox_of(one).wraps} == {"writer"}


def test_an_answer_that_waits_for_its_moment_is_not_shown_before_it(line_id: bytes) -> None:
    one = deposit(line_id)
    entry_id = answer(one, NOW + timedelta(seconds=10))
    assert entry_id not in {entry.entry_id for entry in mailbox_of(one, timedelta(seconds=9)).entries}
    assert entry_id in {entry.entry_id for entry in mailbox_of(one, timedelta(seconds=10)).entries}


def test_an_answer_for_another_day_waits_even_when_the_fleeting_store_was_lost(line_id: bytes) -> None:
    from leeside.vault.writing import writing

    one = deposit(line_id)
    entry_id = answer(one, NOW + timedelta(days=2))
    with writing("fleeting") as cursor:
        cursor.execute("DELETE FROM leeside_release")
    assert entry_id not in {entry.entry_id for entry in mailbox_of(one, timedelta(days=1)).entries}
    assert entry_id in {entry.entry_id for entry in mailbox_of(one, timedelta(days=2)).entries}


def test_an_answer_is_shown_for_thirty_days_from_its_first_opening(line_id: bytes) -> None:
    one = deposit(line_id)
    entry_id = answer(one)
    store.mark_shown(one.lookup_hash, [entry_id], TODAY)
    store.mark_shown(one.lookup_hash, [entry_id], TODAY + timedelta(days=9))
    shown = {entry.entry_id: entry.shown_until for entry in mailbox_of(one, timedelta(days=30)).entries}
    assert shown[entry_id] == TODAY + timedelta(days=30)
    assert entry_id not in {entry.entry_id for entry in mailbox_of(one, timedelta(days=31)).entries}


def test_what_the_writer_wrote_is_shown_without_end(line_id: bytes) -> None:
    one = deposit(line_id)
    message = sealed_entry()
    store.post_to_case(one.lookup_hash, one.posting_secret, message, TODAY, None)
    store.mark_shown(one.lookup_hash, [message.entry_id, one.parcel.entries[0].entry_id], TODAY)
    assert len(mailbox_of(one, timedelta(days=400)).entries) == 2


def test_marking_shown_in_a_mailbox_that_is_not_there_changes_nothing(line_id: bytes) -> None:
    one, other = deposit(line_id), deposit(line_id)
    entry_id = answer(one)
    store.mark_shown(written(line_id).lookup_hash, [entry_id], TODAY)
    store.mark_shown(other.lookup_hash, [entry_id], TODAY)
    store.mark_shown(one.lookup_hash, [], TODAY)
    assert {entry.shown_until for entry in mailbox_of(one).entries} == {None}


def test_a_mailbox_whose_shred_key_is_gone_is_gone(line_id: bytes) -> None:
    from leeside.vault.writing import writing

    one = deposit(line_id)
    with writing("shred") as cursor:
        cursor.execute("DELETE FROM leeside_shred_key")
    assert store.open_mailbox(one.lookup_hash, NOW) is None


def test_a_case_erased_while_a_message_is_on_its_way_is_gone_and_nothing_is_left(line_id: bytes) -> None:
    one = deposit(line_id)
    case_id = case_id_of(one)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mailboxes, "_require_secret", lambda *words: store.erase_case(case_id, TODAY) or case_id)
        with pytest.raises(store.GoneError):
            store.post_to_case(one.lookup_hash, one.posting_secret, sealed_entry(), TODAY, None)
    assert rows_of("default", "SELECT 1 FROM leeside_entry") == []

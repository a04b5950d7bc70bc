"""Lines, rosters that only grow, and role keys."""

import pytest

from leeside.vault import store
from vault.invented import add_line


def test_a_line_is_founded_then_opened(stores: object) -> None:
    store.add_line("help", "refusal", b"L" * 16, 3, 4)
    row = store.fetch_line("help")
    assert row == store.LineRow(b"L" * 16, "help", "refusal", store.LineState.FOUNDING, 0, 3, 4)
    store.open_line(row.id)
    store.open_line(row.id)
    assert store.fetch_line_of(row.id).state == store.LineState.OPEN
    assert [line.slug for line in store.list_lines()] == ["help"]


def test_a_line_is_added_once(stores: object) -> None:
    line_id = add_line("help")
    for slug, other in (("help", b"O" * 16), ("other", line_id)):
        with pytest.raises(store.ConflictError):
            store.add_line(slug, "refusal", other)


@pytest.mark.parametrize(
    ("slug", "line_id", "first", "second"),
    [("", b"L" * 16, 5, 5), ("a", b"short", 5, 5), ("a", b"L" * 16, 0, 5), ("a", b"L" * 16, 5, 10_000)],
)
def test_a_line_out_of_shape_is_our_own_mistake(slug: str, line_id: bytes, first: int, second: int) -> None:
    with pytest.raises(store.MisuseError):
        store.add_line(slug, "refusal", line_id, first, second)


def test_a_line_that_is_not_there_is_gone(stores: object) -> None:
    for attempt in (
        lambda: store.fetch_line("nobody"),
        lambda: store.fetch_line_of(b"?" * 16),
        lambda: store.open_line(b"?" * 16),
    ):
        with pytest.raises(store.GoneError):
            attempt()  # type: ignore[no-untyped-call]


@pytest.mark.promise(3, "rosters out of order, twice, or in the place of another", times=5)
def test_a_roster_only_grows_by_the_next_version(line_id: bytes) -> None:
    store.append_roster(line_id, 1, b"first")
    store.append_roster(line_id, 2, b"second")
    for number in (0, 1, 2, 4):
        with pytest.raises(store.ConflictError):
            store.append_roster(line_id, number, b"forged")
    with pytest.raises(store.ConflictError):
        store.append_roster(b"?" * 16, 1, b"forged")
    assert store.fetch_roster(line_id) == (b"first", b"second")
    assert store.fetch_line_of(line_id).roster_number == 2
    assert store.fetch_roster(b"?" * 16) == ()


def test_role_keys_are_kept_for_each_reader_and_dropped_together(line_id: bytes) -> None:
    anna, boris = b"A" * 16, b"B" * 16
    rows = [
        store.RoleEnvelopeRow("first", 1, anna, b"one"),
        store.RoleEnvelopeRow("lead", 1, anna, b"two"),
        store.RoleEnvelopeRow("first", 1, boris, b"three"),
    ]
    store.put_role_envelopes(line_id, rows)
    store.put_role_envelopes(line_id, [store.RoleEnvelopeRow("first", 1, anna, b"again")])
    assert store.fetch_role_envelopes(line_id, anna) == (store.RoleEnvelopeRow("first", 1, anna, b"again"), rows[1])
    assert store.fetch_role_envelopes(add_line("other"), anna) == ()
    store.drop_role_envelopes(line_id, anna)
    assert store.fetch_role_envelopes(line_id, anna) == ()
    assert store.fetch_role_envelopes(line_id, boris) == (rows[2],)


def test_what_goes_with_a_version_is_stored_with_it_or_not_at_all(line_id: bytes, reader_id: bytes) -> None:
    """Broken on purpose: the envelopes stored before the number was compared."""
    mine = store.RoleEnvelopeRow("first", 2, reader_id, b"sealed")
    store.append_roster(line_id, 1, b"first", store.RosterStep(envelopes=(mine,), reading=b"record"))
    late = store.RosterStep(
        envelopes=(store.RoleEnvelopeRow("first", 2, reader_id, b"late"),), leaves=reader_id, reading=b"late"
    )
    with pytest.raises(store.ConflictError):
        store.append_roster(line_id, 1, b"late", late)
    assert store.fetch_role_envelopes(line_id, reader_id) == (mine,)
    assert store.fetch_account_of(reader_id).state == store.AccountState.ACTIVE
    assert [row.sealed for row in store.fetch_audit(line_id, 0)] == [b"record"]


def test_a_ring_is_exchanged_only_under_the_passphrase_it_was_made_for(line_id: bytes, reader_id: bytes) -> None:
    account = store.fetch_account_of(reader_id)
    with pytest.raises(store.ConflictError):
        store.append_roster(line_id, 1, b"v", store.RosterStep(new_ring=store.NewRing(reader_id, b"other", b"new")))
    assert store.fetch_roster(line_id) == ()
    store.append_roster(line_id, 1, b"v", store.RosterStep(new_ring=store.NewRing(reader_id, account.salt, b"new")))
    after = store.fetch_account_of(reader_id)
    assert (after.sealed_ring, after.ring_version) == (b"new", account.ring_version + 1)


def test_who_leaves_with_a_version_has_no_way_in_and_no_key_left(line_id: bytes, reader_id: bytes) -> None:
    store.put_role_envelopes(line_id, [store.RoleEnvelopeRow("first", 1, reader_id, b"old")])
    store.append_roster(line_id, 1, b"v", store.RosterStep(leaves=reader_id))
    assert store.fetch_account_of(reader_id).state == store.AccountState.LOCKED
    assert store.fetch_role_envelopes(line_id, reader_id) == ()

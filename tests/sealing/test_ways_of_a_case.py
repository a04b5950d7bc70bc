"""One case's whole way with these primitives alone: take, work, re-keying, moving on, giving back, a new epoch.

No store and no page: what the desk does with each step is its own tests' business.
"""

from dataclasses import replace

import pytest

from leeside.sealing import seal, unseal
from leeside.sealing.context import WRITER, circle_recipient, reader_recipient
from leeside.sealing.errors import RefusedError
from leeside.sealing.grants import Granter
from leeside.sealing.keys import commit, make_compartment_key, newest_key, next_key
from leeside.sealing.own_copies import seal_own_copy
from leeside.sealing.parcels import Maker, seal_parcel
from leeside.sealing.receipts import derive_receipt_keys, make_receipt
from sealing.making import (
    LINE,
    OLEG,
    RECEIPT,
    STORY,
    VERA,
    VERA_GRANTS,
    WORK,
    body,
    circles,
    public_of,
    receipt_keys,
    request,
    roster,
    secret,
    staff_body,
)

OLEG_GRANTS = Granter(OLEG, secret("oleg signing"))
PARCEL = seal_parcel(request("Меня отправляют назад."), RECEIPT, circles())
CONTEXT = PARCEL.context


def from_circle(circle: str, sealed: bytes | None = None, seed: str | None = None):
    """A circle's keys, as one of its members opens them."""
    recipient = circle_recipient(circle)
    sealed = sealed or next(keys.sealed for keys in PARCEL.keys if keys.recipient == recipient)
    return unseal.open_bundle(secret(seed or f"{circle} 3"), CONTEXT, recipient, sealed, roster())


def granted(name: str, reader: bytes, sealed: bytes):
    """A reader's keys, as they open their grant."""
    return unseal.open_bundle(secret(f"{name} sealing"), CONTEXT, reader_recipient(reader), sealed, roster())


def test_take_makes_the_takers_grant_and_the_staffs_own_compartment() -> None:
    held = from_circle("first")
    work = make_compartment_key(WORK)
    commitments = (*PARCEL.commitments, commit(work, LINE, PARCEL.case_number))
    grant = seal.seal_bundle_to(
        roster().person(OLEG).sealing_public, CONTEXT, reader_recipient(OLEG), [*held, work], granter=OLEG_GRANTS
    )
    lead = seal.seal_bundle_to(
        roster().role_key("lead").public, CONTEXT, circle_recipient("lead"), [work], granter=OLEG_GRANTS
    )
    keys = granted("oleg", OLEG, grant)
    unseal.check_commitments(keys, commitments, CONTEXT)
    assert [key.compartment for key in keys] == [STORY, WORK]
    assert from_circle("lead", lead) == (work,)
    copy = seal_own_copy(secret("oleg sealing"), CONTEXT, OLEG, keys)
    assert unseal.open_own_copy(secret("oleg sealing"), CONTEXT, OLEG, copy) == keys


def test_an_answer_is_read_by_the_writer_and_proven() -> None:
    story = newest_key(from_circle("first"), STORY)
    entry_id = seal.new_entry_id()
    sealed = seal.seal_entry(story, CONTEXT, entry_id, staff_body("Мы прочли.", OLEG), secret("oleg signing"))
    first = next(keys.sealed for keys in PARCEL.keys if keys.recipient == WRITER)
    writers = unseal.open_bundle_symmetric(receipt_keys().first_key, CONTEXT, first)
    opened = unseal.open_entry(newest_key(writers, STORY), CONTEXT, entry_id, sealed)
    reader = opened.body.author.reader_id
    assert reader == OLEG
    for verify_key in roster().verify_keys_of(reader):
        unseal.verify_author(opened, verify_key)


def test_too_hot_for_me_rekeys_what_the_mover_holds() -> None:
    """Promise 4: what is written after a move is closed to whoever moved it; what they read, they know."""
    held = from_circle("first")
    newer = next_key(held, STORY)
    closed = roster().role_key("closed").public
    moved = seal.seal_bundle_to(closed, CONTEXT, circle_recipient("closed"), [*held, newer], granter=OLEG_GRANTS)
    both = from_circle("closed", moved)
    assert [key.generation for key in both] == [1, 2]
    entry_id = seal.new_entry_id()
    sealed = seal.seal_entry(newest_key(both, STORY), CONTEXT, entry_id, body("Ещё вопрос"), None)
    with pytest.raises(RefusedError):
        unseal.open_entry(held[0], CONTEXT, entry_id, sealed)
    with pytest.raises(RefusedError):
        from_circle("closed", moved, seed="first 3")


def test_a_later_generation_reaches_the_writer_by_their_public_key() -> None:
    newer = next_key(from_circle("first"), STORY)
    sealed = seal.seal_bundle_to(PARCEL.writer_public, CONTEXT, WRITER, [newer], granter=VERA_GRANTS)
    assert unseal.open_bundle(receipt_keys().writer_seed, CONTEXT, WRITER, sealed, roster()) == (newer,)


def test_a_swapped_writers_key_stops_the_rekeying_before_anything_is_sealed() -> None:
    """Promise 3: the re-keyer's context is made of the key in the table; with another key nothing opens first."""
    swapped = replace(PARCEL, writer_public=public_of("hoster")).context
    lead = next(keys.sealed for keys in PARCEL.keys if keys.recipient == "circle:lead")
    with pytest.raises(RefusedError):
        unseal.open_bundle(secret("lead 3"), swapped, "circle:lead", lead, roster())


def test_giving_back_seals_to_the_circle_again() -> None:
    held = from_circle("first")
    grant = seal.seal_bundle_to(public_of("oleg sealing"), CONTEXT, reader_recipient(OLEG), held, granter=OLEG_GRANTS)
    back = seal.seal_bundle_to(
        roster().role_key("first").public,
        CONTEXT,
        circle_recipient("first"),
        granted("oleg", OLEG, grant),
        granter=OLEG_GRANTS,
    )
    assert from_circle("first", back) == held


def test_a_new_epoch_reseals_under_the_new_role_key_and_leaves_entries_alone() -> None:
    """Promise 4: who holds only the old role key opens no envelope of the new epoch."""
    everything = from_circle("lead")
    resealed = seal.seal_bundle_to(
        public_of("first 4"), CONTEXT, circle_recipient("first"), everything[:1], epoch=4, granter=VERA_GRANTS
    )
    assert unseal.read_bundle_header(resealed) == (4, 1)
    assert from_circle("first", resealed, seed="first 4") == everything[:1]
    with pytest.raises(RefusedError):
        from_circle("first", resealed, seed="first 3")
    entry = PARCEL.entries[0]
    assert unseal.open_entry(everything[0], CONTEXT, entry.entry_id, entry.sealed).body.kind == "answers"


def test_the_epoch_in_front_cannot_be_changed() -> None:
    sealed = next(keys.sealed for keys in PARCEL.keys if keys.recipient == "circle:first")
    with pytest.raises(RefusedError):
        from_circle("first", sealed[:1] + (4).to_bytes(4, "big") + sealed[5:])


def test_a_role_key_reaches_its_members_and_is_compared_with_the_roster() -> None:
    vera = roster().person(VERA)
    sealed = seal.seal_role_key(vera.sealing_public, LINE, "closed", 3, VERA, secret("closed 3"))
    seed = unseal.open_role_key(secret("vera sealing"), LINE, "closed", 3, VERA, sealed)
    roster().require_role_key("closed", 3, public_of("closed 3"))
    assert seed == secret("closed 3")
    planted = seal.seal_role_key(vera.sealing_public, LINE, "closed", 3, VERA, secret("planted"))
    opened = unseal.open_role_key(secret("vera sealing"), LINE, "closed", 3, VERA, planted)
    assert opened == secret("planted")
    with pytest.raises(RefusedError):
        roster().require_role_key("closed", 3, public_of("planted"))


def test_a_fresh_receipt_is_a_new_case_that_shares_nothing_with_the_old() -> None:
    fresh = make_receipt()
    parcel = seal_parcel(request(maker=Maker.DESK), fresh, circles())
    assert parcel.case_number != PARCEL.case_number
    old = next(keys.sealed for keys in PARCEL.keys if keys.recipient == WRITER)
    with pytest.raises(RefusedError):
        unseal.open_bundle_symmetric(derive_receipt_keys(fresh, LINE).first_key, parcel.context, old)


def test_a_newcomer_gets_old_generations_too() -> None:
    story = from_circle("first")[0]
    second = next_key([story], STORY)
    grant = seal.seal_bundle_to(
        public_of("vera sealing"), CONTEXT, reader_recipient(VERA), [second, story], granter=OLEG_GRANTS
    )
    assert granted("vera", VERA, grant) == (story, second)
    assert newest_key(granted("vera", VERA, grant), STORY) == second

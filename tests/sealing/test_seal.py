"""Sealing: layouts and sizes, what is refused as our bug, and that no two sealings are alike."""

import pytest

from leeside.sealing import seal, shred
from leeside.sealing.context import WRITER, Purpose
from leeside.sealing.courier import chat_index
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody
from leeside.sealing.errors import MisuseError, TooLargeError
from leeside.sealing.limits import LIMITS
from leeside.sealing.padding import STEPS
from leeside.sealing.unseal import open_entry, read_audit_hint, read_bundle_header
from sealing.making import (
    ENTRY,
    FIRST_KEYS,
    LINE,
    STORY,
    VERA_GRANTS,
    WORK,
    body,
    case,
    key_of,
    public_of,
    ring,
    secret,
    some,
    staff_body,
    writer_public,
)


@pytest.mark.parametrize("length", [0, 1, 400, 900, 5_000, 30_000])
def test_an_entrys_size_is_a_step_and_29_bytes(length: int) -> None:
    """Promise 1: sizes come in steps."""
    sealed = seal.seal_entry(key_of(STORY), case(), ENTRY, body("ж" * length), None)
    assert len(sealed) - 29 in STEPS


@pytest.mark.parametrize("character", ["a", "ж", "界", "😀", "\n", '"'])
def test_thirty_thousand_characters_of_any_script_fit(character: str) -> None:
    text = character * LIMITS.text_characters
    sealed = seal.seal_entry(key_of(STORY), case(), ENTRY, body(text), None)
    assert open_entry(key_of(STORY), case(), ENTRY, sealed).body.content["text"] == text


def test_more_than_the_largest_step_is_told() -> None:
    with pytest.raises(TooLargeError):
        seal.seal_entry(key_of(STORY), case(), ENTRY, body("x" * STEPS[-1]), None)


def test_an_empty_entry_is_as_large_as_a_short_one() -> None:
    empty = EntryBody("answers", WRITER_AUTHOR, "2023-12-05", {})
    sizes = {len(seal.seal_entry(key_of(STORY), case(), ENTRY, one, None)) for one in (empty, body("да"), body())}
    assert sizes == {1024 + 29}


def test_no_two_sealings_are_alike() -> None:
    """Drafts of one entry, saved every second: no nonce comes twice."""
    drafts = [seal.seal_entry(key_of(STORY), case(), ENTRY, body(), None) for _ in range(300)]
    assert len({draft[1:13] for draft in drafts}) == 300


def test_staff_sign_and_nobody_else_does() -> None:
    with pytest.raises(MisuseError):
        seal.seal_entry(key_of(STORY), case(), ENTRY, staff_body(), None)
    with pytest.raises(MisuseError):
        seal.seal_entry(key_of(STORY), case(), ENTRY, body(), secret("vera signing"))


def test_an_entrys_id_has_sixteen_bytes() -> None:
    assert len(seal.new_entry_id()) == 16
    assert seal.new_entry_id() != seal.new_entry_id()
    with pytest.raises(MisuseError):
        seal.seal_entry(key_of(STORY), case(), b"short", body(), None)


def test_the_layout_of_an_envelope() -> None:
    sealed = seal.seal_bundle_to(public_of("first 3"), case(), "circle:first", FIRST_KEYS, epoch=9)
    assert sealed[:6] == b"\x01\0\0\0\x09\x07"
    assert len(sealed) == 6 + 1136 + 2 + 3 * 37 + 1
    assert read_bundle_header(sealed) == (9, 7)


def test_the_layout_of_the_writers_first_envelope() -> None:
    sealed = seal.seal_bundle_symmetric(secret("first"), case(), FIRST_KEYS)
    assert sealed[:6] == b"\x01\0\0\0\x03\x07"
    assert len(sealed) == 6 + 28 + 2 + 3 * 37


def test_the_staffs_own_is_never_sealed_to_a_writer() -> None:
    with pytest.raises(MisuseError):
        seal.seal_bundle_to(writer_public(), case(), WRITER, [*FIRST_KEYS, key_of(WORK)], granter=VERA_GRANTS)
    with pytest.raises(MisuseError):
        seal.seal_bundle_symmetric(secret("first"), case(), [key_of(WORK)])


def test_other_layouts() -> None:
    role = seal.seal_role_key(public_of("vera sealing"), LINE, "first", 3, some("reader", 16), secret("seed"))
    assert len(role) == 1 + 1136 + 32
    with pytest.raises(MisuseError):
        seal.seal_role_key(public_of("vera sealing"), LINE, "first", 3, some("reader", 16), secret("seed", 16))
    audit = seal.seal_audit(public_of("lead 3"), LINE, {"what": "opened"})
    assert len(audit) == 1 + 8 + 1136 + 512
    assert read_audit_hint(audit) == seal.key_hint(public_of("lead 3")) != seal.key_hint(public_of("lead 1"))
    assert len(shred.wrap(some("shred"), b"x" * 100, b"row")) == 129
    assert len(shred.make_shred_key()) == 32


def test_a_ring_is_sealed_at_rest_or_in_a_session_only() -> None:
    with pytest.raises(MisuseError):
        seal.seal_ring(secret("wrapping"), ring(), Purpose.ENTRY)


def test_an_audit_record_has_a_limit() -> None:
    with pytest.raises(TooLargeError):
        seal.seal_audit(public_of("lead 3"), LINE, {"what": "x" * LIMITS.audit_record})


def test_a_chat_is_found_only_with_the_couriers_seed() -> None:
    """Promise 1, its exception: the index of a stopped courier says nothing, for no key of it lies on the disk."""
    index = chat_index(secret("courier"), "telegram", "123456789")
    assert index == chat_index(secret("courier"), "telegram", "123456789")
    others = {
        chat_index(secret("other"), "telegram", "123456789"),
        chat_index(secret("courier"), "signal", "123456789"),
        chat_index(secret("courier"), "telegram", "123456788"),
    }
    assert len(others | {index}) == 4

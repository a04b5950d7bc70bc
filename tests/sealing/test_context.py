"""What sealed things are bound to: exact bytes, and no two things with the same."""

from dataclasses import replace

import pytest

from leeside.sealing.context import (
    CaseContext,
    Purpose,
    audit_info,
    circle_recipient,
    hash_for,
    hash_writer_key,
    is_recipient,
    outbox_info,
    prefix,
    reader_recipient,
    role_key_info,
)
from leeside.sealing.errors import MisuseError
from sealing.making import ENTRY, IDENTITY, LINE, OTHER_LINE, STORY, VERA, case, some


def test_the_layout_of_an_envelopes_binding() -> None:
    """Fields of docs/format.md, "What an envelope is bound to", in order and with their sizes."""
    here = case()
    info = here.bundle_info(Purpose.BUNDLE, "circle:first", 0b001, 5)
    parts = [
        b"leeside",
        b"\x01",
        b"\x01",
        LINE,
        (3).to_bytes(4, "big"),
        here.case_number,
        here.writer_key_hash,
        (5).to_bytes(4, "big"),
        b"\x01",
        b"\x0c",
        b"circle:first",
    ]
    assert info == b"".join(parts)


def test_the_layout_of_an_entrys_binding() -> None:
    here = case()
    binding = here.entry_binding(Purpose.ENTRY, IDENTITY, 7)
    parts = [b"leeside\x01\x04", LINE, here.case_number, here.writer_key_hash, b"\x02", (7).to_bytes(4, "big")]
    assert binding == b"".join(parts)


def test_no_two_bindings_are_alike() -> None:
    """Promise 3: anything that differs in one part is sealed to other bytes."""
    here = case()
    cases = [
        here,
        replace(here, line_id=OTHER_LINE),
        replace(here, epoch=4),
        replace(here, case_number=some("n", 16)),
        replace(here, writer_key_hash=some("h")),
    ]
    recipients = ["writer", "circle:first", "circle:firs", reader_recipient(VERA)]
    seen = [
        context.bundle_info(purpose, recipient, mask, epoch)
        for context in cases
        for purpose in (Purpose.BUNDLE, Purpose.FIRST_BUNDLE, Purpose.OWN_COPY)
        for recipient in recipients
        for mask in (1, 7)
        for epoch in (3, 4)
    ]
    seen += [
        context.entry_binding(purpose, compartment, generation) + ENTRY
        for context in (cases[0], cases[1], cases[3], cases[4])
        for purpose in (Purpose.ENTRY, Purpose.ENTRY_SIGNATURE)
        for compartment in (STORY, IDENTITY)
        for generation in (1, 2)
    ]
    seen += [audit_info(LINE), audit_info(OTHER_LINE), outbox_info(LINE, ENTRY), outbox_info(LINE, VERA)]
    seen += [role_key_info(LINE, circle, epoch, VERA) for circle in ("first", "lead") for epoch in (1, 2)]
    assert len(set(seen)) == len(seen)


def test_purposes_have_numbers_of_their_own_for_ever() -> None:
    assert {p.name: p.value for p in Purpose} == {
        "BUNDLE": 1,
        "FIRST_BUNDLE": 2,
        "OWN_COPY": 3,
        "ENTRY": 4,
        "ENTRY_SIGNATURE": 5,
        "COMMITMENT": 6,
        "ROLE_KEY": 7,
        "RING_AT_REST": 8,
        "RING_IN_SESSION": 9,
        "AUDIT": 10,
        "AUDIT_HEAD": 11,
        "SHRED": 12,
        "ROSTER": 13,
        "ROSTER_HASH": 14,
        "PERSON": 15,
        "WRITER_KEY": 16,
        "LOOKUP_HASH": 17,
        "POSTING_HASH": 18,
        "ERASING_HASH": 19,
        "RECEIPT": 20,
        "RECEIPT_CHECK": 21,
        "REPEAT": 22,
        "PROOF_HASH": 23,
        "OUTBOX": 24,
        "CHAT_INDEX": 25,
        "STREAM": 26,
        "MAILBOX_SESSION": 27,
        "SESSION": 28,
        "KEY_HINT": 29,
        "GRANT": 30,
        "AUDIT_SIGNATURE": 31,
        "FILE_DIGEST": 32,
        "FILE_ADDRESS": 33,
        "BRIEF": 36,
        "BRIEF_SIGNATURE": 37,
        "REVIEW": 38,
        "REVIEW_REMARK": 39,
        "REVIEW_REMARK_HASH": 40,
    }
    assert prefix(Purpose.STREAM) == b"leeside\x01\x1a"


def test_hashes_differ_by_purpose() -> None:
    assert len({hash_for(purpose, b"same") for purpose in Purpose}) == len(Purpose)
    assert hash_for(Purpose.PERSON, b"ab", b"c") == hash_for(Purpose.PERSON, b"abc")
    assert len(hash_writer_key(b"key")) == 32


def test_recipients_are_writer_circles_and_readers() -> None:
    assert circle_recipient("first") == "circle:first"
    assert reader_recipient(VERA) == f"reader:{VERA.hex()}"
    for good in ("writer", "circle:lead", reader_recipient(VERA)):
        assert is_recipient(good)
    for bad in ("", "Writer", "circle:", "circle:Первый", "reader:00", f"reader:{VERA.hex().upper()}x", "writer\n"):
        assert not is_recipient(bad)
        with pytest.raises(MisuseError):
            case().bundle_info(Purpose.BUNDLE, bad, 1, 1)
    with pytest.raises(MisuseError):
        circle_recipient("Первый")
    with pytest.raises(MisuseError):
        reader_recipient(b"short")


@pytest.mark.parametrize(
    "parts",
    [
        (b"short", 1, bytes(16), bytes(32)),
        (bytes(16), 1, b"", bytes(32)),
        (bytes(16), 1, bytes(16), bytes(31)),
        (bytes(16), -1, bytes(16), bytes(32)),
    ],
)
def test_a_context_of_other_sizes_is_our_bug(parts) -> None:
    with pytest.raises(MisuseError):
        CaseContext(*parts)

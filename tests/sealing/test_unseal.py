"""Opening: what stands beside "refused" in test_every_shape - authors, commitments, forged insides, speed-ups."""

import json
from dataclasses import replace

import pytest

from leeside.sealing import seal, suite, unseal
from leeside.sealing.compartments import mask_of
from leeside.sealing.context import WRITER, Purpose, audit_info, outbox_info, prefix, role_key_info
from leeside.sealing.entries import encode_body
from leeside.sealing.errors import MisuseError, RefusedError
from leeside.sealing.keys import Commitment, CompartmentKey, commit, encode_keys, verify_key_of
from leeside.sealing.padding import pad_to_multiple, pad_to_step
from leeside.sealing.sessions import mailbox_info
from sealing.making import (
    ENTRY,
    FIRST_KEYS,
    IDENTITY,
    LINE,
    STORY,
    STRANGER,
    VERA,
    body,
    case,
    flipped,
    key_of,
    public_of,
    receipt_keys,
    secret,
    some,
    staff_body,
)

KEY = key_of(STORY)


def sealed_with(inside: bytes) -> bytes:
    """An entry whose inside nobody of ours would write, sealed with the right key."""
    bound = case().entry_binding(Purpose.ENTRY, STORY, 1) + ENTRY
    return b"\x01" + suite.gcm_seal(KEY.key, inside, bound)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        bytes(1024),
        b"\0" + encode_body(body()),
        pad_to_step(b""),
        pad_to_step(b"\x02" + encode_body(body())),
        pad_to_step(b"\x00"),
        pad_to_step(b"\x00{}"),
        pad_to_step(b"\x00" + encode_body(body()) + b" "),
        pad_to_step(b"\x01" + bytes(64)),
        pad_to_step(b"\x01" + bytes(63)),
        pad_to_step(b"\x00" + encode_body(staff_body())),
        pad_to_step(b"\x01" + bytes(64) + encode_body(body())),
        pad_to_step(b"\x00" + encode_body(body())) + bytes(3072),
    ],
)
def test_an_inside_that_nobody_of_ours_would_write_is_refused(inside: bytes) -> None:
    """A writer who writes her own software gets no further: an unsigned entry never passes as staff's."""
    with pytest.raises(RefusedError):
        unseal.open_entry(KEY, case(), ENTRY, sealed_with(inside))


def test_an_entry_says_nothing_when_printed() -> None:
    opened = unseal.open_entry(KEY, case(), ENTRY, seal.seal_entry(KEY, case(), ENTRY, body("тайна"), None))
    assert "тайна" not in repr(opened)


def test_one_opener_opens_many() -> None:
    opener = unseal.EntryOpener(KEY, case())
    for number in range(5):
        entry_id = some(f"e{number}", 16)
        sealed = seal.seal_entry(KEY, case(), entry_id, staff_body(f"Тайна {number}"), secret("vera signing"))
        assert opener.open(entry_id, sealed).body == staff_body(f"Тайна {number}")
        with pytest.raises(RefusedError):
            opener.open(ENTRY, sealed)


@pytest.mark.promise(3, "forged and exchanged authors of entries")
def test_an_author_is_proven_by_their_own_key_only() -> None:
    sealed = seal.seal_entry(KEY, case(), ENTRY, staff_body(reader=VERA), secret("oleg signing"))
    opened = unseal.open_entry(KEY, case(), ENTRY, sealed)
    with pytest.raises(RefusedError):
        unseal.verify_author(opened, verify_key_of(secret("vera signing")))
    unseal.verify_author(opened, verify_key_of(secret("oleg signing")))


def test_a_signature_holds_in_its_place_only() -> None:
    """Whoever holds the keys of two cases cannot carry a colleague's sentence from one into the other."""
    sealed = seal.seal_entry(KEY, case(), ENTRY, staff_body(), secret("vera signing"))
    opened = unseal.open_entry(KEY, case(), ENTRY, sealed)
    verify_key = verify_key_of(secret("vera signing"))
    unseal.verify_author(opened, verify_key)
    elsewhere = [
        (KEY, replace(case(), case_number=some("n", 16)), ENTRY),
        (KEY, replace(case(), line_id=some("l", 16)), ENTRY),
        (KEY, replace(case(), writer_key_hash=some("w")), ENTRY),
        (key_of(IDENTITY), case(), ENTRY),
        (replace(KEY, generation=2), case(), ENTRY),
        (KEY, case(), some("other", 16)),
    ]
    for key, context, entry_id in elsewhere:
        moved = seal.build_entry(key, context, entry_id, encode_body(staff_body()), opened.signature, bytes(12))
        with pytest.raises(RefusedError):
            unseal.verify_author(unseal.open_entry(key, context, entry_id, moved), verify_key)
    altered = seal.build_entry(KEY, case(), ENTRY, encode_body(staff_body("Нет.")), opened.signature, bytes(12))
    with pytest.raises(RefusedError):
        unseal.verify_author(unseal.open_entry(KEY, case(), ENTRY, altered), verify_key)


def test_an_unsigned_entry_has_no_author_to_prove() -> None:
    opened = unseal.open_entry(KEY, case(), ENTRY, seal.seal_entry(KEY, case(), ENTRY, body(), None))
    with pytest.raises(RefusedError):
        unseal.verify_author(opened, verify_key_of(secret("vera signing")))


COMMITMENTS = tuple(commit(key, LINE, case().case_number) for key in FIRST_KEYS)


def test_commitments_fit_their_keys() -> None:
    unseal.check_commitments(FIRST_KEYS, COMMITMENTS, case())
    unseal.check_commitments(FIRST_KEYS[:1], COMMITMENTS, case())
    unseal.check_commitments((), (), case())


@pytest.mark.parametrize(
    ("keys", "commitments", "context"),
    [
        (FIRST_KEYS, COMMITMENTS[:2], None),
        (FIRST_KEYS, (), None),
        ((CompartmentKey(STORY, 1, secret("other")),), COMMITMENTS, None),
        ((key_of(STORY, 2),), COMMITMENTS, None),
        (FIRST_KEYS, (*COMMITMENTS, COMMITMENTS[0]), None),
        (FIRST_KEYS, (*COMMITMENTS, Commitment(STORY, 1, some("x"))), None),
        (FIRST_KEYS, (Commitment(STORY, 1, flipped(COMMITMENTS[0].value, 31)), *COMMITMENTS[1:]), None),
        (FIRST_KEYS, (Commitment(STORY, 1, b""), *COMMITMENTS[1:]), None),
        (FIRST_KEYS, COMMITMENTS, replace(case(), case_number=some("n", 16))),
        (FIRST_KEYS, COMMITMENTS, replace(case(), line_id=some("l", 16))),
    ],
)
@pytest.mark.promise(3, "keys that are not the committed ones")
def test_other_keys_than_the_committed_ones_are_refused(keys, commitments, context) -> None:
    with pytest.raises(RefusedError):
        unseal.check_commitments(keys, commitments, context or case())


def test_one_ciphertext_cannot_read_differently_to_two_people() -> None:
    """AES-GCM commits to no key: the same bytes may open under two. The commitment says which is the case's."""
    two = [CompartmentKey(STORY, 1, secret("one")), CompartmentKey(STORY, 1, secret("two"))]
    stated = [commit(two[0], LINE, case().case_number)]
    unseal.check_commitments(two[:1], stated, case())
    with pytest.raises(RefusedError):
        unseal.check_commitments(two[1:], stated, case())


def test_keys_of_a_first_envelope_that_are_misspelled_or_mislabelled_are_refused() -> None:
    key = secret("first")
    for mask, inside in (
        (7, b""),
        (7, encode_keys(FIRST_KEYS) + b"\0"),
        (3, encode_keys(FIRST_KEYS)),
        (7, encode_keys(FIRST_KEYS[:1])),
    ):
        info = case().bundle_info(Purpose.FIRST_BUNDLE, WRITER, mask, case().epoch)
        forged = seal.bundle_header(case().epoch, mask) + suite.gcm_seal(key, inside, info)
        with pytest.raises(RefusedError):
            unseal.open_bundle_symmetric(key, case(), forged)


def test_a_header_alone_is_refused() -> None:
    with pytest.raises(RefusedError):
        unseal.read_bundle_header(b"\x01\0\0")
    assert mask_of([STORY]) == 1


def test_a_role_seed_of_another_size_is_refused() -> None:
    info = role_key_info(LINE, "first", 3, VERA)
    for inside in (b"", bytes(31), bytes(33)):
        forged = b"\x01" + seal.seal_to(public_of("vera sealing"), inside, info)
        with pytest.raises(RefusedError):
            unseal.open_role_key(secret("vera sealing"), LINE, "first", 3, VERA, forged)


def test_misspelled_insides_of_other_shapes_are_refused() -> None:
    forged = b"\x01" + suite.gcm_seal(secret("w"), b"{}", prefix(Purpose.RING_AT_REST))
    with pytest.raises(RefusedError):
        unseal.open_ring(secret("w"), forged, Purpose.RING_AT_REST)
    forged = b"\x01" + suite.gcm_seal(secret("w"), bytes(207), mailbox_info(LINE))
    with pytest.raises(RefusedError):
        unseal.open_mailbox(secret("w"), LINE, forged)
    for inside in (
        b"",
        bytes(512),
        pad_to_multiple(b"[]", 512, 8192),
        pad_to_multiple(json.dumps({"a": 1}).encode(), 512, 8192),
    ):
        forged = b"\x01" + bytes(8) + seal.seal_to(public_of("lead 3"), inside, audit_info(LINE))
        with pytest.raises(RefusedError):
            unseal.open_audit(secret("lead 3"), LINE, forged)
    for inside in (b"", pad_to_step(b"[]")):
        forged = b"\x01" + seal.seal_to(public_of("courier"), inside, outbox_info(LINE, ENTRY))
        with pytest.raises(RefusedError):
            unseal.open_outbox(secret("courier"), LINE, ENTRY, forged)


def test_a_ring_is_opened_for_one_of_its_two_purposes() -> None:
    with pytest.raises(MisuseError):
        unseal.open_ring(secret("w"), b"\x01", Purpose.ENTRY)


def test_short_hints_are_no_errors_of_their_own() -> None:
    assert unseal.read_audit_hint(b"\x01ab") == b"ab" + bytes(6)
    with pytest.raises(RefusedError):
        unseal.read_audit_hint(b"")


def test_a_strangers_seed_opens_nothing_of_a_mailbox() -> None:
    sealed = seal.seal_bundle_symmetric(receipt_keys().first_key, case(), FIRST_KEYS)
    with pytest.raises(RefusedError):
        unseal.open_bundle_symmetric(secret(STRANGER.hex()), case(), sealed)

"""Who may hand keys on: the four rules of the module, each attacked by somebody who can write to the database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.context import Purpose, reader_recipient
from leeside.sealing.errors import MisuseError, RefusedError
from leeside.sealing.grants import Granter, OpenedGrant, decode_grant, encode_grant, needs_granter
from leeside.sealing.keys import encode_keys, mask_of_keys
from leeside.sealing.seal import bundle_header, seal_bundle_to, seal_to
from leeside.sealing.unseal import BundleOpener, open_bundle
from sealing.making import (
    FIRST_KEYS,
    IDENTITY,
    STORY,
    STRANGER,
    VERA,
    VERA_GRANTS,
    WORK,
    case,
    flipped,
    key_of,
    public_of,
    roster,
    secret,
)

TO_VERA = reader_recipient(VERA)
SEED = secret("vera sealing")


def planted(recipient: str, keys, content: bytes, label: str = "vera sealing") -> bytes:
    """An envelope by somebody who has public keys and this code, and no rights."""
    mask = mask_of_keys(keys)
    info = case().bundle_info(Purpose.BUNDLE, recipient, mask, case().epoch)
    return bundle_header(case().epoch, mask) + seal_to(public_of(label), content, info)


def test_a_grant_tells_who_granted_and_until_when() -> None:
    granter = Granter(VERA, secret("vera signing"), date(2024, 1, 31))
    sealed = seal_bundle_to(public_of("vera sealing"), case(), TO_VERA, FIRST_KEYS, granter=granter)
    opened = BundleOpener(SEED, roster()).open_grant(case(), TO_VERA, sealed)
    assert opened == OpenedGrant(FIRST_KEYS, VERA, date(2024, 1, 31))
    unending = seal_bundle_to(public_of("vera sealing"), case(), TO_VERA, FIRST_KEYS, granter=VERA_GRANTS)
    assert BundleOpener(SEED, roster()).open_grant(case(), TO_VERA, unending).until is None


def test_a_parcels_keys_to_a_circle_have_no_granter() -> None:
    sealed = seal_bundle_to(public_of("first 3"), case(), "circle:first", FIRST_KEYS[:1])
    opened = BundleOpener(secret("first 3")).open_grant(case(), "circle:first", sealed)
    assert opened == OpenedGrant(FIRST_KEYS[:1], None, None)


@pytest.mark.parametrize(
    ("recipient", "keys", "needed"),
    [
        (TO_VERA, FIRST_KEYS[:1], True),
        ("circle:first", FIRST_KEYS, False),
        ("circle:first", (key_of(STORY, 2),), True),
        ("circle:lead", (key_of(WORK),), True),
        ("writer", (key_of(STORY),), False),
        ("writer", (key_of(STORY, 2),), True),
    ],
)
def test_rules_one_and_two(recipient: str, keys, needed: bool) -> None:
    assert needs_granter(recipient, keys) is needed
    if needed:
        with pytest.raises(MisuseError):
            seal_bundle_to(public_of("vera sealing"), case(), recipient, keys)


@pytest.mark.parametrize(
    ("recipient", "keys"),
    [
        (TO_VERA, FIRST_KEYS),
        ("circle:first", (key_of(STORY, 2),)),
        ("circle:first", (key_of(WORK),)),
        ("writer", (key_of(STORY, 2),)),
    ],
)
@pytest.mark.promise(3, "keys planted in the database, unsigned or signed by a stranger")
def test_planted_keys_are_refused(recipient: str, keys) -> None:
    """Promise 3: nobody who only writes to the database gives a reader, a circle or a writer keys of their own."""
    info = case().bundle_info(Purpose.BUNDLE, recipient, mask_of_keys(keys), case().epoch)
    stranger = Granter(STRANGER, secret("stranger signing"))
    posing = Granter(VERA, secret("stranger signing"))
    contents = [
        encode_keys(keys) + b"\0",
        encode_keys(keys),
        encode_keys(keys) + b"\x01",
        encode_keys(keys) + b"\x01" + VERA + bytes(4 + 64),
        encode_keys(keys) + b"\x02" + VERA + bytes(4 + 64),
        encode_grant(keys, recipient, info, stranger),
        encode_grant(keys, recipient, info, posing),
    ]
    for content in contents:
        with pytest.raises(RefusedError):
            open_bundle(SEED, case(), recipient, planted(recipient, keys, content), roster())


def test_a_true_grant_cannot_be_moved_to_another_envelope() -> None:
    info = case().bundle_info(Purpose.BUNDLE, "circle:first", 1, case().epoch)
    true_content = encode_grant([key_of(STORY, 2)], "circle:first", info, VERA_GRANTS)
    moved = planted(TO_VERA, [key_of(STORY, 2)], true_content)
    with pytest.raises(RefusedError):
        open_bundle(SEED, case(), TO_VERA, moved, roster())


def test_every_byte_inside_counts() -> None:
    info = case().bundle_info(Purpose.BUNDLE, TO_VERA, mask_of_keys(FIRST_KEYS), case().epoch)
    content = encode_grant(FIRST_KEYS, TO_VERA, info, VERA_GRANTS)
    assert decode_grant(content, TO_VERA, info, roster()).keys == FIRST_KEYS
    for position in range(len(content)):
        with pytest.raises(RefusedError):
            decode_grant(flipped(content, position), TO_VERA, info, roster())
    for wrong in (content[:-1], content + b"\0", b""):
        with pytest.raises(RefusedError):
            decode_grant(wrong, TO_VERA, info, roster())


@given(st.binary(max_size=200))
def test_any_content_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedError):
        decode_grant(content, TO_VERA, b"info", roster())


def test_a_mask_that_says_less_or_more_than_the_content_is_refused() -> None:
    for keys, said in ((FIRST_KEYS, FIRST_KEYS[:1]), (FIRST_KEYS[:1], FIRST_KEYS)):
        content = encode_keys(keys) + b"\0"
        with pytest.raises(RefusedError):
            open_bundle(SEED, case(), "circle:first", planted("circle:first", said, content), roster())


def test_a_granter_who_left_is_still_believed_for_what_they_granted() -> None:
    """Grants outlive their granter's time; who could not have granted is refused by the roster's history."""
    sealed = seal_bundle_to(public_of("vera sealing"), case(), TO_VERA, FIRST_KEYS, granter=VERA_GRANTS)
    without = replace(roster(), people=tuple(p for p in roster().people if p.reader_id != VERA))
    assert open_bundle(SEED, case(), TO_VERA, sealed, without) == FIRST_KEYS
    nobody = replace(roster(), authors={})
    with pytest.raises(RefusedError):
        open_bundle(SEED, case(), TO_VERA, sealed, nobody)


def test_a_signed_grant_without_a_roster_is_our_bug() -> None:
    sealed = seal_bundle_to(public_of("vera sealing"), case(), TO_VERA, FIRST_KEYS, granter=VERA_GRANTS)
    with pytest.raises(MisuseError):
        open_bundle(SEED, case(), TO_VERA, sealed)


def test_the_layout() -> None:
    info = case().bundle_info(Purpose.BUNDLE, TO_VERA, 2, 3)
    content = encode_grant([key_of(IDENTITY)], TO_VERA, info, Granter(VERA, secret("vera signing"), date(2024, 1, 1)))
    plain_keys = encode_keys([key_of(IDENTITY)])
    assert content[: len(plain_keys)] == plain_keys
    rest = content[len(plain_keys) :]
    assert rest[:17] == b"\x01" + VERA
    assert rest[17:21] == date(2024, 1, 1).toordinal().to_bytes(4, "big")
    assert len(rest) == 1 + 16 + 4 + 64

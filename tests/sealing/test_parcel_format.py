"""The parcel's parser takes one spelling only, and checks all that can be checked without a key."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.errors import MalformedError, MisuseError, TooLargeError, UnknownVersionError
from leeside.sealing.keys import Commitment
from leeside.sealing.limits import LIMITS
from leeside.sealing.parcel_format import Maker, Parcel, SealedEntry, SealedKeys, encode_parcel, parse_parcel
from leeside.sealing.parcels import seal_parcel
from sealing.making import IDENTITY, PLACE, RECEIPT, STORY, WORK, circles, request, some

PARCEL = seal_parcel(request(), RECEIPT, circles())
ENCODED = encode_parcel(PARCEL)
FIRST_ENTRY = PARCEL.entries[0]
LEAD_KEYS = next(keys for keys in PARCEL.keys if keys.recipient == "circle:lead")


def test_a_parcel_comes_back() -> None:
    assert parse_parcel(ENCODED) == PARCEL
    assert encode_parcel(parse_parcel(ENCODED)) == ENCODED


def test_its_size() -> None:
    """For the person's network and for the limit: what one short request weighs."""
    assert len(ENCODED) == 9_721
    largest = seal_parcel(request("😀" * LIMITS.text_characters), RECEIPT, circles())
    assert len(encode_parcel(largest)) < LIMITS.parcel


def test_the_layout() -> None:
    """Fields of docs/format.md, "Parcel", in order."""
    head = b"".join(
        (
            b"\x01\x01",
            PARCEL.line_id,
            b"\0\0\0\x03",
            b"\x07refusal",
            b"\0\0\0\x01",
            PARCEL.lookup_hash,
            PARCEL.posting_hash,
            PARCEL.erasing_hash,
            PARCEL.repeat_tag,
            PARCEL.case_number,
            PARCEL.writer_public,
            b"\x03\x01\0\0\0\x01",
            PARCEL.commitments[0].value,
        )
    )
    assert ENCODED.startswith(head)
    keys = PARCEL.keys[0]
    at = len(head) + 2 * 37
    assert ENCODED[at : at + 1] == b"\x04"
    assert ENCODED[at + 1 :].startswith(
        b"\x0dcircle:closed\x06\0\0\0\x01" + len(keys.sealed).to_bytes(4, "big") + keys.sealed
    )
    assert ENCODED.endswith(b"\x02ru\x03web\x05first\x02\x01")


def test_every_cut_and_every_addition_is_refused() -> None:
    for end in [*range(0, len(ENCODED), 61), len(ENCODED) - 1]:
        with pytest.raises(MalformedError):
            parse_parcel(ENCODED[:end])
    with pytest.raises(MalformedError):
        parse_parcel(ENCODED + b"\0")
    with pytest.raises(MalformedError):
        parse_parcel(b"")


def test_a_flood_is_refused_unread() -> None:
    with pytest.raises(TooLargeError):
        parse_parcel(bytes(LIMITS.parcel + 1))


@pytest.mark.parametrize("version", [0, 2, 255])
def test_another_version_is_refused_by_name(version: int) -> None:
    with pytest.raises(UnknownVersionError):
        parse_parcel(bytes([version]) + ENCODED[1:])


@given(st.binary(max_size=300))
def test_any_bytes_are_malformed(untrusted: bytes) -> None:
    for attempt in (untrusted, b"\x01" + untrusted, ENCODED[:1500] + untrusted):
        with pytest.raises(MalformedError):
            parse_parcel(attempt)


@given(st.integers(0, len(ENCODED) - 1), st.integers(0, 255))
def test_a_changed_byte_is_malformed_or_another_parcel_with_one_spelling(position: int, value: int) -> None:
    changed = bytearray(ENCODED)
    changed[position] = value
    try:
        parcel = parse_parcel(bytes(changed))
    except MalformedError:
        return
    assert encode_parcel(parcel) == bytes(changed)


def with_keys(*keys: SealedKeys) -> Parcel:
    """The parcel with other recipients."""
    return replace(PARCEL, keys=keys)


def without(recipient: str) -> Parcel:
    """The parcel with one recipient gone."""
    return with_keys(*(keys for keys in PARCEL.keys if keys.recipient != recipient))


def with_entry(index: int, **changes) -> Parcel:
    """The parcel with one entry changed."""
    entries = list(PARCEL.entries)
    entries[index] = replace(entries[index], **changes)
    return replace(PARCEL, entries=tuple(entries))


READER_KEYS = SealedKeys(f"reader:{'00' * 16}", 7, 1, LEAD_KEYS.sealed)
WRONG = {
    "no version of ours": replace(PARCEL, version=2),
    "no maker": replace(PARCEL, maker=0),
    "unknown maker": replace(PARCEL, maker=6),
    "no epoch": replace(PARCEL, epoch=0),
    "epoch too high": replace(PARCEL, epoch=LIMITS.epoch + 1),
    "no pack version": replace(PARCEL, pack_version=0),
    "commitment missing": replace(PARCEL, commitments=PARCEL.commitments[:2]),
    "commitment twice": replace(PARCEL, commitments=(PARCEL.commitments[0], *PARCEL.commitments[:2])),
    "commitments out of order": replace(PARCEL, commitments=PARCEL.commitments[::-1]),
    "commitment to the staff's own": replace(
        PARCEL, commitments=(*PARCEL.commitments[:2], Commitment(WORK, 1, some("x")))
    ),
    "a fourth commitment": replace(PARCEL, commitments=(*PARCEL.commitments, Commitment(WORK, 1, some("x")))),
    "commitment of a later generation": replace(
        PARCEL, commitments=(replace(PARCEL.commitments[0], generation=2), *PARCEL.commitments[1:])
    ),
    "writer left out": without("writer"),
    "lead left out": without("circle:lead"),
    "routed circle left out": without("circle:first"),
    "recipients out of order": with_keys(*PARCEL.keys[::-1]),
    "recipient twice": with_keys(*PARCEL.keys, PARCEL.keys[-1]),
    "too many recipients": with_keys(
        *sorted(
            (*PARCEL.keys, *(replace(LEAD_KEYS, recipient=f"circle:x{n}") for n in range(5))), key=lambda k: k.recipient
        )
    ),
    "a single reader": with_keys(*PARCEL.keys[:3], READER_KEYS, *PARCEL.keys[3:]),
    "lead with less": with_keys(*(replace(keys, mask=3) if keys is LEAD_KEYS else keys for keys in PARCEL.keys)),
    "keys to the staff's own": with_keys(
        *(replace(keys, mask=15) if keys is LEAD_KEYS else keys for keys in PARCEL.keys)
    ),
    "keys of no compartment": with_keys(replace(PARCEL.keys[0], mask=0), *PARCEL.keys[1:]),
    "keys of a later generation": with_keys(replace(PARCEL.keys[0], generation=2), *PARCEL.keys[1:]),
    "an envelope cut": with_keys(replace(PARCEL.keys[0], sealed=PARCEL.keys[0].sealed[:-1]), *PARCEL.keys[1:]),
    "an envelope lengthened": with_keys(
        replace(PARCEL.keys[0], sealed=PARCEL.keys[0].sealed + b"\0"), *PARCEL.keys[1:]
    ),
    "an envelope of another version": with_keys(
        replace(PARCEL.keys[0], sealed=b"\x02" + PARCEL.keys[0].sealed[1:]), *PARCEL.keys[1:]
    ),
    "an envelope that says another mask": with_keys(
        replace(PARCEL.keys[0], sealed=PARCEL.keys[0].sealed[:5] + b"\x03" + PARCEL.keys[0].sealed[6:]),
        *PARCEL.keys[1:],
    ),
    "an entry missing": replace(PARCEL, entries=PARCEL.entries[:2]),
    "an entry too many": replace(PARCEL, entries=(*PARCEL.entries, replace(FIRST_ENTRY, entry_id=some("e", 16)))),
    "entries out of order": replace(PARCEL, entries=PARCEL.entries[::-1]),
    "an entry of the staff's own": with_entry(2, compartment=WORK),
    "an entry of a later generation": with_entry(0, generation=2),
    "an entry between steps": with_entry(0, sealed=FIRST_ENTRY.sealed + b"\0"),
    "an entry that is empty": with_entry(0, sealed=b""),
    "an entry of another version": with_entry(0, sealed=b"\x02" + FIRST_ENTRY.sealed[1:]),
    "an entry above the largest step": with_entry(0, sealed=b"\x01" + bytes(128 * 1024 + 29)),
    "one id for two": with_entry(1, entry_id=FIRST_ENTRY.entry_id),
    "one id for an entry and the card": replace(PARCEL, card=replace(PARCEL.card, entry_id=FIRST_ENTRY.entry_id)),
    "a card outside the story": replace(PARCEL, card=replace(PARCEL.card, compartment=IDENTITY)),
    "no urgency": replace(PARCEL, urgency=0),
    "unknown urgency": replace(PARCEL, urgency=5),
    "unknown bucket": replace(PARCEL, look_by=5),
    "a circle without keys": replace(PARCEL, circle="second"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_what_no_vault_would_take_is_never_written(wrong: Parcel) -> None:
    with pytest.raises(MisuseError):
        encode_parcel(wrong)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_and_refused_when_somebody_else_wrote_it(wrong: Parcel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Promises 1 and 2: all compartments exist also when empty; writer and lead hold all; nobody holds the staff's."""
    from leeside.sealing import parcel_format

    with monkeypatch.context() as patch:
        patch.setattr(parcel_format, "_read", lambda encoded: None)
        encoded = encode_parcel(wrong)
    with pytest.raises(MalformedError):
        parse_parcel(encoded)


def test_names_and_sizes_of_fields_are_our_business() -> None:
    for wrong in (
        replace(PARCEL, pack="Refusal"),
        replace(PARCEL, language=""),
        replace(PARCEL, channel="web bot"),
        replace(PARCEL, circle="первый"),
        replace(PARCEL, lookup_hash=b"short"),
        replace(PARCEL, writer_public=PARCEL.writer_public[:-1]),
        with_entry(0, entry_id=b"short"),
    ):
        with pytest.raises(MisuseError):
            encode_parcel(wrong)


def test_a_writers_key_that_betrays_is_refused_at_the_door() -> None:
    encoded = bytearray(ENCODED)
    at = ENCODED.index(PARCEL.writer_public) + 1184
    encoded[at : at + 32] = bytes(32)
    with pytest.raises(MalformedError):
        parse_parcel(bytes(encoded))


def test_makers_have_their_numbers_for_ever() -> None:
    assert {m.name: m.value for m in Maker} == {"SERVER": 1, "BROWSER": 2, "LETTER": 3, "BOT": 4, "DESK": 5}


def test_a_parcel_prints_no_long_bytes() -> None:
    assert len(repr(PARCEL)) < 3000
    assert (
        repr(SealedEntry(b"", STORY, 1, b"sealed"))
        == "SealedEntry(entry_id=b'', compartment=<Compartment.STORY: 1>, generation=1)"
    )
    assert PLACE in [entry.compartment for entry in PARCEL.entries]

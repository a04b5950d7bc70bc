"""Sealing one request: who gets what, that nobody gets more, and that given randomness it is always the same."""

from dataclasses import replace

import pytest

from leeside.sealing.compartments import compartments_in
from leeside.sealing.entries import WRITER_AUTHOR, EntryBody
from leeside.sealing.errors import MisuseError, RefusedError
from leeside.sealing.keys import commit, public_key_of
from leeside.sealing.parcels import (
    ENTROPY_SIZE,
    CircleKey,
    Maker,
    encode_parcel,
    parse_parcel,
    seal_parcel,
    share_out,
)
from leeside.sealing.repeat import repeat_tag
from leeside.sealing.unseal import EntryOpener, check_commitments, open_bundle, open_bundle_symmetric, open_entry
from sealing.making import (
    IDENTITY,
    LINE,
    PLACE,
    RECEIPT,
    STORY,
    WORK,
    case,
    circles,
    public_of,
    receipt_keys,
    request,
    secret,
    some,
    staff_body,
)


def opened_by(parcel, recipient: str):
    """The keys that one recipient gets, compared with the commitments."""
    sealed = next(keys.sealed for keys in parcel.keys if keys.recipient == recipient)
    if recipient == "writer":
        keys = open_bundle_symmetric(receipt_keys().first_key, parcel.context, sealed)
    else:
        keys = open_bundle(secret(f"{recipient.removeprefix('circle:')} 3"), parcel.context, recipient, sealed)
    check_commitments(keys, parcel.commitments, parcel.context)
    return keys


def test_everybody_gets_what_is_theirs() -> None:
    """Promise 2: a first-liner's circle cannot open name and place, with the whole parcel in hand."""
    parcel = seal_parcel(request(), RECEIPT, circles())
    held = {keys.recipient: [key.compartment for key in opened_by(parcel, keys.recipient)] for keys in parcel.keys}
    assert held == {
        "circle:closed": [IDENTITY, PLACE],
        "circle:first": [STORY],
        "circle:lead": [STORY, IDENTITY, PLACE],
        "writer": [STORY, IDENTITY, PLACE],
    }
    for keys in parcel.keys:
        assert compartments_in(keys.mask) == tuple(held[keys.recipient])


def test_nobody_opens_anothers_envelope() -> None:
    parcel = seal_parcel(request(), RECEIPT, circles())
    for keys in parcel.keys:
        for other in ("first 3", "closed 3", "lead 3", "lead 1"):
            if keys.recipient != f"circle:{other.removesuffix(' 3')}":
                with pytest.raises(RefusedError):
                    open_bundle(secret(other), parcel.context, keys.recipient, keys.sealed)


def test_bodies_and_card_come_back_and_empty_ones_look_like_the_others() -> None:
    parcel = seal_parcel(request("Прошу помочь."), RECEIPT, circles())
    keys = {key.compartment: key for key in opened_by(parcel, "writer")}
    bodies = {
        entry.compartment: EntryOpener(keys[entry.compartment], parcel.context).open(entry.entry_id, entry.sealed).body
        for entry in parcel.entries
    }
    assert bodies[STORY].content == {"text": "Прошу помочь."}
    assert bodies[IDENTITY] == bodies[PLACE] == EntryBody("answers", WRITER_AUTHOR, "2023-12-05", {})
    card = open_entry(keys[STORY], parcel.context, parcel.card.entry_id, parcel.card.sealed)
    assert card.body.content == {"need": "leave"}
    assert len({len(entry.sealed) for entry in parcel.entries}) == 1


def test_what_stands_in_clear_derives_from_the_receipt() -> None:
    parcel = seal_parcel(request(), RECEIPT, circles())
    keys = receipt_keys()
    assert parcel.lookup_hash == keys.lookup_hash
    assert parcel.posting_hash == keys.posting_hash
    assert parcel.erasing_hash == keys.erasing_hash
    assert parcel.case_number == keys.case_number
    assert parcel.writer_public == public_key_of(keys.writer_seed)
    assert parcel.repeat_tag == repeat_tag(keys.repeat_key, b"canonical")
    assert parcel.context == case()


@pytest.mark.promise(3, "the writer's public key and the case's number exchanged in a parcel")
def test_an_exchanged_public_key_or_number_opens_nothing() -> None:
    """Promise 3: a mirror that swaps the writer's key in a parcel makes a parcel that nobody opens."""
    parcel = seal_parcel(request(), RECEIPT, circles())
    for swapped in (
        replace(parcel, writer_public=public_of("mirror")),
        replace(parcel, case_number=some("other", 16)),
        replace(parcel, line_id=some("other", 16)),
        replace(parcel, epoch=4),
    ):
        untrusted = parse_parcel(encode_parcel(swapped))
        for keys in untrusted.keys:
            with pytest.raises(RefusedError):
                opened_by(untrusted, keys.recipient)


def test_given_its_randomness_a_parcel_is_the_same_but_for_the_librarys_envelopes() -> None:
    one, other = (seal_parcel(request(), RECEIPT, circles(), some("entropy", ENTROPY_SIZE)) for _ in range(2))
    assert replace(one, keys=()) == replace(other, keys=())
    assert one.keys[-1] == other.keys[-1]
    assert one.keys[-1].recipient == "writer"
    assert all(a.sealed != b.sealed for a, b in zip(one.keys[:-1], other.keys[:-1], strict=True))
    given = [
        seal_parcel(request(), RECEIPT, circles(), some("entropy", ENTROPY_SIZE), lambda public, *rest: b"envelope")
        for _ in range(2)
    ]
    assert given[0] == given[1]


def test_every_random_byte_is_used_once() -> None:
    with pytest.raises(MisuseError):
        seal_parcel(request(), RECEIPT, circles(), bytes(ENTROPY_SIZE - 1))
    entropy = some("entropy", ENTROPY_SIZE)
    parcel = seal_parcel(request(), RECEIPT, circles(), entropy)
    keys = [key.key.reveal() for key in opened_by(parcel, "writer")]
    ids = [entry.entry_id for entry in (*parcel.entries, parcel.card)]
    nonces = [entry.sealed[1:13] for entry in (*parcel.entries, parcel.card)] + [parcel.keys[-1].sealed[6:18]]
    pieces = [*keys, *ids, *nonces]
    assert len(set(pieces)) == 12
    assert sorted(entropy.index(piece) for piece in pieces) == [
        0,
        32,
        64,
        *(96 + 28 * n + part for n in range(4) for part in (0, 16)),
        208,
    ]
    assert commit(opened_by(parcel, "writer")[0], LINE, parcel.case_number) == parcel.commitments[0]


FIRST, CLOSED, LEAD = circles()
NOBODY = CircleKey("second", 3, b"", (IDENTITY,))


@pytest.mark.parametrize(
    ("routed", "among", "shares"),
    [
        ("first", (FIRST, CLOSED, LEAD), {"lead": 7, "first": 1, "closed": 6}),
        ("closed", (FIRST, CLOSED, LEAD), {"lead": 7, "closed": 7}),
        ("lead", (FIRST, CLOSED, LEAD), {"lead": 7}),
        ("first", (FIRST, LEAD), {"lead": 7, "first": 1}),
        ("first", (FIRST, NOBODY, LEAD), {"lead": 7, "first": 1}),
        ("first", (NOBODY, FIRST, CLOSED, LEAD), {"lead": 7, "first": 1, "closed": 6}),
        ("second", (NOBODY, CLOSED, LEAD), {"lead": 7, "second": 2, "closed": 5}),
    ],
)
def test_sharing_out(routed: str, among, shares) -> None:
    assert {circle.circle: mask for circle, mask in share_out(routed, among)} == shares


@pytest.mark.parametrize(
    ("routed", "among"),
    [
        ("first", (CLOSED, LEAD)),
        ("first", (FIRST, CLOSED)),
        ("first", (FIRST, FIRST, LEAD)),
        ("staff", (CircleKey("staff", 3, b"", (WORK,)), LEAD)),
    ],
)
def test_circles_that_cannot_be_are_our_bug(routed: str, among) -> None:
    with pytest.raises(MisuseError):
        share_out(routed, among)


def test_staff_entries_are_no_part_of_a_parcel() -> None:
    with pytest.raises(MisuseError):
        seal_parcel(request(card=staff_body()), RECEIPT, circles())


def test_each_circle_is_sealed_to_in_its_own_epoch() -> None:
    among = (replace(FIRST, epoch=5, public=public_of("first 5")), CLOSED, LEAD)
    parcel = seal_parcel(request(maker=Maker.DESK), RECEIPT, among)
    keys = next(keys for keys in parcel.keys if keys.recipient == "circle:first")
    assert keys.sealed[1:5] == (5).to_bytes(4, "big")
    assert open_bundle(secret("first 5"), parcel.context, "circle:first", keys.sealed)[0].compartment is STORY

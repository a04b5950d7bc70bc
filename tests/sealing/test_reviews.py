"""A signed reading of a rule and its sealed remark: round trip, wrong key, each field, cut, extended, layout."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from leeside.sealing.errors import MalformedError, MisuseError, RefusedError, TooLargeError, UnknownVersionError
from leeside.sealing.keys import make_seed, make_signing_seed, public_key_of, verify_key_of
from leeside.sealing.reviews import RemarkPlace, Review, hash_remark, read_review, sign_review, verify_review
from leeside.sealing.seal import RECORD_STEP, seal_remark
from leeside.sealing.secrets import Secret
from leeside.sealing.unseal import open_remark

SIGNING, LEAD_SEED = make_signing_seed(), make_seed()
PLACE = RemarkPlace(b"L" * 16, 3, b"V" * 16)
REVIEW = Review(
    line_id=b"L" * 16,
    review_id=b"V" * 16,
    reader_id=b"R" * 16,
    pack="refusal",
    rule="claim_in_three_months",
    wording=b"W" * 32,
    checklist=1,
    day=date(2023, 12, 5),
    number=1,
    verdict="holds",
)


def test_a_reading_comes_back_as_it_was_signed() -> None:
    signed = sign_review(REVIEW, SIGNING)
    assert verify_review(signed, verify_key_of(SIGNING)) == REVIEW == read_review(signed)
    assert (signed[:1], signed[65:81]) == (b"\x01", REVIEW.line_id)


def test_another_key_and_every_changed_byte_are_refused() -> None:
    """Broken on purpose: the signature over the wording alone."""
    signed = sign_review(REVIEW, SIGNING)
    with pytest.raises(RefusedError):
        verify_review(signed, verify_key_of(make_signing_seed()))
    for place in range(len(signed)):
        broken = bytearray(signed)
        broken[place] ^= 1
        with pytest.raises((RefusedError, MalformedError, UnknownVersionError)):
            verify_review(bytes(broken), verify_key_of(SIGNING))
    for wrong in (signed[:-1], signed + b"\0", b"", b"\x01"):
        with pytest.raises((RefusedError, MalformedError)):
            verify_review(wrong, verify_key_of(SIGNING))


def test_what_no_reading_may_hold_is_not_signed() -> None:
    for wrong in (
        {"rule": "Not An Id"},
        {"rule": ""},
        {"checklist": 0},
        {"number": 0},
        {"remark_epoch": 3},
        {"remark_hash": b"x" * 32},
        {"verdict": "It holds"},
        {"wording": b"short"},
    ):
        with pytest.raises(MisuseError):
            sign_review(replace(REVIEW, **wrong), SIGNING)  # type: ignore[arg-type]


def test_a_remark_opens_for_the_coordinators_in_its_place_only() -> None:
    sealed = seal_remark(public_key_of(LEAD_SEED), PLACE, "Article 5 was repealed.")
    assert open_remark(LEAD_SEED, PLACE, sealed) == "Article 5 was repealed."
    assert len(sealed) == 1 + 1_136 + RECORD_STEP
    assert hash_remark(sealed) != hash_remark(sealed[:-1])
    for other in ({"line_id": b"M" * 16}, {"epoch": 4}, {"review_id": b"X" * 16}):
        with pytest.raises(RefusedError):
            open_remark(LEAD_SEED, replace(PLACE, **other), sealed)  # type: ignore[arg-type]
    with pytest.raises(RefusedError):
        open_remark(make_seed(), PLACE, sealed)
    for wrong in (sealed[:-1], sealed + b"\0"):
        with pytest.raises(RefusedError):
            open_remark(LEAD_SEED, PLACE, wrong)
    with pytest.raises(TooLargeError):
        seal_remark(public_key_of(LEAD_SEED), PLACE, "x" * 9_000)


def test_the_layout_is_the_one_that_the_format_names() -> None:
    """A known answer for other implementations: a fixed seed, the reading above, Ed25519 as in RFC 8032."""
    signed = sign_review(REVIEW, Secret(b"s" * 32))
    body = (
        REVIEW.line_id
        + REVIEW.review_id
        + REVIEW.reader_id
        + b"\x07refusal"
        + b"\x15claim_in_three_months"
        + REVIEW.wording
        + b"\x00\x01"
        + REVIEW.day.toordinal().to_bytes(4, "big")
        + b"\x00\x00\x00\x01"
        + b"\x05holds"
        + bytes(4 + 32)
    )
    assert signed[65:] == body
    assert sha256(signed).hexdigest() == "6e0b83ba269ba59877ea0765b9545d9bd4b2302e17b99100826670a0899e490c"

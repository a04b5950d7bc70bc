"""A shift's brief: round trip, wrong key, wrong place, each byte flipped, cut, extended, the largest, its layout."""

from dataclasses import replace
from datetime import date

import pytest

from leeside.sealing.briefs import BriefAuthor, BriefPlace
from leeside.sealing.context import LEAD
from leeside.sealing.errors import RefusedError, TooLargeError, UnknownVersionError
from leeside.sealing.keys import make_seed, make_signing_seed, public_key_of, verify_key_of
from leeside.sealing.limits import LIMITS
from leeside.sealing.roster import NO_HASH, Person, Roster, RosterVersion, fingerprint_of, sign_roster, verify_roster
from leeside.sealing.seal import RECORD_STEP, seal_brief
from leeside.sealing.unseal import open_brief

ROLE, SIGNING = make_seed(), make_signing_seed()
PLACE = BriefPlace(b"L" * 16, "first", 3, b"B" * 16)
AUTHOR = BriefAuthor(b"A" * 16, SIGNING)
BRIEF = {"text": "Ask for the day first.", "at": "2023-12-05T14:00:00+00:00"}
ENVELOPE = 1_136
"""What HPKE adds: the encapsulated key and the tag."""


@pytest.fixture(scope="module")
def roster() -> Roster:
    person = Person(AUTHOR.reader_id, "Heron", public_key_of(make_seed()), verify_key_of(SIGNING), LEAD)
    signed = sign_roster(RosterVersion(b"L" * 16, 1, NO_HASH, (person,), (), b"A" * 16, date(2023, 12, 1)), SIGNING)
    return verify_roster([signed], fingerprint_of(signed))


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal_brief(public_key_of(ROLE), PLACE, BRIEF, AUTHOR)


def test_a_brief_opens_for_its_circle_with_its_author(roster: Roster, sealed: bytes) -> None:
    opened = open_brief(ROLE, PLACE, sealed, roster)
    assert (opened.author, dict(opened.content)) == (AUTHOR.reader_id, BRIEF)
    assert len(sealed) == 1 + ENVELOPE + RECORD_STEP
    assert sealed[:1] == b"\x01"


def test_another_key_line_circle_epoch_or_id_opens_nothing(roster: Roster, sealed: bytes) -> None:
    with pytest.raises(RefusedError):
        open_brief(make_seed(), PLACE, sealed, roster)
    for other in ({"line_id": b"M" * 16}, {"circle": "closed"}, {"epoch": 4}, {"brief_id": b"C" * 16}):
        with pytest.raises(RefusedError):
            open_brief(ROLE, replace(PLACE, **other), sealed, roster)  # type: ignore[arg-type]


def test_a_flipped_cut_or_extended_brief_is_refused(roster: Roster, sealed: bytes) -> None:
    for place in (1, 40, 1_100, len(sealed) - 1):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(RefusedError):
            open_brief(ROLE, PLACE, bytes(broken), roster)
    for wrong in (sealed[:-1], sealed + b"\0", sealed[:40], b"\x01"):
        with pytest.raises(RefusedError):
            open_brief(ROLE, PLACE, wrong, roster)
    with pytest.raises(UnknownVersionError):
        open_brief(ROLE, PLACE, b"\x02" + sealed[1:], roster)


def test_only_somebody_of_the_roster_signs_and_only_for_this_place(roster: Roster) -> None:
    """Broken on purpose: the signature over the content alone."""
    public = public_key_of(ROLE)
    for author in (BriefAuthor(b"X" * 16, SIGNING), BriefAuthor(AUTHOR.reader_id, make_signing_seed())):
        with pytest.raises(RefusedError):
            open_brief(ROLE, PLACE, seal_brief(public, PLACE, BRIEF, author), roster)


def test_the_largest_brief_fits_and_one_more_is_refused(roster: Roster) -> None:
    most = LIMITS.brief - 600
    seal_brief(public_key_of(ROLE), PLACE, {"text": "x" * most}, AUTHOR)
    with pytest.raises(TooLargeError):
        seal_brief(public_key_of(ROLE), PLACE, {"text": "x" * LIMITS.brief}, AUTHOR)

"""How a version of the roster is spelled: one way only, whole, within limits."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.limits import LIMITS
from leeside.sealing.roster import (
    NO_HASH,
    Person,
    RosterVersion,
    is_person_name,
    read_version,
    sign_roster,
)
from sealing.making import (
    FOUNDER,
    LINE,
    VERA,
    chain,
    following,
    founding,
    person,
    secret,
    signed_by,
)

FIRST = founding()
FIRST_SIGNED = signed_by(FIRST)
SECOND_PERSON = person("vera", VERA, "lead")
WITH_VERA = following(FIRST_SIGNED, FIRST, people=(*FIRST.people, SECOND_PERSON))


def test_a_version_comes_back_in_one_order() -> None:
    vera = person("Вера", VERA, "closed", until=date(2024, 1, 31), flags=("draft_only", "publisher"))
    version = replace(WITH_VERA, people=(vera, *FIRST.people), role_keys=FIRST.role_keys[::-1])
    found = read_version(signed_by(version))
    assert set(found.people) == set(version.people)
    assert found == read_version(signed_by(replace(version, people=version.people[::-1], role_keys=FIRST.role_keys)))
    assert [p.reader_id for p in found.people] == sorted(p.reader_id for p in found.people)


def test_the_layout_of_a_version() -> None:
    signed = FIRST_SIGNED
    body = signed[65:]
    founder = FIRST.people[0]
    assert signed[0] == 1
    assert body[:16] == LINE
    assert body[16:20] == b"\0\0\0\x01"
    assert body[20:52] == NO_HASH
    assert body[52:56] == date(2023, 4, 3).toordinal().to_bytes(4, "big")
    assert body[56:72] == FOUNDER
    assert body[72:74] == b"\0\x01"
    assert body[74:90] == FOUNDER
    assert body[90:98] == b"\x07founder"
    assert body[98:1314] == founder.sealing_public
    assert body[1314:1346] == founder.verify_key
    assert body[1346:1351] == b"\x04lead"
    assert body[1351:1356] == bytes(5)
    assert body[1356:1358] == b"\0\x03"
    assert body[1358:1365] == b"\x06closed"
    assert body[1365:1369] == b"\0\0\0\x01"
    assert len(body) == 1369 + 1216 + (6 + 4 + 1216) + (5 + 4 + 1216)


@given(st.binary(max_size=200))
def test_any_bytes_are_malformed(untrusted: bytes) -> None:
    for attempt in (untrusted, b"\x01" + untrusted):
        with pytest.raises(MalformedError):
            read_version(attempt)


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_changed_byte_is_malformed_or_another_version(position: int, value: int) -> None:
    second = chain()[1]
    changed = bytearray(second)
    changed[position % len(second)] = value
    try:
        version = read_version(bytes(changed))
    except MalformedError:
        return
    # What is read is spelled in one way only: signing it anew gives the same body.
    assert sign_roster(version, secret("any"))[65:] == bytes(changed)[65:]


def test_a_version_has_a_size_limit() -> None:
    with pytest.raises(MalformedError):
        read_version(bytes(LIMITS.roster_version + 1))


def spelled(person_name: bytes, flags: bytes = b"\0") -> bytes:
    """A founding version with a name and flags that no encoder of ours would write."""
    signed = FIRST_SIGNED
    start, rest = signed[: 65 + 90], signed[65 + 98 :]
    rest = rest[: 1346 - 98 + 5 + 4] + flags + rest[1346 - 98 + 5 + 5 :]
    return start + bytes([len(person_name)]) + person_name + rest


def test_the_hand_made_version_is_whole() -> None:
    assert read_version(spelled(b"founder")) == read_version(FIRST_SIGNED)
    assert read_version(spelled(b"f", b"\x02\x01a\x01b")).people[0].flags == ("a", "b")


@pytest.mark.parametrize(
    "wrong", [b"", b" a", b"a\n", b"\xff", "a\ufffd".encode(), "é".encode() + "e\u0301".encode(), "а\u202eб".encode()]
)
def test_names_in_another_spelling_are_refused(wrong: bytes) -> None:
    with pytest.raises(MalformedError):
        read_version(spelled(wrong))


@pytest.mark.parametrize("flags", [b"\x02\x01b\x01a", b"\x02\x01a\x01a", b"\x01\x00", b"\x11"])
def test_flags_twice_or_out_of_order_are_refused(flags: bytes) -> None:
    with pytest.raises(MalformedError):
        read_version(spelled(b"founder", flags))


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("Вера", True),
        ("o.k. 2", True),
        ("x" * 60, True),
        ("x" * 61, False),
        ("", False),
        (" Вера", False),
        ("Ве\u200bра", False),
        ("\ud800", False),
        ("e\u0301", False),
        ("😀" * 60, True),
        ("界" * 60, True),
    ],
)
def test_a_pseudonym_is_visible_and_composed(name: str, good: bool) -> None:
    assert is_person_name(name) is good
    if not good:
        with pytest.raises(MisuseError):
            signed_by(founding(people=(replace(FIRST.people[0], name=name),)))


def test_types_are_frozen() -> None:
    assert Person.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert RosterVersion.__dataclass_params__.frozen  # type: ignore[attr-defined]

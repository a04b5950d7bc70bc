"""The roster's rules, in the order of its module, each broken once.

Promise 3: an invented colleague, an exchanged key, an old roster, a coordinator who is none: all refused.
"""

from dataclasses import replace
from datetime import date

import pytest

from leeside.sealing.errors import MisuseError, RefusedError, UnknownVersionError
from leeside.sealing.limits import LIMITS
from leeside.sealing.roster import (
    NO_HASH,
    AuthorKey,
    RoleKey,
    fingerprint_of,
    fingerprint_words,
    hash_version,
    person_fingerprint,
    read_version,
    verify_roster,
)
from leeside.sealing.words import word_list
from sealing.making import (
    DAY,
    FOUNDER,
    LINE,
    OLEG,
    OTHER_LINE,
    STRANGER,
    VERA,
    flipped,
    following,
    founding,
    person,
    public_of,
    role_key,
    roster,
    signed_by,
    some,
)

FIRST = founding()
FIRST_SIGNED = signed_by(FIRST)
FINGERPRINT = fingerprint_of(FIRST_SIGNED)
SECOND_PERSON = person("vera", VERA, "lead")
WITH_VERA = following(FIRST_SIGNED, FIRST, people=(*FIRST.people, SECOND_PERSON))


def verified(*versions: bytes, at_least: int = 0):
    """The roster of the first version and `versions`."""
    return verify_roster((FIRST_SIGNED, *versions), FINGERPRINT, at_least)


def refused(*versions: bytes, at_least: int = 0) -> None:
    """Asserts that the chain is refused, and that the refusal says nothing."""
    with pytest.raises(RefusedError) as caught:
        verified(*versions, at_least=at_least)
    assert str(caught.value) == "refused" or isinstance(caught.value, UnknownVersionError)


def test_a_founder_alone_is_a_roster() -> None:
    found = verified()
    assert (found.line_id, found.number, found.people) == (LINE, 1, FIRST.people)
    assert found.head == hash_version(FIRST_SIGNED)
    assert found.role_key("lead").epoch == 1


def test_a_second_version_by_the_founder_is_taken() -> None:
    found = verified(signed_by(WITH_VERA))
    assert found.number == 2
    assert found.person(VERA) == SECOND_PERSON
    assert found.members("lead", DAY) == tuple(sorted((*FIRST.people, SECOND_PERSON), key=lambda p: p.reader_id))


def test_a_third_version_by_the_admitted_coordinator_is_taken() -> None:
    second = signed_by(WITH_VERA)
    third = following(second, WITH_VERA, people=(SECOND_PERSON,), signer=VERA)
    found = verified(second, signed_by(third, "vera"))
    assert found.people == (SECOND_PERSON,)


# Rule 1


def test_another_fingerprint_is_refused() -> None:
    for wrong in (some("other"), b"", FINGERPRINT[:-1], flipped(FINGERPRINT, 5)):
        with pytest.raises(RefusedError):
            verify_roster((FIRST_SIGNED,), wrong)
    with pytest.raises(RefusedError):
        verify_roster((), FINGERPRINT)


def test_a_line_founded_anew_by_somebody_else_is_refused() -> None:
    other = founding(people=(person("stranger", STRANGER, "lead"),), signer=STRANGER)
    with pytest.raises(RefusedError):
        verify_roster((signed_by(other, "stranger"),), FINGERPRINT)


@pytest.mark.parametrize("changes", [{"number": 2}, {"previous_hash": some("before")}])
def test_a_first_version_that_is_not_the_first_is_refused(changes) -> None:
    signed = signed_by(founding(**changes))
    with pytest.raises(RefusedError):
        verify_roster((signed,), fingerprint_of(signed))


# Rule 2


def test_a_founder_who_did_not_sign_is_refused() -> None:
    signed = signed_by(FIRST, "stranger")
    with pytest.raises(RefusedError):
        verify_roster((signed,), fingerprint_of(signed))


@pytest.mark.parametrize(
    "changes",
    [
        {"signer": STRANGER},
        {"people": (person("founder", FOUNDER, "first"), person("vera", VERA, "lead"))},
        {"people": (person("founder", FOUNDER, "lead", until=date(2023, 4, 2)),)},
    ],
    ids=["not on it", "not lead", "past the end"],
)
def test_a_founder_without_the_role_is_refused(changes) -> None:
    signed = signed_by(founding(**changes))
    with pytest.raises(RefusedError):
        verify_roster((signed,), fingerprint_of(signed))


# Rule 3


@pytest.mark.parametrize(
    "changes",
    [{"number": 1}, {"number": 3}, {"line_id": OTHER_LINE}, {"previous_hash": NO_HASH}, {"previous_hash": some("x")}],
    ids=["same number", "number left out", "another line", "no hash", "another hash"],
)
def test_a_version_that_does_not_follow_is_refused(changes) -> None:
    refused(signed_by(replace(WITH_VERA, **changes)))


def test_versions_exchanged_repeated_or_left_out_are_refused() -> None:
    second = signed_by(WITH_VERA)
    third = signed_by(following(second, WITH_VERA))
    verified(second, third)
    refused(third, second)
    refused(third)
    refused(second, second)
    refused(FIRST_SIGNED)


def test_every_byte_of_every_version_counts() -> None:
    second = signed_by(WITH_VERA)
    third = signed_by(following(second, WITH_VERA))
    for position in [*range(140), *range(140, len(second), 37), len(second) - 1]:
        refused(flipped(second, position), third)
        refused(flipped(second, position))
    refused(second[:-1])
    refused(second + b"\0")
    refused(b"")


# Rule 4


def test_a_day_before_the_version_before_is_refused() -> None:
    refused(signed_by(replace(WITH_VERA, day=date(2023, 4, 2))))


# Rule 5


def test_somebody_who_is_not_on_the_version_before_cannot_sign() -> None:
    """The invented colleague signs his own admission."""
    invented = person("stranger", STRANGER, "lead")
    refused(signed_by(following(FIRST_SIGNED, FIRST, people=(*FIRST.people, invented), signer=STRANGER), "stranger"))


def test_somebody_who_is_no_coordinator_cannot_sign() -> None:
    second = signed_by(following(FIRST_SIGNED, FIRST, people=(*FIRST.people, person("oleg", OLEG, "first"))))
    before = read_version(second)
    refused(second, signed_by(following(second, before, signer=OLEG), "oleg"))


def test_a_coordinator_past_the_end_cannot_sign_and_on_the_last_day_can() -> None:
    vera = person("vera", VERA, "lead", until=date(2023, 10, 31))
    second_version = replace(WITH_VERA, people=(*FIRST.people, vera))
    second = signed_by(second_version)
    third = following(second, second_version, signer=VERA, day=date(2023, 10, 31))
    assert verified(second, signed_by(third, "vera")).number == 3
    refused(second, signed_by(replace(third, day=date(2023, 11, 1)), "vera"))


def test_the_version_before_decides_and_not_the_one_that_is_signed() -> None:
    """A removed coordinator who puts herself back on cannot sign it."""
    second = signed_by(WITH_VERA)
    without = following(second, WITH_VERA, people=FIRST.people)
    third = signed_by(without)
    refused(second, third, signed_by(following(third, without, people=WITH_VERA.people, signer=VERA), "vera"))


def test_anothers_key_does_not_sign_for_a_coordinator() -> None:
    refused(signed_by(WITH_VERA, "stranger"))


# Rule 6


@pytest.mark.parametrize(
    "people",
    [
        (),
        (person("founder", FOUNDER, "lead"), person("vera", FOUNDER, "lead")),
        (person("founder", FOUNDER, "lead"), replace(person("vera", VERA), verify_key=FIRST.people[0].verify_key)),
        (
            person("founder", FOUNDER, "lead"),
            replace(person("vera", VERA), sealing_public=FIRST.people[0].sealing_public),
        ),
        (person("founder", FOUNDER, "first"),),
        (person("founder", FOUNDER, "lead"), replace(person("vera", VERA), sealing_public=public_of("lead 1"))),
    ],
    ids=["nobody", "reader twice", "verify key twice", "sealing key twice", "no lead", "a role's key"],
)
def test_readers_and_keys_stand_once_and_somebody_leads(people) -> None:
    with pytest.raises(MisuseError):
        signed_by(founding(people=people))


def test_role_keys_stand_once() -> None:
    for keys in (
        (role_key("lead", 1), role_key("lead", 2)),
        (role_key("lead", 1), replace(role_key("lead", 1), circle="first")),
    ):
        with pytest.raises(MisuseError):
            signed_by(founding(role_keys=keys))


# Rule 7


def test_an_epoch_goes_up_only_and_keeps_its_key() -> None:
    higher = following(FIRST_SIGNED, FIRST, role_keys=(role_key("lead", 2),))
    signed = signed_by(higher)
    assert verified(signed).role_key("lead") == role_key("lead", 2)
    refused(signed, signed_by(following(signed, higher, role_keys=(role_key("lead", 1),))))
    exchanged = RoleKey("lead", 2, public_of("stranger"))
    refused(signed, signed_by(following(signed, higher, role_keys=(exchanged,))))


def test_a_circle_that_comes_back_does_not_go_back() -> None:
    without = following(FIRST_SIGNED, FIRST, role_keys=(role_key("lead", 1),))
    second = signed_by(without)
    with pytest.raises(RefusedError):
        verified(second).role_key("first")
    refused(second, signed_by(following(second, without, role_keys=(RoleKey("first", 1, public_of("x")),))))
    assert verified(second, signed_by(following(second, without, role_keys=(role_key("first", 2),)))).number == 3


def test_only_the_last_version_says_what_is_sealed_to_and_the_past_stays_known() -> None:
    assert roster().role_key("first").epoch == 3
    roster().require_role_key("first", 1, public_of("first 1"))
    roster().require_role_key("first", 3, public_of("first 3"))
    for wrong in (
        ("first", 2, public_of("first 1")),
        ("first", 3, public_of("first 1")),
        ("other", 1, public_of("first 1")),
    ):
        with pytest.raises(RefusedError):
            roster().require_role_key(*wrong)


# Rule 8


def test_a_roster_shorter_than_what_was_seen_is_refused() -> None:
    """Promise 3: an old roster, in which a removed person still stands, is not believed again."""
    second = signed_by(WITH_VERA)
    assert verified(second, at_least=2).number == 2
    refused(at_least=2)
    refused(second, at_least=3)


def test_a_chain_has_a_limit() -> None:
    with pytest.raises(RefusedError):
        verify_roster((FIRST_SIGNED,) * (LIMITS.roster_versions + 1), FINGERPRINT)


# What is asked of it


def test_people_are_found_or_refused() -> None:
    assert roster().person(OLEG).name == "oleg"
    with pytest.raises(RefusedError):
        roster().person(STRANGER)
    assert [p.name for p in roster().members("first", DAY)] == ["oleg"]
    assert person("x", VERA, "first", until=DAY).has_role_on("first", DAY)
    assert not person("x", VERA, "first", until=date(2023, 12, 4)).has_role_on("first", DAY)
    assert not person("x", VERA, "first").has_role_on("lead", DAY)


def test_whoever_left_stays_known_as_an_author() -> None:
    second = signed_by(WITH_VERA)
    without = following(second, WITH_VERA, people=FIRST.people)
    third = signed_by(without)
    renewed = person("vera renewed", VERA, "lead")
    back = following(third, without, people=(*FIRST.people, renewed))
    fourth = signed_by(back)
    found = verified(second, third, fourth)
    old_key, new_key = SECOND_PERSON.verify_key, renewed.verify_key
    assert found.authors[VERA] == (AuthorKey(old_key, 2, 2), AuthorKey(new_key, 4, None))
    assert found.verify_keys_of(VERA) == (old_key, new_key)
    assert found.verify_keys_of(FOUNDER) == (FIRST.people[0].verify_key,)
    assert found.verify_keys_of(STRANGER) == ()
    gone = verified(second, third)
    assert gone.verify_keys_of(VERA) == (old_key,)
    with pytest.raises(RefusedError):
        gone.person(VERA)


def test_a_changed_key_ends_the_old_one() -> None:
    second = signed_by(WITH_VERA)
    renewed = person("vera renewed", VERA, "lead")
    third = signed_by(following(second, WITH_VERA, people=(*FIRST.people, renewed)))
    assert verified(second, third).authors[VERA] == (
        AuthorKey(SECOND_PERSON.verify_key, 2, 2),
        AuthorKey(renewed.verify_key, 3, None),
    )


def test_fingerprints_are_words_of_132_bits() -> None:
    words = fingerprint_words(FINGERPRINT, "uk")
    number = int.from_bytes(FINGERPRINT, "big") >> 124
    assert [word_list("uk").words.index(word) for word in words] == [number >> 11 * (11 - n) & 2047 for n in range(12)]
    with pytest.raises(MisuseError):
        fingerprint_words(b"short", "en")


def test_a_persons_fingerprint_covers_both_keys() -> None:
    one = SECOND_PERSON
    values = {
        person_fingerprint(one.sealing_public, one.verify_key),
        person_fingerprint(public_of("other"), one.verify_key),
        person_fingerprint(one.sealing_public, some("other")),
    }
    assert len(values) == 3
    with pytest.raises(MisuseError):
        person_fingerprint(one.verify_key, one.sealing_public)

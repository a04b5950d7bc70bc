"""Keys, signatures and commitments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.compartments import mask_of
from leeside.sealing.context import Purpose, hash_for
from leeside.sealing.errors import MalformedError, MisuseError, RefusedError
from leeside.sealing.keys import (
    Commitment,
    CompartmentKey,
    commit,
    commitment_of,
    decode_keys,
    encode_keys,
    make_compartment_key,
    make_seed,
    make_signing_seed,
    mask_of_keys,
    newest_key,
    next_key,
    sign,
    verify,
    verify_key_of,
)
from leeside.sealing.limits import LIMITS
from leeside.sealing.secrets import Secret
from sealing.making import FIRST_KEYS, IDENTITY, LINE, STORY, WORK, case, flipped, key_of, secret, some


def test_ed25519_is_rfc_8032s() -> None:
    """RFC 8032 section 7.1, test 3."""
    seed = Secret(bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"))
    assert verify_key_of(seed).hex() == "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    signature = sign(seed, bytes.fromhex("af82"))
    assert signature.hex() == (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )


def test_a_signature_holds_for_its_message_and_key_only() -> None:
    seed = make_signing_seed()
    key, signature = verify_key_of(seed), sign(seed, b"message")
    verify(key, b"message", signature)
    wrong = [
        (key, b"massage", signature),
        (verify_key_of(make_signing_seed()), b"message", signature),
        (b"short", b"message", signature),
        (key, b"message", b""),
        (key, b"message", signature[:-1]),
        (key, b"message", signature + b"\0"),
        *((key, b"message", flipped(signature, at)) for at in range(64)),
    ]
    for attempt in wrong:
        with pytest.raises(RefusedError):
            verify(*attempt)


def test_a_signing_seed_of_another_size_is_our_bug() -> None:
    with pytest.raises(MisuseError):
        sign(secret("short", 31), b"message")


def test_seeds_are_random() -> None:
    assert make_seed() != make_seed()
    assert make_compartment_key(STORY).key != make_compartment_key(STORY).key


@pytest.mark.parametrize("generation", [0, -1, LIMITS.generation + 1])
def test_a_generation_out_of_range_is_our_bug(generation: int) -> None:
    with pytest.raises(MisuseError):
        CompartmentKey(STORY, generation, secret("key"))


def test_a_key_of_another_size_is_our_bug() -> None:
    with pytest.raises(MisuseError):
        CompartmentKey(STORY, 1, secret("key", 16))


def test_a_key_does_not_show_itself() -> None:
    assert "hidden" in repr(key_of(STORY))
    assert key_of(STORY).key.reveal().hex() not in repr(key_of(STORY))


def test_rekeying_goes_one_generation_up_and_takes_a_new_key() -> None:
    held = (key_of(STORY), key_of(STORY, 2), key_of(IDENTITY))
    assert newest_key(held, STORY).generation == 2
    following = next_key(held, STORY)
    assert (following.compartment, following.generation) == (STORY, 3)
    assert following.key not in [key.key for key in held]
    with pytest.raises(MisuseError):
        next_key(held, WORK)


def test_the_layout_of_keys() -> None:
    plain = encode_keys([key_of(IDENTITY), key_of(STORY, 2), key_of(STORY)])
    one = secret(f"{STORY} 1").reveal()
    assert plain[:2] == b"\x00\x03"
    assert plain[2:39] == b"\x01\x00\x00\x00\x01" + one
    assert len(plain) == 2 + 3 * 37
    assert decode_keys(plain) == (key_of(STORY), key_of(STORY, 2), key_of(IDENTITY))


@given(st.sets(st.tuples(st.integers(1, 4), st.integers(1, LIMITS.generation)), min_size=1, max_size=40))
def test_any_keys_come_back_in_one_order(places) -> None:
    keys = [CompartmentKey(c, g, secret(f"{c} {g}")) for c, g in places]
    plain = encode_keys(keys)
    assert plain == encode_keys(list(reversed(keys)))
    assert [(key.compartment, key.generation) for key in decode_keys(plain)] == sorted(places)
    assert mask_of_keys(keys) == mask_of({c for c, _ in places})


@given(st.binary(max_size=120))
def test_nothing_but_our_own_spelling_of_keys_is_taken(untrusted: bytes) -> None:
    try:
        keys = decode_keys(untrusted)
    except MalformedError:
        return
    assert encode_keys(keys) == untrusted


def test_keys_in_another_order_or_twice_are_refused() -> None:
    one, two = encode_keys([key_of(STORY)])[2:], encode_keys([key_of(IDENTITY)])[2:]
    for wrong in (two + one, one + one):
        with pytest.raises(MalformedError):
            decode_keys(b"\x00\x02" + wrong)
    for wrong in (b"\x00\x00", b"\x00\x01" + one + b"\0", b"\x00\x02" + one, b"\x00\x01\x05" + one[1:]):
        with pytest.raises(MalformedError):
            decode_keys(wrong)


def test_an_envelope_holds_one_to_256_different_keys() -> None:
    many = [CompartmentKey(STORY, generation, secret("key")) for generation in range(1, 258)]
    assert len(decode_keys(encode_keys(many[:256]))) == 256
    for wrong in ([], many, [key_of(STORY), key_of(STORY)]):
        with pytest.raises(MisuseError):
            encode_keys(wrong)


def test_the_layout_of_a_commitment() -> None:
    number = case().case_number
    made = hash_for(Purpose.COMMITMENT, LINE, number, b"\x01", b"\x00\x00\x00\x02", secret(f"{STORY} 2").reveal())
    assert commitment_of(key_of(STORY, 2), LINE, number) == made
    assert commit(key_of(STORY, 2), LINE, number) == Commitment(STORY, 2, made)


def test_every_part_changes_a_commitment() -> None:
    number = case().case_number
    keys = [*FIRST_KEYS, key_of(STORY, 2), CompartmentKey(STORY, 1, secret("other"))]
    values = {commitment_of(key, LINE, number) for key in keys}
    values |= {commitment_of(key_of(STORY), some("l", 16), number), commitment_of(key_of(STORY), LINE, some("n", 16))}
    assert len(values) == len(keys) + 2

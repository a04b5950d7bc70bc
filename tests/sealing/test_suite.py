"""The suite against the documents it is taken from, and the keys it must refuse."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from leeside.sealing import suite
from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.keys import check_public_key, make_seed, public_key_of
from leeside.sealing.seal import seal_to
from leeside.sealing.secrets import Secret
from sealing import reference_hpke
from sealing.making import public_of, secret, some

VECTORS = Path(__file__).parent.parent / "vectors"
XWING = json.loads((VECTORS / "xwing.json").read_text())["keys"]
HPKE = json.loads((VECTORS / "hpke.json").read_text())

# All points of small order, and their other spellings (RFC 7748 section 6.1; cr.yp.to/ecdh.html#validate).
LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
]


@pytest.mark.parametrize("vector", XWING, ids=lambda vector: vector["seed"][:8])
def test_a_seed_expands_to_the_drafts_key(vector: dict[str, str]) -> None:
    public = public_key_of(Secret(bytes.fromhex(vector["seed"]))).hex()
    assert len(public) == 2 * 1216
    assert public.startswith(vector["public_begins"])
    assert public.endswith(vector["public_ends"])


@pytest.mark.parametrize("vector", HPKE["hybrid"])
def test_a_seed_expands_to_the_hybrid_drafts_key(vector) -> None:
    assert public_key_of(Secret(bytes.fromhex(vector["skRm"]))).hex() == vector["pkRm"]


@pytest.mark.parametrize("vector", HPKE["hybrid"])
def test_the_library_opens_the_hybrid_drafts_message(vector) -> None:
    """With the vector's own AEAD, through the library's inner function, because its vectors bind associated data."""
    from cryptography.hazmat.bindings._rust import openssl

    chosen = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    private = suite.private_key(Secret(bytes.fromhex(vector["skRm"])))
    first = vector["encryptions"][0]
    opened = openssl.hpke._decrypt_with_aad(
        chosen,
        bytes.fromhex(vector["enc"] + first["ct"]),
        private,
        info=bytes.fromhex(vector["info"]),
        aad=bytes.fromhex(first["aad"]),
    )
    assert opened.hex() == first["pt"]


@pytest.mark.parametrize("vector", HPKE["hybrid"] + HPKE["rfc9180"])
def test_the_reference_schedule_is_the_documents(vector) -> None:
    key, nonce = reference_hpke.key_schedule(
        vector["kem_id"], vector["aead_id"], bytes.fromhex(vector["shared_secret"]), bytes.fromhex(vector["info"])
    )
    assert (key.hex(), nonce.hex()) == (vector["key"], vector["base_nonce"])
    first = vector["encryptions"][0]
    opened = reference_hpke.open_with(
        vector["aead_id"], key, nonce, bytes.fromhex(first["ct"]), bytes.fromhex(first["aad"])
    )
    assert opened.hex() == first["pt"]


@pytest.mark.parametrize("vector", HPKE["hybrid"])
def test_the_reference_decapsulates_as_the_draft(vector) -> None:
    found = reference_hpke.decapsulate(bytes.fromhex(vector["skRm"]), bytes.fromhex(vector["enc"]))
    assert found.hex() == vector["shared_secret"]


@pytest.mark.parametrize("size", [0, 1, 113, 70_000])
def test_our_envelopes_are_plain_hpke(size: int) -> None:
    plain = some("plain", size)
    envelope = seal_to(public_of("reader"), plain, b"info")
    assert len(envelope) == size + suite.ENVELOPE_OVERHEAD == size + 1136
    assert reference_hpke.open_envelope(secret("reader").reveal(), envelope, b"info") == plain


def test_two_envelopes_of_one_thing_differ() -> None:
    assert seal_to(public_of("reader"), b"plain", b"info") != seal_to(public_of("reader"), b"plain", b"info")


@pytest.mark.parametrize("point", LOW_ORDER)
def test_points_that_give_everybody_one_secret_are_refused(point: str) -> None:
    """Promise 3: a writer's key that anybody can open with would betray the first reply."""
    untrusted = public_of("writer")[:1184] + bytes.fromhex(point)
    with pytest.raises(MalformedError):
        check_public_key(untrusted)


def test_sealing_to_a_point_of_low_order_is_refused_too() -> None:
    with pytest.raises(MalformedError):
        seal_to(public_of("writer")[:1184] + bytes(32), b"plain", b"info")


def test_a_second_spelling_of_a_good_point_is_refused() -> None:
    point = bytearray(public_of("writer")[1184:])
    point[31] |= 0x80
    with pytest.raises(MalformedError):
        check_public_key(public_of("writer")[:1184] + bytes(point))


def test_the_probe_agrees_with_the_library_on_good_points() -> None:
    for label in ("one", "two", "three"):
        point = X25519PrivateKey.from_private_bytes(some(label)).public_key().public_bytes_raw()
        suite.check_public(public_of(label)[:1184] + point)
        assert X25519PublicKey.from_public_bytes(point).public_bytes_raw() == point


@pytest.mark.parametrize("size", [0, 32, 1184, 1215, 1217, 2432])
def test_a_public_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(MalformedError):
        check_public_key(bytes(size))
    with pytest.raises(MalformedError):
        suite.public_key(bytes(size))


def test_an_ml_kem_key_with_numbers_out_of_range_is_refused() -> None:
    """FIPS 203 section 7.2: every twelve bits are below 3329."""
    with pytest.raises(MalformedError):
        check_public_key(b"\xff" * 1152 + public_of("writer")[1152:])


def test_good_keys_pass() -> None:
    check_public_key(public_key_of(make_seed()))


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_seeds_and_keys_of_another_size_are_our_bug(size: int) -> None:
    for call in (suite.private_key, suite.public_bytes, suite.gcm):
        with pytest.raises(MisuseError):
            call(secret("short", size))


def test_hkdf_is_rfc_5869s() -> None:
    """RFC 5869, appendix A.1."""
    salt, info = bytes.fromhex("000102030405060708090a0b0c"), bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    root = suite.extract(salt, Secret(b"\x0b" * 22))
    assert root.reveal().hex() == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"
    okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert suite.expand(root, info, 42).reveal().hex() == okm


def test_each_sealing_draws_its_own_nonce() -> None:
    sealed = {suite.gcm_seal(secret("key"), b"draft", b"") for _ in range(200)}
    assert len({one[: suite.NONCE_SIZE] for one in sealed}) == 200

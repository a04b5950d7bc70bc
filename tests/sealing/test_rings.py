"""A key ring has one spelling and shows nothing."""

from dataclasses import replace

import pytest

from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.plain_json import decode_json, encode_json
from leeside.sealing.rings import decode_ring, encode_ring
from leeside.sealing.secrets import Secret
from sealing.making import ring, secret, some


@pytest.mark.parametrize("made", [ring(), ring(audit_head=some("head"), audit_count=7)], ids=["new", "used"])
def test_a_ring_comes_back(made) -> None:
    assert decode_ring(encode_ring(made)) == made


def test_a_ring_shows_neither_keys_nor_name() -> None:
    shown = repr(ring())
    assert "'vera'" not in shown
    assert secret("vera sealing").reveal().hex() not in shown


@pytest.mark.parametrize(
    "changes",
    [
        {"audit_head": some("head")},
        {"audit_count": 3},
        {"reader_id": b"short"},
        {"sealing_seed": Secret(b"short")},
        {"fingerprint": b""},
    ],
)
def test_a_ring_of_other_sizes_is_our_bug(changes) -> None:
    with pytest.raises(MisuseError):
        encode_ring(replace(ring(), **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"more": 1},
        {"line": None},
        {"line": "00"},
        {"line": "AB" * 16},
        {"name": 5},
        {"roster": -1},
        {"roster": True},
        {"roster": "1"},
        {"totp_secret": ""},
        {"audit_head": "00" * 32},
        {"audit_count": 1},
        {"reader": 5},
    ],
    ids=str,
)
def test_another_spelling_is_refused(changes) -> None:
    with pytest.raises(MalformedError):
        decode_ring(encode_json(decode_json(encode_ring(ring())) | changes))


def test_a_missing_field_is_refused() -> None:
    fields = decode_json(encode_ring(ring()))
    for gone in fields:
        with pytest.raises(MalformedError):
            decode_ring(encode_json({name: value for name, value in fields.items() if name != gone}))

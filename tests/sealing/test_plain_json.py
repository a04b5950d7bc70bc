"""JSON inside seals has one spelling."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.errors import MalformedError, MisuseError
from leeside.sealing.limits import LIMITS
from leeside.sealing.plain_json import decode_json, encode_json

KEYS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(-LIMITS.json_integer, LIMITS.json_integer)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_content_comes_back(content) -> None:
    assert decode_json(encode_json(content)) == content


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.booleans(), st.sampled_from([None, 1]))
def test_every_other_spelling_of_the_same_is_refused(content, ascii_only: bool, indent) -> None:
    spelled = json.dumps(content, ensure_ascii=ascii_only, indent=indent).encode()
    if spelled == encode_json(content):
        assert decode_json(spelled) == content
    else:
        with pytest.raises(MalformedError):
            decode_json(spelled)


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_or_are_our_spelling(untrusted: bytes) -> None:
    try:
        content = decode_json(untrusted)
    except MalformedError:
        return
    assert encode_json(content) == untrusted


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"{} ",
        b" {}",
        b"\xef\xbb\xbf{}",
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":-0}',
        b'{"a":01}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'{"a":9007199254740992}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"":1}',
        b'{"\xd1\x8f":1}',
        b'{"a b":1}',
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 13 + b"1" + b"}" * 13,
    ],
    ids=lambda it: repr(it[:24]),
)
def test_what_is_misspelled_is_refused(untrusted: bytes) -> None:
    with pytest.raises(MalformedError):
        decode_json(untrusted)


def test_the_spelling() -> None:
    content = {"text": 'ёж "и" \\ \n\t\x01\x7f\u2028 😀', "a": [True, False, None, -5, {}], "A": {"z": 1, "b": ""}}
    expected = '{"A":{"b":"","z":1},"a":[true,false,null,-5,{}],"text":"ёж \\"и\\" \\\\ \\n\\t\\u0001\x7f\u2028 😀"}'
    assert encode_json(content).decode() == expected


@pytest.mark.parametrize(
    "content",
    [
        {"a": 1.5},
        {"a": b"bytes"},
        {"a": (1, 2)},
        {"a": {1: 2}},
        {"я": 1},
        {"": 1},
        {"k" * 101: 1},
        {"a": 2**53},
        {"a": "\ud800"},
        {"a": {1, 2}},
    ],
    ids=repr,
)
def test_what_the_format_cannot_hold_is_our_bug(content) -> None:
    with pytest.raises(MisuseError):
        encode_json(content)


def test_depth_has_a_limit_both_ways() -> None:
    deep: object = 1
    for _ in range(LIMITS.json_depth):
        deep = {"a": deep}
    assert decode_json(encode_json(deep)) == deep  # type: ignore[arg-type]
    with pytest.raises(MisuseError):
        encode_json({"a": deep})  # type: ignore[dict-item]

"""The body of an entry has one spelling; unknown kinds survive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeside.sealing.entries import (
    KNOWN_KINDS,
    SYSTEM_AUTHOR,
    WRITER_AUTHOR,
    Author,
    EntryBody,
    decode_body,
    encode_body,
    is_time,
    staff_author,
)
from leeside.sealing.errors import MalformedError, MisuseError
from sealing.making import VERA, body, staff_body


@pytest.mark.parametrize("author", [WRITER_AUTHOR, SYSTEM_AUTHOR, staff_author(VERA)], ids=lambda it: it.kind)
def test_a_body_comes_back(author: Author) -> None:
    made = EntryBody("note", author, "2023-12-05T19:05:00+03:00", {"text": "Позвонить в среду", "n": [1, None]})
    assert decode_body(encode_body(made)) == made


def test_the_spelling() -> None:
    assert encode_body(body("да")).decode() == (
        '{"at":"2023-12-05","author":{"kind":"writer"},"content":{"text":"да"},"kind":"message"}'
    )
    assert f'"author":{{"kind":"staff","reader":"{VERA.hex()}"}}' in encode_body(staff_body()).decode()


@given(st.from_regex(r"\A[a-z][a-z0-9_]{0,39}\Z"))
def test_kinds_of_newer_versions_survive(kind: str) -> None:
    made = EntryBody(kind, WRITER_AUTHOR, "2023-12-05", {})
    assert decode_body(encode_body(made)) == made
    assert made.is_known_kind == (kind in KNOWN_KINDS)


def test_content_does_not_print() -> None:
    assert "помочь" not in repr(body())


@pytest.mark.parametrize(
    "plain",
    [
        b"{}",
        b'{"at":"2023-12-05","author":{"kind":"writer"},"content":{},"kind":"note","more":1}',
        b'{"at":"2023-12-05","author":{"kind":"writer"},"content":{}}',
        b'{"at":"2023-12-05","author":{"kind":"writer"},"content":[],"kind":"note"}',
        b'{"at":5,"author":{"kind":"writer"},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{"kind":"writer"},"content":{},"kind":5}',
        b'{"at":"2023-12-05","author":{"kind":"writer"},"content":{},"kind":"Note"}',
        b'{"at":"2023-12-05","author":{"kind":"writer"},"content":{},"kind":""}',
        b'{"at":"5 December","author":{"kind":"writer"},"content":{},"kind":"note"}',
        b'{"at":"2023-13-05","author":{"kind":"writer"},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":"writer","content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{"kind":"nobody"},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{"kind":"staff"},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{"kind":"staff","reader":"00"},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{"kind":"staff","reader":5},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{"extra":1,"kind":"staff","reader":"'
        + b"0" * 32
        + b'"},"content":{},"kind":"note"}',
        b'{"at":"2023-12-05","author":{"kind":"writer","reader":"' + b"0" * 32 + b'"},"content":{},"kind":"note"}',
    ],
)
def test_what_is_no_body_is_refused(plain: bytes) -> None:
    with pytest.raises(MalformedError):
        decode_body(plain)


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_or_our_spelling(untrusted: bytes) -> None:
    try:
        made = decode_body(untrusted)
    except MalformedError:
        return
    assert encode_body(made) == untrusted


@pytest.mark.parametrize("kind", ["", "Note", "1st", "x" * 41, "a-b", "заметка"])
def test_a_kind_out_of_form_is_our_bug(kind: str) -> None:
    with pytest.raises(MisuseError):
        encode_body(EntryBody(kind, WRITER_AUTHOR, "2023-12-05", {}))


@pytest.mark.parametrize(
    ("at", "good"),
    [
        ("2023-12-05", True),
        ("2023-12-05T19:05", True),
        ("2023-12-05T19:05:30.123456Z", True),
        ("2023-12-05T19:05+03:00", True),
        ("2023-02-29", False),
        ("2023-12-05T24:05", False),
        ("2023-12-05 19:05", False),
        ("20231205", False),
        ("2023-W49-2", False),
        ("٢٠٢٣-12-05", False),
        ("2023-12-05\n", False),
        ("", False),
    ],
)
def test_times_are_iso_and_exist(at: str, good: bool) -> None:
    assert is_time(at) is good
    if not good:
        with pytest.raises(MisuseError):
            encode_body(EntryBody("note", WRITER_AUTHOR, at, {}))


@pytest.mark.parametrize(
    "author", [("staff", None), ("writer", VERA), ("nobody", None), ("system", VERA), ("staff", b"short")]
)
def test_only_staff_have_a_readers_id(author) -> None:
    with pytest.raises(MisuseError):
        Author(*author)

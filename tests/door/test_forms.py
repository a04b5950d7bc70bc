from io import BytesIO
from urllib.parse import unquote_plus, unquote_to_bytes, urlencode

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeside.door.errors import TooLargeError, UnreadableFormError
from leeside.door.forms import one_value, parse_form, read_body, read_form
from leeside.door.limits import LIMITS

TYPE = "application/x-www-form-urlencoded"
WRITTEN = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=200)


def test_fields_keep_their_order_and_their_repetitions() -> None:
    assert parse_form(b"a=1&b=%D0%B6+%2B&a=2&c") == {"a": ["1", "2"], "b": ["ж +"], "c": [""]}


def test_an_empty_body_has_no_fields() -> None:
    assert parse_form(b"") == {}


# The first draw builds Hypothesis' table of letters, which a busy machine needs seconds for.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,20}", fullmatch=True), st.lists(WRITTEN, min_size=1, max_size=3), max_size=8
    )
)
def test_whatever_a_browser_encodes_comes_back_as_it_was(fields: dict[str, list[str]]) -> None:
    body = urlencode([(name, value) for name, values in fields.items() for value in values]).encode()
    assert parse_form(body) == fields


@given(st.binary(max_size=300))
def test_no_bytes_break_the_parser(body: bytes) -> None:
    try:
        fields = parse_form(body)
    except UnreadableFormError:
        return
    for values in fields.values():
        for value in values:
            assert "\x00" not in value
            value.encode()


@pytest.mark.parametrize("encoded", ["a%", "a%4", "%zz", "%D0%B", "%C3%28", "%F0%9F%98%80", "%d0%B6", "%%41", "+%2B"])
def test_odd_encodings_are_read_as_browsers_mean_them(encoded: str) -> None:
    assert parse_form(b"a=" + encoded.encode()) == {"a": [unquote_plus(encoded, errors="replace")]}


PIECES = (
    b"%D0%B6",
    b"%",
    b"=",
    b"+",
    b"%0A",
    b"\n",
    b"\r\n",
    b"%3D",
    b"%%",
    b"%4",
    b"_",
    b"a",
    b".",
    b"\t",
    b"\xff",
    b" ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_encoded_pieces_in_any_order_are_read_as_urllib_reads_them(pieces: list[bytes]) -> None:
    encoded = b"".join(pieces)
    (value,) = parse_form(b"a=" + encoded)["a"]
    plain = unquote_to_bytes(encoded.replace(b"+", b" ")).decode("utf-8", "replace")
    assert value == plain.replace("\r\n", "\n").replace("\r", "\n")


def test_bytes_that_are_no_text_keep_the_text_around_them() -> None:
    assert parse_form(b"text=%D0%B6%FF%D0%B6") == {"text": ["ж\ufffdж"]}
    assert parse_form(b"text=\xff\xfe") == {"text": ["\ufffd\ufffd"]}


def test_control_signs_go_and_line_ends_become_one() -> None:
    assert parse_form(b"text=a%00b%07%0D%0Ac%0Dd%09e%7F") == {"text": ["ab\nc\nd\te"]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"=1", "name"),
        (b"&", "name"),
        (b"%D0%B6=1", "name"),
        (b"n" * (LIMITS.name_characters + 1) + b"=1", "name"),
        (b"&".join([b"a=1"] * (LIMITS.fields + 1)), "fields"),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_by_its_kind(body: bytes, code: str) -> None:
    with pytest.raises(UnreadableFormError) as refused:
        parse_form(body)
    assert refused.value.code == code


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/json", ""])
def test_another_kind_of_body_is_not_read_at_all(kind: str) -> None:
    request = RequestFactory().post("/", b"a=1", content_type=kind or "x/y")
    request._stream = _Untouchable()
    with pytest.raises(UnreadableFormError) as refused:
        read_form(request)
    assert refused.value.code == "type"


def test_a_body_over_the_limit_is_not_read_at_all() -> None:
    request = RequestFactory().post("/", b"a=1", content_type=TYPE, CONTENT_LENGTH=str(LIMITS.form_bytes + 1))
    request._stream = _Untouchable()
    with pytest.raises(TooLargeError):
        read_form(request)


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "٣", "9" * 5000])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    request = RequestFactory().post("/", b"a=1", content_type=TYPE, CONTENT_LENGTH=length)
    with pytest.raises((UnreadableFormError, TooLargeError)):
        read_body(request, LIMITS.form_bytes)


def test_a_body_shorter_than_it_says_is_refused() -> None:
    request = RequestFactory().post("/", b"a=1", content_type=TYPE)
    request.META["CONTENT_LENGTH"] = "9"
    request._stream = BytesIO(b"a=1")
    with pytest.raises(UnreadableFormError):
        read_form(request)


def test_the_content_type_may_name_its_letters() -> None:
    request = RequestFactory().post("/", b"a=1", content_type=f"{TYPE}; charset=UTF-8")
    assert read_form(request) == {"a": ["1"]}


def test_one_value_of_a_field_is_its_first() -> None:
    assert one_value({"a": ["1", "2"]}, "a") == "1"
    assert one_value({}, "a") == ""


class _Untouchable:
    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")

"""What counts as a whole request, and what will never be one."""

import pytest

from leeside.project.serving.arriving import LIMITS, RefusedRequestError, refusal, whole_bytes

HEAD = b"POST /ru/help/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"


@pytest.mark.parametrize(
    ("arrived", "whole"),
    [
        (b"", 0),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", 0),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 35),
        (HEAD, len(HEAD) + 10),
        (HEAD + b"12345", len(HEAD) + 10),
        (HEAD + b"1234567890 and more", len(HEAD) + 10),
        (HEAD.replace(b"Content-Length: 10", b"CONTENT-LENGTH:\t3 "), len(HEAD) + 3),
        (HEAD.replace(b"10", b"00000000000000000000000000000010"), len(HEAD) + 30),
        (HEAD.replace(b"10", b"ten"), len(HEAD) + 1),
        (HEAD.replace(b": 10", b": 2000001"), len(HEAD) + 5 + 2_000_001),
    ],
)
def test_a_request_is_as_long_as_it_tells(arrived: bytes, whole: int) -> None:
    assert whole_bytes(arrived) == whole


@pytest.mark.parametrize(
    ("arrived", "status"),
    [
        (b"x" * (LIMITS.head_bytes + 1), 431),
        (b"GET / HTTP/1.1\r\nCookie: " + b"x" * LIMITS.head_bytes + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\n transfer-encoding : chunked\r\n\r\n", 411),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ],
)
def test_what_will_never_be_a_request_of_ours_is_refused_at_once(arrived: bytes, status: int) -> None:
    with pytest.raises(RefusedRequestError) as refused:
        whole_bytes(arrived)
    assert refused.value.status == status
    assert refusal(status).endswith(b"\r\n\r\n") and arrived[:9] not in refusal(status)

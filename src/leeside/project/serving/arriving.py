"""What may arrive: how long a request is by its own telling, and the one fixed answer to what cannot be read.

Plain bytes, no sockets: `patience` gathers what arrives and asks here whether it is whole.
"""

import re
from dataclasses import dataclass
from typing import Final

from leeside.web.uploads import UPLOAD_BYTES


@dataclass(frozen=True)
class PatienceLimits:
    """What a visitor may take of one worker."""

    head_bytes: int = 16 * 1024
    """A request's line and headers."""
    body_bytes: int = 2_000_000
    """A body that is gathered, and as much again as a head may have; the application refuses a longer one unread."""
    waiting_bytes: int = 64 * 1024 * 1024
    """All bytes gathered of all visitors; beyond it whoever has sent most gives way."""
    arrival_seconds: float = 120.0
    """How long a request may take to arrive: a long letter over a bad network takes a minute."""
    answer_seconds: float = 10.0
    """How long a thread waits for a visitor to take a part of the answer."""
    first_bytes_seconds: float = 1.0
    """How long a worker that is being replaced waits for the first bytes of a connection that it has just taken."""
    linger_seconds: float = 5.0
    linger_bytes: int = 8 * 1024 * 1024
    """What is thrown away after an answer, at most."""
    upload_bytes: int = UPLOAD_BYTES
    """A body that is longer than one which is gathered, at an address that takes files: read as it comes."""
    upload_seconds: float = 15 * 60.0
    """How long a file may take to arrive or to leave."""
    piece_seconds: float = 20.0
    """How long nothing of it may move."""
    upload_linger_seconds: float = 60.0
    """How long what is left of a refused file is thrown away, so that the visitor sees why."""
    transfers_at_once: int = 6
    """Files that one worker takes or gives at a time; the other threads are for everybody else."""
    answer_bytes: int = 1024 * 1024
    """What of an answer is kept until it is whole; of a longer one the beginning is sent before."""


LIMITS: Final = PatienceLimits()
_UPLOAD: Final = re.compile(rb"POST /[a-z]{2}/(?:case/)?[A-Za-z0-9-]{1,80}/send-file HTTP/1\.[01]\r\n")
_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*(?=\r\n|\Z)", re.IGNORECASE)
_UNTOLD: Final = re.compile(rb"\n[ \t]*transfer-encoding", re.IGNORECASE)
_REFUSALS: Final = {400: b"Bad Request", 411: b"Length Required", 431: b"Request Header Fields Too Large",
                    500: b"Internal Server Error"}  # fmt: skip


def whole_bytes(arrived: bytes | bytearray, limits: PatienceLimits = LIMITS) -> int:
    """How many bytes the request has by its own telling; 0 while that is not known yet.

    Raises RefusedRequestError when it will never be one that we read.
    """
    end = arrived.find(_END_OF_HEAD)
    if end < 0:
        if len(arrived) > limits.head_bytes:
            raise RefusedRequestError(431)
        return 0
    head = bytes(arrived[:end])
    if len(head) > limits.head_bytes:
        raise RefusedRequestError(431)
    if _UNTOLD.search(head):
        raise RefusedRequestError(411)
    found = _LENGTH.search(head)
    return end + len(_END_OF_HEAD) + (int(found[1]) if found else 0)


def is_upload(arrived: bytes | bytearray) -> bool:
    """Whether the request goes to one of the addresses that take files: mailbox and desk spell theirs alike."""
    return _UPLOAD.match(arrived) is not None


class RefusedRequestError(Exception):
    """The bytes are no request of ours; holds the status to answer with and nothing of the bytes."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def refusal(status: int) -> bytes:
    """The whole answer to what cannot be read: the same bytes each time, nothing of the request in them."""
    line = b"HTTP/1.1 %d %s\r\n" % (status, _REFUSALS[status])
    return line + b"Connection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n"

"""A small load generator: as many connections as asked, one request in flight on each, every answer checked.

One process, no threads, plain sockets, so that on a machine of two cores the client takes as little as possible
from the server it measures. It speaks just enough HTTP/1.1 for our own answers (`Content-Length`, kept connections).
"""

import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

# One for all: a new one for each answer cost the client a third of its time.
_PART: Final = bytearray(1 << 18)


@dataclass
class Load:
    """What one run saw. Times in seconds, one for each answered request."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    failed_connections: int = 0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """Return the time below which `share` of the answers came, in milliseconds."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


class _Connection:
    def __init__(self, address: tuple[str, int], requests: Iterator[bytes]) -> None:
        self.address = address
        self.requests = requests
        self.socket: socket.socket | None = None
        self.begun = 0.0
        self.buffer = bytearray()
        self.expected = -1
        self.status = 0

    def open(self) -> socket.socket:
        self.socket = socket.create_connection(self.address, timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def send_next(self) -> bool:
        request = next(self.requests, None)
        if request is None or self.socket is None:
            return False
        self.buffer.clear()
        self.expected = -1
        self.begun = time.perf_counter()
        self.socket.sendall(request)
        return True

    def receive(self) -> bool | None:
        """Read what is there. True: the answer is whole. False: more is to come. None: the server hung up."""
        assert self.socket is not None  # noqa: S101 (opened before it was registered)
        size = self.socket.recv_into(_PART)
        if not size:
            return None
        self.buffer += memoryview(_PART)[:size]
        if self.expected < 0:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.buffer[:end]).lower()
            self.status = int(head[9:12])
            mark = head.find(b"\r\ncontent-length:")
            length = int(head[mark + 17 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
            self.expected = end + 4 + length
        return len(self.buffer) >= self.expected


def run_load(
    address: tuple[str, int],
    make_request: Callable[[int], bytes],
    *,
    connections: int,
    seconds: float,
    at_most: int | None = None,
) -> Load:
    """Send `make_request(0)`, `make_request(1)`, ... over `connections` connections for `seconds` seconds.

    Requests must be whole (headers, `Content-Length`, body). A connection that the server closes (a worker that was
    replaced) is opened again and its request counts as not answered.
    """
    load = Load()
    numbers = iter(range(at_most)) if at_most is not None else iter(range(1 << 62))
    source = (make_request(number) for number in numbers)
    selector = selectors.DefaultSelector()
    begun = time.perf_counter()
    until = begun + seconds
    for _ in range(connections):
        connection = _Connection(address, source)
        selector.register(connection.open(), selectors.EVENT_READ, connection)
        connection.send_next()
    while selector.get_map() and time.perf_counter() < until:
        for key, _events in selector.select(timeout=0.2):
            _serve(selector, key.data, load)
    load.seconds = time.perf_counter() - begun
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    selector.close()
    return load


def _serve(selector: selectors.BaseSelector, connection: _Connection, load: Load) -> None:
    try:
        whole = connection.receive()
    except ConnectionError:
        whole = None
    if whole is None:
        load.failed_connections += 1
        _reopen(selector, connection)
        return
    if not whole:
        return
    load.times.append(time.perf_counter() - connection.begun)
    load.statuses[connection.status] = load.statuses.get(connection.status, 0) + 1
    closing = b"connection: close" in bytes(connection.buffer[:600]).lower()
    if closing:
        _reopen(selector, connection)
        return
    _send(selector, connection)


def _send(selector: selectors.BaseSelector, connection: _Connection) -> None:
    try:
        if not connection.send_next():
            _leave(selector, connection)
    except ConnectionError:
        _reopen(selector, connection)


def _leave(selector: selectors.BaseSelector, connection: _Connection) -> None:
    if connection.socket is not None:
        selector.unregister(connection.socket)


def _reopen(selector: selectors.BaseSelector, connection: _Connection) -> None:
    _leave(selector, connection)
    if connection.socket is not None:
        connection.socket.close()
    selector.register(connection.open(), selectors.EVENT_READ, connection)
    if not connection.send_next():
        _leave(selector, connection)

"""A worker of gunicorn that lets no request touch a thread before it has arrived whole.

Gunicorn's own threads wait for slow visitors: sixteen connections that send half a request and then nothing take
every thread, and the line is closed for everybody (tried). Here the loop that waits for sockets gathers the bytes of
all of them, and a thread gets a request that is whole. What a slow visitor costs is a connection and some memory, and
both are bounded: whoever has sent least, or most, gives way.

States of a connection, in order:
1. waiting: its bytes are gathered, for at most `arrival_seconds`;
2. answering: a thread has it; what the visitor does not take within `answer_seconds` is not sent;
3. kept alive: nothing has arrived since the last answer; bytes make it waiting again;
4. lingering: answered while bytes were still coming (a body that is too long); they are thrown away for a moment, so
   that the visitor can read the answer;
5. closed.

A request that cannot be read is answered in one fixed sentence and leaves no line in any log: neither an address nor
the moment of a visit. A body of untold length is refused: no browser sends a form so.
"""

import errno
import re
import selectors
import socket
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from gunicorn import http
from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker


@dataclass(frozen=True)
class PatienceLimits:
    """What a visitor may take of one worker."""

    head_bytes: int = 16 * 1024
    """A request's line and headers."""
    body_bytes: int = 2_000_000
    """A body that is gathered; the application refuses a longer one unread."""
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


LIMITS: Final = PatienceLimits()
_READ_BYTES: Final = 64 * 1024
_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,15})[ \t]*(?=\r\n|\Z)", re.IGNORECASE)
_UNTOLD: Final = re.compile(rb"\n[ \t]*transfer-encoding", re.IGNORECASE)
_REFUSALS: Final = {400: b"Bad Request", 411: b"Length Required", 431: b"Request Header Fields Too Large",
                    500: b"Internal Server Error"}  # fmt: skip


def missing_bytes(arrived: bytes | bytearray, limits: PatienceLimits = LIMITS) -> int:
    """How many bytes of the request are still to come at least; 0 when a thread can have it.

    Raises RefusedRequestError when it will never be one that we read.
    """
    end = arrived.find(_END_OF_HEAD)
    if end < 0:
        if len(arrived) > limits.head_bytes:
            raise RefusedRequestError(431)
        return 1
    head = bytes(arrived[:end])
    if len(head) > limits.head_bytes:
        raise RefusedRequestError(431)
    if _UNTOLD.search(head):
        raise RefusedRequestError(411)
    found = _LENGTH.search(head)
    length = int(found[1]) if found else 0
    if length > limits.body_bytes:
        return 0
    return max(0, end + len(_END_OF_HEAD) + length - len(arrived))


class RefusedRequestError(Exception):
    """The bytes are no request of ours; holds the status to answer with and nothing of the bytes."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def refusal(status: int) -> bytes:
    """The whole answer to what cannot be read: the same bytes each time, nothing of the request in them."""
    line = b"HTTP/1.1 %d %s\r\n" % (status, _REFUSALS[status])
    return line + b"Connection: close\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n"


class PatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """See the module: gunicorn's threads, with a loop in front that waits in their place."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.lingering: deque[Any] = deque()

    def accept(self, listener: Any) -> None:
        """Take a connection; when there are too many, the oldest that has sent least gives way."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        self.nr_conns += 1
        connection = TConn(self.cfg, client, address, listener.getsockname())
        self._wait(connection)
        self.on_pending_socket_readable(connection, client)

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """A kept-alive connection speaks again."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wait(conn)
        self.on_pending_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: Any, client: Any) -> None:
        """Gather what has come; a whole request goes to a thread."""
        try:
            part = client.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        if not part:
            self._stop_waiting(conn)
            self._end(conn)
            return
        self.leeside_activity.touch()
        conn.arrived += part
        try:
            missing = missing_bytes(conn.arrived)
        except RefusedRequestError as refused:
            self._stop_waiting(conn)
            self._refuse(conn, refused.status)
            return
        if not missing:
            self._stop_waiting(conn)
            self.enqueue_req(conn)
        elif sum(len(one.arrived) for one in self.pending_conns) > LIMITS.waiting_bytes:
            self._give_way(max(self.pending_conns, key=lambda one: len(one.arrived)))

    def murder_pending(self) -> None:
        """Close what took too long; a worker that is being replaced does not wait for those who send nothing.

        Whoever came a moment ago may have their request on its way: closed now, they would see an empty page.
        """
        now = time.monotonic()
        latest = now + LIMITS.arrival_seconds - LIMITS.first_bytes_seconds
        for conn in [
            one
            for one in self.pending_conns
            if one.timeout <= now or not (self.alive or one.arrived or one.timeout > latest)
        ]:
            self._give_way(conn)
        for conn in [one for one in self.lingering if one.timeout <= now or not self.alive]:
            self._stop_lingering(conn)

    def handle(self, conn: Any) -> tuple[bool, bool]:
        """Answer one whole request, in a thread: whether the connection is kept, and whether bytes still come."""
        status = 400
        try:
            # Only a visitor who does not take the answer, or whose bytes our count misread, is waited for here.
            conn.sock.settimeout(LIMITS.answer_seconds)
            if conn.parser is None:
                conn.initialized = True
                conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
            conn.parser.unreader.unread(bytes(conn.arrived))
            conn.arrived = bytearray()
            request = next(conn.parser)
            status = 500
            is_kept = self.handle_request(request, conn)
            is_over = bool(conn.parser.finish_body(deadline=time.monotonic() + 0.05))
            is_kept = is_kept and is_over and not conn.parser.unreader.buf.getvalue()
        except (NoMoreData, StopIteration, OSError):
            return False, False
        except ParseException:
            self._answer(conn, status)
            return False, True
        except Exception:
            # Our own bug below Django's pages; the formatter tells its kind and place and nothing of the request.
            self.log.exception("a request failed")
            self._answer(conn, status)
            return False, False
        return is_kept, not is_over

    def finish_request(self, conn: Any, fs: Any) -> None:
        """After a thread: keep the connection, let it linger, or close it. Nothing here waits for the visitor."""
        is_kept, is_coming = fs.result() if not fs.cancelled() and fs.exception() is None else (False, False)
        if is_coming:
            self._linger(conn)
        elif not is_kept:
            self._end(conn)
        else:
            conn.sock.setblocking(False)
            conn.set_timeout()
            if not self.alive:
                conn.timeout = min(conn.timeout, time.monotonic() + 2.0)
            self.keepalived_conns.append(conn)
            reader = partial(self.on_client_socket_readable, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, reader)

    def _wait(self, conn: Any) -> None:
        conn.arrived = bytearray()
        conn.timeout = time.monotonic() + LIMITS.arrival_seconds
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _stop_waiting(self, conn: Any) -> None:
        self.pending_conns.remove(conn)
        self.poller.unregister(conn.sock)

    def _give_way(self, conn: Any) -> None:
        self._stop_waiting(conn)
        self._end(conn)

    def _make_room(self) -> None:
        if self.lingering:
            self._stop_lingering(self.lingering[0])
        elif self.pending_conns:
            self._give_way(min(self.pending_conns, key=lambda one: len(one.arrived)))

    def _refuse(self, conn: Any, status: int) -> None:
        with suppress(OSError):
            conn.sock.send(refusal(status))
        self._linger(conn)

    @staticmethod
    def _answer(conn: Any, status: int) -> None:
        with suppress(OSError):
            conn.sock.sendall(refusal(status))

    def _linger(self, conn: Any) -> None:
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._end(conn)
            return
        conn.arrived, conn.thrown_away = bytearray(), 0
        conn.timeout = time.monotonic() + LIMITS.linger_seconds
        self.lingering.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._throw_away, conn))

    def _throw_away(self, conn: Any, client: Any) -> None:
        try:
            part = client.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        conn.thrown_away += len(part)
        if not part or conn.thrown_away > LIMITS.linger_bytes:
            self._stop_lingering(conn)

    def _stop_lingering(self, conn: Any) -> None:
        self.lingering.remove(conn)
        self.poller.unregister(conn.sock)
        self._end(conn)

    def _end(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

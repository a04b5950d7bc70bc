"""A worker of gunicorn that lets no request touch a thread before it has arrived whole.

Gunicorn's own threads wait for slow visitors: sixteen connections that send half a request and then nothing take
every thread, and the line is closed for everybody (tried). Here the loop that waits for sockets gathers the bytes of
all of them, and a thread gets a request that is whole. What a slow visitor costs is a connection and some memory, and
both are bounded: whoever has sent least, or most, gives way.

States of a connection, in order:
1. waiting: its bytes are gathered, for at most `arrival_seconds`;
2. answering: a thread has the whole request in memory and never reads from the visitor; the answer is sent in one
   piece, and what the visitor does not take within `answer_seconds` is not sent. Files are the exception, at their own
   addresses and for so many threads only: see `transfers`;
3. kept alive: nothing has arrived since the last answer; bytes make it waiting again;
4. lingering: answered while bytes were still coming (a body that is too long); they are thrown away for a moment, so
   that the visitor can read the answer;
5. closed.

The loop watches a connection all its life: asking anew at each step took a fifth of an answer (docs/performance.md).

What cannot be read is answered in one fixed sentence and leaves no line in any log. A body of untold length is refused.
"""

import errno
import selectors
import socket
import threading
import time
from collections import deque
from contextlib import suppress
from enum import Enum
from functools import partial
from typing import Any, Final

from gunicorn.http import get_parser
from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

from leeside.project.serving.arriving import LIMITS, RefusedRequestError, is_upload, refusal, whole_bytes
from leeside.project.serving.threads import Threads
from leeside.project.serving.transfers import Transfer

_READ_BYTES: Final = 64 * 1024
_NOTIFY_SECONDS: Final = 1.0
_STAND_BACK_SECONDS: Final = 0.003
_STAND_BACK_TIMES: Final = 5


class _State(Enum):
    WAITING = 1
    ANSWERING = 2
    KEPT = 3
    LINGERING = 4
    CLOSED = 5


class _Connection(TConn):  # type: ignore[misc] # gunicorn has no types
    """One visitor's connection, as the loop sees it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.state = _State.WAITING
        self.is_watched = False
        self.arrived = bytearray()
        self.request_bytes = 0
        self.is_upload = False
        self.thrown_away = 0


class _Exchange:
    """One request's answer: stands where gunicorn expects a connection and its socket, and keeps what is written.

    Nothing is sent before the answer is whole, so an error half way is answered as an error. Only a file is longer than
    what is kept: its beginning is sent, and an error after that breaks it off.
    """

    def __init__(self, conn: _Connection, transfer: Transfer) -> None:
        self.sock = self
        self.client, self.server = conn.client, conn.server
        self._transfer = transfer
        self._parts: list[bytes] = []
        self._kept = 0

    def sendall(self, part: bytes) -> None:
        """Keep a part of the answer; of one that grows long, send what there is."""
        self._parts.append(part)
        self._kept += len(part)
        if self._kept > LIMITS.answer_bytes:
            whole, self._parts, self._kept = b"".join(self._parts), [], 0
            self._transfer.send(whole)

    send = sendall

    def refuse(self, status: int) -> None:
        """Answer with our fixed sentence instead of whatever was written; too late for that, with no more."""
        self._parts = [] if self._transfer.has_sent else [refusal(status)]

    def shutdown(self, how: int) -> None:
        """What gunicorn does when an answer broke off: nothing of it is sent."""
        self.refuse(500)

    def settimeout(self, seconds: float) -> None:
        """Nothing waits here."""

    def recv(self, size: int) -> bytes:
        """The request has been read whole."""
        return b""

    def close(self) -> None:
        """The connection itself is closed by the loop."""

    def deliver(self, to: socket.socket) -> None:
        """Send all at once; only a visitor who takes it slowly is waited for."""
        whole = b"".join(self._parts)
        if self._transfer.has_sent:
            self._transfer.send(whole)
            return
        try:
            sent = to.send(whole) if whole else 0
        except BlockingIOError:
            sent = 0
        if sent < len(whole):
            to.settimeout(LIMITS.answer_seconds)
            to.sendall(memoryview(whole)[sent:])
            to.setblocking(False)


class PatientWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """See the module: gunicorn's threads, with a loop in front that waits in their place."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.lingering: deque[_Connection] = deque()
        self.places = threading.Semaphore(LIMITS.transfers_at_once)
        self._notified = 0.0
        self._stands_back_until = 0.0
        self._stood_back = 0

    def notify(self) -> None:
        """Tell the arbiter that we live, once a second and not at every turn of the loop."""
        now = time.monotonic()
        if now - self._notified >= _NOTIFY_SECONDS:
            self._notified = now
            super().notify()

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to take connections; not before the moment until which this worker stands back.

        A worker that ends takes those who have come already: when all end, nobody else would answer them.
        """
        if not enabled or time.monotonic() >= self._stands_back_until:
            super().set_accept_enabled(enabled)
        if not (enabled or self.alive):
            self._take_the_last()

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One turn of the loop; afterwards the other workers see how many connections there are."""
        if not self._accepting:
            timeout = min(timeout, max(0.0, self._stands_back_until - time.monotonic()) or timeout)
        super().wait_for_and_dispatch_events(timeout)
        self.leeside_shares.tell(self.age, self.nr_conns)

    def _stands_back(self) -> bool:
        """Whether another worker should take the next connection; one that does not in time is not waited for."""
        if self._stood_back == _STAND_BACK_TIMES or not self.leeside_shares.is_beyond_share(self.age):
            self._stood_back = 0
            return False
        self._stood_back += 1
        self._stands_back_until = time.monotonic() + _STAND_BACK_SECONDS
        self.set_accept_enabled(False)
        return True

    def accept(self, listener: Any) -> None:
        """Take a connection; when there are too many, the oldest that has sent least gives way."""
        if not self._stands_back():
            self._take(listener)

    def _take_the_last(self) -> None:
        """Whoever waits at the port; then this worker's share in it is closed."""
        for listener in self.sockets:
            before = -1
            while before < self.nr_conns < self.worker_connections - 1:
                before = self.nr_conns
                self._take(listener)
            listener.close()

    def _take(self, listener: Any) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        self.nr_conns += 1
        conn = _Connection(self.cfg, client, address, listener.getsockname())
        self._wait(conn)
        self._watch(conn)
        self._gather(conn)

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
            self._end(conn)
        for conn in [one for one in self.lingering if one.timeout <= now or not self.alive]:
            self._end(conn)

    def get_thread_pool(self) -> Threads:
        """Our threads in place of gunicorn's."""
        return Threads(self.cfg.threads)

    def enqueue_req(self, conn: _Connection) -> None:
        """Give a whole request to a thread."""
        self.tpool.submit(self._answer, conn)

    def _answer(self, conn: _Connection) -> None:
        is_kept = False
        try:
            is_kept = self.handle(conn)
        finally:
            self.method_queue.defer(self.finish_request, conn, is_kept)

    def handle(self, conn: _Connection) -> bool:
        """Answer one whole request, in a thread; whether the connection is kept."""
        whole, conn.arrived = bytes(conn.arrived), bytearray()
        status, is_kept = 400, False
        transfer = Transfer(conn.sock, self.places, self.leeside_activity.touch)
        exchange = _Exchange(conn, transfer)
        try:
            arriving = transfer.arriving(whole, conn.request_bytes) if conn.is_upload else iter((whole,))
            request = next(get_parser(self.cfg, arriving, conn.client))
            status = 500
            if self.leeside_shares.is_beyond_share(self.age):
                # Asked to come again, they come to whoever has fewer: one that was forked just now has nobody.
                request.force_close()
            # Bytes behind the request were sent before its answer: no browser does so.
            is_kept = bool(self.handle_request(request, exchange)) and len(whole) == conn.request_bytes
        except (NoMoreData, StopIteration, OSError):
            pass
        except ParseException:
            exchange.refuse(status)
        except Exception:
            # Our own bug below Django's pages; the formatter tells its kind and place and nothing of the request.
            self.log.exception("a request failed")
            exchange.refuse(status)
        try:
            exchange.deliver(conn.sock)
        except OSError:
            return False
        finally:
            transfer.end()
        return is_kept and not transfer.is_broken

    def finish_request(self, conn: _Connection, is_kept: bool) -> None:
        """After a thread: keep the connection, let it linger, or close it. Nothing here waits for the visitor."""
        if not is_kept:
            self._linger(conn)
            return
        conn.state = _State.KEPT
        conn.set_timeout()
        if not self.alive:
            conn.timeout = min(conn.timeout, time.monotonic() + 2.0)
        self.keepalived_conns.append(conn)
        self._watch(conn)

    def _watch(self, conn: _Connection) -> None:
        if not conn.is_watched:
            conn.is_watched = True
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_readable, conn))

    def _on_readable(self, conn: _Connection, client: Any) -> None:
        if conn.state is _State.CLOSED:
            # Closed a moment ago, in the same turn of the loop that brought this news of it.
            return
        if conn.state is _State.ANSWERING:
            # More than one request at once, or gone: looked at when the answer has been given.
            conn.is_watched = False
            self.poller.unregister(client)
        elif conn.state is _State.LINGERING:
            self._throw_away(conn)
        else:
            if conn.state is _State.KEPT:
                self.keepalived_conns.remove(conn)
                self._wait(conn)
            self._gather(conn)

    def _wait(self, conn: _Connection) -> None:
        conn.state = _State.WAITING
        conn.timeout = time.monotonic() + LIMITS.arrival_seconds
        self.pending_conns.append(conn)

    def _gather(self, conn: _Connection) -> None:
        """Take what has come; a whole request goes to a thread."""
        part = _part_of(conn)
        if part is None:
            return
        if not part:
            self._end(conn)
            return
        self.leeside_activity.touch()
        conn.arrived += part
        try:
            conn.request_bytes = whole_bytes(conn.arrived)
        except RefusedRequestError as refused:
            self._refuse(conn, refused.status)
            return
        # A body that the application refuses unread is not waited for; nor is a file, which its thread reads itself.
        is_long = conn.request_bytes > LIMITS.head_bytes + LIMITS.body_bytes
        conn.is_upload = is_long and is_upload(conn.arrived)
        needed = 1 if is_long else conn.request_bytes
        if needed and len(conn.arrived) >= needed:
            self.pending_conns.remove(conn)
            conn.state = _State.ANSWERING
            self.enqueue_req(conn)
        elif sum(len(one.arrived) for one in self.pending_conns) > LIMITS.waiting_bytes:
            self._end(max(self.pending_conns, key=lambda one: len(one.arrived)))

    def _make_room(self) -> None:
        if self.lingering:
            self._end(self.lingering[0])
        elif self.pending_conns:
            self._end(min(self.pending_conns, key=lambda one: len(one.arrived)))

    def _refuse(self, conn: _Connection, status: int) -> None:
        self.pending_conns.remove(conn)
        with suppress(OSError):
            conn.sock.send(refusal(status))
        self._linger(conn)

    def _linger(self, conn: _Connection) -> None:
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._end(conn)
            return
        conn.state, conn.arrived = _State.LINGERING, bytearray()
        conn.timeout = time.monotonic() + (LIMITS.upload_linger_seconds if conn.is_upload else LIMITS.linger_seconds)
        self.lingering.append(conn)
        self._watch(conn)

    def _throw_away(self, conn: _Connection) -> None:
        part = _part_of(conn)
        if part is None:
            return
        conn.thrown_away += len(part)
        if not part or conn.thrown_away > (LIMITS.upload_bytes if conn.is_upload else LIMITS.linger_bytes):
            self._end(conn)

    def _end(self, conn: _Connection) -> None:
        """Close a connection, whatever state it is in."""
        for place in (self.pending_conns, self.lingering):
            with suppress(ValueError):
                place.remove(conn)
        if conn.is_watched:
            self.poller.unregister(conn.sock)
        conn.state = _State.CLOSED
        self.nr_conns -= 1
        conn.close()


def _part_of(conn: _Connection) -> bytes | None:
    """What a connection has sent; empty when it is over, None when nothing has come."""
    try:
        return bytes(conn.sock.recv(_READ_BYTES))
    except BlockingIOError:
        return None
    except OSError:
        return b""

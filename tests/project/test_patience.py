"""The worker that waits for whole requests: what slow visitors can take of it, and how visitors are shared out."""

import contextlib
import http.client
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks.browser import Browser
from leeside.project.serving.arriving import LIMITS, refusal
from plugins.servers import Server, descendants

pytestmark = pytest.mark.slow

HEAD = b"POST /ru/help/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"


@pytest.fixture
def half_sent(shared_server: Server) -> Iterator[Server]:
    """A server at whose door eighty visitors stand with half a request."""
    with contextlib.ExitStack() as stack:
        for number in range(80):
            visitor = stack.enter_context(socket.create_connection(("127.0.0.1", shared_server.port)))
            visitor.sendall(HEAD + b"12345" if number % 2 else HEAD[:-4])
        time.sleep(0.3)
        yield shared_server


@pytest.mark.promise(12, "eighty half requests hold no thread", times=80)
def test_slow_visitors_hold_no_thread(half_sent: Server) -> None:
    begun = time.monotonic()
    assert Browser(half_sent.address("door")).get("/health").status == 200
    assert time.monotonic() - begun < 2


def test_an_answer_to_a_body_that_is_too_long_can_be_read(shared_server: Server) -> None:
    body = b"text=" + b"x" * (LIMITS.body_bytes + 1_000_000)
    assert Browser(shared_server.address("door")).post("/ru/nowhere/", body).status == 404


def _whole_answer(visitor: socket.socket) -> bytes:
    """One answer of the health address to its last byte, however many pieces it comes in."""
    answer = b""
    while not answer.endswith(b"ok\n"):
        piece = visitor.recv(65536)
        assert piece, answer
        answer += piece
    return answer


def test_a_kept_connection_answers_again_and_again(shared_server: Server) -> None:
    with socket.create_connection(("127.0.0.1", shared_server.port), timeout=5) as visitor:
        for _ in range(3):
            visitor.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert _whole_answer(visitor).startswith(b"HTTP/1.1 200")
            # Half of the next request, and its other half later: the connection waits without a thread.
            visitor.sendall(b"GET /hea")
            time.sleep(0.1)
            visitor.sendall(b"lth HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert _whole_answer(visitor).startswith(b"HTTP/1.1 200")


def test_what_cannot_be_read_gets_one_fixed_answer_and_no_line_in_the_log(shared_server: Server) -> None:
    before = shared_server.log
    answers = set()
    for garbage in (
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"G@T / HTTP/1.1\r\nHost\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", shared_server.port), timeout=5) as visitor:
            visitor.sendall(garbage)
            answers.add(visitor.recv(65536))
    assert answers == {refusal(400)}
    assert shared_server.log == before


@pytest.mark.promise(7, "a worker is replaced between a visitor's connection and their request", times=8)
def test_a_visitor_who_came_a_moment_before_a_replacement_is_answered(served: Server) -> None:
    """Broken on purpose to see it fail: `murder_pending` that closed whoever had sent nothing yet (an empty answer)."""
    with contextlib.ExitStack() as stack:
        visitors = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in range(8)]
        time.sleep(0.1)
        for pid in workers_of(served, "door"):
            os.kill(pid, signal.SIGTERM)
        time.sleep(0.2)
        for visitor in visitors:
            visitor.settimeout(5)
            visitor.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert all(visitor.recv(65536).startswith(b"HTTP/1.1 200") for visitor in visitors)


def test_those_who_stay_are_shared_out_again_after_a_replacement(served: Server) -> None:
    """A browser keeps its connection: without this all would stay with the worker that was there, for good.

    Broken on purpose to see it fail: `handle` that never asks anybody to come again (twelve with one, none with the
    other).
    """
    visitors = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=5) for _ in range(12)]
    try:
        _let_all_ask(visitors)
        replaced = workers_of(served, "door")[0]
        os.kill(replaced, signal.SIGTERM)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            _let_all_ask(visitors)
            now = workers_of(served, "door")
            counts = [_connections_of(pid) for pid in now]
            if replaced not in now and len(now) == 2 and sum(counts) == 12 and min(counts) >= 4:
                return
        raise AssertionError(counts)
    finally:
        for visitor in visitors:
            visitor.close()


def _let_all_ask(visitors: list[http.client.HTTPConnection]) -> None:
    for visitor in visitors:
        try:
            visitor.request("GET", "/health")
            assert visitor.getresponse().read() == b"ok\n"
        except (ConnectionError, http.client.RemoteDisconnected):
            # Their worker ended between two questions.
            visitor.close()
    time.sleep(0.05)


def _connections_of(pid: int) -> int:
    """How many visitors' connections a process holds open."""
    held = [str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink()]
    established = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    inodes = {row.split()[9] for row in established if row.split()[3] == "01"}
    return sum(name.removeprefix("socket:[").removesuffix("]") in inodes for name in held)


def workers_of(server: Server, role: str) -> list[int]:
    """The workers of a role's process, by the command line of their parent."""
    for pid in server.pids():
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if role.encode() in words and len(descendants(pid)) > 0 and pid != server.process.pid:
            return descendants(pid)
    raise AssertionError(f"no process of the role {role}")

"""`serve` is stopped while people are in the middle of something, and started again on the same ports.

Broken on purpose to see it fail: workers without `_take_the_last`, which closed their port over a few of those who had
just come; SIGQUIT in place of SIGTERM to the roles; ports that nobody looks at before the roles start.
"""

import contextlib
import re
import socket
import subprocess
import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from attacks.browser import FORM, PLAIN, Browser, desk_of, enter_mailbox
from attacks.test_floods import letter, post_of, wrong_words
from leeside.door.words_block import RECEIPT_FIELD, write_hidden
from leeside.sealing.receipts import make_receipt
from plugins.lines import FoundedLine, ServedLine
from plugins.servers import COMMAND, ROLES, Server, descendants, environment, free_ports, start_server

pytestmark = pytest.mark.slow

AT_ONCE = 12
ROUNDS = 3
STOPPED_WITHIN_SECONDS = 15.0


def send_whole(stack: contextlib.ExitStack, server: Server, role: str, request: bytes) -> socket.socket:
    """Send a whole request and read nothing yet."""
    port = server.port + ROLES.index(role)
    visitor = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
    visitor.sendall(request)
    return visitor


def status_of(visitor: socket.socket) -> int:
    """Read the answer to its end; 0 when there is none."""
    answer = b""
    with contextlib.suppress(OSError):
        while part := visitor.recv(1 << 16):
            answer += part
            head, end, body = answer.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if end and length and len(body) >= int(length[1]):
                return int(head[9:12])
    return 0


@pytest.mark.promise(7, "the server is stopped while requests are under way", times=ROUNDS * 3 * AT_ONCE)
def test_whatever_was_sent_before_a_stop_is_answered(line: ServedLine) -> None:
    wren = desk_of(line.address("desk"), line.people["Wren"])
    port = line.server.port
    for _ in range(ROUNDS):
        # Every role answers once one of its workers has begun; the others need a moment more.
        time.sleep(1)
        cookie = "; ".join(f"{name}={value}" for name, value in wren.cookies.items())
        queue = f"GET /en/queue/ HTTP/1.1\r\nHost: localhost:{port + 2}\r\nCookie: {cookie}\r\n\r\n".encode()
        with contextlib.ExitStack() as stack:
            visitors = [
                send_whole(stack, line.server, role, request)
                for _ in range(AT_ONCE)
                for role, request in (
                    ("door", post_of(line, "door", FORM, letter())),
                    ("mailbox", post_of(line, "mailbox", FORM, wrong_words())),
                    ("desk", queue),
                )
            ]
            begun = time.monotonic()
            assert line.server.stop() == 0
            assert time.monotonic() - begun < STOPPED_WITHIN_SECONDS
            statuses = [status_of(visitor) for visitor in visitors]
        assert statuses == [200, 403, 200] * AT_ONCE
        for place in range(len(ROLES)):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port + place), timeout=1)
        # One line each that a role is ready, and none about anybody's request.
        assert not [one for one in line.server.log.splitlines() if " ready in " not in one]
        line.server = start_server(line.directory, ["--no-tick", "--port", str(port)])
        line.server.port = port
        line.server.wait_until_ready()


@pytest.mark.promise(7, "a letter acknowledged in the last moment before a stop", times=AT_ONCE)
def test_what_was_acknowledged_before_a_stop_opens_after_it(line: ServedLine) -> None:
    receipts = [make_receipt() for _ in range(AT_ONCE)]
    with contextlib.ExitStack() as stack:
        visitors = []
        for number, receipt in enumerate(receipts):
            fields = {**PLAIN, "text": f"Last moment {number}.", RECEIPT_FIELD: write_hidden(receipt)}
            body = urlencode(fields, doseq=True).encode()
            visitors.append(send_whole(stack, line.server, "door", post_of(line, "door", FORM, body)))
        line.stop()
        assert [status_of(visitor) for visitor in visitors] == [200] * AT_ONCE
    line.start_again()
    for number, receipt in enumerate(receipts):
        page = enter_mailbox(Browser(line.address("mailbox")), " ".join(receipt.words("ru")))
        assert f"Last moment {number}." in page.text


@pytest.mark.parametrize("role", ROLES)
def test_a_port_that_is_taken_is_told_in_one_line_and_nothing_starts(
    role: str, founded_line: FoundedLine, needs: Callable[..., None]
) -> None:
    needs("proc")
    port = free_ports()
    with socket.create_server(("127.0.0.1", port + ROLES.index(role))):
        process = subprocess.Popen(
            [*COMMAND, "serve", "--dir", str(founded_line.directory), "--port", str(port)],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        out, err = process.communicate(timeout=60)
    assert process.returncode not in {0, None} and not descendants(process.pid)
    told = f"port {port + ROLES.index(role)} on 127.0.0.1, for the {role}, is already in use; choose another --port"
    assert (out, err.strip().splitlines()) == ("", [f"leeside serve: {told}"])

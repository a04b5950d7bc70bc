"""A file on its way in or out: a piece in memory, nothing on the disk, and no thread for whoever has no right to one.

Broken on purpose to see each fail: `is_upload` that is true for every address (the door's threads wait); `_take_place`
that takes none (seventh upload); `file_views.send` that reads before it asks for the session; `_Exchange` that keeps
all of an answer (memory).
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from attacks.browser import FORM, HOT, Browser, desk_of, enter_mailbox, send, slugs_on
from attacks.filed import BOUNDARY, look_at_all, part, send_from_mailbox
from leeside.project.serving.arriving import LIMITS, is_upload
from plugins.lines import ServedLine
from plugins.servers import ROLES, descendants

FILE = 24_000_000
ROOM = 12_000_000
"""How much more memory a worker may take while such a file passes through it."""


def writer_of(line: ServedLine) -> Browser:
    """Somebody whose words have opened their mailbox."""
    writer = Browser(line.address("mailbox"))
    enter_mailbox(writer, send(Browser(line.address("door")), HOT, text="a letter").words)
    return writer


def workers(line: ServedLine, role: str) -> list[int]:
    """The processes that answer for a role."""
    named = []
    for pid in descendants(line.server.process.pid):
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if role.encode() in words and any(b"role" in word for word in words):
                named.append(pid)
    return named[1:]


def memory(pids: list[int]) -> dict[int, int]:
    """The highest share of memory that each process ever had, in bytes; counted anew from here on by `reset`."""
    found = {}
    for pid in pids:
        with suppress(OSError, IndexError):
            text = Path(f"/proc/{pid}/status").read_text()
            found[pid] = int(text.partition("VmHWM:")[2].split()[0]) * 1024
    return found


def reset(pids: list[int]) -> dict[int, int]:
    for pid in pids:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")
    return memory(pids)


class Watched:
    """Whether any process of the server has a file open that was not there before: also one without a name."""

    def __init__(self, line: ServedLine, folder: Path) -> None:
        self.line, self.folder = line, folder
        self.seen: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.02):
            self.seen |= {str(path) for path in self.folder.rglob("*")}
            for pid in descendants(self.line.server.process.pid):
                with suppress(OSError):
                    for number in os.listdir(f"/proc/{pid}/fd"):  # noqa: PTH208 -- names only, many times a second
                        with suppress(OSError):
                            self.seen.add(os.readlink(f"/proc/{pid}/fd/{number}"))  # noqa: PTH115


@pytest.fixture
def watched_line(serve_line: Callable[..., ServedLine], tmp_path: Path) -> Iterator[tuple[ServedLine, Path]]:
    passing = tmp_path / "passing"
    passing.mkdir()
    one = {f"LEESIDE_{role}_WORKERS": "1" for role in ("MAILBOX", "DESK")}
    yield serve_line("--idle-seconds", "600", TMPDIR=str(passing), **one), passing


@pytest.mark.slow
@pytest.mark.promise(1, "files of 24 MB sent and handed out, and every file that the server opens meanwhile")
def test_a_large_file_takes_a_piece_of_memory_and_no_file(
    watched_line: tuple[ServedLine, Path], needs: Callable[..., None]
) -> None:
    needs("proc")
    line, passing = watched_line
    writer = writer_of(line)
    willow = desk_of(line.address("desk"), line.people["Heron"])
    (slug,) = slugs_on(willow.get("/en/queue/?tab=all"))
    content = secrets.token_bytes(FILE)
    # The first one loads what there is to load, and fills the databases' own caches with sealed pages.
    assert send_from_mailbox(writer, {"first.bin": secrets.token_bytes(FILE)}).status == 303
    look_at_all(willow, slug)
    pids = [*workers(line, "mailbox"), *workers(line, "desk")]
    before = reset(pids)
    with Watched(line, passing) as watched:
        assert send_from_mailbox(writer, {"large.bin": content}).status == 303
        came = look_at_all(willow, slug)
    assert content in came
    after = memory(pids)
    grown = {pid: after[pid] - before[pid] for pid in after}
    assert len(grown) >= 2 and max(grown.values()) < ROOM, grown
    strange = {path for path in watched.seen if "(deleted)" in path and "/run/" not in path}
    assert not strange and not list(passing.iterdir())
    ours = {path for path in watched.seen if path.startswith(str(line.directory)) and "/run/" not in path}
    assert all(".sqlite3" in path or "server.log" in path for path in ours), ours


def begin_upload(line: ServedLine, role: str, path: str, cookie: str, length: int = 20_000_000) -> socket.socket:
    """A visitor who sends the head of an upload and a little more."""
    base = line.address(role)
    headers = {
        "Host": base.removeprefix("http://"),
        "Origin": base,
        "Sec-Fetch-Site": "same-origin",
        "Cookie": cookie,
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(length),
    }
    head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    visitor = socket.create_connection(("127.0.0.1", line.server.port + ROLES.index(role)), timeout=20)
    visitor.sendall(head.encode() + part("token", b"x" * 10)[:40])
    return visitor


@pytest.mark.promise(12, "uploads without a session", times=30)
def test_whoever_has_no_session_is_answered_before_a_byte_is_waited_for(shared_line: ServedLine) -> None:
    begun = time.monotonic()
    with ExitStack() as stack:
        visitors = [
            stack.enter_context(begin_upload(shared_line, role, path, "none=1"))
            for role, path in (("mailbox", FORM + "send-file"), ("desk", "/en/case/quiet-maple/send-file"))
            for _ in range(15)
        ]
        for visitor in visitors:
            assert visitor.recv(4096).startswith(b"HTTP/1.1 200")
    assert time.monotonic() - begun < 8


@pytest.mark.promise(12, "uploads that stand still, by somebody with a session", times=12)
def test_uploads_that_stand_still_leave_threads_to_others(shared_line: ServedLine) -> None:
    writer = writer_of(shared_line)
    cookie = "; ".join(f"{name}={value}" for name, value in writer.cookies.items())
    with ExitStack() as stack:
        for _ in range(12):
            stack.enter_context(begin_upload(shared_line, "mailbox", FORM + "send-file", cookie))
        time.sleep(0.5)
        begun = time.monotonic()
        for _ in range(10):
            assert writer.get(FORM + "conversation").status == 200
        assert time.monotonic() - begun < 5


def test_too_large_is_answered_with_a_sentence_that_arrives(shared_line: ServedLine) -> None:
    writer = writer_of(shared_line)
    page = writer.get(FORM + "conversation")
    body = part("token", page.field("token").encode()) + part("file", bytes(LIMITS.upload_bytes), "large.bin")
    body += f"--{BOUNDARY}--\r\n".encode()
    kind = ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    answer = writer.request("POST", FORM + "send-file", body, [kind, *writer.own_headers()[1:]])
    assert answer.status == 422 and "25 МБ" in answer.text


def test_an_upload_that_breaks_off_leaves_nothing(shared_line: ServedLine) -> None:
    writer = writer_of(shared_line)
    cookie = "; ".join(f"{name}={value}" for name, value in writer.cookies.items())
    token = writer.get(FORM + "conversation").field("token")
    with begin_upload(shared_line, "mailbox", FORM + "send-file", cookie) as visitor:
        visitor.sendall(part("token", token.encode())[40:] + part("file", bytes(5_000_000), "a.bin"))
        time.sleep(0.5)
    time.sleep(0.5)
    assert "Отправлено" not in writer.get(FORM + "conversation").text
    assert send_from_mailbox(writer, {"a.bin": bytes(5_000_000)}).status == 303


@pytest.mark.parametrize(
    ("line_of_request", "is_one"),
    [
        (b"POST /ru/help/send-file HTTP/1.1\r\n", True),
        (b"POST /en/case/quiet-maple/send-file HTTP/1.1\r\n", True),
        (b"GET /ru/help/send-file HTTP/1.1\r\n", False),
        (b"POST /ru/help/reply HTTP/1.1\r\n", False),
        (b"POST /ru/help/ HTTP/1.1\r\nX: POST /ru/help/send-file HTTP/1.1\r\n", False),
        (b"POST /ru/help/x/send-file HTTP/1.1\r\n", False),
        (b"POST /ru/help/send-file?x HTTP/1.1\r\n", False),
    ],
)
def test_only_the_addresses_of_files_take_long_bodies(line_of_request: bytes, is_one: bool) -> None:
    assert is_upload(line_of_request + b"Host: x\r\n\r\n") is is_one

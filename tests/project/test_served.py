"""An installation as `serve` runs it: all four roles, static files, replaced workers, nothing logged."""

import http.client
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plugins.lines import ServedLine
from plugins.servers import ROLES, Server, descendants, environment, run_command, start_server

pytestmark = pytest.mark.slow


def ask(server: Server, role: str, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port + ROLES.index(role), timeout=10)
    connection.request("GET", path, headers={"Host": "localhost", **headers})
    return connection.getresponse()


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_well_and_says_so_to_a_proxy(shared_server: Server, role: str) -> None:
    answer = ask(shared_server, role, "/health")
    assert answer.status == 200
    assert "no-store" in (answer.getheader("Cache-Control") or "")
    assert answer.getheader("Set-Cookie") is None
    assert answer.getheader("Server") is None, "an answer says which program made it"


def test_a_role_answers_to_its_own_names_only(shared_server: Server) -> None:
    assert ask(shared_server, "desk", "/en/", Host="desk.example.org").status == 400


def test_static_files_are_kept_by_browsers_under_the_names_of_their_hashes(shared_server: Server) -> None:
    page = ask(shared_server, "desk", "/en/").read().decode()
    (address, *_) = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert re.search(r"\.[0-9a-f]{12}\.css$", address)
    answer = ask(shared_server, "desk", address, **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert "immutable" in (answer.getheader("Cache-Control") or "")
    assert answer.getheader("Content-Encoding") == "gzip"


def test_a_mailbox_is_never_compressed_and_a_page_of_the_desk_is_whole_steps_on_the_wire(shared_server: Server) -> None:
    answer = ask(shared_server, "mailbox", "/en/", **{"Accept-Encoding": "gzip, br"})
    assert answer.getheader("Content-Encoding") is None
    answer = ask(shared_server, "desk", "/en/", **{"Accept-Encoding": "gzip, br"})
    assert len(answer.read()) % 8192 == 0


@pytest.mark.promise(6, "a visit's address, words or browser in a log or file of the server", times=8)
def test_a_visit_leaves_nothing_in_logs_or_files(served: Server) -> None:
    canaries = {
        "User-Agent": "canary-browser/1",
        "Referer": "http://localhost/canary-page",
        "X-Forwarded-For": "192.0.2.77",
    }
    for role in ROLES:
        for path in ("/en/canary-path/", "/en/?canary=word"):
            ask(served, role, path, **canaries).read()
    assert served.stop() == 0
    files = [path for path in served.directory.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files) + served.log.encode()
    assert len(files) > 5
    assert not re.findall(rb"canary|192\.0\.2\.77", content)
    assert b"127.0.0.1" not in served.log.encode()


@pytest.mark.parametrize("role", ["mailbox", "desk"])
@pytest.mark.promise(11, "a worker that unseals lives on after two hundred requests", times=1_000)
def test_what_unseals_is_replaced_after_two_hundred_requests(shared_server: Server, role: str) -> None:
    """A thousand requests need five workers, however unevenly they are shared out."""
    seen = workers_of(shared_server, role)
    for number in range(1_000):
        assert ask(shared_server, role, "/health").status == 200
        if number % 25 == 0:
            seen |= workers_of(shared_server, role)
    assert len(seen) >= 5


def test_refusals_of_words_count_a_tenth(line: ServedLine) -> None:
    """Else a flood of wrong words would keep the mailbox busy with replacing its workers."""
    own = {"Origin": line.address("mailbox"), "Sec-Fetch-Site": "same-origin"}
    form = {"Host": "localhost", "Content-Type": "application/x-www-form-urlencoded", **own}
    before = workers_of(line.server, "mailbox")
    for _ in range(500):
        connection = http.client.HTTPConnection("127.0.0.1", line.server.port + ROLES.index("mailbox"), timeout=10)
        connection.request("POST", "/en/help/", body="words=abandon+ability", headers=form)
        assert connection.getresponse().status == 400
        connection.close()
    time.sleep(1)
    assert before == workers_of(line.server, "mailbox")


@pytest.mark.promise(11, "a worker stands idle with what it served", times=1)
def test_what_served_and_stands_idle_is_replaced(new_installation: Path) -> None:
    server = start_server(new_installation, ["--idle-seconds", "2"])
    try:
        server.wait_until_ready()
        before = workers_of(server, "mailbox")
        for _ in range(20):
            ask(server, "mailbox", "/health").read()
        deadline = time.monotonic() + 20
        while before & workers_of(server, "mailbox") and time.monotonic() < deadline:
            time.sleep(0.2)
        assert len(before & workers_of(server, "mailbox")) < len(before)
    finally:
        server.stop()


@pytest.mark.promise(1, "the memory of a role is read by its own user", times=2)
def test_a_role_forbids_reading_its_memory_and_so_do_its_workers() -> None:
    question = """
import ctypes, os
from leeside.project.serving.hardening import forbid_dumps, forbid_reading
forbid_dumps(); forbid_reading()
library = ctypes.CDLL(None)
print(library.prctl(3, 0, 0, 0, 0), flush=True)
if os.fork() == 0:
    print(library.prctl(3, 0, 0, 0, 0), flush=True)
    os._exit(0)
os.wait()
"""
    done = subprocess.run(
        [sys.executable, "-c", question], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "0"]


def test_an_installation_is_served_again_after_a_kill(new_installation: Path) -> None:
    for _ in range(2):
        server = start_server(new_installation)
        server.wait_until_ready()
        server.kill()
    assert run_command("verify", directory=new_installation).returncode == 0


def workers_of(server: Server, role: str) -> set[int]:
    """The worker processes of a role: the children of its parent process."""
    for parent in descendants(server.process.pid):
        words = Path(f"/proc/{parent}/cmdline").read_bytes().split(b"\0")
        if role.encode() in words and Path(f"/proc/{parent}/stat").read_text().split()[3] == str(server.process.pid):
            return set(descendants(parent))
    return set()

"""The supervisor and its roles, as real processes over four small applications."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from leeside.project.errors import InstallationError
from leeside.project.serving.forgetting import Activity
from leeside.project.serving.ports import require_free_port
from leeside.project.serving.sharing import Shares
from plugins.servers import Server, descendants, environment, free_ports, start_server

SMALL = [sys.executable, "-P", "-m", "plugins.small_server"]


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 -- localhost
        return str(answer.read().decode())


def wait_for(condition: "object", seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Server]:
    directory = tmp_path / "small"
    directory.mkdir()
    server = start_server(directory, ["--idle-seconds", "2"], command=SMALL)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


def test_each_role_runs_in_processes_of_its_own(small: Server) -> None:
    answers = {role: read(small.address(role) + "/process") for role in ("door", "mailbox", "desk", "public")}
    assert len(set(answers.values())) == 4
    assert {int(pid) for pid in answers.values()} <= set(small.pids())


@pytest.mark.slow
def test_a_worker_that_served_and_stood_idle_is_replaced(small: Server) -> None:
    first = read(small.address("mailbox") + "/process")
    wait_for(lambda: not Path(f"/proc/{first}").exists())
    assert read(small.address("mailbox") + "/process") != first


@pytest.mark.slow
def test_a_fresh_worker_may_wait_for_ever(small: Server) -> None:
    before = small.pids()
    time.sleep(4)
    assert len(set(before) & set(small.pids())) >= len(before) - 4  # those that answered the health question may go


@pytest.mark.slow
def test_a_request_under_way_is_finished_when_the_server_stops(small: Server) -> None:
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(read, small.address("desk") + "/slow")
        time.sleep(0.4)
        assert small.stop() == 0
        assert answer.result() == "slow"


def test_no_process_is_left_when_the_server_stops(small: Server) -> None:
    pids = small.pids()
    assert len(pids) >= 1 + 4 + 4
    assert small.stop() == 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.mark.slow
def test_no_process_is_left_when_the_supervisor_is_killed(small: Server) -> None:
    pids = small.pids()
    small.process.kill()
    small.process.wait()
    wait_for(lambda: not [pid for pid in pids if is_running(pid)])


@pytest.mark.slow
def test_a_role_whose_supervisor_was_killed_while_it_started_ends_at_once(new_installation: Path) -> None:
    """It would keep its port, and no later `serve` could start.

    Broken on purpose to see it fail: `end_with_parent` that takes whoever is its parent by then for its supervisor.
    """
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    command = [sys.executable, "-P", "-m", "leeside.project.serving.role", "door", "--bind", "127.0.0.1"]
    command += ["--port", str(free_ports()), "--supervisor", str(gone.pid)]
    environ = environment(new_installation, DJANGO_SETTINGS_MODULE="leeside.project.settings.door")
    assert subprocess.run(command, env=environ, check=False, timeout=30).returncode == 1


@pytest.mark.slow
def test_a_role_that_dies_is_started_again(small: Server) -> None:
    desk = next(pid for pid in descendants(small.process.pid) if b"desk" in command_line(pid))
    os.kill(desk, signal.SIGKILL)
    wait_for(lambda: "desk     ended by itself" in small.log)
    wait_for(lambda: answers(small.address("desk") + "/health"))
    assert answers(small.address("door") + "/health")


def test_no_log_line_quotes_what_was_asked_or_what_broke(small: Server) -> None:
    with pytest.raises(urllib.error.HTTPError):
        read(small.address("door") + "/break?word=canary-in-a-query")
    with pytest.raises(urllib.error.HTTPError):
        read(small.address("door") + "/canary-in-a-path")
    small.stop()
    assert "canary" not in small.log
    assert "127.0.0.1" not in small.log


def test_no_process_of_a_server_may_dump_its_memory(small: Server) -> None:
    for pid in small.pids()[1:]:
        limits = Path(f"/proc/{pid}/limits").read_text()
        line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert line.split()[4:6] == ["0", "0"]


def test_a_port_that_is_taken_is_refused_by_its_number_and_role(small: Server) -> None:
    with pytest.raises(InstallationError, match=f"port {small.port} on 127.0.0.1, for the door, is already in use"):
        require_free_port("127.0.0.1", small.port, "door")


def test_a_role_that_never_becomes_well_ends_the_start(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    server = start_server(tmp_path / "broken", command=SMALL, LEESIDE_PROT="1")
    assert server.process.wait(60) != 0
    assert "LEESIDE_PROT: there is no setting of this name" in server.log
    assert "did not start" in server.log


class TestActivity:
    """fresh -> busy -> idle -> due, and every wrong order."""

    def make(self) -> tuple[Activity, list[float]]:
        now = [0.0]
        return Activity(clock=lambda: now[0]), now

    def test_fresh_is_never_due(self) -> None:
        activity, now = self.make()
        now[0] = 1e9
        assert not activity.is_due(60)

    def test_busy_is_never_due(self) -> None:
        activity, now = self.make()
        activity.begin()
        activity.begin()
        activity.end()
        now[0] = 1e9
        assert not activity.is_due(60)

    def test_idle_is_due_after_its_time_and_not_before(self) -> None:
        activity, now = self.make()
        activity.begin()
        activity.end()
        now[0] = 59.9
        assert not activity.is_due(60)
        now[0] = 60.0
        assert activity.is_due(60)

    def test_of_requests_that_opened_nothing_every_tenth_counts(self) -> None:
        activity, _ = self.make()
        taken_back = []
        for _ in range(30):
            activity.begin()
            taken_back.append(activity.end(opened_nothing=True))
        assert taken_back == ([True] * 9 + [False]) * 3
        activity.begin()
        assert not activity.end()


class TestShares:
    def test_alone_a_worker_has_no_share_to_exceed(self) -> None:
        shares = Shares()
        shares.tell(1, 400)
        assert not shares.is_beyond_share(1)

    @pytest.mark.parametrize(
        ("own", "other", "beyond"), [(0, 0, False), (2, 0, False), (3, 0, True), (7, 9, False), (13, 3, True)]
    )
    def test_whoever_has_more_than_another_lets_it_take_the_next(self, own: int, other: int, beyond: bool) -> None:
        shares = Shares()
        shares.tell(1, own)
        shares.tell(2, other)
        assert shares.is_beyond_share(1) is beyond
        assert not shares.is_beyond_share(2) or other > own

    def test_a_worker_that_is_gone_is_not_waited_for(self) -> None:
        shares = Shares()
        shares.tell(1, 50)
        shares.tell(2, 0)
        shares.leave(2)
        assert not shares.is_beyond_share(1)


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def is_running(pid: int) -> bool:
    """Living, and not only waiting to be read by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def answers(address: str) -> bool:
    try:
        return bool(read(address))
    except OSError:
        return False

"""Real servers for tests: an installation made by `init`, served by `serve`, on ports of its own.

`start_server(directory)` is what journeys, kills and memory searches use; its processes stay readable for the test.
"""

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-P", "-m", "leeside.project.cli"]
ROLES = ("door", "mailbox", "desk", "public")


def environment(directory: Path | None = None, **more: str) -> dict[str, str]:
    """The environment of a child process: our source, nothing of this test process's installation."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LEESIDE_", "DJANGO_"))}
    clean |= {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}", "PYTHONSAFEPATH": "1", **more}
    return clean | ({"LEESIDE_DIR": str(directory)} if directory else {})


def run_command(*words: str, directory: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one `leeside` command to its end; never raises for its exit code."""
    where = ["--dir", str(directory)] if directory else []
    command = [*COMMAND, *words, *where]
    return subprocess.run(command, env=environment(**more), capture_output=True, text=True, check=False, timeout=120)


_PORTS_OF_A_WORKER = 2_000
_handed_out = itertools.count(os.getpid() * 4, 4)


def free_ports() -> int:
    """The first of four neighbouring free ports.

    Each process of a test run has a range of its own, below the ports from which the system takes those of callers:
    between this look and the server's start nobody else may take them.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw9").removeprefix("gw")) % 10
    for handed in itertools.islice(_handed_out, _PORTS_OF_A_WORKER // 4):
        first = 10_000 + worker * _PORTS_OF_A_WORKER + handed % _PORTS_OF_A_WORKER
        with contextlib.ExitStack() as stack:
            try:
                for port in range(first, first + 4):
                    probe = stack.enter_context(contextlib.closing(socket.socket()))
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return first
    raise RuntimeError("no four free ports")


@dataclass
class Server:
    """A served installation. `log` is all that it printed."""

    directory: Path
    process: subprocess.Popen[bytes]
    port: int
    log_path: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def address(self, role: str) -> str:
        """The base address of a role."""
        return f"http://localhost:{self.port + ROLES.index(role)}"

    @property
    def log(self) -> str:
        """What the server and all its processes printed so far."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def pids(self) -> list[int]:
        """Every living process of this server, the supervisor first."""
        return [self.process.pid, *descendants(self.process.pid)]

    def wait_until_ready(self, seconds: float = 60) -> None:
        """Wait until all four roles answer."""
        deadline = time.monotonic() + seconds
        while self.log.count("ready in") < len(ROLES):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log}")
            time.sleep(0.05)

    def stop(self) -> int:
        """Stop it gracefully; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def kill(self) -> None:
        """SIGKILL to every process at once, as a power cut would end them."""
        for pid in reversed(self.pids()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)


def descendants(pid: int) -> list[int]:
    """Every process below `pid`, by what /proc says."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(path.parent.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def start_server(
    directory: Path, words: Sequence[str] = (), *, command: Sequence[str] | None = None, **more: str
) -> Server:
    """Serve `directory` on free ports; returns at once (`wait_until_ready` waits)."""
    port = free_ports()
    log_path = directory.parent / f"{directory.name}-server.log"
    whole = list(command or [*COMMAND, "serve", "--readable-memory"])
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [*whole, "--dir", str(directory), "--port", str(port), *words],
            env=environment(**more),
            stdout=log,
            stderr=log,
        )
    return Server(directory, process, port, log_path)


@pytest.fixture(scope="session")
def installation_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One installation made by `leeside init`, never used itself."""
    directory = tmp_path_factory.mktemp("made") / "an installation"
    done = run_command("init", directory=directory)
    assert done.returncode == 0, done.stderr
    return directory


@pytest.fixture
def new_installation(installation_to_copy: Path, tmp_path: Path) -> Path:
    """A fresh installation as `leeside init` makes it, without any line. (SQLite, whatever --database says.)"""
    directory = tmp_path / "an installation"
    shutil.copytree(installation_to_copy, directory)
    return directory


@pytest.fixture(scope="module")
def shared_server(installation_to_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A fresh installation, served for all tests of one file: for those that leave it as they found it."""
    directory = tmp_path_factory.mktemp("shared") / "installation"
    shutil.copytree(installation_to_copy, directory)
    server = start_server(directory)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


@pytest.fixture
def served(new_installation: Path) -> Iterator[Server]:
    """The fresh installation, served by real processes of all four roles."""
    server = start_server(new_installation)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()

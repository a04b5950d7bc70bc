"""A passing installation for measurements: made in a temporary folder, served by the real `serve`, then thrown away."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leeside.project.errors import ProjectError
from leeside.project.serving.ports import is_healthy
from leeside.project.testing import postgresql

SLUG = "measured"
ADDRESS = "write"
_ROLES = 4
_START_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """An installation that is being served: its folder, the door's port, the line's id."""

    folder: Path
    port: int
    line_id: bytes
    made: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """All that the program that made the installation had to tell."""

    @property
    def door(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    @property
    def mailbox(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port + 1)

    @property
    def desk(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port + 2)


@contextmanager
def served_installation(
    kind: str, program: str = "founding", words: Sequence[str] = (), ticks: bool = True
) -> Iterator[Served]:
    """Make an installation with one open line on SQLite or PostgreSQL and serve it; yields when all roles are well.

    `program` is the module of this package that makes it, given `words`.
    """
    folder = Path(tempfile.mkdtemp(prefix="leeside-bench-"))
    cluster = postgresql.start_cluster() if kind == "postgresql" else None
    try:
        made = _make(folder / "installation", cluster, [program, *words])
        with _serving(folder / "installation", ticks=ticks) as port:
            yield Served(folder / "installation", port, bytes.fromhex(made["line_id"]), made)
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measured_by(program: str, words: Sequence[str] = ()) -> dict[str, Any]:
    """What a module of this package tells that makes an installation on SQLite and measures it itself."""
    folder = Path(tempfile.mkdtemp(prefix="leeside-bench-"))
    try:
        return _make(folder / "installation", None, [program, *words])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path, cluster: postgresql.Cluster | None, words: Sequence[str]) -> dict[str, Any]:
    """Fill the folder in a process of its own, so that this one never holds an installation's settings."""
    command = [sys.executable, "-P", "-m", f"leeside.project.bench.{words[0]}", *words[1:]]
    if cluster is not None:
        for name in ("data", "shred", "fleeting"):
            cluster.create_database(f"leeside_{name}")
        command += [str(cluster.folder), cluster.user]
    environment = {**os.environ, "LEESIDE_DIR": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProjectError(f"no installation could be made to measure: {done.stderr.strip()[-400:]}")
    made: dict[str, Any] = json.loads(done.stdout)
    return made


@contextmanager
def _serving(folder: Path, *, ticks: bool) -> Iterator[int]:
    port = _free_ports()
    command = [sys.executable, "-P", "-m", "leeside.project.cli", "serve", "--dir", str(folder), "--port", str(port)]
    command += [] if ticks else ["--no-tick"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + _START_SECONDS
        while not all(is_healthy("127.0.0.1", port + place) for place in range(_ROLES)):
            if process.poll() is not None or time.monotonic() > until:
                raise ProjectError("the server to be measured did not start")
            time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _free_ports() -> int:
    """Find four free ports in a row."""
    for first in range(18_000, 30_000, 10):
        if all(_is_free(first + place) for place in range(_ROLES)):
            return first
    raise ProjectError("no four free ports in a row")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0

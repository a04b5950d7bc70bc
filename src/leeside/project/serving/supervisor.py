"""Starts the four roles, says when each is ready, starts again what ends unasked, and stops all on a signal.

States of a role: starting -> ready -> (ended -> waiting -> starting ...) -> stopping -> stopped. A role that ends
before it was ever ready ends the whole start: something is wrong that a new try will not mend. A role that ends later
is started again after a growing pause (half a second, doubling up to half a minute; a minute of health resets it).
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from leeside.project.errors import InstallationError
from leeside.project.serving.ports import is_healthy
from leeside.project.serving.roles import RoleConfiguration

_START_SECONDS = 60.0
_STOP_SECONDS = 15.0
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_WELL_AFTER_SECONDS = 60.0
_FIRST_PERIODIC_SECONDS = 20.0


@dataclass
class SupervisedRole:
    """One role's process and what the supervisor remembers of it. Times are of the monotonic clock."""

    configuration: RoleConfiguration
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    pause: float = _FIRST_PAUSE_SECONDS
    was_ready: bool = False


@dataclass
class Supervisor:
    """Runs `roles` until SIGTERM or SIGINT; `say` prints one line for the operator."""

    roles: Sequence[RoleConfiguration]
    bind: str
    settings_package: str
    say: Callable[[str], None]
    readable: bool = False
    idle_seconds: int | None = None
    on_ready: Callable[[], None] = lambda: None
    # A command run every so often beside the roles, such as `tick`; never twice at a time.
    periodic: Sequence[str] = ()
    periodic_seconds: float = 600.0
    _periodic_process: subprocess.Popen[bytes] | None = None
    _periodic_at: float = 0.0
    _supervised: list[SupervisedRole] = field(default_factory=list)
    _stopping: bool = False

    def run(self) -> int:
        """Start, watch, and stop on a signal; returns the exit code."""
        self._supervised = [SupervisedRole(configuration) for configuration in self.roles]
        before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            for one in self._supervised:
                self._start(one)
            self._wait_until_ready()
            if not self._stopping:
                self.on_ready()
            self._periodic_at = time.monotonic() + _FIRST_PERIODIC_SECONDS
            while not self._stopping:
                self._look_after()
                self._run_periodic()
                time.sleep(0.2)
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return 0

    def stop(self) -> None:
        """Ask `run` to end, from another thread or a callback."""
        self._stopping = True

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, one: SupervisedRole) -> None:
        role = one.configuration
        command = [sys.executable, "-P", "-m", "leeside.project.serving.role", role.name]
        command += ["--port", str(role.port), "--bind", self.bind, "--supervisor", str(os.getpid())]
        if self.readable:
            command.append("--readable")
        if self.idle_seconds is not None:
            command += ["--idle-seconds", str(self.idle_seconds)]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": f"{self.settings_package}.{role.name}",
            # One heap a process: the interpreter lets one thread run at a time, and a heap for each grew and shrank.
            "MALLOC_ARENA_MAX": "1",
        }
        # A session of its own: Ctrl-C in a terminal reaches the supervisor only, which then stops all in order.
        one.process = subprocess.Popen(command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)
        one.started_at = time.monotonic()
        one.start_again_at = None

    def _wait_until_ready(self) -> None:
        waiting = list(self._supervised)
        deadline = time.monotonic() + _START_SECONDS
        while waiting and not self._stopping:
            for one in list(waiting):
                role = one.configuration
                if one.process is not None and one.process.poll() is not None:
                    raise InstallationError(f"the {role.name} did not start (see above)")
                if is_healthy(self.bind, role.port):
                    one.was_ready = True
                    waiting.remove(one)
                    self.say(f"{role.name:<8} on port {role.port}, ready in {time.monotonic() - one.started_at:.1f} s")
            if waiting and time.monotonic() > deadline:
                names = ", ".join(one.configuration.name for one in waiting)
                raise InstallationError(f"not well within {_START_SECONDS:.0f} seconds: {names}")
            time.sleep(0.05)

    def _look_after(self) -> None:
        now = time.monotonic()
        for one in self._supervised:
            if one.start_again_at is not None:
                if now >= one.start_again_at:
                    self._start(one)
            elif one.process is not None and one.process.poll() is not None:
                if now - one.started_at > _WELL_AFTER_SECONDS:
                    one.pause = _FIRST_PAUSE_SECONDS
                one.start_again_at = now + one.pause
                name, status = one.configuration.name, one.process.returncode
                self.say(f"{name:<8} ended by itself (status {status}); starting again in {one.pause:.1f} s")
                one.pause = min(one.pause * 2, _LONGEST_PAUSE_SECONDS)

    def _run_periodic(self) -> None:
        is_running = self._periodic_process is not None and self._periodic_process.poll() is None
        if not self.periodic or is_running or time.monotonic() < self._periodic_at:
            return
        self._periodic_process = subprocess.Popen(self.periodic, start_new_session=True, stdin=subprocess.DEVNULL)
        self._periodic_at = time.monotonic() + self.periodic_seconds

    def _stop_all(self) -> None:
        every = [*(one.process for one in self._supervised), self._periodic_process]
        running = [process for process in every if process is not None and process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # The whole session of the role: its workers are not left behind without a parent.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

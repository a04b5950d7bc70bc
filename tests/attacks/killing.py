"""Ends the processes of a served line by SIGKILL, at moments nobody chose."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from plugins.lines import ServedLine
from plugins.servers import descendants

_WEIGHTS = {"door": 5, "mailbox": 2, "desk": 2}


@dataclass
class Killer:
    """Kills and counts; the moments come from `chance`."""

    line: ServedLine
    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many processes were killed by a decision of their own."""
        return self.kills.total()

    def kill_workers(self, times: int, longest_seconds: float) -> None:
        """Kill so many workers of the roles that write, one at a time, with a random wait before each."""
        parents = {role: parent_of(self.line, role) for role in _WEIGHTS}
        until = self.total + times
        while self.total < until:
            time.sleep(self.chance.uniform(0, longest_seconds))
            (role,) = self.chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
            workers = descendants(parents[role])
            if workers and end(self.chance.choice(workers)):
                self.kills[f"worker of the {role}"] += 1

    def kill_parent(self, role: str) -> None:
        """Kill the process that makes a role's workers, and wait until the supervisor has started another."""
        parent = parent_of(self.line, role)
        assert end(parent)
        self.kills[f"parent of the {role}"] += 1
        _wait_for(lambda: parent_of(self.line, role, or_zero=True) not in {0, parent})

    def kill_supervisor(self) -> None:
        """Kill the supervisor alone, as an operator's slip or the kernel would, and serve again."""
        assert end(self.line.server.process.pid)
        self.line.server.process.wait(30)
        self.kills["supervisor"] += 1
        self.line.start_again()

    def cut_the_power(self) -> None:
        """Kill every process at once, and serve again."""
        self.line.server.kill()
        self.kills["all at once"] += 1
        self.line.start_again()


def end(pid: int) -> bool:
    """SIGKILL; False when it had gone by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def parent_of(line: ServedLine, role: str, *, or_zero: bool = False) -> int:
    """The process id of a role's own process, whose children are its workers."""
    for pid in _children_of(line.server.process.pid):
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if b"leeside.project.serving.role" in words and role.encode() in words:
                return pid
    assert or_zero, f"no process of the {role}"
    return 0


def _children_of(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _wait_for(condition: "object", seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)

"""Finds the living processes that serve an installation: supervisor, parents and workers of every role."""

import os
from pathlib import Path


def serving_processes(directory: Path) -> dict[int, str]:
    """Process ids and what each is (`desk`, `mailbox worker`, ...), by the folder in their environment.

    Linux only: elsewhere the answer is empty. A process of another user cannot be recognised without root.
    """
    wanted = f"LEESIDE_DIR={directory.absolute()}".encode()
    found: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            settings = (entry / "environ").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if pid == os.getpid() or wanted not in settings or b"leeside.project.serving.role" not in words:
            continue
        role = words[words.index(b"leeside.project.serving.role") + 1].decode("ascii", "replace")
        found[pid] = role if parent not in found and not _is_role(parent) else f"{role} worker"
    return found


def _is_role(pid: int) -> bool:
    try:
        return b"leeside.project.serving.role" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False

"""Checks of the machine and the folder: time, disk, permissions, swap, dumps, copies. They read no row."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leeside.project.configuration import CONFIGURATION_NAME, SECRET_NAME
from leeside.project.installation import FOLDERS, Installation
from leeside.project.upkeep.backups import list_backups, read_manifest
from leeside.project.upkeep.findings import Finding, bad, care, fine

_LOW_DISK_BYTES = 1_000_000_000
_NO_DISK_BYTES = 200_000_000
_BACKUP_AGE = timedelta(hours=26)
# Erased cases stay readable in an older copy of the shred keys for as long as it lies there: the design says 7 days.
_SHRED_COPY_AGE = timedelta(days=7)
_TICK_AGE = timedelta(hours=1)
_CLOCK_SLACK = timedelta(minutes=5)
_SHORTEST_SECRET = 40
LAST_TICK = "last-tick"


def check_machine(installation: Installation, now: datetime) -> Iterator[Finding]:
    """Every check that needs no database."""
    yield check_time(now)
    yield from check_clocks(installation, now)
    yield check_disk(installation.directory)
    yield check_permissions(installation.directory)
    yield check_secret(installation.directory)
    yield check_swap(Path("/proc/swaps"))
    yield check_dumps(Path("/proc/sys/kernel/core_pattern"))
    yield check_backup(installation, now)
    yield check_shred_copy(installation, now)
    yield check_tick(installation.directory, now)


def check_time(now: datetime) -> Finding:
    """One-time codes and deadlines need the right time; the machine says itself whether it is kept."""
    if now < datetime(2026, 1, 1, tzinfo=UTC):
        return bad("time", f"the machine's clock says {now:%Y-%m-%d}, which is before this version was made")
    if shutil.which("timedatectl") is None:
        return care("time", "cannot tell whether the clock is kept right: no timedatectl; see that NTP runs")
    asked = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        return care("time", "cannot tell whether the clock is kept right: timedatectl does not answer")
    if done.stdout.strip() != "yes":
        return care("time", "the clock is not synchronised; codes of sign-in fail when it is off by a minute")
    return fine("time", "the clock is synchronised")


def check_clocks(installation: Installation, now: datetime) -> Iterator[Finding]:
    """A machine whose clock went back, and a domain clock that was set off: people would see another day."""
    seen = [path.stat().st_mtime for path in (installation.directory / "run" / LAST_TICK,) if path.exists()]
    seen += [path.stat().st_mtime for path in installation.shred_backup_folder.glob("shred.*")]
    newest = datetime.fromtimestamp(max(seen), UTC) if seen else now
    if newest - now > _CLOCK_SLACK:
        yield bad(
            "time", f"the clock went back: it says {now:%Y-%m-%d %H:%M}, work was done at {newest:%Y-%m-%d %H:%M}"
        )
    configuration = installation.configuration
    if configuration.number("clock.offset_seconds") and not configuration.is_set("demo"):
        yield bad("clock", "people are shown another day than today: clock.offset_seconds is for demos only")


def check_disk(directory: Path) -> Finding:
    """A full disk turns people away at the door."""
    free = shutil.disk_usage(directory).free
    text = f"{free / 10**9:.1f} GB free"
    if free < _NO_DISK_BYTES:
        return bad("disk", text)
    return care("disk", text) if free < _LOW_DISK_BYTES else fine("disk", text)


def check_permissions(directory: Path) -> Finding:
    """Nobody but the owner may enter the folder or read its files."""
    paths = [
        directory,
        *(directory / name for name in FOLDERS),
        directory / SECRET_NAME,
        directory / CONFIGURATION_NAME,
    ]
    open_to_others = [path for path in paths if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if open_to_others:
        names = ", ".join(path.name for path in open_to_others)
        return bad("permissions", f"others may read {names}; chmod -R go= {directory}")
    foreign = [path.name for path in paths if path.exists() and path.stat().st_uid != os.geteuid()]
    if foreign:
        return care("permissions", f"belongs to another user than the one who asks: {', '.join(foreign)}")
    return fine("permissions", "only the owner may read")


def check_secret(directory: Path) -> Finding:
    """Django's own secret: without the file each process draws one of its own, and refuses what another has signed."""
    path = directory / SECRET_NAME
    how = f"stop the server, (umask 077; head -c 36 /dev/urandom | base64 > {path}), start it; it protects no case"
    if not path.exists():
        return bad("secret", f"{SECRET_NAME} is gone: forms of one process are refused by the next; {how}")
    if path.stat().st_size < _SHORTEST_SECRET:
        return bad("secret", f"{SECRET_NAME} is too short to be what `init` wrote; {how}")
    return fine("secret", f"{SECRET_NAME} is there")


def check_swap(swaps: Path) -> Finding:
    """What a process opens may be written to swap in clear; compressed memory is no disk."""
    if not swaps.exists():
        return care("swap", "cannot tell: this is not Linux")
    devices = [line.split()[0] for line in swaps.read_text(encoding="utf-8").splitlines()[1:]]
    on_disk = [device for device in devices if "zram" not in device and "/dm-" not in device]
    if on_disk:
        return care("swap", f"is on ({', '.join(on_disk)}); swapoff it, or encrypt it with a key made at each start")
    return fine("swap", "is off" if not devices else "only compressed memory or mapped devices")


def check_dumps(core_pattern: Path) -> Finding:
    """Our processes forbid core dumps themselves; a program that is fed dumps by the kernel is still worth knowing."""
    if not core_pattern.exists():
        return care("dumps", "cannot tell: this is not Linux")
    pattern = core_pattern.read_text(encoding="utf-8").strip()
    if pattern.startswith("|") and "apport" not in pattern and "systemd-coredump" not in pattern:
        return care("dumps", f"the kernel feeds dumps to {pattern[1:].split()[0]}; our processes make none")
    return fine("dumps", "our processes make none")


def check_backup(installation: Installation, now: datetime) -> Finding:
    """The newest copy of the data, and its age."""
    backups = list_backups(installation)
    if not backups:
        return care("backup", "there is none; run `backup` every night")
    made = datetime.fromisoformat(read_manifest(backups[-1]).made)
    text = f"the newest is {_age(now - made)} old"
    return care("backup", text) if now - made > _BACKUP_AGE else fine("backup", text)


def check_shred_copy(installation: Installation, now: datetime) -> Finding:
    """There must be one copy of the shred keys, young, and apart from the copies of the data."""
    folder = installation.shred_backup_folder
    copies = [path for path in folder.glob("shred.*") if path.is_file()]
    if not copies:
        return care("shred copy", "there is none: losing the disk would lose every case; run `backup`")
    if len(copies) > 1:
        return bad("shred copy", f"{folder} holds more than one: erased cases can be brought back from the older")
    if folder.resolve().is_relative_to(installation.backup_folder.resolve()):
        return bad("shred copy", "lies among the copies of the data; set backup.shred_folder to a place apart")
    age = now - datetime.fromtimestamp(copies[0].stat().st_mtime, UTC)
    if age > _SHRED_COPY_AGE:
        return bad("shred copy", f"is {_age(age)} old: what was erased since is not yet out of reach; run `backup`")
    return fine("shred copy", f"one, {_age(age)} old")


def check_tick(directory: Path, now: datetime) -> Finding:
    """Whether the work that falls due by time is being done."""
    path = directory / "run" / LAST_TICK
    if not path.exists():
        return care("tick", "has not run yet; `serve` runs it every ten minutes")
    age = now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return care("tick", f"ran {_age(age)} ago") if age > _TICK_AGE else fine("tick", f"ran {_age(age)} ago")


def _age(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    if hours < 1:
        return f"{max(0, round(hours * 60))} minutes"
    return f"{round(hours)} hours" if hours < 72 else f"{round(hours / 24)} days"

"""Copies a whole database, out and in: SQLite through its own backup call, PostgreSQL through its own
programs.

A copy is one file, consistent as of one moment, and may be taken while the server runs.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import IO

from leeside.project.configuration import Configuration
from leeside.project.errors import InstallationError
from leeside.project.installation import ALIASES
from leeside.project.progress import working


def copy_out(configuration: Configuration, name: str, target: Path) -> None:
    """Write a copy of the database `name` (`data`, `shred`, `fleeting`) to `target`, readable by its owner only."""
    target.touch(mode=0o600)
    if configuration.text("database.kind") == "sqlite":
        _copy_sqlite(_path_of(configuration, name), target)
    else:
        _run_postgresql(configuration, name, "pg_dump", "--format=custom", f"--file={target}")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def copy_in(configuration: Configuration, name: str, source: Path) -> None:
    """Replace the whole content of the database `name` by a copy, in one transaction. Never for `shred`."""
    if name == "shred":
        raise ValueError("nothing is ever copied back over the shred store")
    if configuration.text("database.kind") == "sqlite":
        _copy_sqlite(source, _path_of(configuration, name), keeps_log=True)
    else:
        _restore_postgresql(configuration, name, source)


def copied_name(configuration: Configuration, name: str) -> str:
    """The file name of a copy of the database `name`."""
    return f"{name}.sqlite3" if configuration.text("database.kind") == "sqlite" else f"{name}.dump"


def overwrite_and_remove(path: Path) -> None:
    """Write zeros over a file before it is removed. A disk's spare blocks stay out of reach (docs/limits.md)."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def require_room(folder: Path, wanted_bytes: int) -> None:
    """Raise unless the disk of `folder` has room for a copy and a tenth more."""
    free = shutil.disk_usage(folder).free
    if free < wanted_bytes * 1.1 + 1_000_000:
        raise InstallationError(
            f"{folder} has {free // 10**6} MB free, and the copy needs {wanted_bytes // 10**6 + 1} MB"
        )


def _path_of(configuration: Configuration, name: str) -> Path:
    return Path(str(configuration.databases()[ALIASES[name]]["NAME"]))


def _copy_sqlite(source: Path, target: Path, *, keeps_log: bool = False) -> None:
    if not source.exists():
        raise InstallationError(f"{source} is missing")
    try:
        # Read-only would not do: a database in write-ahead mode needs its shared index, also to be read.
        with (
            closing(sqlite3.connect(source, timeout=20)) as one,
            closing(sqlite3.connect(target, timeout=20)) as two,
            working(f"Copying {source.name}", lambda: _size(target) / max(_size(source), 1)),
        ):
            two.execute("PRAGMA secure_delete=ON")
            one.backup(two)
            two.execute(f"PRAGMA journal_mode={'WAL' if keeps_log else 'DELETE'}")
            if keeps_log:
                two.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise InstallationError(f"{source.name} could not be copied: {error}") from error


def _size(path: Path) -> int:
    return path.stat().st_size


def _restore_postgresql(configuration: Configuration, name: str, source: Path) -> None:
    """Put a dump in place of everything that the database holds, tables that the dump does not know included.

    One transaction: it all happens or nothing does. The rows pass through a pipe and no file.
    """
    reader = subprocess.Popen(
        [_program("pg_restore"), "--no-owner", "--file=-", str(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    words = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    words += ["--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public", "--file=-"]
    _run_postgresql(configuration, name, "psql", *words, stdin=reader.stdout)
    if reader.wait():
        raise InstallationError(f"{source} could not be read by pg_restore")


def _run_postgresql(
    configuration: Configuration, name: str, program: str, *words: str, stdin: IO[bytes] | None = None
) -> None:
    settings = configuration.databases()[ALIASES[name]]
    command = [_program(program), "--no-password"]
    for flag, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER"), ("--dbname", "NAME")):
        if settings[key]:
            command.append(f"{flag}={settings[key]}")
    with working(f"Running {program}"):
        done = subprocess.run([*command, *words], stdin=stdin, capture_output=True, text=True, check=False)
    if done.returncode:
        # The programs' own words name tables and hosts, never a row.
        raise InstallationError(f"{program} failed: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise InstallationError(f"{name} is missing; on Debian or Ubuntu:  apt-get install postgresql-client")
    return found

"""A real PostgreSQL of the tests' own: binaries of the Debian package, data in a temporary folder, no TCP port.

PostgreSQL refuses to run as root, so its commands run as the user `nobody` (or `postgres`, when the package made
one) in a folder that belongs to that user. Its socket lies in the same folder; whoever may enter it is trusted.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INSTALL_COMMAND = "apt-get install -y postgresql-15"


class NoPostgresqlError(RuntimeError):
    """No binaries of PostgreSQL lie on this machine."""


def find_binaries() -> Path | None:
    """The folder with `initdb` and `postgres` of the newest version, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL: its programs, its folder (socket and data), its superuser."""

    binaries: Path
    folder: Path
    user: str

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as its own user; raises when it fails, with what it said."""
        command = [str(self.binaries / program), *arguments]
        done = subprocess.run(
            [*_as_user(self.user), *command], cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()[-500:]}")

    def create_database(self, name: str) -> None:
        """Create one database; one that exists from an earlier try is dropped first."""
        self.run("dropdb", "--if-exists", "-h", str(self.folder), "-U", self.user, name)
        self.run("createdb", "-h", str(self.folder), "-U", self.user, name)

    def stop(self) -> None:
        """Stop it at once (its data are thrown away) and remove its folder."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def start_cluster(place: Path | None = None) -> Cluster:
    """Make and start a cluster in a new folder of `place` (by default where temporary files lie).

    Durable as in real life: `fsync` stays on, so that kill tests mean something.
    """
    binaries = find_binaries()
    if binaries is None:
        raise NoPostgresqlError(INSTALL_COMMAND)
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="leeside-pg-", dir=place))
    if os.geteuid() == 0:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
    cluster = Cluster(binaries, folder, user)
    data = str(folder / "data")
    cluster.run("initdb", "-D", data, "-A", "trust", "-U", user, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 -c shared_buffers=64MB"
    cluster.run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
    return cluster


def attach_cluster(folder: str, user: str) -> Cluster:
    """The cluster that another process of this test run started."""
    binaries = find_binaries()
    if binaries is None:
        raise NoPostgresqlError(INSTALL_COMMAND)
    return Cluster(binaries, Path(folder), user)


def _unprivileged_user() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_user(user: str) -> Sequence[str]:
    if os.geteuid() != 0:
        return ()
    return ("setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups", "--")

"""What the tests need of the machine besides Python packages: brought by apt-get when we are root and it is missing."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """One thing: whether it is there, and the Debian packages that bring it."""

    name: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]

    @property
    def command(self) -> str:
        """What a person types to bring it."""
        return "apt-get install -y " + " ".join(self.packages)


def _has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def _has_postgresql() -> bool:
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


NEEDS = (
    Need("chromium", _has_chromium, ("chromium", "fonts-dejavu-core")),
    Need("postgresql", _has_postgresql, ("postgresql",)),
    Need("libreoffice", lambda: bool(shutil.which("soffice")), ("libreoffice-writer-nogui",)),
)


def missing_needs() -> list[Need]:
    """What is not there."""
    return [need for need in NEEDS if not need.is_there()]


def may_install() -> bool:
    """Whether this process may install Debian packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(needs: list[Need]) -> bool:
    """Bring what is missing; returns whether all of it is there afterwards. The output is shown only on failure."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = [package for need in needs for package in need.packages]
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *words], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print("\n".join((done.stdout + done.stderr).splitlines()[-8:]))
            return False
    return all(need.is_there() for need in needs)

"""What a test needs of the machine. A missing thing is never a silent skip: it is recorded as NOT RUN.

`needs("chromium")` asks for a program, `needs_data(path)` for data outside the project. `./leeside test` reads the
record, prints the command that installs the thing, and its exit status says that something did not run.
"""

import ctypes.util
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from leeside.project.testing import postgresql
from plugins.installations import NOT_RUN

NOT_HERE = "NOT HERE: "


@dataclass(frozen=True)
class Requirement:
    """One thing of the machine: how to see that it is there, and the command that brings it."""

    name: str
    is_there: Callable[[], bool]
    command: str


def _has_own_memory() -> bool:
    return Path("/proc/self/mem").exists() and ctypes.util.find_library("c") is not None


def _has_libreoffice() -> bool:
    return shutil.which("soffice") is not None


REQUIREMENTS = {
    one.name: one
    for one in (
        Requirement("chromium", lambda: bool(find_chromium()), "apt-get install -y chromium fonts-dejavu-core"),
        Requirement("postgresql", lambda: postgresql.find_binaries() is not None, postgresql.INSTALL_COMMAND),
        Requirement(
            "libreoffice", lambda: bool(shutil.which("soffice")), "apt-get install -y libreoffice-writer-nogui"
        ),
        Requirement("proc", _has_own_memory, "run on Linux, where /proc/PID/mem can be read"),
    )
}


def find_chromium() -> str | None:
    """The path of a Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def needs() -> Callable[..., None]:
    """Ask for things of the machine by name; the test ends here as NOT RUN when one is missing."""

    def ask(*names: str) -> None:
        for name in names:
            requirement = REQUIREMENTS[name]
            if not requirement.is_there():
                pytest.skip(f"{NOT_RUN}{name}: {requirement.command}")

    return ask


@pytest.fixture
def needs_data() -> Callable[[Path], Path]:
    """Ask for data that lie outside the project; the test ends here as NOT HERE when they do."""

    def ask(path: Path) -> Path:
        if not path.exists():
            pytest.skip(f"{NOT_HERE}{path.name} lies outside the project")
        return path

    return ask


def report_path() -> str | None:
    """Where `./leeside test` wants the record, or None when somebody runs pytest by hand."""
    return os.environ.get("LEESIDE_TEST_REPORT")

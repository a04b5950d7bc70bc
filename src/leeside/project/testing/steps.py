"""The steps of a test run, in their order: what is quick and tells most comes first."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Tests that start browsers, kill servers or search memory are slow, and some must have the machine for themselves.
_QUICK = "not slow and not browser and not postgresql and not kill and not memory"
_BESIDE_EACH_OTHER = "(slow or browser or postgresql) and not kill and not memory"
_ALONE = "kill or memory"
# A file's tests stay in one process, so that what they found and serve once is not made twice.
_BY_FILE = ("-n", "2", "--dist", "loadfile")
# More processes than cores: half the time of these goes by in waiting, for browsers and for the seconds in which an
# answer can be taken back. Whoever has nothing left to do takes from the others: some files are long.
_WAITING = ("-n", "3", "--dist", "worksteal")
# Whatever reaches a database through this process; the rest would only be the same test twice.
_ON_BOTH = ("tests/vault", "tests/door", "tests/desk", "tests/project/test_upkeep.py")


@dataclass(frozen=True)
class Step:
    """One program of the run. `needs` names what must be on the machine, or the step is NOT RUN."""

    title: str
    command: Sequence[str]
    needs: str | None = None
    is_quick: bool = True


def _pytest(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "pytest", "-q", "--rootdir", str(root), *words]


def make_steps(root: Path) -> tuple[Step, ...]:
    """Every step of a whole run for the checkout at `root`."""
    module = [sys.executable, "-P", "-m"]
    both = ["--database=postgresql", *(place for place in _ON_BOTH if (root / place).exists())]
    return (
        Step("Style (ruff)", [*module, "ruff", "check", "src", "tests"]),
        Step("Import contracts", [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]),
        Step("Types (mypy)", [*module, "mypy"]),
        Step("Tests, quick part, on SQLite", _pytest(root, *_BY_FILE, "-m", _QUICK, "tests")),
        Step("Tests of the stores, on PostgreSQL", _pytest(root, *_BY_FILE, "-m", _QUICK, *both), "postgresql", False),
        Step("Tests, slow part and browser", _pytest(root, *_WAITING, "-m", _BESIDE_EACH_OTHER, "tests"), None, False),
        Step("Tests that kill and search memory", _pytest(root, "-m", _ALONE, "tests"), None, False),
    )


def make_own_step(root: Path, words: Sequence[str]) -> Step:
    """The one step of a run whose pytest words somebody gave."""
    return Step("Tests as asked for", _pytest(root, *words))

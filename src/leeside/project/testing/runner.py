"""Runs the steps, shows what they print, and ends with the table of promises and one exit code."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from leeside.project.testing.machine import NEEDS, install, may_install, missing_needs
from leeside.project.testing.promises import FAILED, NOT_RUN, PASSED, Record, read_record, write_table
from leeside.project.testing.steps import Step

# pytest's own code for "no test was selected".
_NOTHING_SELECTED = 5
EXIT_FAILED = 1
EXIT_NOT_RUN = 3


def prepare_machine() -> None:
    """Install what is missing when we may; what stays missing shows up as NOT RUN."""
    missing = missing_needs()
    if missing and may_install():
        began = time.monotonic()
        print(f"Debian packages: {' '.join(need.name for need in missing)} ...", flush=True)
        install(missing)
        print(f"Debian packages: {time.monotonic() - began:.0f} s", flush=True)


def run_steps(root: Path, steps: Sequence[Step], *, is_whole: bool = True) -> int:
    """Run all steps whatever happens, print table and summary, and return the exit code."""
    began = time.monotonic()
    outcomes: list[tuple[Step, str, float]] = []
    with TemporaryDirectory(prefix="leeside-report-") as folder:
        report = Path(folder) / "report.jsonl"
        for step in steps:
            outcomes.append(_run_step(root, step, report))
        record = read_record(report)
    for step, outcome, _ in outcomes:
        if outcome == NOT_RUN:
            record.missing[NOT_RUN].add(f"{step.title}: {_command_for(step)}")
    print()
    print(write_table(record, is_whole=is_whole))
    print()
    for step, outcome, seconds in outcomes:
        print(f"{step.title:<50}{seconds:>7.1f} s  {outcome}")
    print(f"{'Whole run':<50}{time.monotonic() - began:>7.1f} s", flush=True)
    return _exit_code(outcomes, record)


def _run_step(root: Path, step: Step, report: Path) -> tuple[Step, str, float]:
    began = time.monotonic()
    print(f"\n== {step.title}", flush=True)
    if step.needs and any(need.name == step.needs for need in missing_needs()):
        print(f"NOT RUN: {_command_for(step)}", flush=True)
        return step, NOT_RUN, 0.0
    environment = {**os.environ, "LEESIDE_TEST_REPORT": str(report)}
    environment.pop("LEESIDE_DIR", None)
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        # The hundreds of processes of a run would each compile all that they import; nothing is left of it either way.
        environment["PYTHONPYCACHEPREFIX"] = str(report.parent / "bytecode")
    done = subprocess.run(step.command, cwd=root, env=environment, check=False)
    is_well = done.returncode in {0, _NOTHING_SELECTED}
    return step, PASSED if is_well else FAILED, time.monotonic() - began


def _command_for(step: Step) -> str:
    return next((need.command for need in NEEDS if need.name == step.needs), "")


def _exit_code(outcomes: Sequence[tuple[Step, str, float]], record: Record) -> int:
    if any(outcome == FAILED for _, outcome, _ in outcomes):
        return EXIT_FAILED
    return EXIT_NOT_RUN if record.missing[NOT_RUN] else 0

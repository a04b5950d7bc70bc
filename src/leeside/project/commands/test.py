"""`test`: everything that can be checked, on this machine, and the table of promises at the end."""

import argparse
from pathlib import Path

from leeside.project.errors import ProjectError
from leeside.project.testing.runner import prepare_machine, run_steps
from leeside.project.testing.steps import make_own_step, make_steps

_DESCRIPTION = """\
Exit codes: 0 all passed; 1 something failed; 3 nothing failed, and something could not run on this machine.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.epilog = _DESCRIPTION
    parser.add_argument("--quick", action="store_true", help="leave out browsers, kills, memory and PostgreSQL")
    parser.add_argument("words", nargs="*", metavar="-- WORDS", help="words for pytest; then nothing else is run")


def run(arguments: argparse.Namespace) -> int:
    """Run the steps."""
    root = Path(__file__).resolve().parents[4]
    if not (root / "tests").is_dir():
        raise ProjectError("the tests are in the source checkout, and this is not one")
    if arguments.words:
        return run_steps(root, [make_own_step(root, arguments.words)], is_whole=False)
    steps = make_steps(root)
    if arguments.quick:
        return run_steps(root, [step for step in steps if step.is_quick])
    prepare_machine()
    return run_steps(root, steps)

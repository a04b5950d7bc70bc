"""`verify`: are the databases whole, and do the chains of readings and rosters hold? Exit code 1 when one does not."""

import argparse

from leeside.project.commands.doctor import print_findings
from leeside.project.installation import open_installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.epilog = (
        "A chain that was cut off at its end is seen only by who holds an earlier head: a coordinator's key ring does, "
        "and the desk compares it at each sign-in."
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check everything and say what was found."""
    with open_installation():
        from leeside.project.upkeep.line_checks import verify_rosters
        from leeside.project.upkeep.store_checks import verify_chains, verify_files

        findings = [*verify_files(), *verify_rosters(), *verify_chains()]
    return print_findings(findings, as_json=arguments.json)

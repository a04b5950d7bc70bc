"""`doctor`: is the installation well? One line a finding; exit code 1 when something is bad."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from leeside.project.errors import InstallationError
from leeside.project.installation import Installation, open_installation
from leeside.project.upkeep.findings import Finding, Grade, bad


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.epilog = "Exit codes: 0 nothing is bad (lines marked care deserve a look); 1 something is bad."
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything and say what was found; a part that cannot be looked at is a finding itself."""
    findings: list[Finding] = []
    try:
        with open_installation(migrated=False) as installation:
            _look(installation, findings)
    except InstallationError as error:
        if not findings:
            raise
        findings.append(bad("databases", str(error)))
    return print_findings(findings, as_json=arguments.json)


def _look(installation: Installation, findings: list[Finding]) -> None:
    from leeside.project.upkeep.file_checks import check_files
    from leeside.project.upkeep.line_checks import check_lines
    from leeside.project.upkeep.machine_checks import check_machine
    from leeside.project.upkeep.store_checks import check_databases
    from leeside.web.clock import domain_clock

    findings.extend(check_machine(installation, datetime.now(UTC)))
    findings.extend(check_files(installation))
    of_databases = list(check_databases(installation))
    findings.extend(of_databases)
    if all(finding.grade < Grade.BAD for finding in of_databases):
        findings.extend(check_lines(domain_clock().today("UTC")))


def print_findings(findings: Sequence[Finding], *, as_json: bool) -> int:
    """Print every finding, bad ones also to a person who only watches stderr; returns the exit code."""
    is_bad = any(finding.grade == Grade.BAD for finding in findings)
    if as_json:
        print(json.dumps({"bad": is_bad, "findings": [finding.as_dict() for finding in findings]}, ensure_ascii=False))
    else:
        print("\n".join(finding.write() for finding in findings))
    sys.stdout.flush()
    return int(is_bad)

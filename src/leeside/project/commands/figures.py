"""`figures`: a line's figures as they may be published, printed or made into an edition.

What is printed has been through the same disclosure control as an edition: a month below the threshold is null.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from leeside.project.commands.line import line_settings
from leeside.project.installation import Installation, open_installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("--line", required=True, metavar="LINE", help="the line's name")
    parser.add_argument("--from", dest="first", metavar="YYYY-MM", help="the first month (default: a year back)")
    parser.add_argument(
        "--to", dest="last", metavar="YYYY-MM", help="the last month (default: the last that has ended)"
    )
    parser.add_argument("--language", choices=["ru", "en", "uk"], default="en", help="of statements and claims")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--publish", action="store_true", help="write an edition: its months are frozen by that")
    parser.add_argument("--package", metavar="FOLDER", help="write the latest edition as a folder for any web server")


def run(arguments: argparse.Namespace) -> int:
    """Count, protect, and print or publish."""
    with open_installation() as installation:
        from leeside.figures.report import edition_report
        from leeside.tally.publishing import publish_edition

        if arguments.package and not arguments.publish:
            _package(installation, arguments)
            return 0
        edition = _draft(installation, arguments)
        if arguments.publish:
            folder = publish_edition(installation.directory / "editions", edition)
            print(f"edition {edition.number} is in {folder}", file=sys.stderr)
        if arguments.package:
            _package(installation, arguments)
        plain = edition_report(edition, arguments.language)
    if arguments.json:
        print(json.dumps(plain, ensure_ascii=False))
    else:
        _print(plain)
    return 0


def _package(installation: Installation, arguments: argparse.Namespace) -> None:
    """Write pages, charts, posts and data of the latest edition into a new folder."""
    from leeside.figures.package import write_package
    from leeside.tally.edition_folder import list_numbers
    from leeside.tally.errors import EditionError

    editions = installation.directory / "editions"
    line = line_settings(installation, arguments.line).slug
    numbers = list_numbers(editions, line)
    if not numbers:
        raise EditionError(f"{line} has no edition yet: publish one with --publish.")
    folder = write_package(editions, line, numbers[-1], Path(arguments.package))
    print(f"edition {numbers[-1]} is in {folder}", file=sys.stderr)


def _draft(installation: Installation, arguments: argparse.Namespace) -> Any:
    from leeside.project.figures_of_line import draft_of_line
    from leeside.tally.months import parse_month
    from leeside.web.clock import domain_clock

    line = line_settings(installation, arguments.line)
    today = domain_clock().today(line.time_zone)
    last = parse_month(arguments.last or _month_before(today))
    first = parse_month(arguments.first) if arguments.first else last.plus(-11)
    return draft_of_line(installation.directory, line, first, last, today)


def _month_before(today: date) -> str:
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return f"{year:04}-{month:02}"


def _print(plain: dict[str, Any]) -> None:
    for month, value in plain["months"].items():
        print(f"{month}  {'withheld' if value is None else value:>8}")
    print()
    for statement in plain["statements"]:
        print(f"- {statement}")
    print("\nOthers say:")
    for claim in plain["claims"]:
        where = " ".join(part for part in (claim["source"], claim["address"]) if part)
        print(f"- {claim['who']}: {claim['quote']} ({where})")

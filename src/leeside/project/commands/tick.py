"""`tick`: all work that falls due by time. `serve` runs it every ten minutes; more often does no harm."""

import argparse
import json

from leeside.project.installation import open_installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.add_argument("--quiet", action="store_true", help="print nothing unless something failed")


def run(arguments: argparse.Namespace) -> int:
    """Do the work and say what it was."""
    with open_installation() as installation:
        from leeside.project.upkeep.ticking import tick

        done = list(tick(installation))
    if arguments.json:
        print(json.dumps(dict(done)))
    elif not arguments.quiet:
        lines = [f"{count:>7}  {what}" for what, count in done if count]
        print("\n".join(lines) or "nothing was due")
    return 0

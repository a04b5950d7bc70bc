"""`demo`: an invented line, filled through the real intake and served on this machine only; `demo prove` attacks it."""

import argparse
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument(
        "action", nargs="?", choices=["prove"], help="prove: search disk, logs and memory for its texts"
    )
    parser.add_argument("--port", type=int, default=8000, help="the first of four ports (default: 8000)")
    parser.add_argument("--no-serve", action="store_true", help="fill the line and stop before serving it")
    parser.add_argument(
        "--language", choices=["ru", "en", "uk"], help="the people's language (default: the terminal's)"
    )
    parser.add_argument("--today", type=date.fromisoformat, metavar="DATE", help="the demo's day (default: 2023-12-05)")
    parser.add_argument("--json", action="store_true", help="with prove: print what was searched and found as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Hand over to the demo, which nothing else ever loads."""
    from leeside.project.demo.command import run as run_demo

    return int(run_demo(arguments))

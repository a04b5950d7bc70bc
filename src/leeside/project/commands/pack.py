"""`pack check`: everything that is wrong with a pack, with file, line and key."""

import argparse
import json

from leeside.packs.errors import PackProblem
from leeside.packs.reader import check_pack, shipped_names
from leeside.project.named_packs import folder_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("action", choices=["check"])
    parser.add_argument("pack", nargs="*", help="a folder, or the name of a shipped pack (default: all shipped packs)")
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check the packs; exit code 1 when one has a problem."""
    found = {str(folder): check_pack(folder) for folder in map(folder_of, arguments.pack or shipped_names())}
    if arguments.json:
        plain = {name: [_plain(problem) for problem in problems] for name, problems in found.items()}
        print(json.dumps(plain, ensure_ascii=False))
    else:
        for name, problems in found.items():
            lines = [f"  {problem}" for problem in problems]
            print("\n".join([f"{name}: {len(problems)} problems" if lines else f"{name}: well", *lines]))
    return int(any(found.values()))


def _plain(problem: PackProblem) -> dict[str, object]:
    return {"file": problem.file, "line": problem.line, "key": problem.key, "message": problem.message}

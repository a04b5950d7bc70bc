"""`pack check`: everything that is wrong with a pack, with file, line and key.

`pack digests`: what an answer has to write beside each rule it rests on, and which rules changed under it.
"""

import argparse
import json

from leeside.packs.errors import PackProblem
from leeside.packs.reader import check_pack, shipped_names
from leeside.project.named_packs import folder_of, pack_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("action", choices=["check", "digests"])
    parser.add_argument("pack", nargs="*", help="a folder, or the name of a shipped pack (default: all shipped packs)")
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check the packs, or print digests; exit code 1 when a pack has a problem, or an answer a rule that changed."""
    if arguments.action == "digests":
        return int(max(map(_print_digests, arguments.pack or shipped_names())))
    found = {str(folder): check_pack(folder) for folder in map(folder_of, arguments.pack or shipped_names())}
    if arguments.json:
        plain = {name: [_plain(problem) for problem in problems] for name, problems in found.items()}
        print(json.dumps(plain, ensure_ascii=False))
    else:
        for name, problems in found.items():
            lines = [f"  {problem}" for problem in problems]
            print("\n".join([f"{name}: {len(problems)} problems" if lines else f"{name}: well", *lines]))
    return int(any(found.values()))


def _print_digests(named: str) -> bool:
    """The rules under each public answer with their digests of today. Whether one is not the one written down."""
    pack = pack_of(named)
    is_any_changed = False
    for answer in pack.public_answers.answers:
        print(f"answers/{answer.id}.toml")
        for rule in answer.rules(pack.guide):
            is_changed = rule.digest != answer.rests_on[rule.id]
            is_any_changed |= is_changed
            print(f'  {rule.id} = "{rule.digest}"{"  # changed: read the answer again" if is_changed else ""}')
    return is_any_changed


def _plain(problem: PackProblem) -> dict[str, object]:
    return {"file": problem.file, "line": problem.line, "key": problem.key, "message": problem.message}

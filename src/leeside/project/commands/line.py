"""`line`: add a line, print its founding address, pin its fingerprint, open it, list all.

How a line comes to life: `line add` (prints a one-time address) -> the first coordinator founds it there in a browser
-> the keeper compares the twelve words that the founder reads out and runs `line pin` -> `staff invite` -> the founder
admits a second coordinator -> the line opens by itself, or by `line open`.
"""

import argparse
import json
import secrets
import sys
from pathlib import Path

from leeside.packs.usual import usual_name
from leeside.project.errors import InstallationError, ProjectError
from leeside.project.installation import Installation, open_installation
from leeside.project.upkeep.toml_edit import add_table, set_value
from leeside.web.lines import LineSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add a line and print the address that founds it")
    add.add_argument(
        "--pack", default=usual_name(), help="a shipped pack, or the absolute path of a pack's folder (%(default)s)"
    )
    add.add_argument("--address", help="the neutral word in its web address (default: the line's name)")
    add.add_argument("--time-zone", default="Europe/Moscow")
    for language in ("ru", "en", "uk"):
        add.add_argument(f"--title-{language}", help=f"the neutral title of its pages ({language})")
    found = actions.add_parser("found", help="print a new founding address, when the first ran out")
    pin = actions.add_parser("pin", help="write the founded line's fingerprint into leeside.toml")
    pin.add_argument("--yes", action="store_true", help="the words were compared already: do not ask")
    pin.add_argument("--language", choices=["ru", "en", "uk"], default="en", help="the language of the words")
    opened = actions.add_parser("open", help="open a line that has two coordinators")
    for one in (add, found, pin, opened):
        one.add_argument("slug", metavar="LINE", help="the line's name in this installation")
    actions.add_parser("list", help="list all lines").add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the actions."""
    with open_installation() as installation:
        actions = {"add": _add, "found": _found, "pin": _pin, "open": _open, "list": _list}
        return actions[arguments.action](installation, arguments)


def _add(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.desk.code_names import drawn_counts
    from leeside.packs.reader import load_pack, shipped_pack
    from leeside.vault import store

    slug: str = arguments.slug
    folder = Path(arguments.pack)
    pack = load_pack(folder) if folder.is_absolute() else shipped_pack(arguments.pack)
    is_written = slug in installation.configuration.lines
    is_stored = slug in {row.slug for row in store.list_lines()}
    if is_written and is_stored:
        raise InstallationError(f"there is a line {slug} already")
    if not is_written:
        titles = {code: getattr(arguments, f"title_{code}") or pack.title(code) for code in pack.languages}
        values = {"pack": arguments.pack, "address": arguments.address or slug, "time_zone": arguments.time_zone}
        add_table(installation.directory, f"lines.{slug}", {**values, "titles": titles})
    if not is_stored:
        store.add_line(slug, pack.name, secrets.token_bytes(16), *drawn_counts())
    print(f"added the line {slug}; restart `serve` so that it is reached", file=sys.stderr)
    return _found(installation, arguments)


def _found(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.desk.errors import NotAllowedError
    from leeside.desk.founding import make_founding_address
    from leeside.web.clock import real_now

    line = line_settings(installation, arguments.slug)
    try:
        token = make_founding_address(line, real_now())
    except NotAllowedError:
        raise InstallationError(f"the line {line.slug} is founded already, or not in the store") from None
    print("Pass this address to the first coordinator, in person. It works once:", file=sys.stderr)
    print(f"{installation.configuration.address_of('desk')}/en/found/{token}")
    return 0


def _pin(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.sealing.errors import RefusedError
    from leeside.sealing.roster import fingerprint_of, fingerprint_words, verify_roster
    from leeside.vault import store

    line = line_settings(installation, arguments.slug)
    chain = store.fetch_roster(store.fetch_line(line.slug).id)
    if not chain:
        raise InstallationError(f"the line {line.slug} is not founded yet")
    fingerprint = fingerprint_of(chain[0])
    try:
        verify_roster(chain, fingerprint)
    except RefusedError:
        raise InstallationError(f"the roster of {line.slug} does not hold; nothing was pinned") from None
    if line.fingerprint and line.fingerprint != fingerprint.hex():
        raise InstallationError(f"another fingerprint is pinned for {line.slug}: somebody replaced its roster")
    print(" ".join(fingerprint_words(fingerprint, arguments.language)))
    _ask("Does the founder read out these twelve words?", is_sure=arguments.yes)
    set_value(installation.directory, f"lines.{line.slug}", "fingerprint", fingerprint.hex())
    print("pinned; restart `serve` so that every role reads it", file=sys.stderr)
    return 0


def _open(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.desk.founding import open_if_ready
    from leeside.desk.lines import line_row
    from leeside.project.upkeep.line_checks import roster_of
    from leeside.web.clock import domain_clock

    line = line_settings(installation, arguments.slug)
    if not line.fingerprint or not line_row(line).roster_number:
        raise InstallationError(f"the line {line.slug} must be founded and pinned first")
    roster = roster_of(line)
    if roster is None:
        raise InstallationError(f"the roster of {line.slug} does not verify up to the pinned fingerprint")
    if not open_if_ready(line, bytes.fromhex(line.fingerprint), roster, domain_clock().today(line.time_zone)):
        raise InstallationError(f"the line {line.slug} has fewer than two coordinators")
    print(f"the line {line.slug} is open", file=sys.stderr)
    return 0


def _list(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.vault import store

    rows = {row.slug: row for row in store.list_lines()}
    lines = [
        {
            "line": line.slug,
            "pack": line.pack,
            "address": f"{installation.configuration.address_of('door')}/en/{line.address}/",
            "state": rows[line.slug].state.name.lower() if line.slug in rows else "not in the store",
            "pinned": bool(line.fingerprint),
        }
        for line in installation.configuration.lines.values()
    ]
    if arguments.json:
        print(json.dumps(lines, ensure_ascii=False))
    for line in [] if arguments.json else lines:
        pinned = "pinned" if line["pinned"] else "not pinned"
        print(f"{line['line']:<16} {line['state']:<10} {pinned:<11} {line['pack']:<12} {line['address']}")
    return 0


def line_settings(installation: Installation, slug: str) -> LineSettings:
    """The line of this name as `leeside.toml` has it now, also when it was added a moment ago."""
    from leeside.project.installation import read_installation

    line = read_installation().configuration.lines.get(slug)
    if line is None:
        known = ", ".join(sorted(installation.configuration.lines)) or "none"
        raise ProjectError(f"there is no line {slug} (there is: {known})")
    return line


def _ask(question: str, *, is_sure: bool) -> None:
    if is_sure:
        return
    if not sys.stdin.isatty():
        raise InstallationError("nobody to ask; say --yes when the words were compared")
    print(f"{question} Type yes: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip() != "yes":
        raise InstallationError("nothing was changed")

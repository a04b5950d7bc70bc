"""`staff`: invite somebody, lock somebody out, list the people. Only a coordinator admits, in the browser.

Locking out is for the moment when no coordinator can be reached: it ends sessions and deletes what was sealed to the
person. The keys that they held stay the same until a coordinator's next session renews them; `doctor` says so.
"""

import argparse
import json
import sys

from leeside.project.commands.line import line_settings
from leeside.project.errors import InstallationError
from leeside.project.installation import Installation, open_installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    invite = actions.add_parser("invite", help="print a one-time address for a newcomer")
    lock = actions.add_parser("lock", help="lock somebody out at once")
    listed = actions.add_parser("list", help="list the people of a line")
    for one in (invite, lock, listed):
        one.add_argument("slug", metavar="LINE", help="the line's name")
    lock.add_argument("name", metavar="NAME", help="the person's name on the roster")
    listed.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the actions."""
    with open_installation() as installation:
        actions = {"invite": _invite, "lock": _lock, "list": _list}
        return actions[arguments.action](installation, arguments)


def _invite(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.desk.team.invitations import put_invitation
    from leeside.web.clock import real_now

    line = line_settings(installation, arguments.slug)
    if not line.fingerprint:
        raise InstallationError(f"the line {line.slug} must be founded and pinned first")
    address = put_invitation(line, bytes.fromhex(line.fingerprint), real_now())
    print("Pass this address to the newcomer. It works once; a coordinator admits them:", file=sys.stderr)
    print(f"{installation.configuration.address_of('desk')}/en/invited/{address}")
    return 0


def _lock(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.desk.lines import line_row
    from leeside.vault import store

    line = line_settings(installation, arguments.slug)
    row = line_row(line)
    try:
        account = store.fetch_account(row.id, arguments.name)
    except store.GoneError:
        raise InstallationError(f"nobody of this name is at {line.slug}; `staff list` lists the names") from None
    # The way in first: whoever is being locked out must not sign in again between two of these steps.
    store.set_account_state(account.reader_id, store.AccountState.LOCKED)
    store.end_sessions_of(account.reader_id)
    store.drop_role_envelopes(row.id, account.reader_id)
    grants = store.drop_reader(row.id, account.reader_id)
    print(f"locked out: sessions ended, {grants} grants deleted. Keys are renewed by a coordinator's next session.")
    return 0


def _list(installation: Installation, arguments: argparse.Namespace) -> int:
    from leeside.desk.lines import line_row
    from leeside.project.upkeep.line_checks import roster_of
    from leeside.vault import store

    line = line_settings(installation, arguments.slug)
    if not line.fingerprint or not line_row(line).roster_number:
        raise InstallationError(f"the line {line.slug} must be founded and pinned first")
    roster = roster_of(line)
    if roster is None:
        raise InstallationError(f"the roster of {line.slug} does not verify up to the pinned fingerprint")
    states = {account.reader_id: account.state.name.lower() for account in store.list_accounts(line_row(line).id)}
    people = [
        {
            "name": person.name,
            "role": person.role,
            "until": person.until.isoformat() if person.until else None,
            "state": states.get(person.reader_id, "no way in"),
        }
        for person in sorted(roster.current.people, key=lambda person: person.name.casefold())
    ]
    waiting = sum(state == "invited" for state in states.values())
    if arguments.json:
        print(json.dumps({"people": people, "waiting": waiting}, ensure_ascii=False))
        return 0
    for one in people:
        print(f"{one['name']:<30} {one['role']:<12} {one['state']:<10} {one['until'] or ''}")
    if waiting:
        print(f"{waiting} waiting to be admitted by a coordinator")
    return 0

"""People whom a line knows of and does not let in: a second line with a founder, and a newcomer whom nobody admitted.

`python -m attacks.strangers DIRECTORY` makes them through the desk's flows, prints the newcomer's secrets as JSON and
ends; what it held in memory is gone before a server starts.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from plugins.lines import SLUG, FoundedLine, Person
from plugins.servers import environment, run_command

OTHER_ADDRESS = "elsewhere"
LOCKED = "Finch"


@dataclass(frozen=True)
class Strangers:
    """Who exists and may not come in."""

    not_admitted: Person
    locked: Person


def make_strangers(line: FoundedLine) -> Strangers:
    """Add the second line and the newcomer, and lock a colleague out. The installation must not be served yet."""
    command = [sys.executable, "-m", "attacks.strangers", str(line.directory)]
    made = subprocess.run(command, env=environment(line.directory), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    done = run_command("staff", "lock", SLUG, LOCKED, directory=line.directory)
    assert done.returncode == 0, done.stderr
    newcomer = Person("Dunlin", "", bytes(16), told["passphrase"], bytes.fromhex(told["secret"]))
    return Strangers(newcomer, line.people[LOCKED])


def _make_here() -> dict[str, str]:
    from django.conf import settings

    from leeside.desk.identities import GivenSecrets
    from leeside.desk.team import invitations
    from leeside.project import whole_line
    from leeside.project.installation import open_installation
    from leeside.sealing.one_time_codes import make_secret
    from leeside.sealing.passphrases import make_passphrase
    from leeside.web.clock import domain_clock, real_now

    with open_installation() as installation:
        line = settings.LEESIDE_LINES[SLUG]
        address = invitations.put_invitation(line, bytes.fromhex(line.fingerprint), real_now())
        newcomer = invitations.accept_invitation(address, "Dunlin", "en", now=real_now())
        people = [
            whole_line.Colleague(name, "lead", GivenSecrets(make_passphrase("en").reveal().decode(), make_secret()))
            for name in ("Plover", "Knot")
        ]
        other = whole_line.add_line(
            installation, "other", pack="refusal", address=OTHER_ADDRESS, titles={}, time_zone="Europe/Moscow"
        )
        whole_line.found_whole_line(installation, other, people, "en", domain_clock().today(other.time_zone))
    return {
        "passphrase": newcomer.passphrase.reveal().decode(),
        "secret": newcomer.code_secret.reveal().hex(),
    }


if __name__ == "__main__":
    os.environ["LEESIDE_DIR"] = sys.argv[1]
    print(json.dumps(_make_here()))

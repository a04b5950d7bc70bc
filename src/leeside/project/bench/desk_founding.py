"""Makes the installation that `bench desk` measures: `... desk_founding CASES READABLE [SOCKET_FOLDER USER]`.

It prints one line of JSON: the line's id, the case with 200 entries, and how the people whose pages are measured sign
in. Then it ends, and its memory is gone before anything is measured.
"""

import json
import sys
import time
from datetime import UTC, datetime

from leeside.project.bench.founding import prepare_folder
from leeside.project.bench.installations import ADDRESS, SLUG
from leeside.project.bench.measured import PACK, USUAL, VETTED
from leeside.project.installation import open_installation

PEOPLE = (("First", "lead"), ("Second", "lead"), ("Reader", VETTED), ("Volunteer", USUAL), ("Counsellor", VETTED))
OWNERS = 8
MEASURED = ("Second", "Reader", "Volunteer", "Counsellor")


def main(words: list[str]) -> int:
    """Make, found, fill, print."""
    cases, readable = int(words[0]), int(words[1])
    prepare_folder(words[2:])
    begun = time.monotonic()
    with open_installation(migrated=False) as installation:
        from leeside.desk.identities import GivenSecrets
        from leeside.project import whole_line
        from leeside.project.bench.desk_filling import fill
        from leeside.project.upkeep.upgrading import migrate_all
        from leeside.sealing.one_time_codes import make_secret
        from leeside.sealing.passphrases import make_passphrase
        from leeside.vault import store

        migrate_all()
        named = [*PEOPLE, *((f"Owner {number}", VETTED) for number in range(OWNERS))]
        people = [
            whole_line.Colleague(name, role, GivenSecrets(make_passphrase("en").reveal().decode(), make_secret()))
            for name, role in named
        ]
        line = whole_line.add_line(installation, SLUG, pack=PACK, address=ADDRESS, titles={}, time_zone="Europe/Moscow")
        line = whole_line.found_whole_line(installation, line, people, "en", datetime.now(UTC).date())
        seat = whole_line.sit_down(line, people[0], "en")
        by_name = {one.name: one for one in seat.keyring.roster.current.people}
        owners = [by_name[name] for name, _ in named[-OWNERS:]]
        long_case = fill(seat, by_name["Reader"], owners, cases=cases, readable=readable)
        made = {
            "line_id": store.fetch_line(SLUG).id.hex(),
            "long_case": long_case,
            "seconds": round(time.monotonic() - begun, 1),
            "people": {
                one.name: [one.given.passphrase, one.given.code_secret.reveal().hex()]
                for one in people
                if one.name in MEASURED
            },
        }
        print(json.dumps(made))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

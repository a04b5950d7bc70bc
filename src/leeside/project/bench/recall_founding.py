"""Makes open cases that were told something, and compares them: `... recall_founding CASES`.

It prints one line of JSON. What is measured is what a child of the desk does, in this process and on one core: reading
the sealed entries slice by slice, opening each case's eleven bodies, working out the facts, comparing with all rules,
and opening whole, with every signature, the hundredth case that differs. Not in it: starting a child, writing the page.
"""

import json
import os
import sys
from datetime import UTC, datetime

from leeside.project.bench.founding import prepare_folder
from leeside.project.bench.installations import ADDRESS, SLUG
from leeside.project.bench.measured import PACK, VETTED
from leeside.project.installation import open_installation

DIFFERS_EVERY = 100
"""Each such case was told other words; the others were told today's, and are passed over after the first step."""


def main(words: list[str]) -> int:
    """Make, fill, compare, print."""
    cases = int(words[0])
    prepare_folder([])
    with open_installation(migrated=False) as installation:
        from leeside.desk.identities import GivenSecrets
        from leeside.project import whole_line
        from leeside.project.bench.recall_filling import fill, go_over
        from leeside.project.upkeep.upgrading import migrate_all
        from leeside.sealing.one_time_codes import make_secret
        from leeside.sealing.passphrases import make_passphrase
        from leeside.vault import store

        migrate_all()
        people = [
            whole_line.Colleague(name, role, GivenSecrets(make_passphrase("en").reveal().decode(), make_secret()))
            for name, role in (("First", "lead"), ("Reader", VETTED))
        ]
        line = whole_line.add_line(installation, SLUG, pack=PACK, address=ADDRESS, titles={}, time_zone="Europe/Moscow")
        line = whole_line.found_whole_line(installation, line, people, "en", datetime.now(UTC).date())
        lead, reader = (whole_line.sit_down(line, one, "en") for one in people)
        fill(lead, reader, cases, DIFFERS_EVERY)
        store.read_by_mapping()
        store.close_connections()
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        seconds, found = go_over(reader)
        looked, differ = sum(one.looked for one in found), sum(len(one.cases) for one in found)
        print(json.dumps({"seconds": seconds, "looked": looked, "differ": differ}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

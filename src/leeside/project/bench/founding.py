"""Makes the installation that a bench measures: `python -m leeside.project.bench.founding [SOCKET_FOLDER USER]`.

It prints one line of JSON with the line's id and ends; its own memory is gone before anything is measured.
"""

import json
import sys
from datetime import UTC, datetime

from leeside.project.bench.installations import ADDRESS, SLUG
from leeside.project.bench.measured import PACK
from leeside.project.configuration import CONFIGURATION_NAME
from leeside.project.installation import (
    directory_of_environment,
    make_folders,
    make_secret,
    open_installation,
    write_private,
)


def main(words: list[str]) -> int:
    """Make the folder, found the line, print."""
    prepare_folder(words)
    with open_installation(migrated=False) as installation:
        from leeside.desk.identities import GivenSecrets
        from leeside.project import whole_line
        from leeside.project.upkeep.upgrading import migrate_all
        from leeside.sealing.one_time_codes import make_secret as make_code_secret
        from leeside.sealing.passphrases import make_passphrase
        from leeside.vault import store

        migrate_all()
        people = [
            whole_line.Colleague(
                name, "lead", GivenSecrets(make_passphrase("en").reveal().decode(), make_code_secret())
            )
            for name in ("First", "Second")
        ]
        line = whole_line.add_line(installation, SLUG, pack=PACK, address=ADDRESS, titles={}, time_zone="Europe/Moscow")
        whole_line.found_whole_line(installation, line, people, "en", datetime.now(UTC).date())
        print(json.dumps({"line_id": store.fetch_line(SLUG).id.hex()}))
    return 0


def prepare_folder(words: list[str]) -> None:
    """Make an installation's folder; `words` name the PostgreSQL that it is to use, if any."""
    directory = directory_of_environment()
    make_folders(directory)
    make_secret(directory)
    write_private(directory / CONFIGURATION_NAME, _settings(words))


def _settings(words: list[str]) -> str:
    if not words:
        return ""
    host, user = words
    text = '[database]\nkind = "postgresql"\n'
    for name in ("data", "shred", "fleeting"):
        text += f'\n[database.{name}]\nname = "leeside_{name}"\nhost = "{host}"\nuser = "{user}"\n'
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

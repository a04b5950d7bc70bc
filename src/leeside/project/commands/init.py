"""`init`: a new installation: its folder, its settings file, its empty databases. It makes no key of any line."""

import argparse
import sys

from leeside.project.configuration import CONFIGURATION_NAME
from leeside.project.errors import InstallationError
from leeside.project.installation import (
    directory_of_environment,
    make_folders,
    make_secret,
    open_installation,
    write_private,
)
from leeside.project.upkeep.upgrading import migrate_all

TEMPLATE = """\
# Settings of this installation. Every setting is explained in docs/operate/settings.md; a wrong one is refused by
# its name. Nothing secret belongs here.

# port = 8000                 # the door's; mailbox, desk and public figures take the next three
# exit_url = "https://www.wikipedia.org"

# Addresses that people see, when a proxy stands in front (docs/operate/caddy.md, nginx.md):
# [door]
# url = "https://example.org"

# Lines are added by `leeside line add`.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument(
        "--database", choices=["sqlite", "postgresql"], default="sqlite", help="where data lie (default: sqlite)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the installation; a folder that already is one is left alone and refused."""
    directory = directory_of_environment()
    if (directory / CONFIGURATION_NAME).exists():
        raise InstallationError(f"{directory} is an installation already")
    make_folders(directory)
    text = TEMPLATE
    if arguments.database == "postgresql":
        text += '\n[database]\nkind = "postgresql"\n'
    make_secret(directory)
    write_private(directory / CONFIGURATION_NAME, text)
    if arguments.database == "postgresql":
        print(
            "Write the names and hosts of the three databases into leeside.toml, then run `upgrade`.", file=sys.stderr
        )
        return 0
    with open_installation(migrated=False):
        migrate_all()
    print(f"{directory} is ready. Next: leeside line add SLUG --dir {directory}", file=sys.stderr)
    return 0

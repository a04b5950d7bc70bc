"""`upgrade`: after new code was put in place: back up, migrate, check; on failure everything is put back."""

import argparse
import sys
from datetime import UTC, datetime

from leeside.project.installation import open_installation, require_migrated
from leeside.project.upkeep.locks import held_alone
from leeside.project.upkeep.upgrading import upgrade


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but the folder."""


def run(arguments: argparse.Namespace) -> int:
    """Upgrade the databases; the server must be stopped."""
    with open_installation(migrated=False) as installation, held_alone(installation.directory):
        upgrade(installation, datetime.now(UTC), _check, lambda line: print(line, file=sys.stderr))
    return 0


def _check() -> None:
    from leeside.vault import store

    require_migrated()
    store.check_integrity()

"""`restore`: the data of a backup, back into place. The shred store stays as it is: what was erased stays erased."""

import argparse
import sys
from pathlib import Path

from leeside.project.errors import InstallationError
from leeside.project.installation import open_installation
from leeside.project.upkeep.backups import list_backups, restore_backup
from leeside.project.upkeep.locks import held_alone
from leeside.project.upkeep.upgrading import pending_everywhere


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("backup", nargs="?", type=Path, help="the folder of a backup (default: the newest)")
    parser.add_argument("--yes", action="store_true", help="do not ask before the data are replaced")
    parser.add_argument("--list", action="store_true", help="list the backups and do nothing")


def run(arguments: argparse.Namespace) -> int:
    """Replace the data by a backup's, after asking."""
    with open_installation(migrated=False) as installation:
        backups = list_backups(installation)
        if arguments.list:
            print("\n".join(map(str, backups)))
            return 0
        if arguments.backup is None and not backups:
            raise InstallationError(f"{installation.backup_folder} holds no backup")
        folder = arguments.backup or backups[-1]
        _ask(folder, is_sure=arguments.yes)
        with held_alone(installation.directory):
            manifest = restore_backup(installation, folder)
        print(f"restored the data of {manifest.made}", file=sys.stderr)
        if any(pending_everywhere().values()):
            print("the backup is from an older version; run `upgrade` before `serve`", file=sys.stderr)
        print("cases erased since then stay unreadable; `tick` clears away what is left of them", file=sys.stderr)
    return 0


def _ask(folder: Path, *, is_sure: bool) -> None:
    if is_sure:
        return
    if not sys.stdin.isatty():
        raise InstallationError("this replaces all data; say --yes")
    print(
        f"This replaces all data of the installation by those of {folder}. Type yes: ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    if sys.stdin.readline().strip() != "yes":
        raise InstallationError("nothing was changed")

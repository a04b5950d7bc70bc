"""`backup`: a copy of the data to keep as long as one likes, and the newest copy of the shred keys, apart."""

import argparse
import json
from datetime import UTC, datetime

from leeside.project.installation import open_installation
from leeside.project.upkeep.backups import copy_shred_keys, make_backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of this command."""
    parser.add_argument("--shred-only", action="store_true", help="only replace the copy of the shred keys")
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Back up while the server may run."""
    with open_installation() as installation:
        data = None if arguments.shred_only else make_backup(installation, datetime.now(UTC))
        keys = copy_shred_keys(installation) if data is None else installation.shred_backup_folder
    if arguments.json:
        print(json.dumps({"data": str(data) if data else None, "shred": str(keys)}))
        return 0
    if data:
        print(f"data        {data}")
    print(f"shred keys  {keys}")
    return 0

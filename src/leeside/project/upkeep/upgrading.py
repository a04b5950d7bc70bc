"""Upgrading: back up, migrate, check; and on any failure put data and sessions back as they were.

The shred store is migrated last and never put back: an older copy of it would bring erased cases back to life. Each
of its migrations is one transaction, so it is either as before or whole.

Tables are made for a new installation only. Where data are and the shred keys are not (a disk that is not mounted), or
the other way round, empty tables would look like a healed installation: the copy of the keys would be replaced by
nothing, or keys without data would be swept away.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from leeside.project.errors import InstallationError
from leeside.project.installation import ALIASES, Installation, pending_migrations
from leeside.project.progress import working
from leeside.project.upkeep.backups import make_backup, restore_backup
from leeside.project.upkeep.copying import copied_name, copy_in, copy_out, overwrite_and_remove

# The order in which databases are migrated.
ORDER = ("data", "fleeting", "shred")


def migrate_all() -> None:
    """Bring all three databases to this version. New databases are made by the same call."""
    from django.core.management import call_command

    for name in ORDER:
        with working(f"Migrating {name}"):
            call_command("migrate", database=ALIASES[name], interactive=False, verbosity=0)


def pending_everywhere() -> dict[str, list[str]]:
    """What each database lacks, by its name."""
    return {name: pending_migrations(ALIASES[name])[0] for name in ORDER}


def is_new() -> bool:
    """Whether no database has any table yet: then there is nothing to back up."""
    return not any(pending_migrations(ALIASES[name])[1] for name in ORDER)


def what_is_gone() -> str:
    """A sentence about a store that is missing while its other half is there; empty when both are, or neither."""
    has_data, has_keys = (pending_migrations(ALIASES[name])[1] for name in ("data", "shred"))
    if has_data and not has_keys:
        return "the shred keys are missing and the data are there: put their one copy in place (docs/operate/backup.md)"
    if has_keys and not has_data:
        return "the data are missing and the shred keys are there: restore a backup"
    return ""


def upgrade(installation: Installation, now: datetime, check: Callable[[], None], say: Callable[[str], None]) -> None:
    """Migrate with a way back. `check` raises when the migrated databases do not hold; `say` prints one line."""
    if is_new():
        migrate_all()
        check()
        say("made the tables of all three databases")
        return
    if not any(pending_everywhere().values()):
        check()
        say("nothing to migrate")
        return
    if gone := what_is_gone():
        raise InstallationError(gone)
    backup = make_backup(installation, now)
    say(f"backed up to {backup}")
    passing = installation.directory / "run" / copied_name(installation.configuration, "fleeting")
    with ExitStack() as at_the_end:
        at_the_end.callback(overwrite_and_remove, passing)
        copy_out(installation.configuration, "fleeting", passing)
        with ExitStack() as way_back:
            way_back.callback(_put_back, installation, backup, passing, say)
            migrate_all()
            check()
            way_back.pop_all()
    say("migrated and checked")


def _put_back(installation: Installation, backup: Path, sessions: Path, say: Callable[[str], None]) -> None:
    from django.db import connections

    from leeside.vault import store

    connections.close_all()
    store.close_connections()
    restore_backup(installation, backup)
    copy_in(installation.configuration, "fleeting", sessions)
    say(f"the upgrade failed and was taken back: data and sessions are as they were (backup: {backup})")

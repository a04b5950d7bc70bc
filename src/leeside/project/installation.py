"""One installation's folder: what lies where, whether it is whole, and Django set up for the command line.

```
DIR/leeside.toml     settings                    DIR/editions/   published figures
DIR/secret.key       Django's own secret         DIR/static/     collected style and scripts
DIR/data/            sealed data                 DIR/run/        passing files of running processes
DIR/shred/           shred keys                  DIR/backups/    copies of data, unless the setting says elsewhere
DIR/fleeting/        sessions, holds             DIR/shred-backup/  the newest copy of the shred keys
```
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from leeside.project.configuration import CONFIGURATION_NAME, SECRET_NAME, Configuration, read_configuration
from leeside.project.errors import InstallationError

FOLDERS = ("data", "shred", "fleeting", "editions", "static", "run", "backups")
ALIASES = {"data": "default", "shred": "shred", "fleeting": "fleeting"}
ALL_SETTINGS = "leeside.project.settings.all"
DEFAULT_DIRECTORY = "leeside-data"


@dataclass(frozen=True)
class Installation:
    """An installation that exists, with its settings read."""

    directory: Path
    configuration: Configuration

    @property
    def is_sqlite(self) -> bool:
        """Whether the three databases are files of this folder."""
        return self.configuration.text("database.kind") == "sqlite"

    @property
    def backup_folder(self) -> Path:
        """Where backups go."""
        written = self.configuration.text("backup.folder")
        return Path(written) if written else self.directory / "backups"

    @property
    def shred_backup_folder(self) -> Path:
        """Where the one newest copy of the shred keys goes, apart from the copies of the data."""
        written = self.configuration.text("backup.shred_folder")
        return Path(written) if written else self.directory / "shred-backup"

    def database_path(self, name: str) -> Path:
        """The file of a SQLite database: `data`, `shred` or `fleeting`."""
        return Path(str(self.configuration.databases()[ALIASES[name]]["NAME"]))


def directory_of_environment() -> Path:
    """The folder that `--dir` or LEESIDE_DIR named, else the default in the current folder."""
    return Path(os.environ.get("LEESIDE_DIR", DEFAULT_DIRECTORY)).absolute()


def make_folders(directory: Path) -> None:
    """Make the folder and its parts, for their owner only; those that exist are left as they are."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in FOLDERS:
            (directory / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise InstallationError(f"{directory} cannot be made: {error.strerror}") from None


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all; durable when this returns."""
    passing = path.with_name(path.name + ".new")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)


def make_secret(directory: Path) -> None:
    """Write a fresh secret for Django; sessions do not depend on it."""
    write_private(directory / SECRET_NAME, secrets.token_urlsafe(48) + "\n")


def read_installation() -> Installation:
    """The installation that the environment names; raises when there is none."""
    directory = directory_of_environment()
    if not (directory / CONFIGURATION_NAME).exists():
        raise InstallationError(f"{directory} is no installation; `leeside init --dir DIR` makes one")
    return Installation(directory, read_configuration(directory, os.environ))


@contextmanager
def open_installation(*, migrated: bool = True) -> Iterator[Installation]:
    """Set Django up for the command line under the role `all`, and tell failures of the databases in one line.

    With `migrated` the databases must be exactly as this version wants them. Connections are closed at the end.
    """
    installation = read_installation()
    os.umask(0o077)
    os.environ["LEESIDE_DIR"] = str(installation.directory)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", ALL_SETTINGS)
    import django
    from django.db import connections

    from leeside.project.checks import require_sound_settings

    try:
        with telling_known_errors():
            django.setup()
            require_sound_settings()
            if migrated:
                require_migrated()
            yield installation
    finally:
        connections.close_all()
        _close_store()


def _close_store() -> None:
    """The store's own connections; without its app (settings that were refused) there are none."""
    from django.apps import apps

    if apps.ready:
        from leeside.vault import store

        store.close_connections()


@contextmanager
def telling_known_errors() -> Iterator[None]:
    """Turn the errors that other zones raise on purpose into one line for the operator."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import DatabaseError

    from leeside.packs.errors import PackError
    from leeside.tally.errors import TallyError
    from leeside.vault.errors import VaultError

    try:
        yield
    except DatabaseError as error:
        raise InstallationError(describe_database_error(error)) from error
    except (ImproperlyConfigured, CommandError, PackError, TallyError, VaultError) as error:
        raise InstallationError(str(error) or type(error).__name__) from error


def pending_migrations(alias: str) -> tuple[list[str], bool]:
    """The migrations that `alias` still lacks, and whether it has any at all."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan], bool(
        executor.loader.applied_migrations
    )


def require_migrated() -> None:
    """Raise unless all three databases are exactly as this version wants them."""
    for name, alias in ALIASES.items():
        missing, begun = pending_migrations(alias)
        if missing and begun:
            raise InstallationError(
                f"the {name} database is half-migrated ({len(missing)} steps are missing); run `upgrade`"
            )
        if missing:
            raise InstallationError(f"the {name} database has no tables yet; run `upgrade`")


def describe_database_error(error: Exception) -> str:
    """One sentence for an operator; a database's own text is kept only where it holds no values."""
    text = str(error).splitlines()[0] if str(error) else ""
    known = {
        "database is locked": "the database is busy: another process holds its lock; try again in a moment",
        "database or disk is full": "the disk is full: nothing was changed; make room and try again",
        "disk I/O error": "the disk is full, or failed while a database was read or written; `df` shows the room left",
        "file is not a database": "a database file is damaged or is no database; restore a backup",
        "database disk image is malformed": "a database file is damaged; restore a backup",
        "unable to open database file": "a database file cannot be opened; check the folder and its permissions",
        "attempt to write a readonly database": "a database file cannot be written; check the folder's permissions",
        "no such table": "a table is missing: the database is half-migrated; run `upgrade`",
        "does not exist": "a table or database is missing; run `upgrade`, and check the database's name",
        "connection": "the database server cannot be reached; check database.*.host, port and user",
    }
    for part, sentence in known.items():
        if part in text:
            return sentence
    return f"the database refused ({type(error).__name__})"

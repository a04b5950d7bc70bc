"""Backups: the data first, the shred keys after, apart, and only ever as the newest copy.

Why this order: a case that arrives between the two copies then has a key and no data, which harms nobody; the other
way round it would have data that nothing can open. Why only the newest: erasing a case deletes its shred key, and an
older copy of the keys would bring it back. Sessions, holds and one-time addresses are in no copy.
"""

import hashlib
import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from leeside.project.errors import InstallationError
from leeside.project.installation import Installation, pending_migrations, write_private
from leeside.project.upkeep.copying import copied_name, copy_in, copy_out, overwrite_and_remove, require_room
from leeside.project.upkeep.locks import being_copied

FORMAT = 1
_MANIFEST = "manifest.json"
_PREFIX = "data-"
_NAME = re.compile(_PREFIX + r"\d{8}T\d{6}Z(-[1-9]\d*)?")


@dataclass(frozen=True)
class Manifest:
    """What a backup of the data says of itself. A reader refuses a format above its own."""

    format: int
    made: str
    kind: str
    file: str
    sha256: str
    migrations: tuple[str, ...]


def make_backup(installation: Installation, now: datetime) -> Path:
    """Copy data, settings and editions into a new folder, then make the copy of the shred keys anew; that folder."""
    with being_copied(installation.directory):
        folder = _copy_data(installation, now)
    copy_shred_keys(installation)
    return folder


def _copy_data(installation: Installation, now: datetime) -> Path:
    configuration = installation.configuration
    whole = _free_place(installation.backup_folder, now)
    for broken_off in installation.backup_folder.glob(f"{_PREFIX}*.new"):
        shutil.rmtree(broken_off, ignore_errors=True)
    passing = whole.with_name(whole.name + ".new")
    passing.mkdir(mode=0o700, parents=True)
    try:
        if installation.is_sqlite:
            require_room(passing, installation.database_path("data").stat().st_size)
        file = passing / copied_name(configuration, "data")
        copy_out(configuration, "data", file)
        shutil.copy(installation.directory / "leeside.toml", passing)
        if (installation.directory / "editions").is_dir():
            shutil.copytree(installation.directory / "editions", passing / "editions")
        manifest = Manifest(
            format=FORMAT,
            made=now.astimezone(UTC).isoformat(timespec="seconds"),
            kind=configuration.text("database.kind"),
            file=file.name,
            sha256=_digest(file),
            migrations=tuple(applied_migrations("default")),
        )
        write_private(passing / _MANIFEST, json.dumps(asdict(manifest), indent=2) + "\n")
        passing.rename(whole)
    except BaseException:
        shutil.rmtree(passing, ignore_errors=True)
        raise
    return whole


def _free_place(folder: Path, now: datetime) -> Path:
    """A folder named for the second; the second copy of one second has "-2" behind it."""
    second = f"{_PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = chain([second], (f"{second}-{number}" for number in count(2)))
    return next(folder / name for name in names if not (folder / name).exists())


def copy_shred_keys(installation: Installation) -> Path:
    """Make the one copy of the shred keys anew; the older one is overwritten before it is removed."""
    with being_copied(installation.directory):
        return _copy_shred_keys(installation)


def _copy_shred_keys(installation: Installation) -> Path:
    if not pending_migrations("shred")[1]:
        # A store that is gone (a disk that is not mounted) must not take the place of the only copy.
        raise InstallationError("the shred keys are missing: their copy is left as it is (docs/operate/backup.md)")
    folder = installation.shred_backup_folder
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / copied_name(installation.configuration, "shred")
    passing, older = target.with_name(target.name + ".new"), target.with_name(target.name + ".old")
    overwrite_and_remove(passing)
    overwrite_and_remove(older)
    copy_out(installation.configuration, "shred", passing)
    if target.exists():
        target.rename(older)
    passing.rename(target)
    _sync_folder(folder)
    overwrite_and_remove(older)
    return target


def list_backups(installation: Installation) -> list[Path]:
    """The folders of whole backups, oldest first."""
    found = (path.parent for path in installation.backup_folder.glob(f"{_PREFIX}*/{_MANIFEST}"))
    return sorted((one for one in found if _NAME.fullmatch(one.name)), key=_order_of)


def _order_of(folder: Path) -> tuple[str, int]:
    second, _, number = folder.name.removeprefix(_PREFIX).partition("-")
    return second, int(number or 1)


def read_manifest(folder: Path) -> Manifest:
    """Read and check what a backup says of itself; raises when it is no whole backup."""
    try:
        untrusted = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**{**untrusted, "migrations": tuple(untrusted["migrations"])})
    except FileNotFoundError:
        raise InstallationError(f"{folder} is no backup: it has no {_MANIFEST}") from None
    except (OSError, ValueError, TypeError, KeyError):
        raise InstallationError(f"{folder / _MANIFEST} cannot be read") from None
    if manifest.format != FORMAT:
        raise InstallationError(f"{folder} was made by a newer version")
    if Path(manifest.file).name != manifest.file or not (folder / manifest.file).is_file():
        raise InstallationError(f"{folder} is not whole: its copy of the data is missing")
    if _digest(folder / manifest.file) != manifest.sha256:
        raise InstallationError(f"{folder} is damaged: its copy of the data is not what was written")
    return manifest


def restore_backup(installation: Installation, folder: Path) -> Manifest:
    """Bring the data of a backup back. The shred store is never touched: what was erased since stays erased."""
    manifest = read_manifest(folder)
    if manifest.kind != installation.configuration.text("database.kind"):
        raise InstallationError(f"{folder} is a copy from {manifest.kind}, and this installation is not")
    copy_in(installation.configuration, "data", folder / manifest.file)
    return manifest


def applied_migrations(alias: str) -> list[str]:
    """The names of the migrations that a database has."""
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[alias]).applied_migrations())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Copies, restores and upgrades: data come back, shred keys never do, sessions are in no copy."""

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from leeside.project.errors import InstallationError
from leeside.project.installation import Installation, read_installation
from leeside.project.upkeep import upgrading
from leeside.project.upkeep.backups import copy_shred_keys, list_backups, make_backup, read_manifest, restore_backup
from leeside.project.upkeep.copying import copy_in, overwrite_and_remove
from leeside.project.upkeep.locks import being_served, held_alone
from leeside.vault import store
from leeside.vault.models import ShredKey
from plugins.installations import Installation as OwnInstallation

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LINE = bytes(range(16))


@pytest.fixture
def place(installation: OwnInstallation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """This test's installation, with folders for copies of its own."""
    monkeypatch.setenv("LEESIDE_BACKUP_FOLDER", str(tmp_path / "copies"))
    monkeypatch.setenv("LEESIDE_BACKUP_SHRED_FOLDER", str(tmp_path / "keys"))
    assert os.environ["LEESIDE_DIR"] == str(installation.directory)
    yield read_installation()


def add_line(slug: str, line_id: bytes = LINE) -> None:
    store.add_line(slug, "refusal", line_id, 8, 8)


def slugs() -> list[str]:
    return [row.slug for row in store.list_lines()]


def put_shred_key(case: bytes) -> None:
    ShredKey.objects.create(case_id=case, key=bytes(32))


def count_shred_keys() -> int:
    return ShredKey.objects.count()


def test_a_restore_brings_the_data_of_its_day_back(place: Installation) -> None:
    add_line("before")
    folder = make_backup(place, NOW)
    add_line("after", bytes(16))
    restore_backup(place, folder)
    assert slugs() == ["before"]


@pytest.mark.promise(5, "a restored backup brings shred keys back")
def test_a_restore_leaves_the_shred_store_as_it_is(place: Installation) -> None:
    put_shred_key(b"a" * 16)
    folder = make_backup(place, NOW)
    put_shred_key(b"b" * 16)
    restore_backup(place, folder)
    assert count_shred_keys() == 2


@pytest.mark.promise(5, "a copy of the data holds a shred key")
def test_a_copy_of_the_data_holds_neither_keys_nor_sessions_nor_the_secret(place: Installation) -> None:
    put_shred_key(b"canary-case-id-1")
    store.put_once("test", b"canary-place-of-a-one-time-addr!", b"canary payload", NOW + timedelta(days=1))
    folder = make_backup(place, NOW)
    names = {path.name for path in folder.rglob("*") if path.is_file()}
    assert not {name for name in names if "shred" in name or "fleeting" in name or "secret" in name}
    assert not [path for path in folder.rglob("*") if path.is_file() and b"canary" in path.read_bytes()]


@pytest.mark.promise(5, "an older copy of the shred keys is kept", times=3)
def test_there_is_only_ever_one_copy_of_the_shred_keys(place: Installation) -> None:
    for number in range(3):
        put_shred_key(bytes([number]) * 16)
        copy_shred_keys(place)
    copies = list(place.shred_backup_folder.iterdir())
    assert len(copies) == 1
    assert copies[0].stat().st_mode & 0o077 == 0


def test_the_copy_of_the_shred_keys_lies_apart_from_the_copies_of_the_data(place: Installation) -> None:
    make_backup(place, NOW)
    assert not place.shred_backup_folder.is_relative_to(place.backup_folder)


def test_nothing_copies_into_the_shred_store(place: Installation, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is ever copied back"):
        copy_in(place.configuration, "shred", tmp_path / "anything")


def test_a_damaged_copy_is_refused_and_nothing_is_changed(place: Installation) -> None:
    add_line("before")
    folder = make_backup(place, NOW)
    file = folder / read_manifest(folder).file
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))
    add_line("after", bytes(16))
    with pytest.raises(InstallationError, match="is damaged"):
        restore_backup(place, folder)
    assert slugs() == ["after", "before"]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 9}', '{"format": 1, "migrations": 3}'])
def test_a_folder_that_is_no_backup_is_refused(place: Installation, tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(InstallationError):
        read_manifest(tmp_path)


def test_a_manifest_cannot_name_a_file_elsewhere(place: Installation) -> None:
    folder = make_backup(place, NOW)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"file": "data.', '"file": "../data.'))
    with pytest.raises(InstallationError, match="not whole"):
        read_manifest(folder)


def test_a_copy_that_was_broken_off_is_no_backup(place: Installation) -> None:
    whole = make_backup(place, NOW)
    broken_off = whole.with_name(whole.name + ".new")
    whole.rename(broken_off)
    assert list_backups(place) == []
    make_backup(place, NOW)
    assert not broken_off.exists()


def test_copies_of_one_second_stand_beside_each_other_in_their_order(place: Installation) -> None:
    """Broken on purpose: the number left out of the name; the copies sorted as text."""
    made = [make_backup(place, NOW) for _ in range(11)]
    assert [folder.name for folder in made[:2]] == ["data-20261123T120000Z", "data-20261123T120000Z-2"]
    later = make_backup(place, NOW + timedelta(seconds=1))
    assert list_backups(place) == [*made, later]


def test_whoever_makes_a_copy_meanwhile_waits_for_the_first(place: Installation) -> None:
    """Broken on purpose: copies without the lock: the second clears the first one away as broken off."""
    copying = ThreadPoolExecutor(4)
    made = list(copying.map(lambda _number: make_backup(place, NOW), range(4)))
    assert sorted(made) == sorted(list_backups(place))
    assert len(list(place.shred_backup_folder.iterdir())) == 1


class TestUpgrade:
    """back up -> migrate -> check; whatever fails is taken back, but for the shred store."""

    def fail(self, place: Installation, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        said: list[str] = []

        def migrate_and_fail() -> None:
            add_line("half", bytes(16))
            with connections["default"].cursor() as cursor:
                cursor.execute("CREATE TABLE left_over (id integer)")
            put_shred_key(b"c" * 16)
            store.put_once("test", bytes(32), b"", NOW + timedelta(days=1))
            raise store.DamagedError("the new tables do not hold")

        monkeypatch.setattr(upgrading, "pending_everywhere", lambda: {"data": ["vault.9999"]})
        monkeypatch.setattr(upgrading, "migrate_all", migrate_and_fail)
        with pytest.raises(store.DamagedError):
            upgrading.upgrade(place, NOW, lambda: None, said.append)
        return said

    def test_a_failed_migration_is_taken_back(self, place: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
        add_line("before")
        said = self.fail(place, monkeypatch)
        assert slugs() == ["before"]
        assert store.look_once("test", bytes(32), NOW) is None
        assert "left_over" not in connections["default"].introspection.table_names()
        assert "taken back" in said[-1]

    @pytest.mark.promise(5, "an upgrade that is taken back brings shred keys back")
    def test_a_failed_migration_leaves_the_shred_store_alone(
        self, place: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put_shred_key(b"a" * 16)
        self.fail(place, monkeypatch)
        assert count_shred_keys() == 2

    def test_no_copy_of_sessions_is_left(self, place: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fail(place, monkeypatch)
        assert not list((place.directory / "run").glob("fleeting*"))

    def test_a_check_that_fails_is_taken_back_too(self, place: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail() -> None:
            raise InstallationError("the check failed")

        monkeypatch.setattr(upgrading, "pending_everywhere", lambda: {"data": ["vault.9999"]})
        monkeypatch.setattr(upgrading, "migrate_all", lambda: add_line("half", bytes(16)))
        with pytest.raises(InstallationError, match="the check failed"):
            upgrading.upgrade(place, NOW, fail, lambda line: None)
        assert slugs() == []

    def test_nothing_is_copied_when_nothing_is_pending(self, place: Installation) -> None:
        upgrading.upgrade(place, NOW, lambda: None, lambda line: None)
        assert list_backups(place) == []


class TestLocks:
    def test_what_is_served_is_neither_restored_nor_upgraded(self, tmp_path: Path) -> None:
        with (
            being_served(tmp_path),
            being_served(tmp_path),
            pytest.raises(InstallationError, match="is being served"),
            held_alone(tmp_path),
        ):
            pass

    def test_what_is_being_upgraded_is_not_served(self, tmp_path: Path) -> None:
        with held_alone(tmp_path), pytest.raises(InstallationError, match="under way"), being_served(tmp_path):
            pass


def test_what_is_removed_is_overwritten_first(tmp_path: Path) -> None:
    path, link = tmp_path / "keys", tmp_path / "same file"
    path.write_bytes(b"canary" * 1000)
    link.hardlink_to(path)
    overwrite_and_remove(path)
    assert not path.exists()
    assert link.read_bytes() == bytes(6000)


def test_a_restored_sqlite_file_goes_on_writing_ahead_and_zeroing(place: Installation) -> None:
    if not place.is_sqlite:
        return
    restore_backup(place, make_backup(place, NOW))
    connection = sqlite3.connect(place.database_path("data"))
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()

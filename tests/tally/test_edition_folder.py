"""Written once, whole or not at all; checked whenever it is read."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from leeside.tally import edition_folder
from leeside.tally.edition_folder import (
    MANIFEST,
    PUBLIC_FILES,
    list_lines,
    list_numbers,
    read_earlier,
    read_edition,
    read_file,
    read_shelf,
    write_edition,
)
from leeside.tally.edition_json import dump
from leeside.tally.errors import DamagedEditionError, EditionError
from tally.making import claim, definition, dimension, edition


def test_what_was_written_is_read(tmp_path: Path) -> None:
    made = edition(claims=[claim()], definitions=[definition(dimensions=[dimension()])], unconfirmed=7)
    folder = write_edition(tmp_path, made)
    assert folder == tmp_path / "refusal" / "1"
    assert read_edition(tmp_path, "refusal", 1) == made
    assert {path.name for path in folder.iterdir()} == set(PUBLIC_FILES)
    assert read_file(tmp_path, "refusal", 1, "data.csv") == (folder / "data.csv").read_bytes()
    manifest = json.loads(read_file(tmp_path, "refusal", 1, MANIFEST))
    assert manifest["signature"] is None
    assert set(manifest["files"]) == set(PUBLIC_FILES) - {MANIFEST}


def test_lines_and_numbers_are_listed_in_order(tmp_path: Path) -> None:
    earlier = []
    for _ in range(11):
        made = edition(earlier=earlier)
        write_edition(tmp_path, made)
        earlier.append(made)
    (tmp_path / "refusal" / "draft").mkdir()
    (tmp_path / "refusal" / "012").mkdir()
    (tmp_path / "refusal" / "99").write_text("a file")
    (tmp_path / "empty").mkdir()
    (tmp_path / "Not a line").mkdir()
    assert list_numbers(tmp_path, "refusal") == tuple(range(1, 12))
    assert list_lines(tmp_path) == ("refusal",)
    assert [each.number for each in read_earlier(tmp_path, "refusal")] == list(range(1, 12))


@pytest.mark.parametrize("line", ["..", "", "a/b", "A", "-x", ".new-1"])
def test_a_line_that_is_no_folder_name_has_no_editions_and_gets_none(tmp_path: Path, line: str) -> None:
    assert list_numbers(tmp_path, line) == ()
    with pytest.raises(EditionError, match="cannot be the name"):
        write_edition(tmp_path, edition(line=line))
    assert list(tmp_path.iterdir()) == []


def test_no_folder_at_all_is_no_editions(tmp_path: Path) -> None:
    assert list_lines(tmp_path / "nowhere") == ()
    assert read_shelf(tmp_path / "nowhere", "refusal").editions == ()


# Rules 1 and 2


def test_a_published_number_is_never_written_again(tmp_path: Path) -> None:
    write_edition(tmp_path, edition())
    before = (tmp_path / "refusal" / "1" / "series.json").read_bytes()
    with pytest.raises(EditionError, match="published already"):
        write_edition(tmp_path, edition(last="2023-10"))
    assert (tmp_path / "refusal" / "1" / "series.json").read_bytes() == before


def test_of_two_writers_at_the_same_time_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_edition(tmp_path, edition())
    monkeypatch.setattr(Path, "exists", lambda path: False)
    with pytest.raises(EditionError, match="not published"):
        write_edition(tmp_path, edition(last="2023-10"))
    monkeypatch.undo()
    assert read_edition(tmp_path, "refusal", 1) == edition()
    assert [path.name for path in (tmp_path / "refusal").iterdir()] == ["1"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(edition_folder.os, "fsync", full)
    with pytest.raises(EditionError, match="No space left"):
        write_edition(tmp_path, edition())
    assert list((tmp_path / "refusal").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "refusal").write_text("a file in the way")
    with pytest.raises(EditionError, match="cannot be written"):
        write_edition(tmp_path, edition())


def test_everyone_may_read_a_published_edition(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, edition())
    assert folder.stat().st_mode & 0o777 == 0o755
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}


# Rule 3


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def _shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("harm", [_flip, _shorten, _lengthen, Path.unlink])
@pytest.mark.parametrize("name", sorted(set(PUBLIC_FILES) - {MANIFEST}))
def test_a_file_that_is_not_what_was_published_is_one_clear_line(
    tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    harm(write_edition(tmp_path, edition()) / name)
    with pytest.raises(DamagedEditionError) as caught:
        read_edition(tmp_path, "refusal", 1)
    assert str(caught.value).startswith(f"Edition 1 of refusal is damaged and is not shown: {name} ")
    assert "\n" not in str(caught.value)
    with pytest.raises(DamagedEditionError):
        read_file(tmp_path, "refusal", 1, MANIFEST)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"files": 3}', b"\xff", b'{"files": {"a": {}}}'])
def test_a_manifest_that_is_none_is_damage(tmp_path: Path, content: bytes) -> None:
    (write_edition(tmp_path, edition()) / MANIFEST).write_bytes(content)
    with pytest.raises(DamagedEditionError, match=MANIFEST):
        read_edition(tmp_path, "refusal", 1)


def _change_manifest(folder: Path, **changes: object) -> None:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    (folder / MANIFEST).write_bytes(dump({**manifest, **changes}))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"format": 2}, "another shape"),
        ({"made": "yesterday"}, "another shape"),
        ({"unconfirmed": 3}, "another shape"),
        ({"titles": 3}, "another shape"),
        ({"number": 2}, "another line or number"),
        ({"line": "other"}, "another line or number"),
    ],
)
def test_a_manifest_that_says_something_else_is_damage(tmp_path: Path, changes: dict[str, object], why: str) -> None:
    _change_manifest(write_edition(tmp_path, edition()), **changes)
    with pytest.raises(DamagedEditionError, match=why):
        read_edition(tmp_path, "refusal", 1)


def test_a_missing_manifest_is_damage(tmp_path: Path) -> None:
    (write_edition(tmp_path, edition()) / MANIFEST).unlink()
    with pytest.raises(DamagedEditionError, match="missing"):
        read_edition(tmp_path, "refusal", 1)


def test_a_shelf_tells_sound_and_damaged_editions_apart_and_none_is_published_on_top(tmp_path: Path) -> None:
    first = edition(last="2023-10")
    write_edition(tmp_path, first)
    second = write_edition(tmp_path, edition(earlier=[first]))
    _flip(second / "series.json")
    shelf = read_shelf(tmp_path, "refusal")
    assert shelf.editions == (first,)
    assert list(shelf.damaged) == [2]
    with pytest.raises(DamagedEditionError):
        read_earlier(tmp_path, "refusal")


def test_a_system_that_cannot_open_folders_still_publishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, flags: int) -> int:
        raise PermissionError

    monkeypatch.setattr(edition_folder.os, "open", refuse)
    edition_folder._flush_folder(tmp_path)

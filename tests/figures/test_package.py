"""An edition as a folder for any static host."""

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from figures.shelves import publish
from leeside.figures.package import write_package
from leeside.project.cli import main
from leeside.tally.errors import DamagedEditionError, EditionError

if TYPE_CHECKING:
    from plugins.installations import Installation


def test_the_folder_holds_pages_charts_posts_and_data_that_link_to_each_other(
    tmp_path: Path, installation: "Installation"
) -> None:
    publish(tmp_path)
    target = write_package(tmp_path / "editions", "refusal", 1, tmp_path / "out", "https://example.org/")
    names = {path.name for path in target.iterdir()}
    assert {"index.html", "index.ru.html", "index.uk.html", "ru-requests.svg", "post.uk.txt", "data.csv"} <= names
    for page in target.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        links = [link for link in re.findall(r'href="([^"#]+)"', text) if not link.startswith(("https://", "data:"))]
        assert set(links) <= names
        assert "<script" not in text
        assert "<style>" in text
    assert "https://example.org/" in (target / "post.en.txt").read_text(encoding="utf-8")
    assert "Выпуск 1" in (target / "index.ru.html").read_text(encoding="utf-8")


def test_an_existing_folder_is_left_alone(tmp_path: Path, installation: "Installation") -> None:
    publish(tmp_path)
    (tmp_path / "out").mkdir()
    with pytest.raises(EditionError, match="exists already"):
        write_package(tmp_path / "editions", "refusal", 1, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, installation: "Installation") -> None:
    publish(tmp_path)
    with pytest.raises(EditionError, match="was not written"):
        write_package(tmp_path / "editions", "refusal", 1, tmp_path / "nowhere" / "out")


def test_a_damaged_edition_makes_no_package(tmp_path: Path, installation: "Installation") -> None:
    publish(tmp_path)
    (tmp_path / "editions" / "refusal" / "1" / "claims.json").unlink()
    with pytest.raises(DamagedEditionError):
        write_package(tmp_path / "editions", "refusal", 1, tmp_path / "out")


def test_the_command_writes_the_latest_edition(
    tmp_path: Path, installation: "Installation", capsys: pytest.CaptureFixture[str]
) -> None:
    folder = installation.directory
    shutil.rmtree(folder / "editions", ignore_errors=True)
    words = ["figures", "--dir", str(folder), "--line", "refusal", "--package", str(tmp_path / "out")]
    try:
        assert main(words) == 1
        assert "refusal has no edition yet" in capsys.readouterr().err
        publish(folder)
        assert main(words) == 0
        assert (tmp_path / "out" / "index.html").exists()
    finally:
        shutil.rmtree(folder / "editions", ignore_errors=True)

"""`leeside answers export`: the file of the answers' page, made where there is no server."""

from datetime import date
from pathlib import Path

import pytest

from leeside.door.along import write_along
from leeside.packs.reader import shipped_pack
from leeside.project.cli import main

PACK = shipped_pack("refusal")


def export(*words: object) -> int:
    return main(["answers", "export", *map(str, words)])


def test_all_answers_of_a_pack_go_into_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Broken on purpose: a file of the first answer alone."""
    file = tmp_path / "pages.html"
    assert export("--pack", "refusal", "--to", file, "--on", "2023-12-05", "--language", "uk") == 0
    shown = PACK.public_answers.answers
    assert file.read_text(encoding="utf-8") == write_along(PACK, shown, "uk", date(2023, 12, 5))
    assert f"{len(shown)} answers" in capsys.readouterr().out


def test_one_answer_can_be_exported_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Broken on purpose: `--answer` that is not looked at."""
    file = tmp_path / "page.html"
    assert export("--pack", "refusal", "--to", file, "--answer", "passport_kept", "--on", "2023-12-05") == 0
    assert file.read_text(encoding="utf-8").count("<article") == 1
    assert "1 answer," in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["--pack", "nothing"], "neither a folder nor a shipped pack", 1),
        (["--pack", "refusal", "--language", "de"], "the pack speaks ru, en, uk", 2),
        (["--pack", "refusal", "--answer", "nothing"], "no answer `nothing`", 1),
        (["--pack", "refusal", "--on", "2020-01-01"], "no answers to show on 2020-01-01", 1),
    ],
)
def test_what_cannot_be_exported_is_said_and_no_file_is_left(
    words: list[str], said: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken on purpose: each of the four checks left out in turn."""
    file = tmp_path / "pages.html"
    assert export(*words, "--to", file) == code
    assert said in capsys.readouterr().err
    assert not file.exists()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Broken on purpose: a file opened for writing over."""
    file = tmp_path / "letter.txt"
    file.write_text("mine", encoding="utf-8")
    assert export("--pack", "refusal", "--to", file) == 1
    assert file.read_text(encoding="utf-8") == "mine"
    assert "is there already" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Broken on purpose: an error of the system as a traceback."""
    assert export("--pack", "refusal", "--to", tmp_path / "nowhere" / "pages.html") == 1
    assert "No such file or directory" in capsys.readouterr().err

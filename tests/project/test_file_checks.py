"""What `doctor` says of files, and where the desk's second name comes from."""

from pathlib import Path

import pytest

from leeside.desk.files import drawing
from leeside.project.configuration import read_configuration
from leeside.project.upkeep.file_checks import check_second_name, check_walls
from leeside.project.upkeep.findings import Grade


def test_a_desk_without_a_second_name_or_walls_deserves_a_look() -> None:
    assert check_second_name("").grade == check_walls(is_drawn=False).grade == Grade.CARE
    assert check_second_name("https://papers.example").grade == check_walls(is_drawn=True).grade == Grade.FINE


def test_this_machine_draws_behind_walls() -> None:
    assert drawing.is_possible()


@pytest.mark.parametrize(
    ("settings", "files"),
    [
        ("", "http://127.0.0.1:8002"),
        ("port = 9600", "http://127.0.0.1:9602"),
        ('[desk]\nurl = "http://127.0.0.1:8002"', "http://localhost:8002"),
        ('[desk]\nurl = "https://desk.example"', ""),
        ('[desk]\nurl = "https://desk.example"\nfiles_url = "https://papers.example"', "https://papers.example"),
    ],
)
def test_the_second_name_is_written_or_the_machine_s_other_one(tmp_path: Path, settings: str, files: str) -> None:
    (tmp_path / "leeside.toml").write_text(settings, encoding="utf-8")
    configuration = read_configuration(tmp_path, {})
    assert configuration.files_address() == files
    assert not files or files.partition("//")[2].partition(":")[0] in configuration.hosts("desk")
    assert "papers.example" not in configuration.hosts("mailbox")

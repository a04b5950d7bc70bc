"""Small changes to leeside.toml leave a keeper's own lines alone, and never leave a file that cannot be read."""

from pathlib import Path

import pytest

from leeside.project.configuration import read_configuration
from leeside.project.errors import ConfigurationError, InstallationError
from leeside.project.upkeep.toml_edit import add_table, set_value

FILE = """\
# my own remark
port = 9000

[lines.one]   # the first
pack = "refusal"

[lines.two]
fingerprint = ""  # none yet
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leeside.toml").write_text(FILE)
    return tmp_path


def text_of(folder: Path) -> str:
    return (folder / "leeside.toml").read_text(encoding="utf-8")


def test_a_key_is_set_in_its_own_table_and_everything_else_stays(folder: Path) -> None:
    set_value(folder, "lines.one", "fingerprint", "ab" * 32)
    lines = read_configuration(folder, {}).lines
    assert (lines["one"].fingerprint, lines["two"].fingerprint) == ("ab" * 32, "")
    assert "# my own remark\nport = 9000" in text_of(folder)


def test_a_key_that_stands_there_is_replaced_and_not_doubled(folder: Path) -> None:
    set_value(folder, "lines.two", "fingerprint", "cd" * 32)
    assert text_of(folder).count("fingerprint") == 1
    assert read_configuration(folder, {}).lines["two"].fingerprint == "cd" * 32


def test_a_table_is_added_with_any_letters_and_quotes(folder: Path) -> None:
    titles = {"ru": 'Вопросы «и» "ответы"', "en": "a\\b"}
    add_table(folder, "lines.three", {"pack": "refusal", "titles": titles})
    assert dict(read_configuration(folder, {}).lines["three"].titles) == titles


def test_a_change_that_no_setting_allows_is_taken_back(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^lines\.one\.fingerprint: "):
        set_value(folder, "lines.one", "fingerprint", "not a fingerprint")
    assert text_of(folder) == FILE


def test_a_table_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(InstallationError, match=r"has no table \[lines\.nobody\]"):
        set_value(folder, "lines.nobody", "fingerprint", "")
    assert text_of(folder) == FILE


def test_the_file_stays_its_owners_alone(folder: Path) -> None:
    set_value(folder, "lines.one", "address", "help")
    assert (folder / "leeside.toml").stat().st_mode & 0o077 == 0

"""Settings of an installation: read whole, refused by name."""

from pathlib import Path

import pytest

from leeside.project.configuration import read_configuration
from leeside.project.errors import ConfigurationError


def write(folder: Path, text: str) -> Path:
    (folder / "leeside.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_file_has_every_default_and_no_line(tmp_path: Path) -> None:
    configuration = read_configuration(tmp_path, {})
    assert configuration.lines == {}
    assert configuration.port_of("desk") == 8002
    assert configuration.address_of("desk") == "http://localhost:8002"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("portt = 1", "portt"),
        ("port = 0", "port"),
        ("port = true", "port"),
        ('port = "many"', "port"),
        ('[door]\nurl = "ftp://example.org"', "door.url"),
        ('[door]\ncolour = "red"', "door.colour"),
        ('[door]\nother_names = ["https://one.example"]', "door.other_names"),
        ("[door]\nother_names = 3", "door.other_names"),
        ('[desk]\nurl = "https://example.org/desk"', "desk.url"),
        ('[clock]\nstands_still_at = "yesterday"', "clock.stands_still_at"),
        ('[database]\nkind = "oracle"', "database.kind"),
        ("[lines.Refusal]", "lines.Refusal"),
        ('[lines.one]\ntime_zone = "Moscow"', "lines.one.time_zone"),
        ('[lines.one]\nfingerprint = "12"', "lines.one.fingerprint"),
        ('[lines.one]\nsecret = "12"', "lines.one.secret"),
        ('[lines.one]\naddress = "two"\n[lines.two]', "lines.two.address"),
        ("lines = 3", "lines"),
        ("port = ", "leeside.toml"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(write(tmp_path, text), {})
    assert str(caught.value).startswith(f"{name}: ")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    folder = write(tmp_path, '[database.shred]\nhost = "one"')
    assert read_configuration(folder, {"LEESIDE_DATABASE_SHRED_HOST": "two"}).text("database.shred.host") == "two"


@pytest.mark.parametrize("variable", ["LEESIDE_PROT", "LEESIDE_DATABASE_SHRED", "LEESIDE_LINES"])
def test_an_unknown_variable_is_refused_by_its_name(tmp_path: Path, variable: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(tmp_path, {variable: "x"})
    assert str(caught.value).startswith(f"{variable}: ")


def test_a_wrong_variable_is_refused_by_the_variables_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(tmp_path, {"LEESIDE_PORT": "many"})
    assert str(caught.value).startswith("LEESIDE_PORT: ")


def test_a_line_without_an_address_is_reached_by_its_name(tmp_path: Path) -> None:
    line = read_configuration(write(tmp_path, "[lines.refusal]"), {}).lines["refusal"]
    assert (line.address, line.pack) == ("refusal", "refusal")


def test_a_role_is_asked_by_its_own_name_only(tmp_path: Path) -> None:
    configuration = read_configuration(write(tmp_path, '[desk]\nurl = "https://desk.example.org/"'), {})
    assert configuration.address_of("desk") == "https://desk.example.org"
    assert "desk.example.org" in configuration.hosts("desk")
    assert "desk.example.org" not in configuration.hosts("mailbox")


def test_a_role_may_have_other_names_such_as_an_onion_address(tmp_path: Path) -> None:
    folder = write(tmp_path, '[door]\nother_names = ["one.example", "abc.onion"]')
    assert {"one.example", "abc.onion"} <= set(read_configuration(folder, {}).hosts("door"))
    assert "x.onion" in read_configuration(folder, {"LEESIDE_DOOR_OTHER_NAMES": "x.onion,"}).hosts("door")

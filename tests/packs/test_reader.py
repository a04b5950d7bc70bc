"""Reading packs: a good one becomes one object, a bad one is told all its faults with file, line and key."""

import dataclasses
import tomllib
from pathlib import Path
from types import MappingProxyType

import pytest

from leeside.packs.errors import PackError, PackProblem
from leeside.packs.files import LIMIT_FILE_BYTES
from leeside.packs.pack import Pack
from leeside.packs.reader import check_pack, load_pack, shipped_names, shipped_pack

HERE = Path(__file__).parent
BAD_PACKS = sorted((HERE / "bad_packs").glob("*.toml"))


def spoil(folder: Path, change: dict[str, str]) -> None:
    """Make one change to a file of a good pack."""
    path = folder / change["file"]
    if change.get("delete"):
        path.unlink()
    elif "hex" in change:
        path.write_bytes(bytes.fromhex(change["hex"]))
    elif "write" in change:
        path.write_text(change["write"], encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        assert change["old"] in text
        path.write_text(text.replace(change["old"], change["new"], 1), encoding="utf-8")


@pytest.mark.parametrize("bad", BAD_PACKS, ids=lambda path: path.stem)
def test_a_bad_pack_is_told_exactly_what_is_wrong(bad: Path, copy_of_tiny: Path) -> None:
    case = tomllib.loads(bad.read_text(encoding="utf-8"))
    for change in case["changes"]:
        spoil(copy_of_tiny, change)
    problems = check_pack(copy_of_tiny)
    assert [str(problem) for problem in problems] == case["problems"]
    with pytest.raises(PackError) as refused:
        load_pack(copy_of_tiny)
    assert refused.value.problems == problems
    for problem in problems:
        assert f"\n  {problem}" in str(refused.value)


def test_there_are_many_ways_to_be_bad() -> None:
    assert len(BAD_PACKS) > 60


def test_every_problem_names_a_line_that_exists(copy_of_tiny: Path) -> None:
    spoil(copy_of_tiny, {"file": "rules.toml", "old": 'circle = "law"', "new": 'circle = "laws"'})
    (problem,) = check_pack(copy_of_tiny)
    line = (copy_of_tiny / problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line == 'circle = "laws"'


def test_windows_line_ends_move_no_line(copy_of_tiny: Path) -> None:
    rules = copy_of_tiny / "rules.toml"
    rules.write_bytes(rules.read_bytes().replace(b'circle = "law"', b'circle = "laws"').replace(b"\n", b"\r\n"))
    assert [problem.line for problem in check_pack(copy_of_tiny)] == [5]


def test_a_good_pack_has_no_problems() -> None:
    assert check_pack(HERE / "tiny") == ()


def test_no_folder_is_one_problem(tmp_path: Path) -> None:
    assert check_pack(tmp_path / "none") == (PackProblem(".", 0, "", "there is no such folder."),)


def test_a_huge_file_is_refused_unread(copy_of_tiny: Path) -> None:
    (copy_of_tiny / "claims.toml").write_bytes(b"#" * (LIMIT_FILE_BYTES + 1))
    assert check_pack(copy_of_tiny) == (
        PackProblem("claims.toml", 0, "", f"the file has more than {LIMIT_FILE_BYTES} bytes."),
    )


def test_a_folder_where_a_file_should_be_is_a_problem(copy_of_tiny: Path) -> None:
    (copy_of_tiny / "claims.toml").unlink()
    (copy_of_tiny / "claims.toml").mkdir()
    (problem,) = check_pack(copy_of_tiny)
    assert problem.message.startswith("the file cannot be read")


def test_an_unfinished_file_is_named_at_its_end(copy_of_tiny: Path) -> None:
    claims = copy_of_tiny / "claims.toml"
    claims.write_text(claims.read_text(encoding="utf-8") + 'more = """', encoding="utf-8")
    (problem,) = check_pack(copy_of_tiny)
    assert problem.line == 8
    assert problem.message.startswith("this is no TOML")


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_packs_have_no_problems(name: str) -> None:
    assert shipped_pack(name).name == name


def test_a_shipped_pack_is_read_once() -> None:
    name = shipped_names()[0]
    assert shipped_pack(name) is shipped_pack(name)


def test_a_name_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(PackError, match="no such pack"):
        shipped_pack("../refusal")


def test_a_pack_cannot_be_changed(tiny: Pack) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        tiny.version = 4  # type: ignore[misc]
    frozen_values(tiny)


def frozen_values(value: object) -> None:
    """Every part of a pack is frozen, a tuple or a mapping that cannot be written."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
        for field in dataclasses.fields(value):
            frozen_values(getattr(value, field.name))
    elif isinstance(value, MappingProxyType):
        for inner in value.values():
            frozen_values(inner)
    elif isinstance(value, tuple):
        for inner in value:
            frozen_values(inner)
    else:
        assert not isinstance(value, list | set | bytearray), value
        # A wording by voice or by plural form is the one plain dictionary, held inside a closed mapping.
        assert not isinstance(value, dict) or all(isinstance(inner, str) for inner in value.values())

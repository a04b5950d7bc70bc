"""A pack with errors: `pack check` names file, line and key of each, `serve` refuses to start, nobody gets a traceback.

Broken on purpose to see it fail: `serve` that left the packs to its roles (two of them told it, two were ready);
`check_pack` that let TOML's own error through.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from attacks.browser import FORM, Browser
from leeside.packs.reader import SHIPPED
from plugins.lines import FoundedLine, ServedLine
from plugins.servers import run_command, start_server

pytestmark = pytest.mark.slow


def _replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(pack: Path) -> None:
        path = pack / file
        text = path.read_text(encoding="utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def _write(file: str, content: bytes) -> Callable[[Path], None]:
    return lambda pack: (pack / file).write_bytes(content) and None


def _remove(file: str) -> Callable[[Path], None]:
    return lambda pack: (pack / file).unlink()


# What is wrong -> how it is made, the file that must be named, whether a line must be, and the key.
ERRORS: dict[str, tuple[Callable[[Path], None], str, bool, str]] = {
    "a bracket left open": (_replace("questions.toml", "[choices]", "[choices"), "questions.toml", True, ""),
    "a word nobody knows": (
        _replace("questions.toml", 'kind = "one"', 'kind = "one"\ncolour = "red"'), "questions.toml", True, "colour",
    ),
    "a kind nobody knows": (
        _replace("questions.toml", 'kind = "one"', 'kind = "guess"'), "questions.toml", True, "kind",
    ),
    "a number for a text": (_replace("questions.toml", 'id = "where"', "id = 7"), "questions.toml", True, "id"),
    "a need that no question asks": (
        _replace("questions.toml", 'need = "wants"', 'need = "nothing_asked"'), "questions.toml", True, "need",
    ),
    "a text without its translation": (
        _replace("texts/uk/form.toml", 'unit = "У частині"\n', ""), "texts/uk", False, "unit",
    ),
    "a text that is a number": (
        _replace("texts/uk/form.toml", 'unit = "У частині"', "unit = 7"), "texts/uk/form.toml", True, "unit",
    ),
    "bytes that are no text": (_write("texts/ru/form.toml", b"\xff\xfe\x00title"), "texts/ru/form.toml", False, ""),
    "a file that is empty": (_write("rules.toml", b""), "rules.toml", False, ""),
    "a file that is not there": (_remove("questions.toml"), "questions.toml", False, ""),
    "a folder that is not there": (lambda pack: shutil.rmtree(pack / "texts" / "uk"), "texts/uk", False, ""),
    "a file of a million brackets": (_write("rules.toml", b"a = " + b"[" * 1_000_000), "rules.toml", False, ""),
    "a version of words": (_replace("pack.toml", "version = 1", 'version = "one"'), "pack.toml", True, "version"),
    "a format of the future": (_replace("pack.toml", "format = 1", "format = 99"), "pack.toml", True, "format"),
}  # fmt: skip


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack that a test may spoil."""
    shutil.copytree(SHIPPED / "refusal", tmp_path / "refusal")
    return tmp_path / "refusal"


@pytest.mark.parametrize("what", list(ERRORS))
def test_the_command_names_file_line_and_key(pack: Path, what: str) -> None:
    spoil, file, has_line, key = ERRORS[what]
    spoil(pack)
    done = run_command("pack", "check", str(pack))
    assert done.returncode == 1 and "Traceback" not in done.stderr, (done.stdout, done.stderr[-600:])
    lines = [one.strip() for one in done.stdout.splitlines()[1:] if one.strip().startswith(file)]
    assert lines, done.stdout
    if has_line:
        assert re.match(rf"{re.escape(file)}:[1-9]\d*: ", lines[0]), lines
    assert any(key in one for one in lines), lines


@pytest.fixture
def line_of_pack(founded_line: FoundedLine, pack: Path) -> FoundedLine:
    """A founded line whose pack is the copy."""
    settings = founded_line.directory / "leeside.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r'pack = "[^"]*"', f'pack = "{pack}"', text), encoding="utf-8")
    return founded_line


def test_the_server_starts_on_the_copy_while_it_is_whole(line_of_pack: FoundedLine) -> None:
    line = ServedLine(line_of_pack, start_server(line_of_pack.directory, ["--no-tick"]))
    try:
        line.server.wait_until_ready()
        assert Browser(line.address("door")).get(FORM).status == 200
    finally:
        line.stop()


@pytest.mark.parametrize("what", ["a bracket left open", "a kind nobody knows", "a file that is not there"])
def test_the_server_refuses_to_start_on_it(line_of_pack: FoundedLine, pack: Path, what: str) -> None:
    spoil, file, has_line, _ = ERRORS[what]
    spoil(pack)
    done = run_command("serve", "--port", "1", directory=line_of_pack.directory)
    assert done.returncode != 0 and "Traceback" not in done.stderr, done.stderr
    assert file in done.stderr and (not has_line or re.search(rf"{re.escape(file)}:[1-9]", done.stderr)), done.stderr
    assert len(done.stderr.splitlines()) == 2 and "ready" not in done.stderr, done.stderr

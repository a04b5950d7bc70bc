"""The command line as an operator meets it: real processes, exit codes, one clear line for whatever is wrong."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leeside.project.cli import COMMANDS, main, take_directory
from plugins.servers import ROOT, run_command, start_server

SCRIPT = ROOT / "leeside"


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "demo"])
def test_every_command_explains_itself(command: str) -> None:
    done = run_command(command, "--help")
    assert done.returncode == 0, done.stderr
    assert "--dir DIR" in done.stdout


def test_without_a_command_the_commands_are_listed_and_the_code_says_wrong_usage() -> None:
    done = run_command()
    assert done.returncode == 2
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [["serve"], ["tick"], ["doctor"], ["verify"], ["backup"], ["restore"], ["upgrade"], ["line", "list"],
     ["staff", "list", "x"], ["figures", "--line", "x"]],
    ids=" ".join,
)  # fmt: skip
def test_a_folder_that_is_no_installation_is_refused_in_one_line(words: list[str], tmp_path: Path) -> None:
    done = run_command(*words, directory=tmp_path / "nothing here")
    assert done.returncode == 1
    assert len(lines_of(done.stderr)) == 1
    assert "is no installation; `leeside init --dir DIR` makes one" in done.stderr


def test_a_wrong_setting_is_refused_by_its_name(new_installation: Path) -> None:
    with (new_installation / "leeside.toml").open("a") as file:
        file.write("\nportt = 8000\n")
    done = run_command("serve", directory=new_installation)
    assert done.returncode == 2
    assert lines_of(done.stderr) == [
        "leeside serve: portt: there is no setting of this name (see docs/operate/settings.md)"
    ]


def test_an_installation_is_not_made_twice(new_installation: Path) -> None:
    before = (new_installation / "secret.key").read_text()
    done = run_command("init", directory=new_installation)
    assert done.returncode == 1
    assert (new_installation / "secret.key").read_text() == before


def test_a_new_installation_is_its_owners_alone(new_installation: Path) -> None:
    open_to_others = [path for path in new_installation.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert new_installation.stat().st_mode & 0o077 == 0


def test_a_half_migrated_database_is_not_served(new_installation: Path) -> None:
    with sqlite3.connect(new_installation / "data" / "leeside.sqlite3") as database:
        database.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'vault')"
        )
    done = run_command("serve", directory=new_installation)
    assert done.returncode == 1
    assert lines_of(done.stderr)[-1].startswith("leeside serve: the data database is half-migrated")


def test_a_database_that_is_none_is_told_in_one_line(new_installation: Path) -> None:
    (new_installation / "data" / "leeside.sqlite3").write_bytes(b"not a database at all" * 500)
    done = run_command("tick", directory=new_installation)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "damaged" in done.stderr


def test_a_line_is_added_once_and_founded_from_its_address(new_installation: Path) -> None:
    added = run_command("line", "add", "refusal", "--address", "help", directory=new_installation)
    assert added.returncode == 0, added.stderr
    assert "/en/found/" in added.stdout
    assert run_command("line", "add", "refusal", directory=new_installation).returncode == 1
    listed = json.loads(run_command("line", "list", "--json", directory=new_installation).stdout)
    assert [(row["line"], row["state"], row["pinned"]) for row in listed] == [("refusal", "founding", False)]


@pytest.fixture(scope="module")
def unfounded(installation_to_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a line that nobody has founded; no test of this module changes it."""
    directory = tmp_path_factory.mktemp("unfounded") / "installation"
    shutil.copytree(installation_to_copy, directory)
    assert run_command("line", "add", "refusal", directory=directory).returncode == 0
    return directory


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["line", "pin", "refusal"], "is not founded yet"),
        (["line", "open", "refusal"], "must be founded and pinned first"),
        (["line", "found", "nobody"], "there is no line nobody"),
        (["staff", "invite", "refusal"], "must be founded and pinned first"),
        (["staff", "lock", "refusal", "Nobody"], "nobody of this name"),
        (["figures", "--line", "refusal", "--from", "2023-13"], "YYYY-MM"),
        (["line", "add", "other", "--pack", "nothing"], "nothing"),
        (["line", "add", "Other"], "the name must be"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_step_out_of_order_is_refused_with_its_reason(unfounded: Path, words: list[str], said: str) -> None:
    done = run_command(*words, directory=unfounded)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_and_verify_and_tick_find_nothing_bad_in_a_new_installation(new_installation: Path) -> None:
    for command in ("tick", "backup", "verify", "doctor"):
        done = run_command(command, "--json", directory=new_installation)
        assert done.returncode == 0, done.stdout + done.stderr
        assert isinstance(json.loads(done.stdout), dict)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("break_it", "name"),
    [
        (lambda folder: folder.chmod(0o755), "permissions"),
        (lambda folder: (folder / "shred-backup" / "shred.old").touch(), "shred copy"),
        (lambda folder: os.utime(folder / "shred-backup" / "shred.sqlite3", (0, 0)), "shred copy"),
        (lambda folder: os.utime(folder / "shred-backup" / "shred.sqlite3", (2**32, 2**32)), "time"),
        (lambda folder: (folder / "leeside.toml").write_text("[clock]\noffset_seconds = 60\n"), "clock"),
        (lambda folder: (folder / "shred" / "shred.sqlite3").unlink(), "shred"),
        (lambda folder: (folder / "data" / "leeside.sqlite3").unlink(), "data"),
        (lambda folder: (folder / "secret.key").unlink(), "secret"),
        (lambda folder: (folder / "secret.key").write_text("short\n"), "secret"),
    ],
    ids=[
        "others may read", "two copies of the keys", "an old copy of the keys", "a clock that went back",
        "another day", "no shred keys", "no data", "no secret", "half a secret",
    ],
)  # fmt: skip
def test_doctor_names_what_is_bad(new_installation: Path, break_it: object, name: str) -> None:
    run_command("backup", directory=new_installation)
    break_it(new_installation)  # type: ignore[operator]
    done = run_command("doctor", "--json", directory=new_installation)
    assert done.returncode == 1
    assert [row["name"] for row in json.loads(done.stdout)["findings"] if row["grade"] == "bad"] == [name]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["upgrade", "backup"])
def test_a_shred_store_that_is_gone_is_neither_made_anew_nor_copied_over_the_only_copy(
    new_installation: Path, command: str
) -> None:
    """Broken on purpose: tables made for whichever store is empty; the copy renewed from a store without tables."""
    run_command("backup", directory=new_installation)
    copy = new_installation / "shred-backup" / "shred.sqlite3"
    before = copy.read_bytes()
    (new_installation / "shred" / "shred.sqlite3").unlink()
    done = run_command(command, directory=new_installation)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert "shred" in done.stderr
    assert copy.read_bytes() == before
    assert run_command("doctor", directory=new_installation).returncode == 1


def test_what_may_not_be_written_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Broken on purpose: told as a fault of ours."""

    def refuse(_arguments: object) -> int:
        raise PermissionError(13, "Permission denied", str(tmp_path / "backups"))

    monkeypatch.setenv("LEESIDE_DIR", str(tmp_path))
    monkeypatch.setattr("leeside.project.commands.backup.run", refuse)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    assert main(["backup"]) == 1
    assert capsys.readouterr().err == f"leeside backup: {tmp_path / 'backups'}: this user may not read or write it\n"


@pytest.mark.slow
def test_tick_keeps_the_copy_of_the_shred_keys_young(new_installation: Path) -> None:
    run_command("backup", directory=new_installation)
    copy = new_installation / "shred-backup" / "shred.sqlite3"
    day_old = time.time() - 24 * 3600
    os.utime(copy, (day_old, day_old))
    run_command("tick", directory=new_installation)
    assert copy.stat().st_mtime > day_old + 3600


@pytest.mark.slow
def test_what_is_being_served_is_left_alone(
    new_installation: Path,
) -> None:
    server = start_server(new_installation)
    try:
        server.wait_until_ready()
        run_command("backup", directory=new_installation)
        for words in (["upgrade"], ["restore", "--yes"]):
            done = run_command(*words, directory=new_installation)
            assert done.returncode == 1
            assert "is being served; stop the server first" in done.stderr
        done = run_command("serve", "--port", str(server.port), directory=new_installation)
        assert done.returncode == 1
        assert f"port {server.port} on 127.0.0.1, for the door, is already in use" in done.stderr
    finally:
        assert server.stop() == 0


def test_the_folder_may_stand_anywhere_before_the_words_for_pytest() -> None:
    assert take_directory(["line", "--dir", "a b", "list"]) == (["line", "list"], Path("a b"))
    assert take_directory(["tick", "--dir=x"]) == (["tick"], Path("x"))
    assert take_directory(["test", "--", "--dir", "x"]) == (["test", "--", "--dir", "x"], None)


class TestScript:
    """`./leeside` itself, with this checkout's environment."""

    def make_checkout(self, tmp_path: Path) -> Path:
        home = tmp_path / "a folder with spaces"
        home.mkdir()
        shutil.copy(SCRIPT, home)
        for name in ("src", "locks", "pyproject.toml", ".venv"):
            (home / name).symlink_to(ROOT / name)
        return home

    def run(self, command: list[str], cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("LEESIDE_", "PYTHON"))}
        return subprocess.run(
            command, cwd=cwd, env={**environment, **more}, capture_output=True, text=True, check=False
        )

    def test_it_runs_from_another_folder_and_through_a_link(self, tmp_path: Path) -> None:
        home = self.make_checkout(tmp_path)
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "django.py").write_text("raise RuntimeError('imported from the current folder')")
        (tmp_path / "link").symlink_to(home / "leeside")
        done = self.run([str(tmp_path / "link"), "doctor"], tmp_path / "elsewhere")
        assert "is no installation" in done.stderr, done.stderr

    def test_a_second_start_costs_next_to_nothing(self, tmp_path: Path) -> None:
        home = self.make_checkout(tmp_path)
        self.run([str(home / "leeside"), "--help"], tmp_path)
        times = []
        for _ in range(3):
            began = time.monotonic()
            assert self.run([str(home / "leeside"), "--help"], tmp_path).returncode == 0
            times.append(time.monotonic() - began)
        assert min(times) < 0.3

    @pytest.mark.parametrize(
        ("python", "said"),
        [
            ("#!/bin/sh\nexit 1\n", "needs Python 3.11 or later"),
            (
                "#!/bin/sh\ncase $2 in *ensurepip*) exit 1;; *platform*) echo Python 3.12;; esac\nexit 0\n",
                "apt-get install python3-venv",
            ),
        ],
        ids=["too old", "without venv"],
    )
    def test_a_python_that_will_not_do_is_told_with_the_command(self, tmp_path: Path, python: str, said: str) -> None:
        home, programs = tmp_path / "home", tmp_path / "bin"
        home.mkdir()
        programs.mkdir()
        shutil.copy(SCRIPT, home)
        for name in ("locks", "pyproject.toml"):
            (home / name).symlink_to(ROOT / name)
        for name in ("python3", "python3.11", "python3.12", "python3.13", "python"):
            (programs / name).write_text(python)
            (programs / name).chmod(0o755)
        for name in ("dirname", "cat", "cksum", "mkdir", "rm", "readlink", "date", "sh", "tail", "sleep"):
            (programs / name).symlink_to(shutil.which(name) or name)
        done = self.run(["/bin/sh", str(home / "leeside"), "--help"], tmp_path, PATH=str(programs))
        assert done.returncode == 2
        assert said in done.stderr
        assert not (home / ".venv").exists()
        assert not (home / ".venv.lock").exists()

    def test_what_the_ci_runs_is_the_test_command_and_nothing_else(self) -> None:
        lines = lines_of((ROOT / ".ci" / "run").read_text())
        assert [line for line in lines if not line.startswith("#")] == ['exec "$(dirname "$0")/../leeside" test "$@"']

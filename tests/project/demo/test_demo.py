"""The filled demo, as a stranger meets it: figures, chairs, the thief's side, and the search that proves it."""

import json
import subprocess
import urllib.request
from pathlib import Path

import pytest

from leeside.project.demo import months
from plugins.browsers import COMMAND, Demo
from plugins.servers import environment

pytestmark = pytest.mark.slow


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *words, "--dir", str(folder)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)


def test_the_command_line_prints_the_published_months_and_statements(filled_demo: Path) -> None:
    words = ["figures", "--line", "refusal", "--from", "2023-04", "--to", "2023-11", "--json"]
    printed = json.loads(run(filled_demo, *words).stdout)
    assert printed["months"] == months.LEAVE_SERVICE
    told = " ".join(printed["statements"]).replace("\N{NO-BREAK SPACE}", " ")
    for part in (
        "577",
        "89 %",
        "305",
        "October was highest with 218",
        "June lowest with 54",
        "1,037",
        "more than half",
    ):
        assert part in told, part
    assert len(printed["claims"]) >= 7


@pytest.mark.promise(1, "every sentence, receipt and passphrase of the demo looked for in its folder", times=190)
@pytest.mark.memory
def test_prove_finds_nothing_on_the_disk_of_a_served_demo(demo: Demo) -> None:
    folder = demo.server.directory
    done = run(folder, "demo", "prove", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["sentences"] > 150
    assert report["disk"]["found"] == 0 and report["disk"]["not_searched"] == {}
    assert report["disk"]["bytes"] > 1_000_000
    assert report["memory"]["processes"] >= 8


@pytest.mark.promise(1, "a sentence put on the demo's disk on purpose")
def test_prove_fails_when_a_sentence_lies_on_the_disk(demo: Demo) -> None:
    from leeside.project.demo import texts

    planted = demo.server.directory / "run" / "planted"
    planted.write_text(texts.people()[0]["says"]["en"], encoding="utf-8")
    try:
        done = run(demo.server.directory, "demo", "prove", "--json")
        assert done.returncode == 1
        assert json.loads(done.stdout)["disk"]["found"] > 0
    finally:
        planted.unlink()


def test_the_chairs_show_every_chair_every_receipt_and_the_thiefs_side(demo: Demo) -> None:
    with urllib.request.urlopen(f"{demo.address('door')}/en/demo/") as answer:  # noqa: S310 (our own server)
        page = answer.read().decode()
    for key in ("goldfinch", "wren", "willow", "alder", "heron", "rowan"):
        assert f"/demo/sit/{key}/" in page
    assert "/demo/sit/siskin/" in page, "the chair of the second line"
    assert f"{demo.address('door')}/en/apply/" in page, "and its door"
    assert page.count("<code>") >= 12
    assert "leeside_case" in page and "lookup_hash" in page


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    done = run(tmp_path, "demo", "--no-serve")
    assert done.returncode != 0
    assert "no demo" in done.stderr
    assert (tmp_path / "diary.txt").read_text(encoding="utf-8") == "mine"

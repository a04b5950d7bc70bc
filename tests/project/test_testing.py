"""The test command itself: what ran, what did not and why is told, and the exit code says it too."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from leeside.project.testing.promises import PROMISES, Record, read_record, write_table
from leeside.project.testing.runner import run_steps
from leeside.project.testing.steps import Step
from plugins.servers import ROOT, environment


def row(promise: int | None, result: str, **more: object) -> dict[str, object]:
    return {"test": "tests/x.py::test_y", "promise": promise, "attack": "an attack", "result": result, "times": 3,
            "database": "sqlite", "reason": "", **more}  # fmt: skip


def result_of(*rows: dict[str, object]) -> str:
    record = Record()
    for one in rows:
        record.add(one)
    line = next(line for line in write_table(record).splitlines() if line.startswith(" 3  "))
    return line.rpartition("  ")[2]


@pytest.mark.parametrize(
    ("rows", "result"),
    [
        ([], "NOT BUILT"),
        ([row(3, "PASSED")], "PASSED"),
        ([row(3, "PASSED"), row(3, "FAILED")], "FAILED"),
        ([row(3, "NOT RUN"), row(3, "FAILED")], "FAILED"),
        ([row(3, "PASSED"), row(3, "NOT RUN", attack="another")], "NOT RUN"),
        ([row(3, "COLLECTED")], "LEFT OUT"),
        ([row(3, "PASSED"), row(3, "COLLECTED", attack="another")], "LEFT OUT"),
        ([row(3, "COLLECTED"), row(3, "PASSED")], "PASSED"),
        ([row(3, "NOT HERE")], "NOT HERE"),
        ([row(3, "NOT HERE"), row(3, "PASSED", attack="another")], "PASSED"),
        ([row(5, "FAILED")], "NOT BUILT"),
    ],
)
def test_a_promise_is_as_good_as_the_worst_that_happened_to_it(rows: list[dict[str, object]], result: str) -> None:
    assert result_of(*rows) == result


def test_the_table_names_every_promise_and_counts_single_attacks() -> None:
    record = Record()
    record.add(row(7, "PASSED", times=1200))
    record.add(row(7, "PASSED", times=34, database="postgresql"))
    table = write_table(record)
    assert all(title in table for title in PROMISES.values())
    assert "1 234" in table
    assert "postgresql and sqlite" in table


FILE = """
import pytest

@pytest.mark.promise(1, "one", times=5)
def test_passes(): pass

@pytest.mark.promise(1, "two")
def test_counts(attacks):
    attacks(7)
    attacks(8)

@pytest.mark.promise(2, "three")
def test_fails(): assert False

@pytest.mark.promise(3, "four")
def test_needs(needs):
    import plugins.requirements as requirements
    requirements.REQUIREMENTS["moon"] = requirements.Requirement("moon", lambda: False, "fetch the moon")
    needs("moon")

@pytest.mark.slow
@pytest.mark.promise(4, "five")
def test_slow(): pass

def test_data(needs_data):
    from pathlib import Path
    needs_data(Path("/nowhere/saved-pages"))

@pytest.fixture
def broken(): raise RuntimeError

@pytest.mark.promise(5, "six")
def test_set_up(broken): pass
"""


@pytest.mark.parametrize("words", [[], ["-n", "2"]], ids=["alone", "in two processes"])
def test_what_tests_record_is_what_the_table_says(tmp_path: Path, words: list[str]) -> None:
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tests / "test_file.py").write_text(FILE)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    subprocess.run(
        [sys.executable, "-P", "-m", "pytest", "-q", "-m", "not slow", "--rootdir", tmp_path, *words, tests],
        env=environment(LEESIDE_TEST_REPORT=str(tmp_path / "report")),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    record = read_record(tmp_path / "report")
    attacks = {name: attack for of_promise in record.attacks.values() for name, attack in of_promise.items()}
    assert {name: (attack.times, attack.results) for name, attack in attacks.items()} == {
        "one": (5, {"PASSED"}),
        "two": (15, {"PASSED"}),
        "three": (1, {"FAILED"}),
        "four": (0, {"NOT RUN"}),
        "five": (0, set()),
        "six": (1, {"FAILED"}),
    }
    assert record.missing == {
        "NOT RUN": {"moon: fetch the moon"},
        "NOT HERE": {"saved-pages lies outside the project"},
    }


@pytest.mark.parametrize(
    ("code", "needs", "exit_code", "said"),
    [
        ("raise SystemExit(0)", None, 0, "PASSED"),
        ("raise SystemExit(1)", None, 1, "FAILED"),
        ("raise SystemExit(5)", None, 0, "PASSED"),
        (
            "import os; open(os.environ['LEESIDE_TEST_REPORT'], 'a').write("
            '\'{"test": "t", "promise": null, "result": "NOT RUN", "reason": "moon: fetch the moon"}\\n\')',
            None,
            3,
            "moon: fetch the moon",
        ),
    ],
    ids=["all well", "failed", "nothing selected", "something missing"],
)
def test_the_exit_code_says_what_the_table_says(
    capfd: pytest.CaptureFixture[str], code: str, needs: str | None, exit_code: int, said: str
) -> None:
    assert run_steps(ROOT, [Step("a step", [sys.executable, "-c", code], needs)]) == exit_code
    assert said in capfd.readouterr().out


def test_a_run_compiles_each_source_once_also_where_bytecode_is_unwelcome(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of processes start in a run. Seen to fail without the prefix."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    ask = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    assert run_steps(ROOT, [Step("a step", [sys.executable, "-c", ask])]) == 0
    said = re.search(r"^False (\S+)$", capfd.readouterr().out, re.MULTILINE)
    assert said is not None
    assert not Path(said[1]).is_relative_to(ROOT) and not Path(said[1]).exists()

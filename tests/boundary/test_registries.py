"""No address of a package registry or mirror stands in the project, and every lock has hashes."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Spelled in pieces, so that this file does not find itself.
HOSTS = re.compile(
    r"https?://[^\s\"')]*("
    + "|".join(["py" + "pi", "python" + "hosted", "npm" + "js", "jsdel" + "ivr", "unp" + "kg"])
    + ")"
)


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_a_registry() -> None:
    found = []
    for path in tracked_files():
        if path.is_file() and path.suffix not in {".png", ".mo", ".woff2", ".jpg"}:
            text = path.read_bytes().decode("utf-8", "replace")
            found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in HOSTS.finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_package_of_a_lock_has_its_version_and_hashes(name: str) -> None:
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    packages = re.split(r"(?m)^(?=\S)", text)
    assert len(packages) > 10
    for package in filter(str.strip, packages):
        assert re.match(r"[A-Za-z0-9._\[\]-]+==\S+", package), package
        assert package.count("--hash=sha256:") >= 1
    assert "://" not in text
    assert "--index" not in text


def test_the_test_lock_holds_the_very_versions_of_the_run_lock() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"(?m)^(\S+==\S+)", (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")))

    assert versions("run") <= versions("test")

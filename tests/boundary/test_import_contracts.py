"""The contracts of DESIGN section 4 are kept, and they would notice if they were not."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from plugins.servers import environment

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).parent / "lint-imports"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def test_every_contract_of_the_design_is_written_down() -> None:
    names = {contract["name"] for contract in CONTRACTS}
    assert names == {
        "Arrows point down only",
        "Only three modules may unseal",
        "Models stay inside the vault",
        "Shred keys are the vault's own",
        "Only sealing touches the cryptography library",
        "Only named modules talk to the network",
        "No cycles",
    }


def test_every_zone_stands_in_the_layers() -> None:
    layers = next(contract for contract in CONTRACTS if contract["type"] == "layers")
    assert layers["exhaustive"] is True
    zones = {path.name for path in (ROOT / "src" / "leeside").iterdir() if (path / "__init__.py").exists()}
    written = {name.strip(" ()") for layer in layers["layers"] for name in layer.split("|")}
    assert zones <= written


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("sealing/padding.py", "import leeside.vault.errors", "Arrows point down only"),
        ("vault/codes.py", "import leeside.web.dates", "Arrows point down only"),
        ("door/intake.py", "import leeside.sealing.unseal", "Only three modules may unseal"),
        ("desk/lines.py", "import leeside.vault.models", "Models stay inside the vault"),
        ("desk/lines.py", "import leeside.sealing.shred", "Shred keys are the vault's own"),
        ("vault/codes.py", "import cryptography", "Only sealing touches the cryptography library"),
        ("door/intake.py", "import socket", "Only named modules talk to the network"),
        ("sealing/secrets.py", "import leeside.sealing.keys", "No cycles"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tmp_path: Path, path: str, line: str, contract: str) -> None:
    copy = tmp_path / "leeside"
    for source in (ROOT / "src" / "leeside").rglob("*.py"):
        target = copy / source.relative_to(ROOT / "src" / "leeside")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    with (copy / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = subprocess.run(
        [LINTER, "--no-logo", "--no-cache", "--config", ROOT / "pyproject.toml"],
        env=environment(PYTHONPATH=str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"{contract} BROKEN" in done.stdout

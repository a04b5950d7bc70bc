"""The split by capability: what a module can do shows in what it imports, and most of them cannot open anything."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "src" / "leeside" / "sealing"
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))
UNSEALING = {"unseal", "unseal_many", "unseal_streams"}
"""The dangerous ones: of everything that was sealed, of a hundred thousand entries for a search, of attachments."""
MAY_DECRYPT = {*UNSEALING, "shred"}


def tree(name: str) -> ast.AST:
    """One module, read."""
    return ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))


def imports(name: str) -> set[str]:
    """The modules that one module imports."""
    found = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("name", MODULES)
def test_nothing_here_imports_what_unseals(name: str) -> None:
    assert not {f"leeside.sealing.{one}" for one in UNSEALING} & imports(name)


@pytest.mark.parametrize("name", MODULES)
def test_only_what_unseals_and_what_shreds_decrypts(name: str) -> None:
    calls = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
    assert ("decrypt" in calls) == (name in MAY_DECRYPT)


@pytest.mark.parametrize("name", MODULES)
def test_nothing_here_writes_sends_logs_or_reads_a_clock(name: str) -> None:
    forbidden = {"logging", "socket", "sqlite3", "time", "subprocess", "tempfile", "pickle", "random", "django"}
    roots = {one.split(".")[0] for one in imports(name)}
    assert not roots & forbidden
    called = {
        node.func.id for node in ast.walk(tree(name)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"print", "open", "eval", "exec"}


@pytest.mark.promise(2, "everything but the dangerous module loaded in a fresh process")
def test_all_of_it_can_be_loaded_without_what_unseals() -> None:
    names = [f"leeside.sealing.{name}" for name in MODULES if name not in {*UNSEALING, "__init__"}]
    load = f"[importlib.import_module(name) for name in {names!r}]"
    code = f"import importlib, sys; {load}; print(any('.unseal' in name for name in sys.modules))"
    environment = {"PYTHONPATH": str(PACKAGE.parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "False"

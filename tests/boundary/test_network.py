"""Only named modules talk to the network. The import linter sees packages; this sees every import statement."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "leeside"

# module of ours -> what of the network it may import, and why.
ALLOWED = {
    "project/serving/ports.py": {"socket"},  # is a port free, is a role well
    "project/bench/load.py": {"socket"},  # measures our own server
}
NETWORK = {
    "socket", "ssl", "http.client", "http.server", "urllib.request", "urllib.robotparser", "smtplib", "ftplib",
    "imaplib", "poplib", "telnetlib", "socketserver", "xmlrpc.client", "requests", "httpx", "aiohttp", "websockets",
}  # fmt: skip


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_nothing_of_the_network_unless_it_is_named(path: Path) -> None:
    if path.relative_to(SOURCE).parts[:2] == ("project", "demo"):
        return  # the demo proves things about its own running server; it is in no real installation
    allowed = ALLOWED.get(str(path.relative_to(SOURCE)), set())
    assert imported_names(path) & NETWORK <= allowed


def test_every_module_that_is_named_exists_and_needs_it() -> None:
    for name, allowed in ALLOWED.items():
        assert allowed <= imported_names(SOURCE / name)

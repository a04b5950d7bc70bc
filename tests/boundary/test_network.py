"""Only named modules talk to the network. The import linter sees packages; this sees every import statement."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "leeside"

# module of ours -> what of the network it may import, and why.
ALLOWED = {
    "project/serving/ports.py": {"socket"},  # is a port free, is a role well
    "project/serving/patience.py": {"socket"},  # gathers the bytes of our own visitors
    "project/serving/transfers.py": {"socket"},  # a file on its way from or to one of them
    "project/bench/": {"socket", "http.client"},  # a folder: measures our own server
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


def allowed_in(path: Path) -> set[str]:
    name = str(path.relative_to(SOURCE))
    return {one for place, names in ALLOWED.items() if name == place or name.startswith(place) for one in names}


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_nothing_of_the_network_unless_it_is_named(path: Path) -> None:
    if path.relative_to(SOURCE).parts[:2] == ("project", "demo"):
        return  # the demo proves things about its own running server; it is in no real installation
    assert imported_names(path) & NETWORK <= allowed_in(path)


def test_every_place_that_is_named_needs_what_it_is_allowed() -> None:
    for place, allowed in ALLOWED.items():
        paths = [path for path in SOURCE.rglob("*.py") if str(path.relative_to(SOURCE)).startswith(place)]
        assert allowed <= set().union(*map(imported_names, paths))

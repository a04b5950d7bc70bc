"""Documents that name a test, a file or a module of ours name one that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# A test is named as tests/zone/test_file.py or tests/zone/test_file.py::test_name (or ::TestClass::test_name).
TEST = re.compile(r"tests/[\w/-]+\.py(?:::[\w:]+)?")
SOURCE = re.compile(r"(?:src/leeside|tests|docs|locks)/[\w./-]*\w")
RELATIVE = re.compile(r"\]\(([^)#:]+?)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    for name in TEST.findall(page.read_text(encoding="utf-8")):
        file, *parts = name.split("::")
        assert (ROOT / file).is_file(), name
        text = (ROOT / file).read_text(encoding="utf-8")
        for part in parts:
            assert re.search(rf"(?:def|class) {part}\b", text), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {name.rstrip(".") for name in SOURCE.findall(text)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    links = {link for link in RELATIVE.findall(text) if not link.startswith(("http", "mailto"))}
    assert [link for link in sorted(links) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda page: page.name)
def test_a_decision_has_its_four_parts_and_a_fit_length(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert 25 <= len(lines) <= 100
    for part in ("Context", "Options", "Decision", "Price"):
        assert f"## {part}" in lines


def test_the_threat_model_names_a_test_for_every_mitigation() -> None:
    page = ROOT / "THREAT_MODEL.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if re.match(r"\|\s*\d+", line)]
    assert rows
    assert [row for row in rows if not TEST.search(row)] == []

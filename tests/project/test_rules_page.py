"""docs/use/rules.md is true: its rule is the pack's, its tables are whole, and its pictures show the rules of today."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from leeside.guide.auditing import Look
from leeside.packs.guidebook.rules import Confidence, Gives
from leeside.packs.reader import SHIPPED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/use/rules.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "src/leeside/packs/schema/rule.schema.json").read_text(encoding="utf-8"))
RULE = SHIPPED / "refusal/guide/rules/abroad/kazakhstan_arrival_notice.toml"


def _drawer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_rules", ROOT / "docs/pictures/draw_rules.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DRAWER = _drawer()


def _first_cells(heading: str) -> set[str]:
    """The words in code marks of the first column of the table below a heading."""
    part = PAGE.split(f"## {heading}")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_the_rule_on_the_page_is_the_one_that_is_shipped() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    written = tomllib.loads("\n".join(blocks))
    shipped = tomllib.loads(RULE.read_text(encoding="utf-8"))
    written.pop("review")
    shipped.pop("rank")
    shipped["words"] = {"en": shipped["words"]["en"]}
    assert written == shipped


def test_every_key_mark_and_gift_of_a_rule_is_explained() -> None:
    assert _first_cells("Every word of a rule") == set(SCHEMA["properties"])
    assert _first_cells("The marks") == {mark.value for mark in Confidence}
    for gives in Gives:
        assert f"`{gives.value}` (" in PAGE


def test_everything_that_an_audit_lists_is_explained() -> None:
    assert _first_cells("What `pack check` says, and what to do") == {look.value for look in Look}


@pytest.mark.parametrize("name", DRAWER.PICTURES)
def test_the_pictures_show_the_rules_as_they_are(name: str) -> None:
    """Run docs/pictures/draw_rules.py when a rule that is shown there was changed."""
    assert f"../pictures/{name}" in PAGE
    assert (ROOT / "docs/pictures" / name).read_text(encoding="utf-8") == DRAWER.draw(name)

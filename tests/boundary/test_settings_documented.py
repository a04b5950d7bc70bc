"""Every setting stands in docs/operate/settings.md, and nothing else does."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from leeside.project.settings_table import LINE_SETTINGS, OTHER_VARIABLES, SETTINGS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operate" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_stands_in_the_table_with_its_variable_and_default(setting: object) -> None:
    name, variable, default = setting.name, setting.variable, setting.default  # type: ignore[attr-defined]
    rows = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}` | `{variable}` |")]
    assert len(rows) == 1
    if default not in ("", None, ()):
        spelled = str(default).lower() if isinstance(default, bool) else str(default)
        assert f"`{spelled}`" in rows[0].split("|")[3]


@pytest.mark.parametrize("setting", LINE_SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_of_a_line_stands_in_its_table(setting: object) -> None:
    assert f"| `{setting.name}` |" in PAGE  # type: ignore[attr-defined]


def test_no_setting_is_documented_that_does_not_exist() -> None:
    documented = set(re.findall(r"^\| `([a-z_.]+)` \| `LEESIDE", PAGE, re.MULTILINE))
    assert documented == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize("role", ["door", "mailbox", "desk", "public", "all"])
def test_every_name_that_django_is_told_is_documented(role: str) -> None:
    module = import_module(f"leeside.project.settings.{role}")
    names = {name for name in dir(module) if name.startswith("LEESIDE_")}
    assert not [name for name in names if f"`{name}`" not in PAGE]


def test_every_other_variable_is_for_tests_or_documented() -> None:
    assert not [name for name in OTHER_VARIABLES if "_TEST_" not in name and f"`{name}`" not in PAGE]


def test_base_settings_hold_no_secret_and_decide_nothing() -> None:
    text = (ROOT / "src/leeside/project/settings/base.py").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(if|for|while|try)\b", text, re.MULTILINE)
    assert not re.search(r"(SECRET|PASSWORD|KEY)\w*\s*=\s*[\"']", text)

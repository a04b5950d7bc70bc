"""axe-core finds nothing on any page of any role, in light and in dark; the pages are photographed on the way.

`pytest --screenshots FOLDER` keeps a picture of every page at 1280 pixels (and at 360, by test_small_screens).
"""

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from browser.desk_pages import TOURED, names_of
from browser.tours import TOURS, settle
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("role", TOURS)
def test_nothing_stands_in_anybodys_way(
    *,
    role: str,
    language: str,
    axe: str,
    demo: Demo,
    visit: Callable[..., Visitor],
    keep_picture: Callable[["Page", str], None],
) -> None:
    visitor = visit(language=language)
    found = []
    addresses = []
    for name in TOURS[role](visitor, demo, language):
        settle(visitor.page)
        keep_picture(visitor.page, f"{role}-{name}-{language}-1280")
        found += [f"{role} {name}: {fault}" for fault in faults_of(visitor.page, axe, RULES)]
        visitor.page.emulate_media(color_scheme="dark")
        contrast = {"type": "rule", "values": ["color-contrast"]}
        found += [f"{role} {name}, dark: {fault}" for fault in faults_of(visitor.page, axe, contrast)]
        keep_picture(visitor.page, f"{role}-{name}-{language}-1280-dark")
        visitor.page.emulate_media(color_scheme="light")
        addresses.append(visitor.page.url)
    assert len(addresses) >= 2
    assert names_of(addresses, demo) == TOURED.get(role, set())
    assert not found, "\n".join(found)


def test_axe_finds_what_is_wrong(axe: str, neutral_page: str, visit: Callable[..., Visitor]) -> None:
    """The tool itself works: a page without language, heading and a label has faults."""
    page = visit().page
    page.goto(neutral_page)
    page.set_content("<main><p style='color:#bbb;background:#fff'>pale</p><input></main>")
    found = " ".join(faults_of(page, axe, RULES))
    for rule in ("html-has-lang", "color-contrast", "label"):
        assert rule in found


def faults_of(page: "Page", axe: str, rules: dict[str, Any]) -> list[str]:
    """Every violation on a page, with the first elements at fault."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe)
    options = {"runOnly": rules, "resultTypes": ["violations"], "iframes": False}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in result["violations"]]

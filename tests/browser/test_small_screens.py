"""At 360 pixels nothing makes a page scroll sideways, and every target can be hit with a thumb.

Rules:
1. No page is wider than the screen; what is wider by nature (a table) scrolls inside its own box.
2. A target is at least 44 by 44 CSS pixels: links that stand alone, buttons, fields, boxes with their label.
3. A link inside a sentence is as high as its line (WCAG 2.2, 2.5.8 exempts it); it must then stand 24 pixels clear of
   any other target: the circle of that diameter around its middle meets no other one.
4. The places of the bar are all in sight: nobody has to swipe to learn that there is one more.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.desk_pages import TOURED, names_of
from browser.tours import TOURS, settle
from plugins.browsers import PHONE, Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
@pytest.mark.parametrize("role", TOURS)
def test_pages_fit_a_phone_and_a_thumb(
    role: str, language: str, demo: Demo, visit: Callable[..., Visitor], keep_picture: Callable[["Page", str], None]
) -> None:
    visitor = visit(width=PHONE, language=language)
    found = []
    addresses = []
    for name in TOURS[role](visitor, demo, language):
        settle(visitor.page)
        keep_picture(visitor.page, f"{role}-{name}-{language}-360")
        found += [f"{role} {name}: {fault}" for fault in visitor.page.evaluate(MEASURE)]
        addresses.append(visitor.page.url)
    assert len(addresses) >= 2
    assert names_of(addresses, demo) == TOURED.get(role, set())
    assert not found, "\n".join(found)


def test_the_measure_finds_what_is_wrong(neutral_page: str, visit: Callable[..., Visitor]) -> None:
    page = visit(width=PHONE).page
    page.goto(neutral_page)
    page.set_content(
        "<meta name=viewport content='width=device-width'><p style='inline-size:500px'>wide</p>"
        "<button style='block-size:20px'>low</button>"
        "<p style='line-height:1'>a <a href='/a'>one</a><br>b <a href='/b'>two</a></p>"
        "<nav class=places style='overflow-x:auto'><a href='/p' style='margin-inline-start:400px'>c</a></nav>"
    )
    found = " ".join(page.evaluate(MEASURE))
    for fault in ("wider than the screen", "too small", "too near", "behind the edge"):
        assert fault in found

"""A lawyer without code makes a rule, sees it tried and drawn, reads one of the guide, and signs for it."""

from collections.abc import Callable

import pytest

from journeys.working import sit_down
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

RULE = "sick_leave_request"


def test_a_rule_is_made_tried_read_and_signed_by_keyboard_and_without_script(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """Broken by a page of signing that keeps no tick, and by a made file that the reader does not take."""
    page = sit_down(visit(script=False), demo, "willow")
    page.goto(demo.desk("en", "rules/make"))
    page.locator("input[name=id]").first.fill("a_paper_at_home")
    page.locator("input[name=from]").fill("2023-01-27")
    page.locator("select[name=confidence]").select_option("P")
    page.locator("select[name=g1-r1-fact]").select_option("where")
    with page.expect_navigation():
        page.locator("button[value=show]").first.click()
    page.locator("input[name=g1-r1-value][value=home]").check()
    for language in ("ru", "en", "uk"):
        for part in ("title", "why", "act"):
            page.locator(f"[name=w-{language}-{part}]").fill("Words of a rule that is only tried")
    for number, (name, value) in enumerate((("At home", "home"), ("At the front", "front"), ("Nobody asked", "")), 1):
        page.locator(f"input[name=e{number}-name]").fill(name)
        if value:
            page.locator(f"input[name=e{number}-where-value][value={value}]").check()
    with page.expect_navigation():
        page.locator("button[value=make]").click()
    assert "It is well formed, and its examples come out." in page.locator("#made").inner_text()
    with page.expect_navigation():
        page.locator("#made button.main").click()
    assert "A new rule." in page.locator("#tried").inner_text()
    assert page.locator(".rule-drawing rect.box").first.is_visible()

    page.goto(demo.desk("en", f"rules/of/{RULE}"))
    for tick in page.locator("#sign input[type=checkbox]").all():
        tick.focus()
        page.keyboard.press("Space")
    page.locator("#sign input[value=holds]").focus()
    page.keyboard.press("Space")
    page.locator("#sign button.main").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Willow, Tuesday 5 December: It holds as it stands" in page.locator("#reviews").inner_text()

    other = sit_down(visit(), demo, "wren")
    other.goto(demo.desk("en", "rules/?show=read"))
    assert "read by Willow on Tuesday 5 December" in other.locator(f"li:has(a[href$='/{RULE}'])").inner_text()
    other.goto(demo.desk("en", f"rules/of/{RULE}"))
    assert other.locator("#sign").count() == 0

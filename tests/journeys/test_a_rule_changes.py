"""A rule was worded anew: a coordinator sees old and new, tells a group, sets one aside, and the list is empty."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from journeys.working import sit_down, timeline
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LINE = "Hand in two copies. If they refuse, send it by registered mail and keep a copy with your family."


def compare(page: "Page", demo: Demo) -> None:
    """From the queue, by its link; then the one button."""
    page.goto(demo.desk("en", "queue/"))
    page.locator("a[href$='/recall/']").click()
    with page.expect_navigation():
        page.locator("main button.main").click()


def names_in(page: "Page") -> list[str]:
    return page.locator(".recalled b").all_inner_texts()


def test_a_coordinator_tells_a_group_what_changed_and_the_cases_leave_the_list(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """Without script. Broken on purpose: an answer sent without its entry of advice leaves the case where it was."""
    lead = sit_down(visit(script=False), demo, "heron")
    compare(lead, demo)
    group = lead.locator("section.recall").first
    assert "registered mail" in group.locator("ins").first.inner_text()
    names = group.locator(".recalled label b").all_inner_texts()
    assert len(names) >= 3
    address = group.locator(".recalled a").first.get_attribute("href")

    volunteer = sit_down(visit(), demo, "wren")
    compare(volunteer, demo)
    seen = names_in(volunteer)
    assert set(seen) < set(names), "only what Wren works on"

    group.locator(".recalled input").last.uncheck()
    group.locator("details", has=lead.locator("textarea")).locator("summary").click()
    group.locator("textarea").first.fill(LINE)
    with lead.expect_navigation():
        group.locator("button.main").click()
    said = lead.locator("[role=status]").inner_text()
    assert all(name in said for name in names[:-1]) and names[-1] not in said

    compare(lead, demo)
    assert lead.locator(".recalled label b").all_inner_texts() == names[-1:]
    group = lead.locator("section.recall").first
    group.locator(".recalled input").check()
    group.locator("details", has=lead.locator("input[name=line]")).locator("summary").click()
    group.locator("input[name=line]").fill("told him at noon")
    with lead.expect_navigation():
        group.locator("button[formaction]").click()
    assert names[-1] in lead.locator("[role=status]").inner_text()
    compare(lead, demo)
    assert names_in(lead) == []

    lead.goto(f"{demo.address('desk')}{address}")
    assert LINE in timeline(lead)

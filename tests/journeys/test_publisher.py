"""A publisher drafts the months, reads what will be said and publishes; no case is ever in reach."""

from collections.abc import Callable

import pytest

from journeys.working import sit_down
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser


@pytest.mark.promise(2, "a publisher goes to the queue and to a case", times=2)
def test_an_edition_is_drafted_and_published_without_a_case(demo: Demo, visit: Callable[..., Visitor]) -> None:
    publisher = visit()
    page = sit_down(publisher, demo, "rowan")
    assert page.url == demo.desk("en", "figures/")
    assert "577" in page.locator("main").inner_text()
    for path in ("queue/", "case/quiet-maple/"):
        refused = page.goto(demo.desk("en", path))
        assert refused is not None
        assert refused.status in {403, 404}
        assert page.locator(".queue, .case-head").count() == 0

    reader = visit().page
    reader.goto(demo.public("en", "editions/"))
    before = reader.locator(".editions > li").count()
    page.goto(demo.desk("en", "figures/"))
    button = page.locator("main form[method=post] button.main")
    assert str(before + 1) in button.inner_text()
    with page.expect_navigation():
        button.click()
    reader.reload()
    assert reader.locator(".editions > li").count() == before + 1
    reader.goto(demo.public("en"))
    assert f"Edition {before + 1}" in reader.locator("main").inner_text()
    assert "577" in reader.locator("h1").inner_text()

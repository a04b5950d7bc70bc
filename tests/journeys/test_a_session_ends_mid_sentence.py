"""A session ends while somebody writes: by half an hour without a touch, and by the one key that locks.

The half hour passes in the database: the session's last use is set back there, as if it had been then.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from attacks.rows import change
from journeys.working import answer, fill_sign_in, find_new, row_names, sit_down, take_at, timeline
from journeys.writing import Letter, phone, write
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WHO = "alder"
LETTER = Letter("They hold two of us in a bath house. I have a telephone until evening.", where="held", wants="advice")
FIRST = "Good day. We read you. Who else knows where you are?"
IDLE = "Write down tonight who holds you, since when, and by whose word. Keep the paper"
LOCKED = "Tomorrow a lawyer asks for you in writing. Say nothing of it to"
PAST_IDLE = 31 * 60


def _begin(demo: Demo, visit: Callable[..., Visitor], *, script: bool) -> "Page":
    """A letter, taken and answered once, so that the next answer asks for nothing but itself."""
    page = sit_down(visit(script=script), demo, WHO)
    before = row_names(page)
    write(visit(**phone()).page, demo.door("en"), LETTER)
    take_at(page, find_new(page, demo, before))
    answer(page, FIRST, "read what they answer", "2023-12-06")
    return page


def _sign_in_here(page: "Page", demo: Demo) -> None:
    """Sign in on the page that asks for it."""
    fill_sign_in(page, demo.people[WHO])
    with page.expect_navigation():
        page.locator("form:has(input[name=passphrase]) button").click()


def _goes_on_once(page: "Page", text: str) -> None:
    """The text stands there and was not sent; two taps on the button send it once, and leave nothing in the field."""
    assert page.locator("textarea[name=text]").input_value() == text
    with page.expect_navigation():
        page.locator("button.main").dblclick()
    page.wait_for_load_state()
    page.reload()
    assert timeline(page).count(text) == 1
    assert page.locator("#answer-text").input_value() == "", "what went out stands in the field as if it had not"


@pytest.mark.parametrize("script", [False, True], ids=["no script", "script"])
def test_an_answer_outlives_half_an_hour_without_a_touch_and_goes_out_once(
    script: bool, demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """The text waits on the page that asks to sign in, unread by whoever sits down there."""
    page = _begin(demo, visit, script=script)
    case = page.url.partition("?")[0]
    page.locator("#answer-text").fill(IDLE)
    change(demo.server.directory, "UPDATE leeside_session SET seen = seen - ?", [PAST_IDLE], name="fleeting")
    with page.expect_navigation():
        page.locator("#answer-form button.main").click()
    assert page.locator("input[name=passphrase]").count() == 1
    assert IDLE not in page.locator("body").inner_text(), "whoever sits down here reads what was written"
    colleague = sit_down(visit(), demo, "heron")
    colleague.goto(case)
    assert IDLE not in timeline(colleague), "it went out although the session had ended"
    _sign_in_here(page, demo)
    _goes_on_once(page, IDLE)


def test_the_one_key_locks_and_the_answer_goes_out_once(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken on purpose: a draft, kept while the desk locked, that outlives its answer (`version_sent`)."""
    page = _begin(demo, visit, script=True)
    page.locator("#answer-text").fill(LOCKED)
    page.locator("#answer-text").blur()
    with page.expect_navigation():
        page.keyboard.press("l")
    assert LOCKED not in page.locator("body").inner_text()
    _sign_in_here(page, demo)
    _goes_on_once(page, LOCKED)

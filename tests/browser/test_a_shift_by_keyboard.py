"""A first-liner's whole first shift without a mouse: Tab, Enter, Space, arrows and the desk's own keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from browser.keyboard import MOST_STOPS, Keyboard
from journeys.working import find_new, open_tab, row_names, sit_down, timeline
from journeys.writing import Letter, phone, write
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

URGENT = Letter("They sign me out on Friday and the leg does not bend.", presses=("hospital_ends",))
SUMMONS = Letter("A paper for my father lies in a house that we sold.", where="home", wants="summons")
HOT = Letter("Somebody asks me by telephone where he sleeps.", where="unit", wants="find_someone")
HELLO = "Thank you for writing. Two things we want to know first."
LINE = "nothing is begun here"
STEP_DAY = "12062023"


def test_a_whole_first_shift_by_keyboard(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by a case's head over what Shift and Tab bring up (no `scroll-margin`)."""
    colleague = sit_down(visit(), demo, "wren")
    cases = {letter: _put_in(demo, visit, colleague, letter) for letter in (URGENT, SUMMONS, HOT)}
    page = visit().page
    keys = Keyboard(page)
    _sign_in(keys, demo)
    assert page.locator("aside.brief").first.is_visible(), "the brief of the shift is not in sight"
    assert keys.walk() > len(cases)

    _take(keys, cases[URGENT])
    assert keys.walk() > 30
    for _ in range(2):
        keys.tab_to("input[name=add_ask]:not(:checked)")
        page.keyboard.press("Space")
    keys.press("#facts section > button[form=answer-form]")
    assert page.locator("#answer-text").input_value().count("?") >= 2
    keys.write("#answer-text", f"{HELLO}\n")
    keys.write("#answer input[name=step_what]", "read what he answers")
    keys.write("#answer input[name=step_day]", STEP_DAY)
    keys.write("#answer select[name=colleague]", "Wren")
    keys.press("#answer button[formaction$='/ask-check']")
    colleague.goto(cases[URGENT])
    with colleague.expect_navigation():
        colleague.locator(".check button[formaction$='/approve']").click()
    page.reload()
    keys.press("#answer-form button.main")
    assert timeline(page).count(HELLO) == 1

    _take(keys, cases[SUMMONS])
    keys.unfold("details:has(> form[action$='/keep']) > summary")
    keys.write("input[name=step_what]", "ask what the paper says")
    keys.write("input[name=step_day]", STEP_DAY)
    keys.press("form[action$='/keep'] button")
    _leave(keys, "give-back")
    _take(keys, cases[HOT])
    _leave(keys, "move")
    refused = page.goto(cases[HOT])
    assert refused is not None
    assert refused.status == 404
    page.goto(demo.desk("en", "queue/"))
    with page.expect_navigation():
        page.keyboard.press("l")
    assert keys.is_at("input[name=name]"), "after locking, the first field has no focus"


def _put_in(demo: Demo, visit: Callable[..., Visitor], page: "Page", letter: Letter) -> str:
    """Write a letter; its case's address."""
    open_tab(page, demo, "person")
    before = row_names(page)
    write(visit(**phone()).page, demo.door("en"), letter)
    return find_new(page, demo, before)


def _sign_in(keys: Keyboard, demo: Demo) -> None:
    """The form, from the field that has the focus when the page opens."""
    person = demo.people["goldfinch"]
    keys.page.goto(demo.desk("en"))
    assert keys.is_at("input[name=name]"), "the first field has no focus"
    keys.page.keyboard.type(person.name)
    keys.write("input[name=passphrase]", person.passphrase)
    keys.write("input[name=code]", person.code())
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")


def _take(keys: Keyboard, address: str) -> None:
    """Down the queue with j, and t."""
    path = address.partition("//")[2].partition("/")[2]
    if not keys.page.url.endswith("/queue/"):
        keys.press(".places a[href$='/queue/']")
    for _ in range(MOST_STOPS):
        keys.page.keyboard.press("j")
        if keys.is_at(f"a[href='/{path}']"):
            break
    with keys.page.expect_navigation():
        keys.page.keyboard.press("t")
    assert keys.page.url.endswith(path)


def _leave(keys: Keyboard, action: str) -> None:
    """Unfold what leaves the case, say why, and Enter in the line itself."""
    keys.unfold(f"details:has(> form[action$='/{action}']) > summary")
    keys.write(f"form[action$='/{action}'] input[name=reason]", LINE)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    assert "/queue/" in keys.page.url

"""Back after *Leave* shows nothing that was typed or read, with the back-forward cache on, script off and on.

Playwright switches that cache off; `remembering_browser` leaves it on, and the first test proves that it is: without
it every other test here would pass for the wrong reason.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from journeys.working import sit_down
from journeys.writing import LETTERS, Letter, come_back, erase_all, fill_form, send_form, write
from plugins.browsers import PHONE, Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LETTER = Letter("Marigolds stood on the sill; the sergeant's name was never spoken.")
BOTH = pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])


@BOTH
def test_the_cache_is_on_for_pages_that_allow_it(
    script: bool, neutral_page: str, remembering_browser: "Browser", visit: Callable[..., Visitor]
) -> None:
    page = visit(at=remembering_browser, script=script).page
    page.goto(neutral_page)
    page.evaluate("window.mark = 'kept'")
    page.goto(f"{neutral_page}?other")
    go_back(page)
    assert page.evaluate("window.mark") == "kept"


@pytest.mark.promise(6, "Back after Leave, from a form with typed text", times=2)
@BOTH
def test_typed_text_is_gone(
    script: bool, demo: Demo, neutral_page: str, remembering_browser: "Browser", visit: Callable[..., Visitor]
) -> None:
    page = visit(at=remembering_browser, script=script, width=PHONE).page
    page.goto(demo.door("en"))
    words = fill_form(page, LETTER)
    leave(page, neutral_page)
    go_back(page)
    require_gone(page, LETTER.text, words=words)


@pytest.mark.promise(6, "Back after Leave, from an acknowledgement with words", times=2)
@BOTH
def test_the_words_of_an_acknowledgement_are_gone(
    script: bool, demo: Demo, neutral_page: str, remembering_browser: "Browser", visit: Callable[..., Visitor]
) -> None:
    page = visit(at=remembering_browser, script=script, width=PHONE).page
    page.goto(demo.door("en"))
    fill_form(page, LETTER)
    words = send_form(page)
    leave(page, neutral_page)
    for _ in range(2):
        go_back(page)
        require_gone(page, LETTER.text, words=words)


@pytest.mark.promise(6, "Back after Leave, from a conversation that was read and written in", times=2)
@BOTH
def test_a_conversation_is_gone(
    script: bool, demo: Demo, neutral_page: str, remembering_browser: "Browser", visit: Callable[..., Visitor]
) -> None:
    page = visit(at=remembering_browser, script=script, width=PHONE).page
    words = write(page, demo.door("en"), LETTER)
    come_back(page, demo.mailbox("en"), words)
    assert LETTER.text in page.content()
    typed = "And one thing more, about the marigolds."
    page.locator("form[action$='/reply'] textarea").fill(typed)
    leave(page, neutral_page)
    for _ in range(3):
        go_back(page)
        require_gone(page, LETTER.text, typed, " ".join(word[:LETTERS] for word in words), words=words)


@pytest.mark.promise(6, "Back after erasing, and after Leave", times=2)
@BOTH
def test_what_was_erased_is_gone(
    script: bool, demo: Demo, neutral_page: str, remembering_browser: "Browser", visit: Callable[..., Visitor]
) -> None:
    page = visit(at=remembering_browser, script=script, width=PHONE).page
    words = write(page, demo.door("en"), LETTER)
    come_back(page, demo.mailbox("en"), words)
    erase_all(page)
    go_back(page)
    require_gone(page, LETTER.text, words=words)
    page.goto(demo.door("en"))
    leave(page, neutral_page)
    for _ in range(4):
        go_back(page)
        require_gone(page, LETTER.text, words=words)


@BOTH
def test_a_case_is_gone_after_a_colleague_locked(
    script: bool, demo: Demo, remembering_browser: "Browser", visit: Callable[..., Visitor]
) -> None:
    page = sit_down(visit(at=remembering_browser, script=script), demo, "heron")
    page.goto(demo.desk("en", "case/quiet-maple/"))
    read = page.locator(".m .text").first.inner_text()
    page.locator("form[action$='/note'] textarea").fill(LETTER.text)
    page.locator("form[action$='/lock'] button").first.click()
    page.wait_for_selector("input[name=passphrase]")
    go_back(page)
    require_gone(page, read, LETTER.text)


def leave(page: "Page", neutral_page: str) -> None:
    """Press *Leave*."""
    page.locator("a[href$='/exit']").first.click()
    page.wait_for_url(neutral_page)


def go_back(page: "Page") -> None:
    """Press the browser's Back. A page from the cache loads nothing, so only the change of address is waited for."""
    from playwright.sync_api import Error

    try:
        page.go_back(wait_until="commit")
    except Error as error:
        # A posted page is not fetched again by itself: the browser shows a page of its own and asks.
        if "ERR_CACHE_MISS" not in error.message:
            raise
    page.wait_for_timeout(300)


def require_gone(page: "Page", *texts: str, words: Sequence[str] = ()) -> None:
    """Nothing of the texts, and no three words of a receipt in their order, stands on the page or in its fields."""
    values = page.evaluate("Array.from(document.querySelectorAll('textarea, input'), one => one.value).join('\\n')")
    checked = page.evaluate("document.querySelectorAll('input:checked').length")
    shown = page.evaluate("document.documentElement.outerHTML")
    where = urlsplit(page.url).path
    for text in texts:
        assert text not in shown, where
        assert text not in values, where
    read = page.evaluate("document.body.innerText").split() + values.split()
    runs = set(pairwise(pairwise(read)))
    assert not runs & set(pairwise(pairwise(words))), where
    assert checked == 0, where

"""What a case leads to beside the daily work, and what changes the line: files, ties, a seizure, erasing, removal.

What such a page needs first is done by the tour itself, once for each served demo; nothing here erases anything.
"""

from collections.abc import Iterator
from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from journeys.admitting import accept, invite, type_heard
from journeys.working import fill_sign_in, sit_down
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
_LEFT = "Dunnock"


def press(page: "Page", button: str, sheet: str) -> None:
    """Press the first such button of a case's side; on a phone the side is a sheet that is opened first."""
    wanted = page.locator(button).first
    if not wanted.is_visible() and page.locator(f".sheets a[href='#{sheet}']").is_visible():
        page.locator(f".sheets a[href='#{sheet}']").click()
    if not wanted.is_visible():
        page.evaluate(UNFOLD)
    with page.expect_navigation():
        wanted.click()


def aside(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """A file; what may be told; two cases read together; phrases; transfer; erasing; a seized device; a ping."""
    page = sit_down(visitor, demo, "heron", language)
    page.goto(demo.desk(language, "case/quiet-maple/"))
    press(page, "#files li:last-child form[action*='/file/'] button", "facts")
    shown = urlsplit(str(page.locator(".pictures img").first.get_attribute("src")))
    visitor.origins.add(f"{shown.scheme}://{shown.netloc}")
    page.evaluate(UNFOLD)
    yield "file"
    page.goto(demo.desk(language, "case/morning-bridge/"))
    son = str(page.locator("#ties .tied a[href*='/case/']").first.get_attribute("href"))
    page.goto(f"{demo.address('desk')}{son}#do")
    page.evaluate(UNFOLD)
    assert page.locator("#ties form[action$='/told']").count() == 1
    yield "may-be-told"
    page.goto(demo.desk(language, "case/green-ferry/together"))
    yield "together"
    page.goto(demo.desk(language, "case/green-ferry/"))
    press(page, "form[action$='/phrases'] button", "facts")
    yield "phrases"
    for place in ("transfer", "erase"):
        page.goto(demo.desk(language, f"case/green-ferry/{place}"))
        yield place
    page.goto(demo.desk(language, "case/quiet-maple/"))
    page.goto(demo.address("desk") + str(page.locator(".timeline a.erase").first.get_attribute("href")))
    yield "erase-entry"
    page.goto(demo.desk(language, "case/two-lamps/#facts"))
    assert page.locator("a[href$='/device-back']").count() == 1
    yield "seized"
    page.goto(demo.desk(language, "case/two-lamps/device-back"))
    yield "device-back"
    page.goto(demo.desk(language, "pings/"))
    with page.expect_navigation():
        page.locator("form[action$='/pings/make'] button").first.click()
    yield "ping-made"


def leaving(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """Somebody before they are removed and after; one's own new words; a text that waited for its writer to sign in."""
    page = sit_down(visitor, demo, "larch", language)
    page.goto(demo.desk(language, "people/"))
    if not page.get_by_role("link", name=_LEFT).count():
        _admit(visitor, page, demo, language)
    page.goto(demo.desk(language, "people/"))
    page.get_by_role("link", name=_LEFT).first.click()
    if page.locator("details.inner button.danger").count():
        page.evaluate(UNFOLD)
        yield "person"
        press(page, "details.inner button.danger", "")
    assert page.locator("button.danger").count() == 0
    yield "person-removed"
    page.goto(demo.desk(language, "people/"))
    yield "people-afterwards"
    page.goto(demo.desk(language, "me/passphrase"))
    yield "me-passphrase"
    page.goto(demo.desk(language, "case/green-ferry/"))
    # Other words each time: what stands there as a draft from the tour before is not carried again.
    page.locator("#note textarea").fill(f"He asked for paper number {token_hex(4)}, and I was called away.")
    with page.expect_navigation():
        page.locator("button[data-key=lock]").click()
    yield "locked-with-text"
    fill_sign_in(page, demo.people["larch"])
    with page.expect_navigation():
        page.locator("form:has(input[name=passphrase]) button").click()
    assert page.locator("textarea").count() == 1
    yield "text-kept"


def _admit(visitor: Visitor, lead: "Page", demo: Demo, language: str) -> None:
    """Invite, accept and admit a newcomer, each at their own page."""
    address = invite(lead, demo, language)
    newcomer = visitor.context.new_page()
    newcomer.goto(address)
    _, own_words = accept(newcomer, _LEFT)
    newcomer.close()
    lead.goto(demo.desk(language, "people/admit"))
    type_heard(lead, _LEFT, own_words, role="first")

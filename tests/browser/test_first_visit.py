"""The first visit: one small request, no script, no cookie, nothing kept, nothing said; and headers on every page."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from browser.tours import TOURS
from journeys.writing import Letter, come_back, fill_form, send_form
from plugins.browsers import PHONE, Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

pytestmark = pytest.mark.browser

#: One congestion window: what a server may send before the phone's first answer comes back.
MOST_BYTES = 14 * 1024
LETTER = Letter("The ferry goes at six, and I am not on it.", presses=("leave_ends",))
KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  'caches' in window ? (await caches.keys()).length : 0,
  'serviceWorker' in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0,
]"""


@pytest.mark.promise(6, "what a first visit to the form asks for, says and leaves", times=3)
@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_the_form_comes_whole_in_one_small_request(language: str, demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by a style sheet linked instead of carried, and by an answer that is not compressed."""
    visitor = visit(width=PHONE, language=language)
    page = visitor.page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    sizes = listen_to_sizes(page)
    answered = page.goto(demo.door(language), wait_until="networkidle")
    assert answered is not None
    assert answered.headers["content-encoding"] == "gzip"
    assert [url for url in visitor.asked if not url.startswith("data:")] == [demo.door(language)]
    assert 0 < sum(sizes) <= MOST_BYTES, sizes
    # A browser without a window asks for no icon, so the page's own word that there is none is looked at.
    assert page.locator("link[rel=icon]").get_attribute("href") == "data:,"
    assert page.locator("script, iframe, img, link[rel=stylesheet], [onclick], [onload]").count() == 0
    assert said == []
    assert visitor.context.cookies() == []
    assert page.evaluate(KEPT) == [0, 0, 0, 0, 0]


def listen_to_sizes(page: "Page") -> list[int]:
    """The bytes on the wire of every answer from now on, headers included."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def note(event: dict[str, Any]) -> None:
        sizes.append(int(event["encodedDataLength"]))

    session.on("Network.loadingFinished", note)
    return sizes


@pytest.mark.promise(6, "cookies and storage looked for before the mailbox is open", times=5)
def test_nothing_is_kept_in_the_browser_before_the_mailbox_is_open(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by a cookie on the page of the words."""
    visitor = visit(width=PHONE)
    page = visitor.page
    for address in (demo.door("en"), demo.door("en", "as-her"), demo.door("en", "safety"), demo.door("en", "answers/")):
        page.goto(address)
        require_nothing_kept(visitor)
    page.goto(demo.door("en"))
    fill_form(page, LETTER)
    words = send_form(page)
    require_nothing_kept(visitor)
    page.goto(demo.mailbox("en"))
    require_nothing_kept(visitor)
    come_back(page, demo.mailbox("en"), words)
    (cookie,) = visitor.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert cookie["expires"] == -1, "it outlives the browser"
    assert page.evaluate(KEPT) == [0, 0, 0, 0, 0]


def require_nothing_kept(visitor: Visitor) -> None:
    """No cookie of any origin, and nothing in any store of the page's."""
    assert visitor.context.cookies() == [], visitor.page.url
    assert visitor.page.evaluate(KEPT) == [0, 0, 0, 0, 0], visitor.page.url


@pytest.mark.promise(6, "headers of every page of every role", times=60)
@pytest.mark.parametrize("role", TOURS)
def test_every_page_has_its_policy(role: str, demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by leaving the middleware of headers out of a role, and by `unsafe-inline` in a policy."""
    visitor = visit()
    pages: list[Response] = []
    visitor.context.on("response", lambda one: pages.append(one) if one.request.resource_type == "document" else None)
    for _ in TOURS[role](visitor, demo, "en"):
        pass
    faults = [fault for one in pages if not 300 <= one.status < 400 for fault in faults_of_headers(one, demo)]
    assert len(pages) >= 2
    assert not faults, "\n".join(sorted(set(faults)))


def faults_of_headers(answered: "Response", demo: Demo) -> list[str]:
    """What is wrong with a page's headers, a sentence each."""
    headers = answered.headers
    policy = {
        part.split()[0]: part.split()[1:] for part in headers.get("content-security-policy", "").split(";") if part
    }
    kept = headers.get("cache-control", "")
    wrong = {
        "no policy that begins with nothing": policy.get("default-src") != ["'none'"],
        "a policy that lets in what stands in the page": any("unsafe" in word for of in policy.values() for word in of),
        "a policy with a wide door": any(word in {"*", "https:", "http:"} for of in policy.values() for word in of),
        "scripts from elsewhere": policy.get("script-src", ["'none'"]) not in (["'none'"], ["'self'"]),
        "framed by anybody": "frame-ancestors" not in policy,
        "forms that lead anywhere": "form-action" not in policy,
        "its type guessed": headers.get("x-content-type-options") != "nosniff",
        "an address told to strangers": headers.get("referrer-policy") not in {"same-origin", "no-referrer"},
        "kept by the browser": "no-store" not in kept and not answered.url.startswith(demo.address("public")),
        "a cookie beside the mailbox and the desk": "set-cookie" in headers
        and answered.url.startswith((demo.address("door"), demo.address("public"))),
    }
    return [f"{answered.url}: {fault}" for fault, is_wrong in wrong.items() if is_wrong]

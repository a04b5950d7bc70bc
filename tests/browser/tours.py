"""Every page of every role, one after the other: a tour brings the browser to a page and yields the page's name.

A page that exists only after something was done (an acknowledgement, an invitation, a refused form) is reached by doing
it, at the demo's real servers.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from browser.aside_tours import UNFOLD, aside, leaving, press
from journeys.working import sign_in, sit_down
from journeys.writing import Letter, come_back, fill_form, send_button, send_form
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

Tour = Callable[[Visitor, Demo, str], Iterator[str]]
LETTER = Letter("A long word to wrap: " + "ab" * 60, presses=("hospital_ends", "sent_back"))
# Pages below a case: whose case, and which page.
_CASE_PAGES = (
    ("dry-river", "link"),
    ("dry-river", "refer"),
    ("dry-river", "renew"),
    ("quiet-maple", "hand-over"),
    ("quiet-maple", "paper/new"),
    ("quiet-maple", "check"),
    ("quiet-maple", "silence"),
    ("quiet-maple", "contact"),
    ("quiet-maple", "sent/new"),
    ("quiet-maple", "law"),
    ("quiet-maple", "law/told"),
    ("quiet-maple", "law/days"),
    ("quiet-maple", "letter/"),
    ("quiet-maple", "letter/report_commission/"),
)


def writer(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """Form, safety, acknowledgement, mailbox, conversation, erasing."""
    page = visitor.page
    page.goto(f"{demo.address('door')}/")
    yield "start"
    page.goto(demo.door(language))
    yield "form"
    page.goto(demo.door(language, "as-her"))
    page.evaluate(UNFOLD)
    for one in LETTER.presses:
        page.locator(f'input[name=presses][value="{one}"]').check()
    yield "form-unfolded"
    page.goto(demo.door(language, "safety"))
    yield "safety"
    page.goto(demo.door(language, "answers/"))
    yield "answers"
    page.locator(".asks a").first.click()
    yield "answer"
    page.goto(demo.door(language))
    with page.expect_navigation():
        send_button(page).click()
    yield "form-returned"
    page.goto(demo.door(language, "no-such-page"))
    yield "not-found"
    page.goto(demo.door(language))
    fill_form(page, LETTER)
    words = send_form(page)
    yield "acknowledgement"
    page.goto(demo.mailbox(language))
    yield "words"
    come_back(page, demo.mailbox(language), ["wrong", *words[1:]])
    yield "words-returned"
    come_back(page, demo.mailbox(language), words)
    page.evaluate(UNFOLD)
    yield "conversation-new"
    page.goto(demo.mailbox(language, "erase"))
    yield "erase"
    page.locator("input[name=sure]").check()
    with page.expect_navigation():
        page.locator("form[action$='/erase'] button").click()
    yield "erased"
    come_back(page, demo.mailbox(language), _quiet_maple())
    yield "conversation"


def _quiet_maple() -> list[str]:
    """The published receipt of one of the demo's twelve."""
    from leeside.project.demo import seed

    return list(seed.receipt_of(("quiet", "maple")).words("en"))


def volunteer(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """Signing in and refused; the queue with its tabs; a case before and after taking it; locked."""
    page = visitor.page
    page.goto(demo.desk(language))
    yield "sign-in"
    page.locator("input[name=name]").fill("Nobody")
    page.locator("input[name=passphrase]").fill("one two three")
    page.locator("input[name=code]").fill("000000")
    with page.expect_navigation():
        page.locator("form:has(input[name=passphrase]) button").click()
    yield "sign-in-refused"
    sit_down(visitor, demo, "wren", language)
    yield "queue"
    page.locator(".queue summary").first.click()
    yield "queue-why"
    for tab in ("mine", "all"):
        page.goto(demo.desk(language, f"queue/?tab={tab}"))
        yield f"queue-{tab}"
    page.goto(demo.desk(language, "people/"))
    yield "people"
    page.goto(demo.desk(language, "queue/"))
    page.goto(demo.address("desk") + str(page.locator(".queue a.n").last.get_attribute("href")))
    yield "case-untaken"
    if page.locator("form[action$='/take']").count():
        press(page, "form[action$='/take'] button", "do")
    yield "case-taken"
    with page.expect_navigation():
        page.locator("form[action$='/note'] .btn:not(.quiet)").click()
    yield "case-problem"
    with page.expect_navigation():
        page.locator("form[action$='/lock'] button").first.click()
    yield "locked"


def coordinator(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """A full case with everything unfolded; people, a person, an invitation, a way in, a candidate."""
    page = sit_down(visitor, demo, "heron", language)
    yield "queue"
    page.goto(demo.desk(language, "case/quiet-maple/"))
    yield "case"
    page.evaluate(UNFOLD)
    yield "case-unfolded"
    for part in ("facts", "do"):
        page.goto(demo.desk(language, f"case/quiet-maple/#{part}"))
        yield f"case-{part}"
    page.goto(demo.desk(language, "figures/"))
    yield "figures"
    page.goto(demo.desk(language, "people/"))
    with page.expect_navigation():
        page.locator("form[action$='/people/invite'] button").click()
    address = page.locator(".notice .hex").inner_text().strip()
    yield "people-invitation"
    page.goto(address)
    yield "invited"
    page.locator("input[name=name]").fill(f"Thistle {language} {visitor.width}")
    with page.expect_navigation():
        page.locator("main form button").click()
    page.evaluate(UNFOLD)
    yield "way-in"
    page.goto(demo.desk(language, "people/admit"))
    yield "people-candidate"
    for place in ("me/", "me/keys", "people/brief", "training/", "training/ward/", "conduct/", "permissions/"):
        page.goto(demo.desk(language, place))
        yield place.strip("/").replace("/", "-")
    page.goto(demo.desk(language, "people/"))
    page.locator("main a[href*='/people/']").last.click()
    page.evaluate(UNFOLD)
    yield "person"
    page.goto(demo.desk(language, "case/no-such-case/"))
    yield "not-found"


def queue(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """Every list of a coordinator's queue, filters, many at once refused, the table of load, pings."""
    page = sit_down(visitor, demo, "heron", language)
    page.locator(".sieve summary").click()
    yield "queue-unfolded"
    for tab in ("due", "all", "closed", "nearly", "check"):
        page.goto(demo.desk(language, f"queue/?tab={tab}"))
        yield f"queue-{tab}"
    page.goto(demo.desk(language, "queue/?tab=all&wants=summons&words=zzz"))
    yield "queue-nothing-fits"
    page.goto(demo.desk(language, "queue/"))
    with page.expect_navigation():
        page.locator("#many button[data-key=assign]").click()
    yield "queue-many-refused"
    page.goto(demo.desk(language, "load/"))
    yield "load"
    page.goto(demo.desk(language, "pings/"))
    yield "pings"


def casework(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """Days that are due, hits of a search, hand-overs; and every page that a case's own page leads to."""
    page = sit_down(visitor, demo, "willow", language)
    for place in ("due/", "due/fortnight", "handovers/", "handovers/all", "by-phone/", "letters/", "search/"):
        page.goto(demo.desk(language, place))
        yield place.strip("/").replace("/", "-")
    page.locator("input[name=words]").fill("passport")
    with page.expect_navigation():
        page.locator("main form.search button.main").click()
    yield "search-answered"
    page.goto(demo.desk(language, "guide/"))
    yield "what-if"
    page.goto(demo.desk(language, "case/quiet-maple/"))
    press(page, "form[action$='/guide/'] button", "do")
    yield "what-if-of-a-case"
    page.goto(demo.desk(language, "rules/"))
    yield "rules"
    page.goto(demo.desk(language, "rules/?show=read"))
    page.locator(".rule-list a").first.click()
    page.evaluate(UNFOLD)
    yield "rule"
    page.goto(demo.desk(language, "rules/try"))
    yield "rule-tried"
    page.goto(demo.desk(language, "rules/make"))
    yield "rule-made"
    page.goto(demo.desk(language, "recall/"))
    yield "recall"
    with page.expect_navigation():
        page.locator("main button.main").click()
    yield "recall-compared"
    for name, rest in _CASE_PAGES:
        page.goto(demo.desk(language, f"case/{name}/{rest}"))
        yield f"{name}-{rest or 'case'}".replace("/", "-")


def counsellor(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """The counsellor's own cases, an opened drawer, a closed case."""
    page = visitor.page
    sign_in(page, demo.desk(language), demo.people["willow"])
    page.goto(demo.desk(language, "case/quiet-maple/"))
    press(page, "form[action*='/drawer/identity'] button", "facts")
    yield "case-drawer"
    page.goto(demo.desk(language, "case/last-tram/"))
    yield "case-other"


def publisher(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """The draft of the next edition; the queue, refused."""
    page = sit_down(visitor, demo, "rowan", language)
    yield "draft"
    page.goto(demo.desk(language, "queue/"))
    yield "refused"


def reader(visitor: Visitor, demo: Demo, language: str) -> Iterator[str]:
    """The lines, the latest edition, all editions, the first; and the demo's own first page."""
    page = visitor.page
    page.goto(f"{demo.address('public')}/{language}/")
    yield "lines"
    page.goto(demo.public(language))
    yield "edition"
    page.evaluate(UNFOLD)
    yield "edition-unfolded"
    page.goto(demo.public(language, "editions/"))
    yield "editions"
    page.goto(demo.public(language, "edition/1/"))
    yield "edition-first"
    page.goto(demo.public(language, "edition/99/"))
    yield "not-found"
    page.goto(f"{demo.address('door')}/{language}/demo/")
    page.evaluate(UNFOLD)
    yield "chairs"


TOURS: dict[str, Tour] = {
    "writer": writer,
    "volunteer": volunteer,
    "coordinator": coordinator,
    "queue": queue,
    "casework": casework,
    "counsellor": counsellor,
    "aside": aside,
    "leaving": leaving,
    "publisher": publisher,
    "reader": reader,
}


def settle(page: "Page") -> None:
    """Wait until style and frames are there; nothing on our pages moves."""
    page.wait_for_load_state("load")

"""What staff do at the desk, told by addresses, names of fields and what stands on the pages."""

from typing import TYPE_CHECKING

from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from plugins.lines import Person


def sit_down(visitor: Visitor, demo: Demo, key: str, language: str = "en") -> "Page":
    """Sit down on one of the demo's chairs: by its tap where it has one, else through the real form."""
    page = visitor.page
    page.goto(f"{demo.address('door')}/{language}/demo/")
    chair = page.locator(f"form[action$='/sit/{key}/'] button")
    if chair.count():
        with page.expect_navigation():
            chair.click()
    else:
        sign_in(page, demo.desk(language), demo.people[key])
    return page


def sign_in(page: "Page", address: str, person: "Person") -> None:
    """Sign in as anybody does: name, passphrase and one-time code on one page."""
    page.goto(address)
    fill_sign_in(page, person)
    with page.expect_navigation():
        page.locator("form:has(input[name=passphrase]) button").click()


def fill_sign_in(page: "Page", person: "Person") -> None:
    """Type the three things."""
    page.locator("input[name=name]").fill(person.name)
    page.locator("input[name=passphrase]").fill(person.passphrase)
    page.locator("input[name=code]").fill(person.code())


def row_names(page: "Page") -> set[str]:
    """The addresses of the cases on this page of the queue."""
    return {str(link.get_attribute("href")) for link in page.locator(".queue a.n").all()}


def open_tab(page: "Page", demo: Demo, tab: str, language: str = "en") -> None:
    """Go to one tab of the queue."""
    page.goto(demo.desk(language, f"queue/?tab={tab}"))


def is_in_tab(page: "Page", demo: Demo, tab: str, address: str) -> bool:
    """Whether a case stands in a tab, also further down."""
    open_tab(page, demo, tab)
    while address.removeprefix(demo.address("desk")) not in row_names(page):
        further = page.locator("a[rel=next]")
        if not further.count():
            return False
        with page.expect_navigation():
            further.click()
    return True


def row_of(page: "Page", name: str) -> "Locator":
    """The row of a case, by its code name."""
    return page.locator(".queue > .case").filter(has=page.get_by_role("link", name=name, exact=True))


def take(page: "Page", row: "Locator") -> None:
    """Press *Take* on a row; the case opens."""
    with page.expect_navigation():
        row.locator("button[data-key=take]").click()
    assert "/case/" in page.url


def post(page: "Page", action: str) -> None:
    """Press the button of the form that posts to `.../action` of this case, opening what it is folded in."""
    form = page.locator(f"form[action$='/{action}']")
    with page.expect_navigation():
        form.locator("button:not([formaction])").first.click()


def unfold(page: "Page", action: str) -> "Locator":
    """Open the folded part that holds the form of an action; returns the form."""
    form = page.locator(f"form[action$='/{action}']").first
    if not form.is_visible():
        page.locator(f"details:has(form[action$='/{action}']) > summary").first.click()
    return form


def fill_step(form: "Locator", what: str, day: str) -> None:
    """The next step, where a form asks for it."""
    form.locator("input[name=step_what]").fill(what)
    form.locator("input[name=step_day]").fill(day)


def answer(page: "Page", text: str, step: str = "", day: str = "") -> None:
    """Answer the writer, with a next step where the page asks for one."""
    form = page.locator("form[action$='/answer']")
    form.locator("textarea[name=text]").fill(text)
    if step:
        fill_step(form, step, day)
    post(page, "answer")


def note(page: "Page", text: str) -> None:
    """Write a note for colleagues."""
    page.locator("form[action$='/note'] textarea[name=text]").fill(text)
    post(page, "note")


def timeline(page: "Page") -> str:
    """Everything that stands in the timeline."""
    return str(page.locator(".timeline").inner_text())


def find_new(page: "Page", demo: Demo, before: set[str]) -> str:
    """The whole address of the one case that came into the first tab since `before` was noted."""
    open_tab(page, demo, "person")
    (path,) = row_names(page) - before
    return demo.address("desk") + path


def take_at(page: "Page", address: str) -> None:
    """Go to a case and take it there."""
    page.goto(address)
    with page.expect_navigation():
        page.locator("form[action$='/take'] button").click()


def code_name(address: str) -> str:
    """The code name of a case in English, as its address spells it."""
    return address.rstrip("/").rsplit("/", 1)[-1].replace("-", " ").title()


def words_shown(page: "Page") -> list[str]:
    """The words that a page shows once."""
    return [word.strip() for word in page.locator("ol.words > li").all_inner_texts()]

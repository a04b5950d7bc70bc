"""What a writer does at the form and in the mailbox, told by what stands on the pages and not by how they are made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.browsers import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WORDS = 12
LETTERS = 4


@dataclass(frozen=True)
class Letter:
    """What somebody writes: options of the shipped pack, and their own words."""

    text: str
    where: str = "hospital"
    wants: str = "commission"
    presses: tuple[str, ...] = ()


def words_on(page: "Page") -> list[str]:
    """The twelve words that stand on a page."""
    words = [word.strip() for word in page.locator(".words ol > li").all_inner_texts()]
    assert len(words) == WORDS
    assert all(words)
    return words


def fill_form(page: "Page", letter: Letter) -> list[str]:
    """Fill in the first screen and return the words that stand above *Send*."""
    page.locator(f'input[name=where][value="{letter.where}"]').check()
    for one in letter.presses:
        page.locator(f'input[name=presses][value="{one}"]').check()
    page.locator(f'input[name=wants][value="{letter.wants}"]').check()
    page.locator("textarea[name=text]").fill(letter.text)
    above = page.locator("main").evaluate(
        "main => main.querySelector('.words ol').getBoundingClientRect().bottom"
        " <= main.querySelector('button.main.whole').getBoundingClientRect().top"
    )
    assert above, "the words do not stand above Send"
    return words_on(page)


def send_button(page: "Page") -> "Locator":
    """The one big button of a writer's page."""
    return page.locator("main button.main.whole").first


def send_form(page: "Page") -> list[str]:
    """Send the form and return the words of the acknowledgement."""
    with page.expect_navigation():
        send_button(page).click()
    assert page.locator("form").count() == 0, page.locator(".problem, .notice").all_inner_texts()
    return words_on(page)


def write(page: "Page", form: str, letter: Letter) -> list[str]:
    """Write and send a letter at the form's address; return its words."""
    page.goto(form)
    before = fill_form(page, letter)
    after = send_form(page)
    assert after == before, "the acknowledgement shows other words than the form"
    return after


def come_back(page: "Page", mailbox: str, words: list[str]) -> None:
    """Open the mailbox at its address with the first four letters of every word."""
    page.goto(mailbox)
    page.locator("textarea[name=words]").fill(" ".join(word[:LETTERS] for word in words))
    with page.expect_navigation():
        send_button(page).click()


def state_of(page: "Page") -> int:
    """How many of the three steps are done: received, read by a person, answered."""
    steps = page.locator("ol.steps > li")
    assert steps.count() == 3
    return page.locator("ol.steps > li.done").count()


def said_on(page: "Page") -> list[str]:
    """Every message of the conversation, whole."""
    return page.locator(".said").all_inner_texts()


def reply(page: "Page", text: str) -> None:
    """Write again, in the mailbox."""
    page.locator("form[action$='/reply'] textarea[name=text]").fill(text)
    with page.expect_navigation():
        page.locator("form[action$='/reply'] button").click()


def erase_all(page: "Page") -> None:
    """Withdraw: through the folded part, the page that asks once more, and its box."""
    page.locator("details:has(a[href$='/erase']) > summary").click()
    page.locator("a[href$='/erase']").click()
    page.locator("input[name=sure]").check()
    with page.expect_navigation():
        page.locator("form[action$='/erase'] button").click()


def phone(width: int = PHONE) -> dict[str, object]:
    """What a writer's browser is like: small, and without script."""
    return {"script": False, "width": width}

"""How somebody joins a line, from both sides: the coordinator's page and the newcomer's."""

import base64
from typing import TYPE_CHECKING

from plugins.browsers import Demo
from plugins.lines import Person

if TYPE_CHECKING:
    from playwright.sync_api import Page


def invite(lead: "Page", demo: Demo, language: str = "en") -> str:
    """Make one invitation; its address, which is shown once."""
    lead.goto(demo.desk(language, "people/"))
    with lead.expect_navigation():
        lead.locator("form[action$='/people/invite'] button").click()
    return str(lead.locator(".notice .hex").inner_text()).strip()


def seen_words(page: "Page", name: str) -> dict[int, str]:
    """The words of somebody who waits that the page shows, by place: all but the two that it keeps back."""
    rows = page.locator("fieldset.candidate").filter(has_text=name).locator(".words li")
    texts = [rows.nth(place).inner_text().strip() for place in range(rows.count())]
    return {place: word for place, word in enumerate(texts) if word}


def type_heard(page: "Page", name: str, words: list[str], *, role: str, grade: str = "4") -> None:
    """Type the two words that are missing, as the newcomer reads them, give role and grade, and admit."""
    form = page.locator("fieldset.candidate").filter(has_text=name)
    seen = seen_words(page, name)
    for place, field in zip(
        (one for one in range(len(words)) if one not in seen), form.locator(".blank input").all(), strict=True
    ):
        field.fill(words[place])
    form.locator("select[name^=role-]").select_option(role)
    form.locator("select[name^=grade-]").select_option(grade)
    with page.expect_navigation():
        page.locator("form.admit > button").click()


def accept_conduct(page: "Page") -> None:
    """Read the code of conduct, and accept it: the first thing that opens."""
    page.locator("input[name=accepted]").check()
    with page.expect_navigation():
        page.locator("main form button").click()


def words_in(page: "Page", selector: str) -> list[str]:
    """The words of a list on a page."""
    return [word.strip() for word in page.locator(f"{selector} li").all_inner_texts()]


def accept(page: "Page", name: str) -> tuple[Person, list[str]]:
    """Give a name and read what is shown once: the way in, and the newcomer's own words."""
    page.locator("input[name=name]").fill(name)
    with page.expect_navigation():
        page.locator("main form button").click()
    lists = page.locator("ol.words")
    assert lists.count() == 2
    passphrase = " ".join(word.strip() for word in lists.nth(0).locator("li").all_inner_texts())
    secret = base64.b32decode(page.locator(".hex strong").inner_text().replace(" ", "").upper())
    own_words = [word.strip() for word in lists.nth(1).locator("li").all_inner_texts()]
    return Person(name, "", b"", passphrase, secret), own_words

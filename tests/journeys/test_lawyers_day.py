"""A lawyer's day: what is due, who holds the passport, a report by registered mail, two weeks on paper."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from journeys.working import code_name, fill_step, find_new, open_tab, post, row_names, sit_down, take_at, unfold
from journeys.writing import Letter, phone, write
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LETTER = Letter("The commander keeps my passport since autumn, and I left.", where="awol", wants="papers_back")
STEP = "send the report about the passport"


def test_what_is_due_is_done_and_two_weeks_are_printed_without_a_word_of_anybody(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """Broken by a due list that shows the next step's own words, and by a term that proposes no day."""
    lead = sit_down(visit(), demo, "heron")
    open_tab(lead, demo, "person")
    before = row_names(lead)
    write(visit(**phone()).page, demo.door("en"), LETTER)
    address = find_new(lead, demo, before)

    page = sit_down(visit(), demo, "willow")
    take_at(page, address)
    name = code_name(address)
    form = unfold(page, "keep")
    fill_step(form, STEP, "2023-12-05")
    post(page, "keep")
    open_tab(page, demo, "mine")
    with page.expect_navigation():
        page.locator("a[href$='/due/']").click()
    assert name in page.locator("main").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()

    _write_down_the_papers(page)

    page.goto(demo.desk("en", "due/fortnight"))
    printed = page.locator("body").inner_text()
    assert name in printed
    assert "15 December" in printed
    for said in (LETTER.text, STEP, "the passport back", "passport", *_letters_of_the_demo()):
        assert said not in printed, "what is printed says more than code names and days"


def _write_down_the_papers(page: "Page") -> None:
    """The unit holds the passport since November; a report goes out, and its answer has a day."""
    with page.expect_navigation():
        page.locator("#papers a[href$='/paper/new']").click()
    page.locator("select[name=paper]").select_option("passport")
    page.locator("select[name=holder]").select_option("unit")
    page.locator("input[name=since]").fill("2023-11-02")
    with page.expect_navigation():
        page.locator("main form button.main").click()
    ledger = page.locator("#papers .ledger").inner_text()
    assert "2 November" in ledger
    assert page.locator("#papers .kept-back").count() >= 1, "a paper in other hands does not stand out"

    with page.expect_navigation():
        page.locator("#papers a[href$='/sent/new']").click()
    page.locator("select[name=paper]").select_option("report")
    page.locator("select[name=to]").select_option("commander")
    page.locator("select[name=way]").select_option("registered")
    page.locator("input[name=line]").fill("the passport back")
    page.locator("input[name=sent]").fill("2023-12-05")
    page.locator("input[name=due]").fill("2023-12-15")
    with page.expect_navigation():
        page.locator("main form button.main").click()
    sent = page.locator("#papers .sent").inner_text()
    assert "registered" in sent
    assert "15 December" in sent


def _letters_of_the_demo() -> list[str]:
    """What the demo's people wrote, and the next steps of their cases, sentence by sentence."""
    from leeside.project.demo import texts

    told = [one["says"]["en"] for one in texts.people()]
    told += [one["next_step"]["en"] for one in texts.people() if "next_step" in one]
    return [sentence.strip() for text in told for sentence in text.split(". ") if len(sentence) > 12]

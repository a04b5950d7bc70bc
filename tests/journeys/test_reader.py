"""A reader: the headline, the chart, the table, the files, and apart from them what others claim."""

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from plugins.browsers import PHONE, Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MONTHS = {"2023-04": 70, "2023-05": 85, "2023-06": 54, "2023-07": 112}
MONTHS |= {"2023-08": 139, "2023-09": 184, "2023-10": 218, "2023-11": 175}
SENTENCES = {
    "ru": ("577", "89", "305", "218", "54", "175", "1 037"),
    "en": ("577", "89", "305", "218", "54", "175", "1,037"),
    "uk": ("577", "89", "305", "218", "54", "175", "1 037"),
}


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_the_months_are_told_drawn_and_tabled(language: str, demo: Demo, visit: Callable[..., Visitor]) -> None:
    page = visit(width=PHONE, script=False, language=language).page
    page.goto(demo.public(language))
    assert page.locator("html").get_attribute("lang") == language
    told = " ".join([page.locator("h1").inner_text(), *page.locator(".findings").first.locator("li").all_inner_texts()])
    for number in SENTENCES[language]:
        assert number in told.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " "), number
    assert table_of(page) == list(MONTHS.values())
    drawn = page.locator("figure svg").first.locator(".number").all_text_contents()
    assert [int(text) for text in drawn] == list(MONTHS.values())


def table_of(page: "Page") -> list[int]:
    """The first column of numbers of the first table, without its sum."""
    cells = page.locator("table.numbers").first.locator("tbody tr td:nth-of-type(1)").all_inner_texts()
    return [int(cell) for cell in cells]


def test_claims_of_others_stand_apart_with_their_sources(demo: Demo, visit: Callable[..., Visitor]) -> None:
    page = visit(script=False).page
    page.goto(demo.public("en"))
    claims = page.locator("section[aria-labelledby=others]")
    text = claims.inner_text()
    for said in ("22,000", "4,121", "3,470", "63 %"):
        assert said in text, said
        assert said not in page.locator("section[aria-labelledby=numbers]").inner_text()
    assert claims.locator(".against .claim").count() >= 2
    quotes = claims.locator(".claim").count()
    assert quotes >= 7
    assert claims.locator("footer cite").count() == quotes


def test_the_files_hold_what_the_page_says(demo: Demo, visit: Callable[..., Visitor]) -> None:
    visitor = visit(script=False)
    visitor.page.goto(demo.public("en"))
    links = {link.inner_text(): str(link.get_attribute("href")) for link in visitor.page.locator(".files a").all()}
    table = visitor.context.request.get(demo.address("public") + links["CSV"]).text()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert any("218" in row.values() for row in rows)
    whole = json.loads(visitor.context.request.get(demo.address("public") + links["JSON"]).text())
    assert "218" in json.dumps(whole)


def test_every_edition_can_be_opened(demo: Demo, visit: Callable[..., Visitor]) -> None:
    page = visit(script=False).page
    page.goto(demo.public("en", "editions/"))
    addresses = [str(link.get_attribute("href")) for link in page.locator(".editions a").all()]
    assert len(addresses) >= 8
    for address in addresses:
        answered = page.goto(demo.address("public") + address)
        assert answered is not None
        assert answered.status == 200
        assert page.locator("h1").inner_text()

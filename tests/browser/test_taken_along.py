"""Answers taken along are read without a network, on a small phone and on paper, and ask nobody for anything."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leeside.door.along import write_along
from leeside.packs.reader import shipped_pack
from plugins.browsers import PHONE, Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PACK = shipped_pack("refusal")
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.promise(6, "what a file of answers asks the network for when it is opened", times=3)
@pytest.mark.parametrize("language", PACK.languages)
def test_the_file_is_read_without_a_network_and_asks_for_nothing(
    language: str, tmp_path: Path, visit: Callable[..., Visitor]
) -> None:
    """Broken on purpose: a picture of another server's in the file (asked for), and the policy left out with it."""
    answers = PACK.public_answers.answers
    file = tmp_path / "pages.html"
    file.write_text(write_along(PACK, answers, language, date(2023, 12, 5)), encoding="utf-8")
    visitor = visit(width=PHONE, language=language, quiet=False)
    page = visitor.page
    refused = refusals_of(page)
    page.context.set_offline(True)
    page.goto(file.as_uri())
    said = page.locator("body").inner_text()
    for answer in answers:
        assert answer.words[language].short in said
    assert {url for url in visitor.asked if not url.startswith("data:")} == {file.as_uri()}
    assert refused == []
    assert page.evaluate(WIDER) <= 0
    first = page.locator("nav a").first
    box = first.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    first.click()
    assert page.url.startswith(file.as_uri() + "#")
    page.emulate_media(media="print")
    assert not first.is_visible()
    assert page.locator("article").last.is_visible()


def test_a_press_on_the_page_brings_the_file_and_the_page_stays(
    tmp_path: Path, demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """Broken on purpose: a file that is shown in place of the page."""
    page = visit(width=PHONE, language="ru").page
    page.goto(demo.door("ru", "answers/"))
    page.locator(".asks a").first.click()
    here = page.url
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Взять с собой файлом").click()
    taken = waiting.value
    assert taken.suggested_filename == f"page-{here.rsplit('/', 1)[-1]}.html"
    kept = tmp_path / taken.suggested_filename
    taken.save_as(kept)
    text = kept.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert page.locator(".sign").inner_text() in text
    assert page.url == here


def refusals_of(page: "Page") -> list[str]:
    """What the browser's console says from now on: a policy that was broken, a thing that did not come."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    return said

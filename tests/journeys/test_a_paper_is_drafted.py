"""A lawyer drafts a report with things missing, a coordinator reads it, the writer saves it, and it opens."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document

from journeys.working import answer, find_new, open_tab, row_names, sit_down, take_at
from journeys.writing import Letter, come_back, phone, write
from leeside.letters.wording import PAPER_WORDS
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LETTER = Letter("Wounded in the leg, and no commission was held.", where="held", wants="advice")
NAME = "Вымышленный Пантелеймон Остапович"


@pytest.mark.promise(2, "a paper that nobody but its author has read, looked for in the mailbox", times=1)
def test_a_report_is_drafted_read_given_saved_and_printed(
    demo: Demo, visit: Callable[..., Visitor], needs: Callable[[str], None], tmp_path: Path
) -> None:
    desk = sit_down(visit(), demo, "willow")
    before = row_names(desk)
    writer = visit(**phone())
    words = write(writer.page, demo.door("en"), LETTER)
    address = find_new(desk, demo, before)
    take_at(desk, address)
    answer(desk, "Good day. A report follows.", "send the report", "2023-12-07")
    _draft(desk, address)
    come_back(writer.page, demo.mailbox("en"), words)
    assert not writer.page.locator("p.keep a[download]").count()

    coordinator = visit()
    reader = sit_down(coordinator, demo, "heron")
    open_tab(reader, demo, "check")
    assert address.removeprefix(demo.address("desk")) in row_names(reader)
    reader.goto(address)
    with reader.expect_navigation():
        reader.locator("#letters form[action*='/file/'] button").first.click()
    drawn = str(reader.locator(".pictures img").first.get_attribute("src"))
    coordinator.origins.add(drawn.partition("/f/")[0])  # the second name, for files
    reader.goto(address)
    with reader.expect_navigation():
        reader.locator("#letters form[action$='/checked'] button").click()

    desk.goto(address)
    desk.locator("#letters details:has(form.give) > summary").click()
    with desk.expect_navigation():
        desk.locator("#letters form.give button[value=docx]").click()
    saved = _save(writer, tmp_path)
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(saved.read_bytes())).paragraphs)
    # Nothing at its top tells that somebody helped.
    assert PAPER_WORDS["ru"].mark not in text
    assert PAPER_WORDS["ru"].notes not in text
    assert "report_for_commission" not in text
    needs("libreoffice")
    _open_in_office(saved, tmp_path)


def _draft(desk: "Page", address: str) -> None:
    """From the case to a kept paper that waits for a second pair of eyes; its name is typed, the rest is missing."""
    desk.goto(f"{address}letter/report_commission/")
    assert "missing" in desk.locator("#missing").inner_text()
    with desk.expect_navigation():
        desk.locator("button[name=do][value=open]").click()
    counted = desk.locator("#missing").inner_text()
    desk.locator("input[name=f-full_name]").fill(NAME)
    with desk.expect_navigation():
        desk.locator("button[name=do][value=count]").click()
    assert desk.locator("#missing").inner_text() != counted
    desk.emulate_media(media="print")
    assert desk.locator("#missing").is_visible()
    desk.emulate_media(media="screen")
    with desk.expect_navigation():
        desk.locator("button[name=do][value=keep]").click()
    with desk.expect_navigation():
        desk.locator("#letters form[action$='/ask'] button").click()


def _save(writer: Visitor, folder: Path) -> Path:
    """What the mailbox offers, as soon as it does: a file can be taken back for some seconds."""
    page = writer.page
    save = page.locator("p.keep a[download]")
    for _ in range(60):
        page.reload()
        if save.count():
            break
        page.wait_for_timeout(500)
    with page.expect_download() as saving:
        save.last.click()
    saved = folder / "report.docx"
    saving.value.save_as(saved)
    return saved


def _open_in_office(saved: Path, folder: Path) -> None:
    """LibreOffice opens it and prints it to a PDF."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(saved)], check=True, capture_output=True, timeout=120)
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")

"""A photo comes in from a phone without script; the lawyer looks at its pixels; a checked paper goes back."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from journeys.working import answer, find_new, row_names, sit_down, take_at
from journeys.writing import Letter, come_back, phone, write
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LETTER = Letter("I was let out of hospital with this paper. They hold me in the unit.", where="held", wants="advice")
HIDDEN = b"Telephone of nobody, ward three"
PAPER = b"%PDF-1.4\n% a request that a lawyer has checked\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"


def _photo() -> bytes:
    """A picture with something written beside it, as cameras do."""
    made, beside = io.BytesIO(), Image.Exif()
    beside[0x010E] = HIDDEN.decode()
    Image.new("RGB", (120, 90), "teal").save(made, "JPEG", exif=beside)
    return made.getvalue()


@pytest.mark.promise(2, "a photo's hidden words are looked for in the pixels that the desk is shown", times=1)
def test_a_photo_is_looked_at_and_a_paper_comes_back_as_it_was_given(demo: Demo, visit: Callable[..., Visitor]) -> None:
    lawyer = visit()
    desk = sit_down(lawyer, demo, "willow")
    before = row_names(desk)
    writer = visit(**phone())
    words = write(writer.page, demo.door("en"), LETTER)
    come_back(writer.page, demo.mailbox("en"), words)
    _send_file(writer, {"name": "summary.jpg", "mimeType": "image/jpeg", "buffer": _photo()})

    address = find_new(desk, demo, before)
    take_at(desk, address)
    answer(desk, "Good day. The paper came; a request follows.", "check the request", "2023-12-07")
    origins: set[str] = set()
    lawyer.context.on("response", lambda one: origins.add(one.url.partition("/f/")[0]) if "/f/" in one.url else None)
    with desk.expect_response(lambda one: "/f/" in one.url) as shown:
        with desk.expect_navigation():
            desk.locator("#files form[action*='/file/'] button").first.click()
        desk.locator(".pictures img").first.scroll_into_view_if_needed()
    assert shown.value.body() != _photo()
    assert HIDDEN not in shown.value.body()
    assert shown.value.headers["content-type"] == "image/jpeg"
    assert origins and demo.address("desk") not in origins, "a file came from the desk's own origin"
    assert len(origins) == 1
    lawyer.origins |= origins  # the second name, for files
    image = desk.locator(".pictures img").first
    assert "blur" in image.evaluate("one => getComputedStyle(one).filter")
    desk.locator(".pictures label").first.click()
    image.evaluate("one => Promise.all(one.getAnimations().map(each => each.finished))")
    assert "blur" not in image.evaluate("one => getComputedStyle(one).filter").replace("blur(0px)", "")

    _give_paper(desk, address)
    save = writer.page.locator("p.keep a[download]")
    for _ in range(60):
        writer.page.reload()
        if save.count():
            break
        writer.page.wait_for_timeout(500)
    with writer.page.expect_download() as saving:
        save.last.click()
    assert saving.value.path().read_bytes() == PAPER
    assert saving.value.suggested_filename == "recipes.pdf"


def _send_file(writer: Visitor, file: dict[str, object]) -> None:
    """Through the folded form of the mailbox."""
    page = writer.page
    page.locator("details#file > summary").click()
    page.locator("input[name=file]").set_input_files(files=[file])  # type: ignore[list-item]
    with page.expect_navigation():
        page.locator("details#file button").click()
    assert page.locator(".problem").count() == 0


def _give_paper(desk: "Page", address: str) -> None:
    """Through the folded form of the case page, under a harmless name."""
    desk.goto(address)
    desk.locator("#files details:has(form.give) > summary").click()
    form = desk.locator("#files form.give")
    form.locator("input[name=name]").fill("recipes.pdf")
    form.locator("input[name=words]").fill("Checked. Print it twice.")
    paper = {"name": "request by W.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    form.locator("input[name=file]").set_input_files(files=[paper])  # type: ignore[list-item]
    with desk.expect_navigation():
        form.locator("button").click()

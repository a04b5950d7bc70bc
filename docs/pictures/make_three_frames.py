"""Makes three-frames.png, the picture of the README, from a demo as anybody has it.

    .venv/bin/python docs/pictures/make_three_frames.py [--at http://localhost:8000]

Without `--at` it fills and serves a demo of its own and ends it again. Three frames: the form on a phone; one case as
its counsellor sees it beside the same case on the disk; the public figures with their headline. Nothing is drawn by
hand: the frames are photographs of the demo's pages, laid side by side on a page of their own and photographed again.
"""

import argparse
import base64
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURE = Path(__file__).parent / "three-frames.png"
PORT = 8640
DAY = "2023-12-05"
# CSS pixels. The right column holds two panels of the demo's first page side by side, which need 24 rem each.
PHONE, WIDE, HEIGHT_OF_CASE = 360, 788, 392
SHARPNESS = 1.25
_SHEET = """
body { margin: 0; padding: 28px; inline-size: max-content; background: #e4e0d6; color: #1c2326;
  font: 600 17px/1.3 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; }
main { display: grid; grid-template-columns: auto auto; column-gap: 28px; }
p { margin: 0 0 10px; } img { display: block; }
.frame { border-radius: 14px; overflow: hidden; background: #f7f5f0; box-shadow: 0 0 0 1px #0001, 0 3px 0 #0001; }
.right { display: grid; align-content: space-between; row-gap: 22px; } .padded { padding: 16px 18px 18px; }
"""


def main() -> None:
    """Read the words, find or start a demo, make the picture."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--at", help="the door's address of a demo in English that runs already")
    at = words.parse_args().at
    with demo_of_our_own() if not at else running_demo(at) as door, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        PICTURE.write_bytes(make_picture(browser, door))
        browser.close()
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} KB\n")


@contextmanager
def running_demo(address: str) -> Iterator[str]:
    """A demo that somebody else started and will end."""
    yield address.rstrip("/")


@contextmanager
def demo_of_our_own() -> Iterator[str]:
    """Fill and serve a demo in a temporary folder; it ends with the picture."""
    with tempfile.TemporaryDirectory(prefix="leeside-picture-") as folder:
        place = ["--dir", f"{folder}/demo", "--port", str(PORT)]
        command = [str(ROOT / "leeside"), "demo", "--language", "en", "--today", DAY, *place]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://localhost:{PORT}/en/demo/")
            yield f"http://localhost:{PORT}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str) -> None:
    """Return when the address answers; TimeoutError after five minutes."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address):  # noqa: S310 -- an address of ours on this machine
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise TimeoutError(address)


def make_picture(browser: Browser, door: str) -> bytes:
    """Photograph the pages and lay the photographs side by side."""
    case = photograph_case(browser, door)
    figures = photograph_figures(browser, public_address(door))
    page = new_page(browser, 1400, 1200)
    page.set_content(lay_out(b"", case, figures))
    room = page.evaluate("document.querySelector('.right').getBoundingClientRect().height")
    page.set_content(lay_out(photograph_form(browser, door, round(room) - 32), case, figures))
    page.wait_for_function("Array.from(document.images).every(one => one.complete)")
    return page.locator("body").screenshot()


def lay_out(form: bytes, case: bytes, figures: bytes) -> str:
    """The page that is photographed in the end."""
    return (
        f"<!doctype html><style>{_SHEET}</style><main>"
        f"<div><p>A form that asks for no name</p><div class=frame>{image(form, PHONE)}</div></div>"
        f"<div class=right><div><p>One case, as its counsellor sees it and as a thief does</p>"
        f"<div class='frame padded'>{image(case, WIDE)}</div></div>"
        f"<div><p>What the public reads</p><div class='frame padded'>{image(figures, WIDE)}</div></div></div></main>"
    )


def image(png: bytes, width: int) -> str:
    """An image that carries its bytes; none is a blank one."""
    source = base64.b64encode(png).decode() if png else "iVBORw0KGgo="
    return f'<img alt="" width="{width}" src="data:image/png;base64,{source}">'


def new_page(browser: Browser, width: int, height: int) -> Page:
    """A page in light colours whose style we may add to."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=SHARPNESS,
        color_scheme="light",
        locale="en",
        bypass_csp=True,
    )
    return context.new_page()


def photograph_form(browser: Browser, door: str, height: int) -> bytes:
    """The top of the form at 360 pixels, as it is first seen, with two answers chosen."""
    page = new_page(browser, PHONE, height)
    page.goto(f"{door}/en/write/")
    page.locator("input[name=where][value=hospital]").check()
    page.locator("input[name=presses][value=sent_back]").check()
    page.evaluate("document.activeElement.blur(); scrollTo({top: 0, behavior: 'instant'})")
    return page.screenshot()


def photograph_case(browser: Browser, door: str) -> bytes:
    """Both sides of *What a thief sees*."""
    page = new_page(browser, WIDE + 32, 900)
    page.goto(f"{door}/en/demo/")
    page.add_style_tag(content=f".sides iframe, .disk {{ block-size: {HEIGHT_OF_CASE}px; overflow: hidden }}")
    sides = page.locator(".sides")
    sides.scroll_into_view_if_needed()
    page.frames[1].wait_for_load_state("load")
    page.frames[1].add_style_tag(content="html { scrollbar-width: none } body { background: none }")
    page.wait_for_timeout(500)
    return sides.screenshot()


def photograph_figures(browser: Browser, public: str) -> bytes:
    """The headline and the chart under it."""
    page = new_page(browser, WIDE + 32, 900)
    page.goto(f"{public}/en/write/")
    page.add_style_tag(
        content=".page.figures-page { max-inline-size: none } h1.lead { margin: 0; font-size: 1.6rem }"
        " figure { margin: 14px 0 0 }"
    )
    top, bottom = page.locator("h1").bounding_box(), page.locator("figure").first.bounding_box()
    if top is None or bottom is None:
        raise LookupError("the page of figures shows no chart")
    height = bottom["y"] + bottom["height"] - top["y"]
    return page.screenshot(clip={"x": top["x"], "y": top["y"], "width": top["width"], "height": height})


def public_address(door: str) -> str:
    """The figures of a served installation are three ports above its door."""
    parts = urlsplit(door)
    return f"{parts.scheme}://{parts.hostname}:{(parts.port or 80) + 3}"


if __name__ == "__main__":
    main()

"""Makes three-frames.png, the picture of the README, from a demo as anybody has it.

    .venv/bin/python docs/pictures/make_three_frames.py [--at http://localhost:8000]

Without `--at` it fills and serves a demo of its own and ends it again. Three frames: the form on a phone; one case as
its counsellor sees it beside the same case on the disk; the public figures with their headline. Nothing is drawn by
hand: the frames are photographs of the demo's pages, laid side by side on a page of their own and photographed again.
"""

import base64
import sys
from pathlib import Path

from demo_pages import ROOT, new_page, opened_browser, role_address, served_demo, where_from
from playwright.sync_api import Browser

PICTURE = Path(__file__).parent / "three-frames.png"
# CSS pixels. The right column holds two panels of the demo's first page side by side, which need 24 rem each.
PHONE, WIDE, HEIGHT_OF_CASE = 360, 788, 392
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
    with served_demo(where_from(__doc__)) as door, opened_browser() as browser:
        PICTURE.write_bytes(make_picture(browser, door))
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} KB\n")


def make_picture(browser: Browser, door: str) -> bytes:
    """Photograph the pages and lay the photographs side by side."""
    case = photograph_case(browser, door)
    figures = photograph_figures(browser, role_address(door, "public"))
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


if __name__ == "__main__":
    main()

"""Makes the pictures of docs/use/, one for each page of the desk, from a demo as anybody has it.

    .venv/bin/python docs/pictures/make_pages.py [--at http://localhost:8000]

Without `--at` it fills and serves a demo of its own and ends it again. A picture is what a colleague of the demo has in
front of them, cut to what its page speaks of, in a hundred colours: that stays small over a bad network.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from demo_pages import ROOT, new_page, opened_browser, role_address, served_demo, sit_down, where_from
from PIL import Image
from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parent
COLOURS = 96
PHONE = (360, 720)
# Nothing of a browser's own: no rings of focus, no bars of scrolling, no carets.
_QUIET = "* { scrollbar-width: none; caret-color: transparent; } :focus { outline: none; }"
Maker = Callable[[Browser, str], bytes]


def main() -> None:
    """Make every picture; say how large each became."""
    with served_demo(where_from(__doc__)) as door, opened_browser() as browser:
        for name, make in PICTURES.items():
            picture = FOLDER / f"{name}.png"
            picture.write_bytes(with_few_colours(make(browser, door)))
            sys.stdout.write(f"{picture.relative_to(ROOT)}: {picture.stat().st_size / 1000:.0f} KB\n")


def with_few_colours(png: bytes) -> bytes:
    """The same picture with a palette."""
    small = io.BytesIO()
    drawn = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    drawn.save(small, "PNG", optimize=True)
    return small.getvalue()


def at_desk(browser: Browser, door: str, who: str, place: str, height: int) -> Page:
    """A colleague in front of one page of the desk."""
    page = sit_down(browser, door, who, height)
    page.goto(f"{role_address(door, 'desk')}/en/{place}")
    page.add_style_tag(content=_QUIET)
    return page


def cut(page: Page, first: str, last: str, pad: int = 16) -> bytes:
    """The whole width, from the top of one element to the foot of another."""
    top, foot = page.locator(first).first.bounding_box(), page.locator(last).last.bounding_box()
    if top is None or foot is None:
        raise LookupError(f"{page.url} shows no {first} or no {last}")
    begin = max(0, top["y"] - pad)
    height = foot["y"] + foot["height"] + pad - begin
    width = page.evaluate("innerWidth")
    return page.screenshot(full_page=True, clip={"x": 0, "y": begin, "width": width, "height": height})


def column_to(page: Page, column: str, section: str) -> None:
    """Scroll a column of a case, which scrolls by itself, until a section stands at its top."""
    page.evaluate(
        "([column, section]) => { const side = document.querySelector(column), part = document.querySelector(section);"
        " side.scrollTop += part.getBoundingClientRect().top - side.getBoundingClientRect().top; }",
        [column, section],
    )


def queue(browser: Browser, door: str) -> bytes:
    """The first page of a shift, with the reason of one row unfolded."""
    page = at_desk(browser, door, "wren", "queue/", 900)
    page.locator(".queue > .case").nth(3).locator("summary").first.click()
    return cut(page, "body", ".queue > .case:nth-of-type(7)", 0)


def rules(browser: Browser, door: str) -> bytes:
    """One rule as a lawyer of the line sees it: its reviews, what there is to look at, its words."""
    page = at_desk(browser, door, "willow", "rules/of/report_for_commission", 900)
    return cut(page, "body", ".clauses", 0)


def case(browser: Browser, door: str) -> bytes:
    """A case from its head to the foot of its columns."""
    return at_desk(browser, door, "willow", "case/quiet-maple/", 860).screenshot()


def papers(browser: Browser, door: str) -> bytes:
    """The ledger beside what is told of it."""
    page = at_desk(browser, door, "wren", "case/grey-window/", 700)
    column_to(page, "#facts", "#papers")
    return page.screenshot()


def safety(browser: Browser, door: str) -> bytes:
    """A seized device: the bars above, the panel, what came since."""
    page = at_desk(browser, door, "heron", "case/two-lamps/", 860)
    column_to(page, "#facts", "#safety")
    return page.screenshot()


def hand_over(browser: Browser, door: str) -> bytes:
    """A case that is offered, as whoever may accept it sees it."""
    return at_desk(browser, door, "alder", "case/long-shadow/", 620).screenshot()


def ties(browser: Browser, door: str) -> bytes:
    """A mother's case: whose it belongs to, and above the field what she may be told."""
    page = at_desk(browser, door, "heron", "case/morning-bridge/", 760)
    page.locator("#answer").evaluate(
        "form => scrollTo({top: form.getBoundingClientRect().top - 150, behavior: 'instant'})"
    )
    column_to(page, "#do", "#ties")
    return page.screenshot()


def by_hand(browser: Browser, door: str) -> bytes:
    """The first questions of a call."""
    return at_desk(browser, door, "wren", "by-phone/", 600).screenshot()


def files(browser: Browser, door: str) -> bytes:
    """A photo that came in, drawn anew and tapped."""
    page = at_desk(browser, door, "willow", "case/quiet-maple/", 640)
    with page.expect_navigation():
        page.locator("#files form[action*='/file/'] button").last.click()
    page.locator(".pixels").first.click()
    page.wait_for_timeout(3000)
    return page.screenshot()


def people(browser: Browser, door: str) -> bytes:
    """Who belongs to the line, who waits."""
    return at_desk(browser, door, "heron", "people/", 680).screenshot()


def training(browser: Browser, door: str) -> bytes:
    """An invented letter with its questions."""
    return at_desk(browser, door, "goldfinch", "training/ward/", 680).screenshot()


def search(browser: Browser, door: str) -> bytes:
    """What a lawyer finds for one word."""
    page = at_desk(browser, door, "willow", "search/", 620)
    page.locator("input[name=words]").fill("commission hospital")
    with page.expect_navigation():
        page.locator("form[role=search] button").first.click()
    page.add_style_tag(content=_QUIET)
    return page.screenshot()


def figures(browser: Browser, door: str) -> bytes:
    """The publisher's draft."""
    return at_desk(browser, door, "rowan", "figures/", 560).screenshot()


def desk(browser: Browser, door: str) -> bytes:
    """The desk on a phone: signing in, the queue, a case."""
    signing_in = new_page(browser, *PHONE, sharpness=1)
    signing_in.goto(f"{role_address(door, 'desk')}/en/")
    page = sit_down(browser, door, "willow", PHONE[1], width=PHONE[0])
    shown = [signing_in.screenshot()]
    for place in ("queue/", "case/long-shadow/"):
        page.goto(f"{role_address(door, 'desk')}/en/{place}")
        page.add_style_tag(content=_QUIET)
        shown.append(page.screenshot())
    return side_by_side(shown)


def packs(browser: Browser, door: str) -> bytes:
    """What one pack makes: the form in two languages, and the same questions for a call."""
    page = sit_down(browser, door, "wren", PHONE[1], width=PHONE[0])
    shown = []
    for address in (f"{door}/en/write/", f"{door}/uk/write/", f"{role_address(door, 'desk')}/en/by-phone/"):
        page.goto(address)
        page.add_style_tag(content=_QUIET)
        shown.append(page.screenshot())
    return side_by_side(shown)


def side_by_side(pictures: list[bytes], gap: int = 24) -> bytes:
    """Screens of a phone in one picture."""
    drawn = [Image.open(io.BytesIO(one)).convert("RGB") for one in pictures]
    width = sum(one.width for one in drawn) + gap * (len(drawn) + 1)
    whole = Image.new("RGB", (width, max(one.height for one in drawn) + 2 * gap), "#d7dbe0")
    at = gap
    for one in drawn:
        whole.paste(one, (at, gap))
        at += one.width + gap
    made = io.BytesIO()
    whole.save(made, "PNG")
    return made.getvalue()


PICTURES: dict[str, Maker] = {
    "desk": desk,
    "packs": packs,
    "queue": queue,
    "case": case,
    "rules": rules,
    "papers": papers,
    "safety": safety,
    "hand-over": hand_over,
    "ties": ties,
    "by-hand": by_hand,
    "files": files,
    "people": people,
    "training": training,
    "search": search,
    "figures": figures,
}

if __name__ == "__main__":
    main()

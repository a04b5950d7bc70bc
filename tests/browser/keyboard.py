"""Somebody's hands on the keys: every stop of Tab is looked at, that its ring is drawn and nothing lies over it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_STOPS = 160
PARTS = 6  # a date has a day, a month, a year and a calendar: that many stops inside one field
ROW = 48  # what stands side by side in one row differs by so many pixels
# What stands in the focus: whether it is what is looked for, its ring can be seen, and nothing lies over it; where in
# the document it stands, and in which column of the page, how far down.
FOCUS = """wanted => {
  const one = document.activeElement;
  if (!one || one === document.body) return {name: '', fault: '', fits: false, place: -1, column: -1, top: 0};
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const name = one.outerHTML.replace(/\\s+/g, ' ').slice(0, 90);
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2);
  const label = one.closest('label') || (one.id && document.querySelector(`label[for="${one.id}"]`));
  const ring = one.matches('.hidden') && label ? getComputedStyle(label) : style;
  const seen = one.matches('.hidden') ? label : one;
  let fault = '';
  if (ring.outlineStyle === 'none' || parseFloat(ring.outlineWidth) < 2) fault = 'no ring around it';
  else if (box.bottom <= 0 || box.top >= innerHeight) fault = 'out of sight';
  else if (over && seen && !seen.contains(over) && !over.contains(seen) && !(label && label.contains(over)))
    fault = 'under ' + over.outerHTML.slice(0, 60);
  const column = Array.from(document.querySelectorAll('.cols > *')).findIndex(each => each.contains(one));
  const place = Array.from(document.querySelectorAll('*')).indexOf(one);
  let top = Math.round(box.top);
  for (let above = one.parentElement; above; above = above.parentElement) top += Math.round(above.scrollTop);
  return {name, fault, fits: one.matches(wanted), place, column, top};
}"""


@dataclass
class Keyboard:
    """Somebody's hands on the keys of one page; every stop of Tab is looked at."""

    page: "Page"

    def __post_init__(self) -> None:
        """Without gliding: where a stop is looked at, its scrolling has ended."""
        self.page.emulate_media(reduced_motion="reduce")

    def tab_to(self, selector: str) -> None:
        """Press Tab until an element that fits has the focus; AssertionError when the whole page has none."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self._look(selector)["fits"]:
                return
        raise AssertionError(f"Tab never reaches {selector}")

    def walk(self) -> int:
        """From the top to the end and out of the page, and the same way back; how many stops there are.

        The way goes as the page is written and read: forward through the document, and down within a column.
        """
        self.page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
        forth = self._stops("Tab")
        assert [one["place"] for one in forth] == sorted({one["place"] for one in forth}), "a stop out of its order"
        for one, following in pairwise(forth):
            is_below = following["top"] > one["top"] - ROW or following["column"] != one["column"]
            assert is_below, f"up again, {one} -> {following}"
        back = self._stops("Shift+Tab")
        assert [one["name"] for one in back] == [one["name"] for one in reversed(forth)], "another way back"
        return len(forth)

    def _stops(self, key: str) -> list[dict[str, Any]]:
        """Every stop until the focus has left the page, or is where it began; AssertionError when it never is."""
        found: list[dict[str, Any]] = []
        parts = 0
        while parts < PARTS:
            self.page.keyboard.press(key)
            seen = self._look("*")
            if found and seen["place"] == found[-1]["place"]:
                parts += 1
                continue
            if not seen["name"] or (found and seen["place"] == found[0]["place"]):
                return found
            assert seen["place"] not in {one["place"] for one in found}, f"{key} goes in a ring at {seen['name']}"
            found.append(seen)
            parts = 0
        raise AssertionError(f"{key} is trapped in {found[-1]['name']}")

    def _look(self, wanted: str) -> dict[str, Any]:
        """What has the focus; AssertionError when nobody could see that it has it."""
        seen: dict[str, Any] = self.page.evaluate(FOCUS, wanted)
        assert not seen["fault"], f"{seen['name']}: {seen['fault']}"
        return seen

    def is_at(self, selector: str) -> bool:
        """Whether what has the focus fits."""
        return bool(self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector))

    def choose(self, name: str, value: str) -> None:
        """Choose one of a group with the arrows."""
        self.tab_to(f"input[name={name}]")
        self.page.keyboard.press("Space")
        for _ in range(20):
            if self.is_at(f"[value={value}]:checked"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows never reach {value}")

    def write(self, selector: str, text: str) -> None:
        """Go to a field and type."""
        self.tab_to(selector)
        self.page.keyboard.type(text)

    def press(self, selector: str) -> None:
        """Go to a button or a link that leads to another page, and press Enter."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, selector: str) -> None:
        """Go to a folded part and open it."""
        self.tab_to(selector)
        self.page.keyboard.press("Enter")

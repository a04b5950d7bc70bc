"""Everything by keyboard alone: a writer's whole way and a volunteer's, with the focus in sight at every stop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from journeys.working import find_new, open_tab, row_names, sit_down, timeline
from journeys.writing import LETTERS, Letter, said_on, state_of, words_on, write
from plugins.browsers import PHONE, Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TEXT = "I type with one hand and without a mouse."
CALM = Letter("A summons lies in the box of a house I sold.", where="home", wants="summons")
ANSWER = "A summons counts when it is handed to you; a box is nobody's hand."
MOST_STOPS = 140
# What stands in the focus: whether its ring can be seen, and whether something lies over it.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return {name: '', fault: ''};
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
  return {name, fault};
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
            seen = self.page.evaluate(FOCUS)
            assert not seen["fault"], f"{seen['name']}: {seen['fault']}"
            if self.is_at(selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

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


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_writers_whole_way_by_keyboard(width: int, demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by `outline: none` on fields, and by an option that arrows do not reach."""
    page = visit(script=False, width=width).page
    keys = Keyboard(page)
    page.goto(demo.door("en"))
    keys.choose("where", "hospital")
    keys.tab_to("input[name=presses][value=hospital_ends]")
    page.keyboard.press("Space")
    keys.choose("wants", "commission")
    keys.write("textarea[name=text]", TEXT)
    keys.unfold("form > details > summary")
    keys.tab_to("select[name=region]")
    page.keyboard.type("Volga")
    words = words_on(page)
    keys.press("main button.main.whole")
    assert words_on(page) == words

    keys.press("main a[href*='/write']")
    keys.write("textarea[name=words]", " ".join(word[:LETTERS] for word in words))
    keys.press("main button.main.whole")
    assert state_of(page) == 1
    assert TEXT in said_on(page)[0]
    assert "Volga" in page.locator(".said").first.inner_text()
    keys.write("form[action$='/reply'] textarea", "And now with both.")
    keys.press("form[action$='/reply'] button")
    assert any("And now with both." in one for one in said_on(page))

    keys.unfold("details:has(a[href$='/erase']) > summary")
    keys.press("a[href$='/erase']")
    keys.tab_to("input[name=sure]")
    page.keyboard.press("Space")
    keys.press("form[action$='/erase'] button")
    assert page.locator("textarea, ol.steps").count() == 0


@pytest.mark.parametrize(("script", "width"), [(False, PHONE), (True, 1280)], ids=["phone, no script", "desktop"])
def test_a_volunteer_signs_in_takes_and_answers_by_keyboard(
    script: bool, width: int, demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """Broken by the phone's bar over what Tab brings up, a `t` that takes nothing, an `r` that types itself."""
    looking = sit_down(visit(), demo, "wren")
    open_tab(looking, demo, "person")
    before = row_names(looking)
    write(visit(script=False, width=PHONE).page, demo.door("en"), CALM)
    path = find_new(looking, demo, before).removeprefix(demo.address("desk"))

    page = visit(script=script, width=width).page
    keys = Keyboard(page)
    person = demo.people["wren"]
    page.goto(demo.desk("en"))
    assert keys.is_at("input[name=name]"), "the first field has no focus"
    page.keyboard.type(person.name)
    keys.write("input[name=passphrase]", person.passphrase)
    keys.write("input[name=code]", person.code())
    keys.press("form:has(input[name=passphrase]) button")

    if script:
        for _ in range(MOST_STOPS):
            page.keyboard.press("j")
            if keys.is_at(f"a[href='{path}']"):
                break
        with page.expect_navigation():
            page.keyboard.press("t")
    else:
        keys.press(f".case:has(a[href='{path}']) button[data-key=take]")
    assert page.url.endswith(path)
    if script:
        page.keyboard.press("r")
        assert keys.is_at("#answer-text"), "r does not lead to the answer"
        assert page.locator("#answer-text").input_value() == ""
        page.reload()

    keys.write("#answer textarea", ANSWER)
    keys.write("#answer input[name=step_what]", "ask what became of the jktjk box")
    keys.write("#answer input[name=step_day]", "12122023")
    keys.press("#answer button")
    assert ANSWER in timeline(page)
    assert page.locator("form[action$='/undo']").count() == 1
    head = page.locator(".case-head").inner_text()
    assert "jktjk" in head
    assert "12 December" in head

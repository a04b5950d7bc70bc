"""Everything by keyboard alone: a writer's whole way and a volunteer's, with the focus in sight at every stop."""

from collections.abc import Callable

import pytest

from browser.keyboard import MOST_STOPS, Keyboard
from journeys.working import find_new, open_tab, row_names, sit_down, timeline
from journeys.writing import LETTERS, Letter, said_on, state_of, words_on, write
from plugins.browsers import PHONE, Demo, Visitor

pytestmark = pytest.mark.browser

TEXT = "I type with one hand and without a mouse."
CALM = Letter("A summons lies in the box of a house I sold.", where="home", wants="summons")
ANSWER = "A summons counts when it is handed to you; a box is nobody's hand."


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

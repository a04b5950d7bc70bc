"""A first shift: why a case is urgent, two things to ask, a second pair of eyes, safe hours; one back, one too hot."""

from collections.abc import Callable

import pytest

from journeys.working import (
    code_name,
    fill_step,
    find_new,
    open_tab,
    post,
    row_names,
    row_of,
    sit_down,
    take,
    take_at,
    timeline,
    unfold,
)
from journeys.writing import Letter, come_back, phone, state_of, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

URGENT = Letter("They sign me out on Monday and nobody looked at my back.", presses=("hospital_ends",))
SUMMONS = Letter("A paper for my brother lies at the neighbour's. What counts?", where="home", wants="summons")
HOT = Letter("They ask me where he hides. I say nothing.", where="unit", wants="find_someone")
HELLO = "Thank you for writing. Two things we need to know before we advise."
LINE = "my shift ends, nothing is begun"


def test_two_questions_go_out_after_a_check_and_inside_safe_hours(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by a check that sends at once, whatever hours were agreed."""
    page = sit_down(visit(), demo, "goldfinch")
    open_tab(page, demo, "person")
    before = row_names(page)
    words = write(visit(**phone()).page, demo.door("en"), URGENT)
    address = find_new(page, demo, before)
    row = row_of(page, code_name(address))
    row.locator("details.place summary").click()
    assert row.locator("details.place p").inner_text().strip(), "nothing says why it stands where it stands"
    take(page, row)
    case = page.url.split("#")[0]

    asked = page.locator("input[name=add_ask]").all()[:2]
    labels = [one.locator("xpath=..").inner_text().strip() for one in asked]
    for one in asked:
        one.check()
    with page.expect_navigation():
        page.locator("#facts section > button[form=answer-form]").click()
    text = page.locator("#answer-text")
    drafted = text.input_value()
    assert drafted.count("?") >= len(labels), drafted
    assert page.locator("#answer-form input[name=asked]").count() == len(labels)
    text.fill(f"{HELLO}\n{drafted}")
    fill_step(page.locator("#answer-form"), "read what he answers", "2023-12-06")
    assert page.locator("#answer button.main").count() == 0, "a newcomer sends alone"
    page.locator("#answer select[name=colleague]").select_option(label="Wren")
    with page.expect_navigation():
        page.locator("#answer button[formaction$='/ask-check']").click()

    colleague = sit_down(visit(), demo, "wren")
    open_tab(colleague, demo, "check")
    assert case.removeprefix(demo.address("desk")) in row_names(colleague)
    page.goto(f"{case}contact")
    page.locator("input[name=starts]").fill("06:00")
    page.locator("input[name=ends]").fill("07:00")
    page.locator("select[name=channel]").select_option("here")
    with page.expect_navigation():
        page.locator("main form button.main").click()
    assert page.url.split("#")[0] == case, page.locator("[role=alert]").all_inner_texts()

    colleague.goto(case)
    assert HELLO in colleague.locator(".check textarea").input_value()
    with colleague.expect_navigation():
        colleague.locator(".check button.main").click()
    assert "6 December" in colleague.locator("#safety .waits").inner_text()
    writer = visit(**phone()).page
    come_back(writer, demo.mailbox("en"), words)
    assert HELLO not in writer.content(), "the phone shows an answer outside the hours that are safe"
    assert state_of(writer) < 3


@pytest.mark.promise(2, "a newcomer opens by its address what they moved to the closed circle", times=1)
def test_one_is_given_back_and_one_is_too_hot_on_a_small_screen(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by a seat that still opens what it moved away."""
    page = sit_down(visit(width=360), demo, "goldfinch")
    for letter, action in ((SUMMONS, "give-back"), (HOT, "move")):
        open_tab(page, demo, "person")
        before = row_names(page)
        write(visit(**phone()).page, demo.door("en"), letter)
        address = find_new(page, demo, before)
        page.goto(f"{address}#do")
        with page.expect_navigation():
            page.locator("form[action$='/take'] button").click()
        page.goto(f"{address}#do")
        if action == "give-back":
            fill_step(unfold(page, "keep"), "ask what the paper says", "2023-12-06")
            post(page, "keep")
            page.goto(f"{address}#do")
        form = unfold(page, action)
        if action == "move":
            form.locator("select[name=circle]").select_option("closed")
        form.locator("input[name=reason]").fill(LINE)
        post(page, action)
        assert "/queue/" in page.url
        refused = page.goto(address)
        assert refused is not None
        if action == "move":
            assert refused.status == 404
        else:
            assert LINE in timeline(page)
            take_at(page, f"{address}#do")

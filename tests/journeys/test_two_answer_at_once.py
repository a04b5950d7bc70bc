"""Two colleagues answer one person at once, each at a browser of their own."""

from collections.abc import Callable

import pytest

from journeys.working import answer, find_new, row_names, sit_down, take_at, timeline
from journeys.writing import Letter, come_back, phone, said_on, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

LETTER = Letter("They say the leave is over on Monday. Is it?", where="home", wants="summons")
FIRST = "Good day. The leave ends when the paper says so: send us its date."
SECOND = "Good day. Nobody may shorten it by word of mouth; we look at the paper with you."
CONFLICT = 409


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_second_answer_is_kept_and_its_writer_sees_the_first(
    script: bool, demo: Demo, visit: Callable[..., Visitor]
) -> None:
    wren, heron = visit(script=script), visit(script=script)
    page = sit_down(wren, demo, "wren")
    before = row_names(page)
    words = write(visit(**phone()).page, demo.door("en"), LETTER)
    address = find_new(page, demo, before)
    take_at(page, address)
    answer(page, "Good day. We are reading your letter.", "read it again", "2023-12-08")

    other = sit_down(heron, demo, "heron")
    other.goto(address)
    page.goto(address)
    other.locator("#answer-text").fill(SECOND)
    answer(page, FIRST)
    assert FIRST in timeline(page)
    with other.expect_navigation() as told:
        other.locator("#answer-form button.main").click()
    assert told.value is not None
    assert told.value.status == CONFLICT
    assert other.locator("[role=alert]").count() == 1
    assert other.locator("#answer-text").input_value() == SECOND
    assert FIRST in timeline(other)

    with other.expect_navigation():
        other.locator("#answer-form button.main").click()
    assert SECOND in timeline(other)
    back = visit(**phone())
    for _ in range(40):
        come_back(back.page, demo.mailbox("en"), words)
        said = said_on(back.page)
        if any(SECOND in one for one in said):
            break
        back.page.wait_for_timeout(500)
    assert [sum(text in one for one in said) for text in (FIRST, SECOND)] == [1, 1], "each went out once"

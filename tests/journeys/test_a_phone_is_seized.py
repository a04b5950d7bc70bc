"""A phone is seized: one tap at the line, and whoever holds the phone sees the page that it showed before."""

import re
from collections.abc import Callable

import pytest

from journeys.working import answer, find_new, note, row_names, sit_down, take_at, timeline
from journeys.writing import Letter, come_back, phone, reply, said_on, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

LETTER = Letter("They searched the room of a friend yesterday. I write from my own phone.", where="unit")
ANSWERED = "Good day. We have read it. Write when you are alone."
INSIDE = "The phone was taken at noon; the lawyer rings the sister."
MEANT_FOR_THEM = "Are you safe? Say nothing about us."
HOLDER = "All is well here. Who else writes to you?"
PER_PAGE = re.compile(r'(name="(?:token|page_sign)" value=")[^"]*|/[0-9A-Za-z_-]{20,}')


def _page(visitor: Visitor) -> str:
    """The page as it came over the wire, without its one-time tokens."""
    response = visitor.page.reload()
    assert response is not None
    return PER_PAGE.sub("", response.text())


def test_one_tap_is_seen_at_the_line_and_nowhere_else(demo: Demo, visit: Callable[..., Visitor]) -> None:
    desk = sit_down(visit(), demo, "heron")
    before = row_names(desk)
    words = write(visit(**phone()).page, demo.door("en"), LETTER)
    address = find_new(desk, demo, before)
    take_at(desk, address)
    answer(desk, ANSWERED, "wait for the evening", "2023-12-06")
    holder = visit(**phone())
    for _ in range(40):
        come_back(holder.page, demo.mailbox("en"), words)
        if any(ANSWERED in one for one in said_on(holder.page)):
            break
        holder.page.wait_for_timeout(500)
    shown = _page(holder)
    assert ANSWERED in shown

    desk.goto(address)
    alarm = desk.locator("details.alarm")
    if alarm.get_attribute("open") is None:
        alarm.locator("summary").click()
    with desk.expect_navigation():
        alarm.locator("button").click()
    assert "Device seized" in desk.locator("#safety").inner_text()
    assert _page(holder) == shown, "whoever holds the phone sees that something happened"

    note(desk, INSIDE)
    assert INSIDE in timeline(desk)
    assert desk.locator("#answer-form").get_by_role("button", name="Send").count() == 0, "nothing may go out"
    desk.locator("#answer-text").fill(MEANT_FOR_THEM)
    with desk.expect_navigation():
        desk.locator("#answer-form button.main").click()
    assert desk.locator(".timeline .note", has_text=MEANT_FOR_THEM).count() == 1, "it became a note"
    assert desk.locator("#answer-text").input_value() == "", "and no draft of it stays"
    assert _page(holder) == shown

    reply(holder.page, HOLDER)
    assert any(HOLDER in one for one in said_on(holder.page))
    desk.goto(address)
    marked = desk.locator(".timeline article").filter(has_text=HOLDER)
    assert marked.locator(".warned").count() == 1, "their message is marked"

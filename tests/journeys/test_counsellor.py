"""A counsellor keeps a case, opens a drawer on record, closes the case with an outcome and opens it again."""

from collections.abc import Callable

import pytest

from journeys.working import (
    fill_step,
    find_new,
    is_in_tab,
    open_tab,
    post,
    row_names,
    sign_in,
    sit_down,
    take_at,
    timeline,
    unfold,
)
from journeys.writing import Letter, come_back, phone, state_of, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

LETTER = Letter("The hearing is moved again. Nobody says to when.", where="awol", wants="court_case")


@pytest.mark.promise(9, "a reading and an opened drawer are on record", times=2)
def test_a_case_is_kept_closed_with_an_outcome_and_reopened(demo: Demo, visit: Callable[..., Visitor]) -> None:
    lead = sit_down(visit(), demo, "heron")
    open_tab(lead, demo, "person")
    before = row_names(lead)
    words = write(visit(**phone()).page, demo.door("en"), LETTER)
    address = find_new(lead, demo, before)

    page = visit().page
    sign_in(page, demo.desk("en"), demo.people["willow"])
    take_at(page, address)
    form = unfold(page, "keep")
    fill_step(form, "ask the court for the new date", "2023-12-07")
    post(page, "keep")
    assert "ask the court for the new date" in page.locator(".case-head").inner_text()

    with page.expect_navigation():
        page.locator("form[action*='/drawer/identity'] button").click()
    assert page.locator(".drawer.open").count() == 1
    page.goto(address)
    assert page.locator(".people").filter(has_text="Willow").count() >= 1

    form = unfold(page, "close")
    form.locator("select[name=outcome]").select_option("court_case_ended")
    form.locator("input[name=follow_up]").fill("2024-02-01")
    post(page, "close")
    form = unfold(page, "close")  # the desk asks first whether a suspended sentence keeps the case alive
    assert form.locator("input[name=follow_up]").input_value() == "2024-02-01"
    form.locator("input[name=considered]").check()
    post(page, "close")
    assert not is_in_tab(page, demo, "mine", address)
    page.goto(address)
    assert "court" in page.locator(".case-head .next").inner_text().lower()
    assert page.locator("form[action$='/close']").count() == 0

    writer = visit(**phone()).page
    come_back(writer, demo.mailbox("en"), words)
    assert LETTER.text in writer.content(), "a closed case must stay open to its writer"
    assert state_of(writer) == 2, "received and read, as before: no mailbox says that its case was closed"

    page.goto(address)
    form = unfold(page, "reopen")
    fill_step(form, "write again when the date is known", "2023-12-20")
    post(page, "reopen")
    assert page.locator("form[action$='/reopen']").count() == 0
    assert "write again when the date is known" in page.locator(".case-head").inner_text()
    assert LETTER.text in timeline(page)


def test_a_request_is_confirmed_and_an_answer_taken_back(demo: Demo, visit: Callable[..., Visitor]) -> None:
    page = sit_down(visit(), demo, "heron")
    open_tab(page, demo, "person")
    before = row_names(page)
    words = write(visit(**phone()).page, demo.door("en"), LETTER)
    take_at(page, find_new(page, demo, before))
    form = page.locator("form[action$='/answer']")
    form.locator("textarea[name=text]").fill("Sent too early.")
    fill_step(form, "write it anew", "2023-12-06")
    post(page, "answer")
    post(page, "undo")
    assert form.locator("textarea[name=text]").input_value() == "Sent too early."
    form = unfold(page, "confirm")
    form.locator("select[name=kind]").select_option("leave_service")
    post(page, "confirm")
    assert page.locator("#do").filter(has_text="Confirmed").count() == 1

    writer = visit(**phone()).page
    come_back(writer, demo.mailbox("en"), words)
    writer.wait_for_timeout(10_500)  # longer than an answer waits for being taken back
    writer.reload()
    assert "Sent too early." not in writer.content()


def test_an_answer_that_was_sent_leaves_no_draft_behind(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """The tap on *Send* takes the cursor out of the field, which keeps a draft; the answer waits for it.

    Broken on purpose: an answer that is posted while its draft is on its way.
    """
    page = visit().page
    sign_in(page, demo.desk("en"), demo.people["willow"])
    page.goto(demo.desk("en", "case/dry-river/"))
    page.locator("#answer textarea").first.fill("We ask the migration service tomorrow.")
    with page.expect_navigation():
        page.locator("#answer button.main").first.click()
    assert "sent=" in page.url
    page.goto(demo.desk("en", "case/dry-river/"))
    assert page.locator("#answer textarea").first.input_value() == ""

"""A volunteer's shift: sign in, take, read, answer, note, fact; and hand on what is too hot."""

from collections.abc import Callable

import pytest

from journeys.working import (
    answer,
    fill_sign_in,
    fill_step,
    find_new,
    is_in_tab,
    note,
    post,
    row_names,
    sign_in,
    sit_down,
    take_at,
    timeline,
    unfold,
)
from journeys.writing import Letter, phone, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

CALM = Letter("Two summonses came to an address I left long ago. Must I go?", where="home", wants="summons")
HOT = Letter("He asks where the village is. I do not answer him any more.", where="unit", wants="find_someone")
CLOSED = Letter("They hold us in a cellar, five of us.", where="held", wants="advice")


def test_a_volunteer_answers_a_letter_of_their_circle(demo: Demo, visit: Callable[..., Visitor]) -> None:
    wren = visit()
    page = wren.page
    sign_in(page, demo.desk("en"), demo.people["wren"])
    assert page.url == demo.desk("en", "queue/")
    before = row_names(page)
    for letter in (CALM, CLOSED):
        write(visit(**phone()).page, demo.door("en"), letter)

    address = find_new(page, demo, before)  # one new row: the letter from the cellar lies in another circle
    take_at(page, address)
    assert CALM.text in timeline(page)
    answer(
        page,
        "You need not guess: a summons counts only if it was handed to you.",
        "ask what became of it",
        "2023-12-12",
    )
    assert page.locator("form[action$='/undo']").count() == 1
    assert "a summons counts only" in timeline(page)
    assert "12 December" in page.locator(".case-head").inner_text()
    note(page, "Spoke calmly. No hurry before the 14th.")
    assert "No hurry before the 14th." in timeline(page)

    fact = page.locator("details.set:has(input[name=fact][value=serves])")
    fact.locator("summary").click()
    fact.locator("select[name=value]").select_option("contract")
    fact.locator("select[name=source]").select_option("paper")
    with page.expect_navigation():
        fact.locator("button").click()
    row = page.locator(".facts > div:has(input[name=fact][value=serves]) .v").first.inner_text()
    assert "contract" in row.lower()
    assert "Wren" in row

    form = unfold(page, "step")
    fill_step(form, "read the summons he sends", "2023-12-08")
    post(page, "step")
    head = page.locator(".case-head").inner_text()
    assert "read the summons he sends" in head
    assert "8 December" in head
    assert "Next step: read the summons he sends" in timeline(page)
    assert is_in_tab(page, demo, "mine", address)


@pytest.mark.promise(2, "a volunteer opens what they handed to the closed circle", times=2)
def test_what_is_too_hot_moves_to_the_closed_circle(demo: Demo, visit: Callable[..., Visitor]) -> None:
    volunteer = visit()
    page = sit_down(volunteer, demo, "wren")
    before = row_names(page)
    write(visit(**phone()).page, demo.door("en"), HOT)
    address = find_new(page, demo, before)
    take_at(page, address)
    form = unfold(page, "move")
    form.locator("select[name=circle]").select_option("closed")
    form.locator("input[name=reason]").fill("a place is named, a lawyer should read it")
    post(page, "move")
    assert "/queue/" in page.url
    assert page.locator("[role=status]").count() == 1
    assert address.removeprefix(demo.address("desk")) not in row_names(page)
    refused = page.goto(address)
    assert refused is not None
    assert refused.status == 404

    lawyer = visit()
    sign_in(lawyer.page, demo.desk("en"), demo.people["willow"])
    take_at(lawyer.page, address)
    assert HOT.text in timeline(lawyer.page)
    assert "a place is named" in timeline(lawyer.page)


@pytest.mark.promise(10, "each of three things wrong at sign-in", times=3)
def test_each_wrong_thing_at_sign_in_is_refused_in_the_same_words(demo: Demo, visit: Callable[..., Visitor]) -> None:
    page = visit().page
    told = set()
    for field, wrong in (("name", "Nobody"), ("passphrase", "one two three four five six"), ("code", "000000")):
        page.goto(demo.desk("en"))
        fill_sign_in(page, demo.people["alder"])
        page.locator(f"input[name={field}]").fill(wrong)
        with page.expect_navigation():
            page.locator("form:has(input[name=passphrase]) button").click()
        assert page.locator("input[name=passphrase]").input_value() == ""
        told.add(page.locator("[role=alert]").inner_text())
    assert len(told) == 1


def test_a_text_outlives_a_session_that_ended(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """The colleague locks in another tab: this one goes blank by itself and takes its text along.

    Broken on purpose: `follow` in lock.js only reloads."""
    larch = visit()
    page = larch.page
    sign_in(page, demo.desk("en"), demo.people["larch"])
    page.goto(demo.desk("en", "case/paper-boat/"))
    if page.locator("form[action$='/answer']").count() == 0:
        take_at(page, page.url)
    typed = "A long answer, not finished: he asked about the medical board."
    page.locator("form[action$='/note'] textarea[name=text]").fill(typed)
    other = larch.context.new_page()
    other.goto(demo.desk("en", "queue/"))
    with page.expect_navigation():
        other.locator("form[action$='/lock'] button").first.click()
    other.close()
    page.locator("input[name=passphrase]").wait_for()
    fill_sign_in(page, demo.people["larch"])
    with page.expect_navigation():
        page.locator("form:has(input[name=passphrase]) button").click()
    assert page.locator("textarea").input_value() == typed

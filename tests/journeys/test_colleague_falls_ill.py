"""A colleague falls ill: one case is accepted with its card, one is taken over; the person reads one line."""

from collections.abc import Callable

import pytest

from journeys.working import (
    answer,
    code_name,
    fill_step,
    find_new,
    open_tab,
    post,
    row_names,
    sit_down,
    take_at,
    unfold,
)
from journeys.writing import Letter, come_back, phone, said_on, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

OFFERED = Letter("The investigator rings every evening. What do I say?", where="awol", wants="court_case")
SILENT = Letter("I left on Friday and sleep at a friend's.", where="awol", wants="advice")
CARD = {
    "asked": "what to say to the investigator",
    "told": "that he may come with a lawyer",
    "told_day": "2023-12-05",
    "waiting": "the day of the next call, from him",
    "next": "read the paper that he sends",
    "next_day": "2023-12-07",
}
ONE_LINE = "Another colleague is with you now."
UNDO = 10_500  # longer than an answer waits for being taken back


def test_a_card_is_accepted_a_stand_in_takes_over_and_nothing_waits(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by a change of owner that tells the person nothing."""
    lead = sit_down(visit(), demo, "heron")
    written = []
    for letter in (OFFERED, SILENT):
        open_tab(lead, demo, "person")
        before = row_names(lead)
        words = write(visit(**phone()).page, demo.door("en"), letter)
        written.append((find_new(lead, demo, before), words))
    (offered, _), (silent, _) = written

    willow = sit_down(visit(), demo, "willow")
    for address in (offered, silent):
        take_at(willow, address)
        form = unfold(willow, "keep")
        fill_step(form, "write again", "2023-12-06")
        post(willow, "keep")
        answer(willow, "We have read your letter; I am a lawyer.")
    willow.goto(f"{offered}hand-over")
    willow.locator("select[name=reader]").select_option(label="Alder")
    for field, said in CARD.items():
        willow.locator(f"input[name={field}]").fill(said)
    with willow.expect_navigation():
        willow.locator("main form button.main").click()
    assert willow.locator("[role=alert]").count() == 0, willow.locator("[role=alert]").all_inner_texts()
    willow.goto(silent)
    unfold(willow, "stand-in").locator("select[name=reader]").select_option(label="Alder")
    post(willow, "stand-in")

    alder = sit_down(visit(), demo, "alder")
    alder.goto(demo.desk("en", "handovers/"))
    assert code_name(offered) in alder.locator("main").inner_text()
    alder.goto(offered)
    card = alder.locator(".offer").inner_text()
    assert CARD["asked"] in card
    assert CARD["waiting"] in card
    post(alder, "hand-over/accept")
    alder.goto(silent)
    post(alder, "take-over")

    alder.wait_for_timeout(UNDO)
    for address, words in written:
        alder.goto(address)
        assert "Alder" in alder.locator(".case-head .next").inner_text(), "the next step waits for who is away"
        writer = visit(**phone()).page
        come_back(writer, demo.mailbox("en"), words)
        lines = [one for one in said_on(writer) if ONE_LINE in one]
        assert len(lines) == 1
        assert not {"Alder", "Willow"} & set(writer.content().split()), "the mailbox names a colleague"
    alder.goto(demo.desk("en", "handovers/"))
    assert code_name(offered) not in alder.locator("main").inner_text()

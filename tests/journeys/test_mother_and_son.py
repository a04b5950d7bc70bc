"""A mother and her son, linked and unlinked; what she may not be told; a man who lost his words gets fresh ones."""

from collections.abc import Callable
from typing import TYPE_CHECKING

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
    timeline,
    unfold,
    words_shown,
)
from journeys.writing import Letter, come_back, phone, write
from plugins.browsers import Demo, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MOTHER = Letter("My son is silent for a week. Is he alive?", where="front", wants="find_someone")
SON = Letter("I am in hospital again. Do not tell my mother where.", where="hospital", wants="commission")
LOST = Letter("Tell me when my leave must end.", where="unit", wants="leave_service")
LEAK = "He is in hospital, all is well."
ADVICE = "Your leave ends on the day that stands in the paper."


def _put_in(demo: Demo, visit: Callable[..., Visitor], lead: "Page", letter: Letter) -> tuple[str, list[str]]:
    """Write a letter; returns its case's address and its words."""
    open_tab(lead, demo, "person")
    before = row_names(lead)
    words = write(visit(**phone()).page, demo.door("en"), letter)
    return find_new(lead, demo, before), words


@pytest.mark.promise(2, "a mailbox whose case is linked shows what the other one wrote", times=2)
def test_a_link_is_for_us_alone_and_what_he_did_not_allow_needs_a_tick(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    """Broken by a composer that looks at nothing of the linked case."""
    lead = sit_down(visit(), demo, "heron")
    mother, her_words = _put_in(demo, visit, lead, MOTHER)
    son, his_words = _put_in(demo, visit, lead, SON)
    for address in (son, mother):
        take_at(lead, address)
        form = unfold(lead, "keep")
        fill_step(form, "look again", "2023-12-06")
        post(lead, "keep")
    lead.goto(f"{mother}link")
    lead.locator("input[name=other]").fill(code_name(son))
    lead.locator("input[name=relation][value='relative:relative']").check()
    lead.locator("select[name=kin]").select_option("mother")
    with lead.expect_navigation():
        lead.locator("main form button.main").click()
    lead.goto(mother)
    assert son.removeprefix(demo.address("desk")) in str(lead.locator("#ties").inner_html())

    assert "may be told" in lead.locator("#answer .notice").first.inner_text()
    answer(lead, LEAK)
    assert lead.locator("#answer input[name=meant]").count() == 1, "it went out without a tick"
    assert LEAK not in timeline(lead)
    assert lead.locator("#answer-text").input_value() == LEAK
    for words, own, other in ((her_words, MOTHER, SON), (his_words, SON, MOTHER)):
        writer = visit(**phone()).page
        come_back(writer, demo.mailbox("en"), words)
        assert own.text in writer.content()
        assert other.text not in writer.content()
    lead.locator("#answer input[name=meant]").check()
    post(lead, "answer")
    assert LEAK in timeline(lead)
    post(lead, "unlink")
    assert lead.locator("form[action$='/unlink']").count() == 0


def test_fresh_words_are_shown_once_and_open_a_new_mailbox(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """Broken by a page of words that a reload shows again, and by new words that open the old mailbox."""
    wren = sit_down(visit(), demo, "wren")
    case, old_words = _put_in(demo, visit, wren, LOST)
    take_at(wren, case)
    answer(wren, ADVICE, "ask whether he knows the day", "2023-12-07")
    wren.goto(f"{case}check")
    wren.locator("input[name=level][value=consistent]").check()
    wren.locator("select[name=ground]").select_option("voice_heard")
    with wren.expect_navigation():
        wren.locator("main form button.main").click()
    wren.goto(f"{case}renew")
    wren.locator("label.passage", has_text=ADVICE).locator("input").check()
    with wren.expect_navigation():
        wren.locator("main form button.main").click()
    fresh = words_shown(wren)
    assert fresh != old_words
    wren.goto(f"{case}renew")
    assert wren.locator("ol.words").count() == 0, "the words are shown twice"
    assert not set(" ".join(fresh).split()) <= set(wren.content().split())

    for words, seen, hidden in ((fresh, ADVICE, LOST.text), (old_words, LOST.text, "")):
        writer = visit(**phone()).page
        come_back(writer, demo.mailbox("en"), words)
        assert seen in writer.content()
        assert not hidden or hidden not in writer.content()

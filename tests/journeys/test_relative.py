"""A mother or a friend writes for somebody: words and grammar fit, and the desk sees who writes."""

from collections.abc import Callable

import pytest

from journeys.working import find_new, open_tab, row_names, sit_down, take_at
from journeys.writing import come_back, phone, said_on, send_form, words_on
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

TEXT = {
    "ru": "Сын не звонил девять дней. Он просил никому не говорить.",
    "en": "My son has not rung for nine days. He asked me to tell nobody.",
    "uk": "Син не дзвонив дев'ять днів. Він просив нікому не казати.",
}


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_somebody_writes_for_another(language: str, demo: Demo, visit: Callable[..., Visitor]) -> None:
    desk = sit_down(visit(), demo, "heron")
    open_tab(desk, demo, "person")
    before = row_names(desk)

    writer = visit(language=language, **phone())
    page = writer.page
    page.goto(demo.door(language))
    questions = [page.locator("legend").nth(place).inner_text() for place in range(3)]
    page.locator("details.voices > summary").click()
    page.locator("details.voices a[href$='/as-him']").click()
    asked = [page.locator("legend").nth(place).inner_text() for place in range(3)]
    assert questions[0] != asked[0], "the form asks a relative what it asks the person"
    page.locator('input[name=where][value="unit"]').check()
    page.locator('input[name=wants][value="find_someone"]').check()
    page.locator("textarea[name=text]").fill(TEXT[language])
    words = words_on(page)
    assert send_form(page) == words

    come_back(page, demo.mailbox(language), words)
    assert TEXT[language] in said_on(page)[0]
    take_at(desk, find_new(desk, demo, before))
    assert TEXT[language] in desk.locator(".timeline").inner_text()
    assert (
        desk.locator(".mark").filter(has_text="Somebody else writes").count()
        + desk.locator(".facts").filter(has_text="for").count()
        >= 1
    )

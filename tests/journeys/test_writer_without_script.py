"""A writer's whole way on a phone without script: form, words, answer, reply, erasing. In all three languages.

The colleague who answers sits at a browser of their own and finds the letter in the queue.
"""

from collections.abc import Callable

import pytest

from journeys.working import answer, open_tab, row_names, sit_down
from journeys.writing import Letter, come_back, erase_all, phone, reply, said_on, state_of, words_on, write
from plugins.browsers import Demo, Visitor

pytestmark = pytest.mark.browser

LETTERS = {
    "ru": Letter("Снится один и тот же мост. Комиссию обещали и не назначили.", presses=("sent_back",)),
    "en": Letter("I keep dreaming of one bridge. A commission was promised and never held.", presses=("sent_back",)),
    "uk": Letter("Сниться той самий міст. Комісію обіцяли й не призначили.", presses=("sent_back",)),
}
STATES = {
    "ru": ["получено", "прочёл человек", "вам ответили"],
    "en": ["received", "read by a person", "answered"],
    "uk": ["отримано", "прочитала людина", "вам відповіли"],
}
ANSWERS = {
    "ru": "Комиссия положена до возвращения в часть: так и напишите.",
    "en": "The commission is due before you are sent back: write just that.",
    "uk": "Комісія має бути до повернення в частину: так і напишіть.",
}


@pytest.mark.promise(5, "a writer erases everything and the words open nothing", times=1)
@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_a_letter_is_read_answered_and_erased(language: str, demo: Demo, visit: Callable[..., Visitor]) -> None:
    colleague = visit()
    desk = sit_down(colleague, demo, "heron")
    open_tab(desk, demo, "person")
    before = row_names(desk)

    writer = visit(language=language, **phone())
    words = write(writer.page, demo.door(language), LETTERS[language])
    assert writer.page.locator("html").get_attribute("lang") == language
    assert writer.context.cookies() == [], "the form left a cookie"

    back = visit(language=language, **phone())
    come_back(back.page, demo.mailbox(language), words)
    assert state_of(back.page) == 1
    assert [step.strip("✓ ") for step in back.page.locator("ol.steps > li").all_inner_texts()] == STATES[language]
    assert LETTERS[language].text in said_on(back.page)[0]

    open_tab(desk, demo, "person")
    (address,) = row_names(desk) - before
    desk.goto(demo.address("desk") + address)
    desk.locator("form[action$='/take'] button").click()
    back.page.reload()
    assert state_of(back.page) == 2
    answer(desk, ANSWERS[language], "ask whether the request is in", "2023-12-12")
    back.page.reload()
    assert ANSWERS[language] not in back.page.content(), "an answer was shown before it could be taken back"

    _wait_until_answered(back)
    assert any(ANSWERS[language] in text for text in said_on(back.page))
    reply(back.page, "1234 ё")
    assert any("1234 ё" in text for text in said_on(back.page))
    desk.reload()
    assert "1234 ё" in desk.locator(".timeline").inner_text()

    erase_all(back.page)
    assert back.page.locator("textarea").count() == 0
    again = visit(language=language, **phone())
    come_back(again.page, demo.mailbox(language), words)
    assert again.page.locator("ol.steps").count() == 0
    assert again.page.locator(".problem").count() == 1
    assert LETTERS[language].text not in again.page.content()
    assert desk.goto(demo.address("desk") + address).status == 404  # type: ignore[union-attr]


def test_one_wrong_word_is_said_beside_the_field_and_nothing_typed_is_lost(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    writer = visit(language="ru", **phone())
    words = write(writer.page, demo.door("ru"), LETTERS["ru"])
    typed = [*words[:4], "кжщ", *words[5:]]
    come_back(writer.page, demo.mailbox("ru"), typed)
    assert writer.page.locator(".problem").count() == 1
    assert "5" in writer.page.locator(".problem").inner_text()
    kept = writer.page.locator("textarea[name=words]").input_value().split()
    assert kept == [word[:4] for word in typed]


def test_a_form_with_nothing_in_it_comes_back_with_its_words(demo: Demo, visit: Callable[..., Visitor]) -> None:
    writer = visit(language="en", **phone())
    writer.page.goto(demo.door("en"))
    words = words_on(writer.page)
    with writer.page.expect_navigation():
        writer.page.locator("main button.main.whole").click()
    assert writer.page.locator("[role=alert]").count() == 1
    assert words_on(writer.page) == words


def test_a_folded_answer_and_a_conditional_date_are_kept(demo: Demo, visit: Callable[..., Visitor]) -> None:
    """A question that belongs to a chosen answer opens by style alone, without script."""
    writer = visit(language="en", **phone())
    page = writer.page
    page.goto(demo.door("en"))
    day = page.locator("input[name=presses_hospital_ends_by]")
    assert not day.is_visible()
    page.locator('input[name=presses][value="hospital_ends"]').check()
    assert day.is_visible()
    day.fill("2023-12-11")
    page.locator("textarea[name=text]").fill("Eleven days, they say.")
    page.locator("form > details > summary").click()
    page.locator("[name=region]").first.select_option("volga")
    with page.expect_navigation():
        page.locator("main button.main.whole").click()
    words = words_on(page)
    come_back(page, demo.mailbox("en"), words)
    assert "11 December" in page.content()


def _wait_until_answered(back: Visitor) -> None:
    """The answer is released after the ten seconds in which it can be taken back."""
    for _ in range(60):
        back.page.reload()
        if state_of(back.page) == 3:
            return
        back.page.wait_for_timeout(500)
    raise AssertionError("the answer was never released")

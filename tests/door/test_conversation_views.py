"""Behind the words: what is shown, what is sent, what is erased, and that nothing typed is lost."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from door.founded import BELA, FoundedLine, hidden_on, words_on
from door.posting import FORM, LETTER, STORY, hidden_field, notice_on, post, text_on
from leeside.door import mailbox_sessions
from leeside.door.mailbox_sessions import COOKIE
from leeside.sealing.compartments import Compartment
from leeside.sealing.keys import make_signing_seed
from leeside.sealing.receipts import Receipt
from leeside.vault import store

TALK, REPLY, ANSWERS, ERASE = (f"{FORM}{name}" for name in ("conversation", "reply", "answers", "erase"))


@pytest.fixture
def words(door: Client) -> Receipt:
    """The words of a letter that was sent."""
    page = door.get(FORM).content
    return words_on(post(door, FORM, {**LETTER, "receipt": hidden_on(page)}).content)


@pytest.fixture
def inside(mailbox: Client, words: Receipt) -> Client:
    """A browser whose words have opened the conversation."""
    assert post(mailbox, FORM, {"words": " ".join(words.words("ru"))}).status_code == 303
    return mailbox


def signs(client: Client) -> dict[str, str]:
    """The hidden fields of the conversation's forms."""
    page = client.get(TALK).content
    return {name: hidden_field(page, name) for name in ("token", "page_sign")}


def messages(line: FoundedLine, words: Receipt) -> list[str]:
    """The writer's messages as the staff open them."""
    opened = line.open_entries(words, Compartment.STORY)
    return [str(one.body.content["text"]) for one in opened if one.body.kind == "message"]


# What is shown


def test_the_letter_stands_there_with_what_was_chosen(inside: Client) -> None:
    page = inside.get(TALK).content.decode()
    assert "&lt;говорят&gt;" in page
    assert "В больнице" in page
    assert "Комиссия и лечение" in page
    assert "Письмо получено. Его ещё не открывали." in page
    assert re.search(r'aria-current="step">.*получено', page)


def test_an_answer_is_shown_with_who_signed_it_and_until_when(
    inside: Client, line: FoundedLine, words: Receipt
) -> None:
    line.answer(words, "Да, положена.\nПишите <b>заявление</b>.", author=BELA)
    first = inside.get(TALK).content.decode()
    assert "Да, положена.\nПишите &lt;b&gt;заявление" in first
    assert "Цапля" in first
    assert "Вам ответили." in first
    assert "виден до" in inside.get(TALK).content.decode()


def test_an_answer_that_nobody_on_the_roster_signed_is_not_shown(
    inside: Client, line: FoundedLine, words: Receipt
) -> None:
    line.answer(words, "Приходите завтра в часть.", seed=make_signing_seed())
    page = inside.get(TALK).content.decode()
    assert "Приходите завтра" not in page
    assert "нельзя доказать" in page
    assert "&lt;говорят&gt;" in page


def test_an_answer_signed_by_another_colleague_than_it_says_is_not_shown(
    inside: Client, line: FoundedLine, words: Receipt
) -> None:
    line.answer(words, "Приходите завтра в часть.", seed=line.signing_seeds[BELA])
    assert "Приходите завтра" not in inside.get(TALK).content.decode()


def test_an_answer_that_passes_itself_off_as_the_writer_s_own_is_not_shown(
    inside: Client, line: FoundedLine, words: Receipt
) -> None:
    """A writer's entry carries no signature: so nothing that goes to the writer may call itself that."""
    line.answer(words, "Я передумал.", as_writer=True)
    page = inside.get(TALK).content.decode()
    assert "Я передумал" not in page
    assert "нельзя доказать" in page


def test_looking_at_an_answer_starts_its_thirty_days(inside: Client, line: FoundedLine, words: Receipt) -> None:
    from leeside.sealing.receipts import derive_receipt_keys
    from leeside.web.clock import domain_clock

    line.answer(words, "Да, положена.")
    inside.get(TALK)
    keys = derive_receipt_keys(words, line.line_id)
    later = datetime.combine(domain_clock().today(line.settings.time_zone) + timedelta(days=31), time(), UTC)
    box = store.open_mailbox(keys.lookup_hash, later)
    assert box is not None
    assert [one.direction for one in box.entries] == [store.Direction.FROM_WRITER]


def test_all_languages_show_the_same_conversation(inside: Client) -> None:
    for language in ("en", "uk"):
        page = inside.get(f"/{language}/help/conversation").content.decode()
        assert "&lt;говорят&gt;" in page
        assert f'lang="{language}"' in page


# Messages


def test_a_message_is_sealed_and_shown(inside: Client, line: FoundedLine, words: Receipt) -> None:
    answer = post(inside, REPLY, {**signs(inside), "text": "Спасибо & жду"})
    assert answer.status_code == 303
    page = inside.get(answer["Location"]).content
    assert "Спасибо &amp; жду" in page.decode()
    assert "у нас, запечатано" in notice_on(page)
    assert messages(line, words) == ["Спасибо & жду"]


def test_the_same_page_posted_twice_is_one_message(inside: Client, line: FoundedLine, words: Receipt) -> None:
    fields = {**signs(inside), "text": "Один раз"}
    post(inside, REPLY, fields)
    post(inside, REPLY, fields)
    assert messages(line, words) == ["Один раз"]
    post(inside, REPLY, {**signs(inside), "text": "Один раз"})
    assert messages(line, words) == ["Один раз", "Один раз"]


def test_messages_of_one_day_keep_their_order(inside: Client, line: FoundedLine, words: Receipt) -> None:
    post(inside, REPLY, {**signs(inside), "text": "первое"})
    line.answer(words, "второе")
    post(inside, REPLY, {**signs(inside), "text": "третье"})
    line.answer(words, "четвёртое")
    post(inside, REPLY, {**signs(inside), "text": "пятое"})
    page = inside.get(TALK).content.decode()
    places = [page.index(one) for one in ("почки", "первое", "второе", "третье", "четвёртое", "пятое")]
    assert places == sorted(places)


def test_thirty_thousand_letters_fit_and_one_more_is_told_and_kept(
    inside: Client, line: FoundedLine, words: Receipt
) -> None:
    assert post(inside, REPLY, {**signs(inside), "text": "ж" * 30_000}).status_code == 303
    assert messages(line, words) == ["ж" * 30_000]
    answer = post(inside, REPLY, {**signs(inside), "text": "ж" * 30_001})
    assert "Слишком длинно" in answer.content.decode()
    assert text_on(answer.content) == "ж" * 30_001


def test_an_empty_message_is_not_sent(inside: Client, line: FoundedLine, words: Receipt) -> None:
    assert "пока ничего не написано" in post(inside, REPLY, {**signs(inside), "text": " \n "}).content.decode()
    assert messages(line, words) == []


def test_a_vault_that_takes_nothing_keeps_the_text_in_the_page(inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {**signs(inside), "text": "Моё письмо"}

    def busy(*_: object) -> None:
        raise store.BusyError

    monkeypatch.setattr(store, "post_to_case", busy)
    answer = post(inside, REPLY, fields)
    assert answer.status_code == 503
    assert text_on(answer.content) == "Моё письмо"


# Sessions that end, pages that are not ours


def test_a_session_that_ended_asks_for_the_words_and_loses_no_text(
    inside: Client, words: Receipt, line: FoundedLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {**signs(inside), "text": "Длинный ответ <с> знаками\nи строками"}
    now = mailbox_sessions.real_now()
    monkeypatch.setattr(mailbox_sessions, "real_now", lambda: now + timedelta(minutes=16))
    asked = post(inside, REPLY, fields)
    assert "закрылась сама" in notice_on(asked.content)
    assert text_on(asked.content) == fields["text"]
    opened = post(inside, FORM, {"words": " ".join(words.words("ru")), "text": text_on(asked.content)})
    assert opened.status_code == 200
    assert text_on(opened.content) == fields["text"]
    assert messages(line, words) == []
    again = {name: hidden_field(opened.content, name) for name in ("token", "page_sign")}
    assert post(inside, REPLY, {**again, "text": fields["text"]}).status_code == 303
    assert messages(line, words) == [fields["text"]]


def test_a_wrong_word_loses_no_text_either(mailbox: Client) -> None:
    answer = post(mailbox, FORM, {"words": "раз два", "text": "Моё письмо"})
    assert text_on(answer.content) == "Моё письмо"


@pytest.mark.parametrize("token", ["", "0" * 64, "ж", "x" * 10_000])
def test_a_post_without_the_session_token_does_nothing_and_keeps_the_text(
    inside: Client, line: FoundedLine, words: Receipt, token: str
) -> None:
    answer = post(inside, REPLY, {"token": token, "page_sign": "x", "text": "Моё письмо"})
    assert answer.status_code == 200
    assert text_on(answer.content) == "Моё письмо"
    assert messages(line, words) == []
    post(inside, ERASE, {"token": token, "sure": "yes"})
    assert line.case_of(words)


@pytest.mark.parametrize("address", [REPLY, ANSWERS, ERASE, TALK])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_post_from_another_site_does_nothing(
    inside: Client, line: FoundedLine, words: Receipt, address: str, site: str
) -> None:
    fields = {**signs(inside), "text": "чужое", "sure": "yes", "serves": "contract"}
    answer = post(inside, address, fields, HTTP_SEC_FETCH_SITE=site)
    assert answer.status_code == 403
    assert messages(line, words) == []
    assert line.case_of(words)


def test_another_line_cookie_opens_nothing_here(inside: Client, line: FoundedLine) -> None:
    from django.db import connections

    with connections["fleeting"].cursor() as cursor:
        cursor.execute("UPDATE leeside_session SET line_id = %s", [b"x" * 16])
    answer = inside.get(TALK)
    assert answer.status_code == 200
    assert "Введите ваши двенадцать слов" in answer.content.decode()


def test_a_case_that_the_desk_erased_ends_the_session(inside: Client, line: FoundedLine, words: Receipt) -> None:
    case = line.case_of(words)
    store.erase_case(case.case_id, case.opened)
    answer = inside.get(TALK)
    assert answer.status_code == 403
    assert answer.cookies[COOKIE]["max-age"] == 0


@pytest.mark.parametrize("address", [REPLY, ANSWERS])
def test_addresses_of_posts_lead_back_when_they_are_opened(inside: Client, address: str) -> None:
    answer: Any = inside.get(address)
    assert answer.status_code == 303
    assert answer["Location"] == TALK


def test_loading_a_post_anew_in_another_language_shows_the_text_again(inside: Client) -> None:
    assert text_on(post(inside, TALK, {**signs(inside), "text": "Черновик"}).content) == "Черновик"


@pytest.mark.parametrize("address", [TALK, REPLY, ANSWERS, ERASE])
def test_other_methods_are_told_what_is_possible(inside: Client, address: str) -> None:
    assert inside.put(address).status_code == 405


# Questions that were left open


def test_open_questions_wait_and_their_answers_are_sealed_where_they_belong(
    inside: Client, line: FoundedLine, words: Receipt
) -> None:
    page = inside.get(TALK).content.decode()
    assert 'name="serves"' in page
    assert 'name="wants"' not in page
    assert post(inside, ANSWERS, {**signs(inside), "serves": "contract", "name": "И. И."}).status_code == 303
    story = [
        one.body.content["answers"] for one in line.open_entries(words, Compartment.STORY) if one.body.kind == "answers"
    ]
    assert {"serves": "contract"} in story
    identity = [one.body.content["answers"] for one in line.open_entries(words, Compartment.IDENTITY)]
    assert {"name": "И. И."} in identity
    assert len(line.open_entries(words, Compartment.PLACE)) == 2
    after = inside.get(TALK).content.decode()
    assert 'name="serves"' not in after
    assert "И. И." not in after


def test_an_open_question_answered_wrongly_is_told_beside_its_field(inside: Client, line: FoundedLine) -> None:
    answer = post(inside, ANSWERS, {**signs(inside), "serves": "moon", "stop_word": "сс" * 100})
    page = answer.content.decode()
    assert "Такого ответа в форме больше нет" in page
    assert "сс" * 100 in page
    assert "<details open>" in page


def test_no_answer_at_all_changes_nothing(inside: Client, line: FoundedLine, words: Receipt) -> None:
    before = len(line.open_entries(words, Compartment.STORY))
    assert post(inside, ANSWERS, signs(inside)).status_code == 303
    assert len(line.open_entries(words, Compartment.STORY)) == before


# Erasing


def test_erasing_asks_first_and_then_nothing_opens_any_more(inside: Client, line: FoundedLine, words: Receipt) -> None:
    asked = inside.get(ERASE).content
    token = hidden_field(asked, "token")
    unsure = post(inside, ERASE, {"token": token})
    assert "Пока ничего не стёрто" in unsure.content.decode()
    assert line.case_of(words)
    done = post(inside, ERASE, {"token": token, "sure": "yes"})
    assert "Всё стёрто" in done.content.decode()
    assert done.cookies[COOKIE]["max-age"] == 0
    with pytest.raises(AssertionError, match="no case"):
        line.case_of(words)
    assert post(inside, FORM, {"words": " ".join(words.words("ru"))}).status_code == 403


def test_erasing_that_the_vault_cannot_do_now_says_so(
    inside: Client, line: FoundedLine, words: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise store.BusyError

    token = signs(inside)["token"]
    monkeypatch.setattr(store, "erase_by_writer", busy)
    assert "Ещё не стёрто" in post(inside, ERASE, {"token": token, "sure": "yes"}).content.decode()
    assert line.case_of(words)


def test_what_was_written_is_named_under_what_the_line_holds(inside: Client) -> None:
    page = inside.get(TALK).content.decode().partition("Что у нас есть о вас")[2]
    assert "Где" in page
    assert "В больнице" in page
    assert STORY.split(",")[0] in page

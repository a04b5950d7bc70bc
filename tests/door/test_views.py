"""The door over HTTP, with everything that a stranger could send. The rules are those of `door.intake`."""

import re

import pytest
from django.test import Client, override_settings

from door.founded import FoundedLine, hidden_on, words_on
from door.posting import FORM, LETTER, STORY, TYPE, hidden_field, notice_on, post, text_on
from leeside.door.limits import LIMITS
from leeside.packs.reader import shipped_pack
from leeside.sealing.receipts import make_receipt
from leeside.vault import store

FOREIGN = [
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site"},
    {"HTTP_SEC_FETCH_SITE": "none"},
    {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://localhost"},
]


def letter(client: Client, **changed: object) -> dict[str, object]:
    """The fields of a whole letter under the words of a form that was just shown."""
    return {**LETTER, "receipt": hidden_on(client.get(FORM).content), **changed}


# The form


def test_the_form_is_one_page_without_script_or_anything_from_elsewhere(door: Client) -> None:
    page = door.get(FORM).content.decode()
    assert "<script" not in page
    assert not re.search(r"\son\w+=", page)
    assert not re.search(r"<(?:img|iframe|object|embed|video|audio|source)\b", page)
    # The empty icon that stands in the page itself, so that no browser asks for one.
    assert re.findall(r"<link[^>]*>", page) == ['<link rel="icon" href="data:,">']
    assert "url(" not in page
    assert "@import" not in page
    assert 'src="' not in page
    assert page.count("<style>") == 1


def test_every_field_of_every_form_tells_the_browser_to_forget(door: Client) -> None:
    page = door.get(FORM).content.decode()
    assert '<form method="post" action="/ru/help/" autocomplete="off">' in page
    for field in re.findall(r"<(?:textarea|select|input type=\"(?:text|date)\")[^>]*>", page):
        assert 'autocomplete="off"' in field


def test_two_forms_never_show_the_same_words(door: Client) -> None:
    shown = {hidden_on(door.get(FORM).content) for _ in range(20)}
    assert len(shown) == 20


def test_the_words_that_are_seen_are_the_words_that_are_sent(door: Client, line: FoundedLine) -> None:
    page = door.get(FORM).content
    words = words_on(page)
    post(door, FORM, {**LETTER, "receipt": hidden_on(page)})
    assert line.open_answers(words)["text"] == STORY


def test_words_in_an_address_are_never_looked_at(door: Client) -> None:
    receipt = hidden_on(door.get(FORM).content)
    page = door.get(f"{FORM}?receipt={receipt}").content
    assert hidden_on(page) != receipt
    answer = post(door, f"{FORM}?receipt={receipt}", LETTER)
    assert "Слова стали другими" in notice_on(answer.content)


@pytest.mark.parametrize(("language", "word"), [("ru", "Отправить"), ("uk", "Надіслати"), ("en", "Send")])
def test_the_form_speaks_three_languages(door: Client, language: str, word: str) -> None:
    page = door.get(f"/{language}/help/").content.decode()
    assert word in page
    assert f'<html lang="{language}" dir="ltr">' in page


def test_the_line_is_reachable_under_its_slug_and_with_a_missing_slash(door: Client) -> None:
    assert door.get("/ru/refusal/").status_code == 200
    assert door.get("/ru/help")["Location"] == FORM


@pytest.mark.parametrize(
    "address", ["/ru/nothing/", "/de/help/", "/ru/help/as-nobody", "/ru/help/as-son", "/ru/nothing/safety"]
)
def test_what_is_not_there_is_a_kind_page(door: Client, address: str) -> None:
    assert door.get(address).status_code == 404


@pytest.mark.parametrize("voice", ["him", "her", "them"])
def test_who_writes_for_another_is_asked_about_the_other(door: Client, voice: str) -> None:
    own, other = door.get(FORM).content.decode(), door.get(f"{FORM}as-{voice}").content.decode()
    assert "Где вы сейчас?" in own
    assert "Где вы сейчас?" not in other
    assert hidden_field(other.encode(), "voice") == voice


def test_no_cookie_is_ever_set_at_the_door(door: Client) -> None:
    for address in ("/", FORM, f"{FORM}safety", "/exit", "/health", "/ru/nothing/"):
        door.get(address)
    post(door, FORM, letter(door))
    assert not door.cookies


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_told_what_is_possible(door: Client, method: str) -> None:
    answer = getattr(door, method)(FORM)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"


def test_the_start_page_offers_each_language_in_its_own_words(door: Client) -> None:
    page = door.get("/", HTTP_ACCEPT_LANGUAGE="uk").content.decode()
    assert 'lang="uk"' in page
    for name in ("Русский", "English", "Українська"):
        assert name in page
    assert door.get("/ru/")["Location"] == FORM


def test_with_several_lines_none_is_listed(door: Client, line: FoundedLine) -> None:
    with override_settings(LEESIDE_LINES={"refusal": line.settings, "other": line.settings}):
        assert door.get("/").status_code == 404


def test_the_safety_page_says_the_three_strengths(door: Client) -> None:
    page = door.get(f"{FORM}safety").content.decode()
    assert shipped_pack("refusal").text("safety.strengths", "ru") in page
    assert FORM in page


def test_health_says_nothing_but_ok(door: Client) -> None:
    assert door.get("/health").content == b"ok\n"


# Letters that are taken


def test_a_letter_is_acknowledged_with_its_words_and_a_promise(door: Client, line: FoundedLine) -> None:
    fields = letter(door)
    answer = post(door, FORM, fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Ответ обещаем" in page
    assert "localhost:8001/ru/help" in page
    assert notice_on(answer.content) == ""
    assert STORY not in page
    assert line.open_answers(words_on(answer.content)) == {"where": "hospital", "wants": "commission", "text": STORY}


def test_the_same_letter_again_gets_the_same_bytes(door: Client) -> None:
    fields = letter(door)
    first, second = post(door, FORM, fields), post(door, FORM, fields)
    assert first.content == second.content
    assert first.headers == second.headers


def test_another_letter_under_the_same_words_gets_new_words_and_touches_nothing(
    door: Client, line: FoundedLine
) -> None:
    fields = letter(door)
    first = words_on(post(door, FORM, fields).content)
    answer = post(door, FORM, {**fields, "text": "Другой рассказ."})
    second = words_on(answer.content)
    assert second.entropy != first.entropy
    assert "Слова стали другими" in notice_on(answer.content)
    assert line.open_answers(first)["text"] == STORY
    assert line.open_answers(second)["text"] == "Другой рассказ."


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_whole_letter_from_elsewhere_is_taken_under_new_words(
    door: Client, line: FoundedLine, headers: dict[str, str]
) -> None:
    theirs = make_receipt()
    from leeside.door.words_block import write_hidden

    answer = post(door, FORM, {**LETTER, "receipt": write_hidden(theirs)}, **headers)
    words = words_on(answer.content)
    assert words.entropy != theirs.entropy
    assert "Слова стали другими" in notice_on(answer.content)
    assert line.open_answers(words)["text"] == STORY
    with pytest.raises(AssertionError, match="no case"):
        line.case_of(theirs)


@pytest.mark.parametrize("receipt", ["", "0" * 40, "x", "берёза окно", "0" * 5000])
def test_words_that_came_back_mangled_are_replaced(door: Client, line: FoundedLine, receipt: str) -> None:
    answer = post(door, FORM, letter(door, receipt=receipt))
    assert "Слова стали другими" in notice_on(answer.content)
    assert line.open_answers(words_on(answer.content))["text"] == STORY


def test_words_that_come_twice_are_replaced(door: Client) -> None:
    one, other = hidden_on(door.get(FORM).content), hidden_on(door.get(FORM).content)
    answer = post(door, FORM, {**LETTER, "receipt": [one, other]})
    assert "Слова стали другими" in notice_on(answer.content)


def test_answers_whose_question_is_not_open_are_dropped(door: Client, line: FoundedLine) -> None:
    answer = post(door, FORM, letter(door, presses_hearing_by="2023-12-11", contact_address="@someone"))
    words = words_on(answer.content)
    assert "presses_hearing_by" not in line.open_answers(words)
    from leeside.sealing.compartments import Compartment

    assert line.open_answers(words, Compartment.IDENTITY) == {}


def test_unknown_fields_are_no_reason_to_refuse_a_letter(door: Client, line: FoundedLine) -> None:
    answer = post(door, FORM, letter(door, an_extension_added_this="1", utm_source="x"))
    assert set(line.open_answers(words_on(answer.content))) == {"where", "wants", "text"}


def test_thirty_thousand_letters_fit_whatever_their_script(door: Client, line: FoundedLine) -> None:
    for sign in ("ж", "\U0001f54a"):
        answer = post(door, FORM, letter(door, text=sign * 30_000))
        assert line.open_answers(words_on(answer.content))["text"] == sign * 30_000


def test_bytes_that_are_no_text_lose_none_of_the_text(door: Client, line: FoundedLine) -> None:
    receipt = hidden_on(door.get(FORM).content)
    body = f"receipt={receipt}&text=".encode() + b"%D0%BF%D0%BE%FF%D1%87%00%D0%BA%D0%B8"
    answer = post(door, FORM, body)
    assert line.open_answers(words_on(answer.content))["text"] == "по\ufffdчки"


# Letters that go back


def test_a_letter_without_anything_to_answer_goes_back_with_all_that_was_chosen(door: Client) -> None:
    page = door.get(FORM).content
    answer = post(
        door, FORM, {"receipt": hidden_on(page), "where": "hospital", "serves": "mobilised", "place": "Палата 5"}
    )
    back = answer.content.decode()
    assert answer.status_code == 200
    assert "Письмо пока пустое" in notice_on(answer.content)
    assert hidden_on(answer.content) == hidden_on(page)
    assert re.search(r'value="hospital"[^>]* checked', back)
    assert re.search(r'value="mobilised" selected', back)
    assert 'value="Палата 5"' in back
    assert "<details open><summary>Если есть" in back


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"text": "ж" * 30_001}, "Слишком длинно"),
        ({"presses": "leave_ends", "presses_leave_ends_by": "2023-02-30"}, "Такого дня в календаре нет"),
        ({"presses": "leave_ends", "presses_leave_ends_by": "завтра"}, "Такого дня в календаре нет"),
        ({"where": ["hospital", "home"]}, "только один ответ"),
        ({"where": "moon"}, "Такого ответа в форме больше нет"),
        ({"where": "\x00"}, None),
        ({"text": [STORY, "и ещё"]}, "только один ответ"),
        ({"place": "д" * 501}, "Слишком длинно"),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field_and_nothing_is_lost(
    door: Client, changed: dict[str, object], sentence: str | None
) -> None:
    fields = letter(door, **changed)
    answer = post(door, FORM, fields)
    if sentence is None:
        assert "Письмо у нас" in answer.content.decode()
        return
    page = answer.content.decode()
    assert sentence in page
    assert 'class="problem"' in page
    assert hidden_on(answer.content) == fields["receipt"]
    texts = fields["text"] if isinstance(fields["text"], list) else [fields["text"]]
    assert text_on(answer.content) == "\n".join(str(one) for one in texts)


def test_an_incomplete_letter_from_elsewhere_goes_back_with_its_text_and_new_words(door: Client) -> None:
    theirs = hidden_on(door.get(FORM).content)
    fields = {"receipt": theirs, "text": "ж" * 30_001}
    answer = post(door, FORM, fields, HTTP_SEC_FETCH_SITE="cross-site")
    assert hidden_on(answer.content) != theirs
    assert "Слова стали другими" in notice_on(answer.content)
    assert text_on(answer.content) == fields["text"]


def test_what_was_typed_never_becomes_part_of_the_page(door: Client) -> None:
    hostile = '"><script>alert(1)</script></textarea><b x="'
    answer = post(door, FORM, letter(door, where="moon", text=hostile, place=hostile, voice=hostile))
    page = answer.content.decode()
    assert "<script" not in page
    assert "</textarea><b" not in page
    assert text_on(answer.content) == hostile


def test_an_erased_request_comes_not_back(door: Client, line: FoundedLine) -> None:
    fields = letter(door)
    words = words_on(post(door, FORM, fields).content)
    store.erase_case(line.case_of(words).case_id, line.case_of(words).opened)
    answer = post(door, FORM, fields)
    assert "раньше стёрли" in notice_on(answer.content)
    assert text_on(answer.content) == STORY
    assert hidden_on(answer.content) != fields["receipt"]
    with pytest.raises(AssertionError, match="no case"):
        line.case_of(words)
    again = post(door, FORM, {**fields, "receipt": hidden_on(answer.content)})
    assert line.open_answers(words_on(again.content))["text"] == STORY


@pytest.mark.parametrize("error", [store.BusyError, store.FullError, store.UnreadyError, store.GoneError])
def test_a_vault_that_takes_nothing_acknowledges_nothing_and_loses_nothing(
    door: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    fields = letter(door)

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(store, "deposit", refuse)
    answer = post(door, FORM, fields)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert text_on(answer.content) == STORY
    assert hidden_on(answer.content) == fields["receipt"]
    assert "Письмо у нас" not in answer.content.decode()


# Bodies that are no letter


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/json"])
def test_files_and_other_kinds_of_bodies_are_refused(door: Client, kind: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nx\r\n--x--\r\n'
    assert door.post(FORM, body, content_type=kind).status_code == 400


def test_a_body_over_the_limit_is_refused_kindly(door: Client) -> None:
    answer = door.post(FORM, b"text=" + b"a" * LIMITS.form_bytes, content_type=TYPE)
    assert answer.status_code == 413
    assert "слишком много" in answer.content.decode()


@pytest.mark.parametrize("body", [b"&".join([b"a=1"] * 500), b"=", b"%ff=1", b"a" * 100 + b"=1"])
def test_a_body_that_no_form_of_ours_sends_is_refused_kindly(door: Client, body: bytes) -> None:
    answer = post(door, FORM, body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_an_empty_post_is_an_empty_letter(door: Client) -> None:
    answer = post(door, FORM, b"text=")
    assert answer.status_code == 200
    assert "Слова стали другими" in notice_on(answer.content)


# Lines that take no letters


def test_a_line_that_is_not_open_says_so_and_gives_the_text_back(
    door: Client, line: FoundedLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leeside.door import open_lines, views
    from leeside.door.errors import ClosedLineError

    def closed(_: object) -> open_lines.OpenLine:
        raise ClosedLineError

    fields = letter(door)
    monkeypatch.setattr(views, "open_line", closed)
    assert door.get(FORM).status_code == 503
    answer = post(door, FORM, fields)
    assert answer.status_code == 503
    assert "&lt;говорят&gt;" in answer.content.decode()
    assert "не можем принять письмо" in answer.content.decode()

"""Words in, over HTTP, with everything that a stranger could send; and the way a session begins and ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from door.founded import FoundedLine, hidden_on, words_on
from door.posting import FORM, LETTER, STORY, TYPE, post, text_on
from leeside.door.mailbox_sessions import COOKIE
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.vault import store
from leeside.web.padding import PAGE_STEP_BYTES
from plugins.installations import bytes_of


@pytest.fixture
def words(door: Client) -> Receipt:
    """The words of a letter that was sent."""
    page = door.get(FORM).content
    return words_on(post(door, FORM, {**LETTER, "receipt": hidden_on(page)}).content)


def enter(mailbox: Client, words: Receipt, **more: object) -> Any:
    """Write the first four letters of each word, as most people would."""
    spelled = " ".join(word[:4] for word in words.words("ru"))
    return post(mailbox, FORM, {"words": spelled, **more})


# Words that open


def test_four_letters_of_each_word_open_the_conversation(mailbox: Client, words: Receipt) -> None:
    answer = enter(mailbox, words)
    assert answer.status_code == 303
    assert answer["Location"] == f"{FORM}conversation"
    assert mailbox.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_words_open_in_every_language_and_spelling(mailbox: Client, words: Receipt, language: str) -> None:
    spelled = ", ".join(f"{number}. {word.upper()}" for number, word in enumerate(words.words(language), start=1))
    assert post(mailbox, FORM, {"words": spelled}).status_code == 303


def test_the_cookie_is_a_random_secret_kept_to_this_host(mailbox: Client, words: Receipt) -> None:
    cookie = enter(mailbox, words).cookies[COOKIE]
    assert COOKIE.startswith("__Host-")
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""
    spelled = (*words.words("ru"), words.entropy.reveal().hex())
    assert not any(one in cookie.value for one in spelled)


def test_no_cookie_is_set_before_words_have_opened_something(mailbox: Client) -> None:
    mailbox.get(FORM)
    enter(mailbox, make_receipt())
    mailbox.get(f"{FORM}conversation")
    assert not mailbox.cookies


def test_two_entries_are_two_sessions(mailbox: Client, words: Receipt) -> None:
    assert enter(mailbox, words).cookies[COOKIE].value != enter(mailbox, words).cookies[COOKIE].value


# Words that open nothing


def test_all_refusals_are_the_same_bytes(mailbox: Client, words: Receipt, line: FoundedLine) -> None:
    case = line.case_of(words)
    store.erase_case(case.case_id, case.opened)
    erased = enter(mailbox, words)
    others = [enter(mailbox, make_receipt()) for _ in range(5)]
    assert {one.content for one in others} == {erased.content}
    assert {one.status_code for one in others} == {erased.status_code} == {403}
    assert {tuple(one.items()) for one in others} == {tuple(erased.items())}


def test_a_refusal_asks_for_no_lock(mailbox: Client, line: FoundedLine, monkeypatch: pytest.MonkeyPatch) -> None:
    from leeside.vault import mailboxes, sessions

    def locked(*_: object) -> None:
        raise AssertionError("a lock was asked for")

    monkeypatch.setattr(mailboxes, "writing", locked)
    monkeypatch.setattr(sessions, "writing", locked)
    assert enter(mailbox, make_receipt()).status_code == 403


def test_a_case_whose_keys_were_exchanged_is_refused_like_wrong_words(
    mailbox: Client, words: Receipt, line: FoundedLine
) -> None:
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE leeside_case SET writer_public = %s", [bytes(1216)])
    assert enter(mailbox, words).content == enter(mailbox, make_receipt()).content


def test_keys_that_do_not_fit_their_commitments_are_refused_like_wrong_words(
    mailbox: Client, words: Receipt, line: FoundedLine
) -> None:
    """AES-GCM commits to no key: without this two people could be shown two texts of one entry."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT commitments FROM leeside_case")
        stated = bytearray(cursor.fetchone()[0])
        stated[-1] ^= 1
        cursor.execute("UPDATE leeside_case SET commitments = %s", [bytes(stated)])
    assert enter(mailbox, words).content == enter(mailbox, make_receipt()).content


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Нужно двенадцать слов"),
        ("окно", "Нужно двенадцать слов"),
        ("окно " * 13, "Нужно двенадцать слов"),
        ("я" * 100_000, "Нужно двенадцать слов"),
        ("\x00\xff<script>", "Нужно двенадцать слов"),
        (" ".join(["qqqqqqq"] * 12), "под номером 1 нет"),
    ],
)
def test_words_that_are_none_are_told_kindly_at_once(
    mailbox: Client, typed: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("the vault was asked")

    monkeypatch.setattr(store, "open_mailbox", asked)
    answer = post(mailbox, FORM, {"words": typed})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_one_wrong_word_is_named_by_its_place_and_the_others_stay(mailbox: Client, words: Receipt) -> None:
    spelled = [word[:4] for word in words.words("ru")]
    spelled[6] = "ъъъъъъ"
    answer = post(mailbox, FORM, {"words": " ".join(spelled)})
    assert "под номером 7" in answer.content.decode()
    assert text_on(answer.content, "words") == " ".join(spelled)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_words_from_another_site_open_nothing(mailbox: Client, words: Receipt, site: str) -> None:
    answer = enter(mailbox, words, x="1")
    assert answer.status_code == 303
    fresh = Client(HTTP_HOST="localhost")
    assert fresh.cookies == {}
    foreign = post(mailbox, FORM, {"words": " ".join(words.words("ru"))}, HTTP_SEC_FETCH_SITE=site)
    assert foreign.status_code == 403
    assert "с чужой страницы" in foreign.content.decode()
    assert COOKIE not in foreign.cookies


def test_words_in_an_address_are_never_looked_at(mailbox: Client, words: Receipt) -> None:
    answer = mailbox.get(f"{FORM}?words={'+'.join(words.words('ru'))}")
    assert answer.status_code == 200
    assert text_on(answer.content, "words") == ""


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
def test_other_kinds_of_bodies_are_refused(mailbox: Client, kind: str) -> None:
    assert mailbox.post(FORM, b"words=x", content_type=kind).status_code == 400


def test_a_vault_that_does_not_answer_is_told_kindly(
    mailbox: Client, words: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise store.BusyError

    monkeypatch.setattr(store, "open_mailbox", busy)
    answer = enter(mailbox, words, text="Моё письмо")
    assert answer.status_code == 503
    assert text_on(answer.content) == "Моё письмо"


# Sessions


def test_every_page_of_the_mailbox_is_a_multiple_of_eight_kibibytes(mailbox: Client, words: Receipt) -> None:
    pages = [mailbox.get(FORM), enter(mailbox, make_receipt()), post(mailbox, FORM, {"words": "x"})]
    enter(mailbox, words)
    pages += [mailbox.get(f"{FORM}conversation"), mailbox.get(f"{FORM}erase")]
    for page in pages:
        assert len(page.content) % PAGE_STEP_BYTES == 0
        assert "Content-Encoding" not in page
        assert page["Cache-Control"] == "no-store, no-transform"
        assert "<script" not in page.content.decode()


def test_a_session_dies_after_fifteen_idle_minutes(
    mailbox: Client, words: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leeside.door import mailbox_sessions

    enter(mailbox, words)
    now = mailbox_sessions.real_now()
    monkeypatch.setattr(mailbox_sessions, "real_now", lambda: now + timedelta(minutes=14))
    assert STORY.split()[0] in mailbox.get(f"{FORM}conversation").content.decode()
    monkeypatch.setattr(mailbox_sessions, "real_now", lambda: now + timedelta(minutes=30))
    assert STORY.split()[0] not in mailbox.get(f"{FORM}conversation").content.decode()


def test_leaving_ends_the_session_also_for_whoever_kept_the_cookie(mailbox: Client, words: Receipt) -> None:
    enter(mailbox, words)
    kept = mailbox.cookies[COOKIE].value
    answer = mailbox.get("/exit")
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert answer.cookies[COOKIE]["secure"]
    mailbox.cookies[COOKIE] = kept
    assert "Введите ваши двенадцать слов" in mailbox.get(f"{FORM}conversation").content.decode()


def test_leaving_works_when_the_vault_does_not(
    mailbox: Client, words: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise store.BusyError

    enter(mailbox, words)
    monkeypatch.setattr(store, "end_session", busy)
    assert mailbox.get("/exit")["Refresh"] == "0; url=/exit/left"


@pytest.mark.parametrize("value", ["", "x", "A" * 43, "=" * 43, "\x00", "A" * 5000])
def test_a_cookie_that_is_none_of_ours_is_no_session(mailbox: Client, value: str) -> None:
    mailbox.cookies[COOKIE] = value
    answer = mailbox.get(f"{FORM}conversation")
    assert answer.status_code == 200
    assert "Введите ваши двенадцать слов" in answer.content.decode()


def test_the_start_page_leads_to_the_words(mailbox: Client) -> None:
    assert mailbox.get("/", HTTP_ACCEPT_LANGUAGE="uk")["Location"].endswith("/uk/help/")
    assert mailbox.get("/ru/help")["Location"].endswith(FORM)
    assert mailbox.get("/health").content == b"ok\n"
    assert mailbox.get("/de/help/").status_code == 404


def test_the_database_holds_nothing_that_opens_a_session(mailbox: Client, words: Receipt, installation: Any) -> None:
    cookie = enter(mailbox, words).cookies[COOKIE].value
    kept = b"".join(bytes_of(path) for path in installation.directory.rglob("*") if path.is_file())
    from leeside.sealing.sessions import read_session_secret

    assert cookie.encode() not in kept
    assert read_session_secret(cookie).reveal() not in kept
    assert words.entropy.reveal() not in kept
    assert TYPE.encode() not in kept


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_words_are_read_in_the_language_of_the_page_first(
    mailbox: Client, words: Receipt, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two languages share words: twelve that can be read in both mean what the page's own language says."""
    from leeside.door import mailbox_views

    asked: list[str] = []
    read = mailbox_views.read_receipt
    monkeypatch.setattr(mailbox_views, "read_receipt", lambda text, first: asked.append(first) or read(text, first))
    assert post(mailbox, f"/{language}/help/", {"words": " ".join(words.words(language))}).status_code == 303
    assert asked == [language]

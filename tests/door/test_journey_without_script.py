"""One person's whole way: form, letter, acknowledgement, mailbox, answer, reply, erasing."""

from urllib.parse import urlencode

from django.test import Client

from door.founded import FORM, FoundedLine, hidden_on, words_on

TYPE = "application/x-www-form-urlencoded"
STORY = "Второе ранение, почки. Комиссии не было."


def test_a_letter_is_answered_and_erased(door: Client, mailbox: Client, line: FoundedLine) -> None:
    form = door.get(FORM).content
    words = words_on(form)
    fields = {"receipt": hidden_on(form), "where": "hospital", "wants": "commission", "text": STORY}
    sent = door.post(FORM, urlencode(fields), content_type=TYPE)
    assert sent.status_code == 200
    assert words_on(sent.content).entropy == words.entropy
    assert line.open_answers(words)["text"] == STORY

    line.answer(words, "Комиссия положена до возвращения в часть.")
    spelled = " ".join(word[:4] for word in words.words("ru"))
    entered = mailbox.post(FORM, urlencode({"words": spelled}), content_type=TYPE)
    assert entered.status_code == 303
    page = mailbox.get(entered["Location"]).content.decode()
    assert STORY in page
    assert "Комиссия положена" in page
    token, sign = _hidden(page, "token"), _hidden(page, "page_sign")
    replied = mailbox.post(
        f"{FORM}reply", urlencode({"token": token, "page_sign": sign, "text": "Спасибо."}), content_type=TYPE
    )
    assert replied.status_code == 303
    assert "Спасибо." in mailbox.get(replied["Location"]).content.decode()

    asked = mailbox.get(f"{FORM}erase").content.decode()
    erased = mailbox.post(
        f"{FORM}erase", urlencode({"token": _hidden(asked, "token"), "sure": "yes"}), content_type=TYPE
    )
    assert erased.status_code == 200
    again = mailbox.post(FORM, urlencode({"words": spelled}), content_type=TYPE)
    assert again.status_code == 403


def _hidden(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]

"""Files at the mailbox: sent once however often, taken from a living session only, saved and never shown."""

import secrets
from contextlib import suppress
from typing import Any

import pytest
from django.test import Client

from door.founded import FoundedLine, hidden_on, words_on
from door.posting import FORM, LETTER, hidden_field, post
from leeside.sealing.attachments import ArrivingFile, Attachment, read_attachment
from leeside.sealing.compartments import Compartment
from leeside.sealing.context import CaseContext, hash_writer_key
from leeside.sealing.entries import EntryBody, staff_author
from leeside.sealing.errors import RefusedError
from leeside.sealing.parcels import SealedEntry
from leeside.sealing.receipts import Receipt
from leeside.sealing.seal import new_entry_id, seal_entry
from leeside.sealing.streams import make_stream_key
from leeside.sealing.unseal import open_bundle
from leeside.sealing.unseal_streams import open_stream
from leeside.vault import store
from leeside.vault.reading import rows_of
from leeside.web.clock import domain_clock
from leeside.web.uploads import FILE_BYTES
from web.test_uploads import TYPE, body_of, part

TALK, SEND = f"{FORM}conversation", f"{FORM}send-file"
JPEG = b"\xff\xd8\xff\xe0 a photo of a paper " + bytes(range(256)) * 400


@pytest.fixture
def words(door: Client) -> Receipt:
    page = door.get(FORM).content
    return words_on(post(door, FORM, {**LETTER, "receipt": hidden_on(page)}).content)


@pytest.fixture
def inside(mailbox: Client, words: Receipt) -> Client:
    assert post(mailbox, FORM, {"words": " ".join(words.words("ru"))}).status_code == 303
    return mailbox


def send(client: Client, *files: bytes, sign: str = "", **changed: str) -> Any:
    """Post files as the conversation's own page does."""
    page = client.get(TALK).content
    token = changed.pop("token", None) or hidden_field(page, "token")
    sign = sign or hidden_field(page, "page_sign")
    body = body_of(part("token", token.encode()), part("page_sign", sign.encode()), *files)
    return client.post(SEND, body, content_type=TYPE, **changed)


def photo(content: bytes = JPEG, name: str = "Иванов паспорт.jpg") -> bytes:
    return part("file", content, name)


def files_of(line: FoundedLine, words: Receipt) -> list[tuple[Attachment, bytes]]:
    """Every file of the case as staff with all keys open it."""
    case = line.case_of(words)
    found = []
    entries = store.fetch_entries(case.case_id, b"a" * 16, ["lead"], [int(Compartment.IDENTITY)])
    ids = {one.entry_id for one in entries}
    for opened in line.open_entries(words, Compartment.IDENTITY):
        if opened.body.kind == "attachment":
            file = read_attachment(opened.body.content)
            for entry_id in ids:
                with suppress(store.GoneError, RefusedError):  # only the file's own id fits its key
                    sealed = store.open_file(case.case_id, entry_id)
                    found.append((file, b"".join(open_stream(file.key, entry_id, file.size, sealed))))
    return found


def told(line: FoundedLine, words: Receipt) -> list[dict[str, Any]]:
    opened = line.open_entries(words, Compartment.STORY)
    return [dict(one.body.content) for one in opened if one.body.kind == "sent_file"]


def test_a_photo_is_sealed_into_identity_and_a_line_says_that_it_came(
    line: FoundedLine, inside: Client, words: Receipt
) -> None:
    answer = send(inside, photo())
    assert answer.status_code == 303 and answer.headers["Location"] == f"{TALK}?sent-file"
    ((file, plain),) = files_of(line, words)
    assert (file.name, file.said, file.shape, plain) == ("Иванов паспорт.jpg", "image/jpeg", "jpeg", JPEG)
    (line_of_it,) = told(line, words)
    assert "Иванов" not in str(line_of_it) and line_of_it["size"] == len(JPEG)
    page = inside.get(f"{TALK}?sent-file").content.decode()
    assert "Ваш файл у нас, он запечатан." in page
    assert "Отправлено: изображение, 102 КБ" in page and "Иванов" not in page


def test_the_same_file_is_one_however_often_it_is_sent(line: FoundedLine, inside: Client, words: Receipt) -> None:
    """Broken on purpose to see it fail: `_Sending.known` that begins empty; file ids drawn at random."""
    sign = secrets.token_hex(16)
    for _ in range(2):
        assert send(inside, photo(), sign=sign).status_code == 303
    assert send(inside, photo(name="the same again.jpg")).status_code == 303
    assert send(inside, photo(), photo()).status_code == 303
    assert len(files_of(line, words)) == len(told(line, words)) == 1
    assert rows_of("default", "SELECT count(*) FROM leeside_file")[0][0] == 1


def test_several_files_of_one_form_all_come(line: FoundedLine, inside: Client, words: Receipt) -> None:
    contents = [secrets.token_bytes(1000 * number) for number in (1, 2, 300)]
    assert send(inside, *[photo(one) for one in contents]).status_code == 303
    assert sorted(plain for _, plain in files_of(line, words)) == sorted(contents)
    page = inside.get(TALK).content.decode()
    assert page.count("Отправлено:") == 3


def test_a_file_restarts_the_promise_as_a_message_does(line: FoundedLine, inside: Client, words: Receipt) -> None:
    line.answer(words, "We read you")
    assert line.case_of(words).state == store.CaseState.ANSWERED
    send(inside, photo())
    assert line.case_of(words).state == store.CaseState.RECEIVED and line.case_of(words).answer_by is not None


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ((), "Файл ещё не выбран."),
        ((part("file", b"", ""),), "Файл ещё не выбран."),
        ((photo(bytes(FILE_BYTES + 1)),), "это больше 25 МБ"),
    ],
    ids=["none", "none chosen", "too large"],
)
def test_what_cannot_be_taken_is_said_beside_the_field(
    line: FoundedLine, inside: Client, words: Receipt, files: tuple[bytes, ...], sentence: str
) -> None:
    answer = send(inside, *files)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert files_of(line, words) == []
    assert rows_of("default", "SELECT count(*) FROM leeside_file_chunk")[0][0] == 0


def test_what_breaks_off_is_no_file(
    line: FoundedLine, inside: Client, words: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test.client import FakePayload

    page = inside.get(TALK).content
    token, sign = (hidden_field(page, name).encode() for name in ("token", "page_sign"))
    body = body_of(part("token", token), part("page_sign", sign), photo())

    def fall_short(payload: FakePayload, size: int = -1) -> bytes:
        """The test client would stumble over a body that is shorter than it said; a server sees just that."""
        payload.read_started or payload.seek(0)
        payload.read_started = True
        whole: bytes = payload._FakePayload__content.read(size)
        return whole

    with monkeypatch.context() as patch:
        patch.setattr(FakePayload, "read", fall_short)
        answer = inside.post(SEND, body[:-5000], content_type=TYPE, CONTENT_LENGTH=str(len(body)))
    assert answer.status_code == 422 and "дошёл не целиком" in answer.content.decode()
    assert files_of(line, words) == []
    assert send(inside, photo(), sign=sign.decode()).status_code == 303
    assert len(files_of(line, words)) == 1


@pytest.mark.promise(6, "files posted from another site, without the session's token, or without a session", times=3)
def test_files_are_taken_from_our_own_page_of_a_living_session_only(
    line: FoundedLine, inside: Client, words: Receipt
) -> None:
    """Broken on purpose to see it fail: `_take` without the token."""
    assert send(inside, photo(), HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    answer = send(inside, photo(), token="0" * 64)
    assert answer.status_code == 422 and "открыли заново" in answer.content.decode()
    page = inside.get(TALK).content
    token = hidden_field(page, "token")
    inside.cookies.clear()
    answer = inside.post(SEND, body_of(part("token", token.encode()), photo()), content_type=TYPE)
    assert 'name="words"' in answer.content.decode()
    assert files_of(line, words) == []


def test_without_a_session_the_body_is_not_read(mailbox: Client) -> None:
    class Untouched:
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

    from django.test import RequestFactory

    from leeside.door import file_views

    request = RequestFactory().post(SEND, b"x", content_type=TYPE, HTTP_SEC_FETCH_SITE="same-origin")
    request._stream = Untouched()  # type: ignore[attr-defined]
    assert b'name="words"' in file_views.send(request, "ru", "help").content


def give(line: FoundedLine, words: Receipt, content: bytes, name: str = "рапорт.pdf") -> str:
    """What the desk does when a colleague gives a file; its id as addresses have it."""
    case = line.case_of(words)
    wrap = next(one for one in case.wraps if one.recipient == "circle:lead")
    context = CaseContext(case.line_id, case.epoch, case.case_number, hash_writer_key(case.writer_public))
    keys = open_bundle(line.role_seeds["lead"], context, wrap.recipient, wrap.sealed)
    key = next(one for one in keys if one.compartment == Compartment.STORY)
    file_id, stream = new_entry_id(), make_stream_key()
    arriving = ArrivingFile(stream, file_id, iter([content]), FILE_BYTES)
    whole = store.keep_file(case.case_id, file_id, arriving, domain_clock().today("UTC"))
    assert whole is not None
    file = Attachment(name, "application/pdf", arriving.shape, arriving.size, stream)
    at = domain_clock().now().isoformat(timespec="microseconds")
    body = EntryBody("attachment", staff_author(b"a" * 16), at, {**file.content(), "words": "Два экземпляра"})
    sealed = seal_entry(key, context, file_id, body, line.signing_seeds[b"a" * 16])
    entry = store.NewEntry(SealedEntry(file_id, key.compartment, key.generation, sealed), store.Direction.TO_WRITER)
    store.append_entries(case.case_id, case.version, [entry], files=[whole])
    return file_id.hex()


def test_a_given_file_is_saved_as_it_is_and_never_shown(line: FoundedLine, inside: Client, words: Receipt) -> None:
    content = b"%PDF-1.4 " + secrets.token_bytes(300_000)
    file_id = give(line, words, content)
    page = inside.get(TALK).content.decode()
    assert "Для вас, можно сохранить: рапорт.pdf (PDF, 300 КБ)" in page and "Два экземпляра" in page
    assert f'href="{FORM}saved/{file_id}"' in page
    answer = inside.get(f"{FORM}saved/{file_id}")
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Length"] == str(len(content))
    assert "sandbox" in answer.headers["Content-Security-Policy"] and "no-store" in answer.headers["Cache-Control"]


@pytest.mark.promise(2, "a given file asked for without the words, and a file of somebody else", times=3)
def test_a_file_is_given_to_its_own_words_only(
    line: FoundedLine, door: Client, mailbox: Client, inside: Client, words: Receipt
) -> None:
    other = words_on(post(door, FORM, {**LETTER, "receipt": hidden_on(door.get(FORM).content)}).content)
    theirs, own = give(line, other, b"%PDF-1.4 theirs"), give(line, words, b"%PDF-1.4 own")
    for wrong in (theirs, "0" * 32, "x", own.upper()):
        assert inside.get(f"{FORM}saved/{wrong}").status_code == 404
    inside.cookies.clear()
    assert 'name="words"' in inside.get(f"{FORM}saved/{own}").content.decode()


def test_ones_own_files_are_not_handed_out_again(line: FoundedLine, inside: Client, words: Receipt) -> None:
    """Whoever holds the words later must not get the photos that were sent with them."""
    send(inside, photo())
    (sent,) = told(line, words)
    assert inside.get(f"{FORM}saved/{sent['file']}").status_code == 404


def test_the_field_asks_for_jpeg_and_says_what_can_be_looked_at(inside: Client) -> None:
    """A telephone then makes a JPEG of its HEIC photo while it is chosen."""
    page = inside.get(TALK).content.decode()
    accept = page.split('<input type="file"')[1].split('accept="')[1].split('"')[0]
    assert accept.startswith("image/jpeg,") and "hei" not in accept and "image/*" not in accept
    assert "HEIC" in page


def test_a_heic_is_taken_all_the_same(line: FoundedLine, inside: Client, words: Receipt) -> None:
    assert send(inside, part("file", b"\x00\x00\x00\x18ftypheic" + bytes(99), "IMG.HEIC")).status_code == 303
    ((attachment, _),) = files_of(line, words)
    assert attachment.shape == "other"


def test_the_order_of_the_conversation_stays(line: FoundedLine, inside: Client, words: Receipt) -> None:
    give(line, words, b"%PDF-1.4 x", "first.pdf")
    send(inside, photo())
    line.answer(words, "and last the answer")
    page = inside.get(TALK).content.decode()
    assert page.index("first.pdf") < page.index("Отправлено:") < page.index("and last the answer")

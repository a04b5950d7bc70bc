"""Bad input over the real servers, as tables: told kindly, nothing typed is lost, nobody sees a traceback.

The tests of this file work on one line. Broken on purpose to see it fail: `intake.words_of` that took words from any
site; `parse_form` with strict UTF-8; `_hand_back` without the typed fields; `read_receipt` that named no place.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest

from attacks.browser import FORM, PLAIN, Answer, Browser, desk_of, enter_mailbox, fill_form, send, words_on
from attacks.hostile import hostile_parcel
from attacks.life import text_of
from attacks.rows import rows
from leeside.sealing.parcels import encode_parcel, parse_parcel
from leeside.sealing.receipts import make_receipt
from plugins.lines import ServedLine

pytestmark = pytest.mark.slow

CARE = "Всё, что я набрал(а), должно остаться на странице: две строки\nи «кавычки» <с уголками> & знаками."
KIND = ("Content-Type", "application/x-www-form-urlencoded")


@pytest.fixture(scope="module")
def line(shared_line: ServedLine) -> Iterator[ServedLine]:
    """The shared line; at the end its log holds nothing but that it was ready."""
    yield shared_line
    assert [one for one in shared_line.server.log.splitlines() if "ready in" not in one] == []


@pytest.fixture
def door(line: ServedLine) -> Browser:
    return Browser(line.address("door"))


def cases(line: ServedLine) -> int:
    """How many requests are stored."""
    return int(rows(line.directory, "SELECT count(*) FROM leeside_case")[0][0])


def assert_kind(answer: Answer) -> None:
    """A page of ours, and nothing of ours behind it."""
    text = answer.body.decode("utf-8", "replace")
    assert not re.search(r"Traceback|Exception|Error at|/leeside/|\.py\b|sqlite|Django", text), text[:800]
    assert "<h1" in text and answer.header("Content-Type").startswith("text/html"), answer.headers


# --- a letter twice, with other text, from an old page, from elsewhere


@pytest.mark.promise(7, "the same letter posted again and again", times=5)
def test_a_letter_posted_again_is_one_request_and_the_same_bytes(line: ServedLine, door: Browser) -> None:
    before = cases(line)
    sent = send(door, text=text_of("twice"))
    assert {door.post(FORM, sent.fields).body for _ in range(5)} == {sent.page}
    assert cases(line) == before + 1


@pytest.mark.promise(7, "a letter posted again with another text under its words", times=2)
def test_another_text_under_the_same_words_is_a_request_of_its_own_and_says_so(line: ServedLine, door: Browser) -> None:
    before = cases(line)
    first = send(door, text=text_of("first text"))
    page = door.post(FORM, {**first.fields, "text": text_of("second text")})
    assert page.status == 200 and cases(line) == before + 2
    words = words_on(page)
    assert words != first.words and 'role="alert"' in page.text
    mailbox = Browser(line.address("mailbox"))
    for words_then, has, lacks in ((first.words, "first text", "second text"), (words, "second text", "first text")):
        mailbox.cookies.clear()
        text = enter_mailbox(mailbox, words_then).text
        assert text_of(has) in text and text_of(lacks) not in text


EXPIRED: dict[str, str | list[str] | None] = {
    "no hidden field": None,
    "an empty one": "",
    "one of another time": "00" * 18,
    "a cut one": "0123456789abcdef",
    "words in its place": "вода " * 12,
    "an address": "http://localhost/",
    "two of them": ["11" * 18, "22" * 18],
}


@pytest.mark.promise(7, "a letter from an expired or altered page, whole and not whole", times=2 * len(EXPIRED))
@pytest.mark.parametrize("what", list(EXPIRED))
def test_a_letter_from_an_expired_page_loses_nothing(line: ServedLine, door: Browser, what: str) -> None:
    fields = {
        name: value for name, value in {**PLAIN, "text": CARE, "receipt": EXPIRED[what]}.items() if value is not None
    }
    page = door.post(FORM, fields)
    assert page.status == 200 and 'name="receipt"' not in page.body.decode()
    assert CARE.split("\n")[1] in enter_mailbox(Browser(line.address("mailbox")), words_on(page)).text
    half = {name: value for name, value in fields.items() if name not in {"where", "wants"}}
    back = door.post(FORM, {**half, "text": CARE, "where": "nowhere"})
    assert CARE in back.text.replace("\r\n", "\n") and len(back.field("receipt")) > 30
    assert_kind(back)


SITES: dict[str, list[tuple[str, str]]] = {
    "another site": [("Sec-Fetch-Site", "cross-site"), ("Origin", "http://evil.example")],
    "a neighbour": [("Sec-Fetch-Site", "same-site"), ("Origin", "http://localhost:1")],
    "no site at all": [],
    "a page without an origin": [("Origin", "null")],
    "a browser that only names another": [("Origin", "https://evil.example")],
    "a typed address": [("Sec-Fetch-Site", "none")],
    "two answers at once": [("Sec-Fetch-Site", "same-origin, cross-site"), ("Origin", "http://evil.example")],
}


@pytest.mark.promise(6, "a letter from another site that brings its own words", times=2 * len(SITES))
@pytest.mark.parametrize("site", list(SITES))
def test_words_from_another_site_are_never_used_and_the_text_is_kept(
    line: ServedLine, door: Browser, site: str
) -> None:
    fields = fill_form(door, PLAIN, text=CARE)
    theirs = str(fields["receipt"])
    page = door.request("POST", FORM, urlencode(fields, doseq=True).encode(), [KIND, *SITES[site]])
    assert page.status == 200 and theirs not in page.body.decode()
    from leeside.sealing.receipts import receipt_from_entropy

    their_words = " ".join(receipt_from_entropy(bytes.fromhex(theirs)[:16]).words("ru"))
    assert words_on(page) != their_words
    assert Browser(line.address("mailbox")).post(FORM, {"words": their_words}).status == 403
    half = urlencode({**fields, "where": "nowhere"}, doseq=True).encode()
    back = door.request("POST", FORM, half, [KIND, *SITES[site]])
    assert CARE in back.text.replace("\r\n", "\n") and back.field("receipt") != theirs
    entered = Browser(line.address("mailbox")).request(
        "POST", FORM, urlencode({"words": their_words, "text": CARE}).encode(), [KIND, *SITES[site]]
    )
    assert entered.status == 403 and not entered.all_of("Set-Cookie")


# --- words


@pytest.mark.promise(10, "each of twelve words wrong, missing, doubled or exchanged", times=12 * 3)
def test_one_wrong_word_is_named_by_its_place_and_what_was_typed_stays(line: ServedLine, door: Browser) -> None:
    sent = send(door, text=text_of("for words"))
    words = sent.words.split()
    for place in range(12):
        typed = [*words[:place], "щщщщщ", *words[place + 1 :]]
        answer = Browser(line.address("mailbox")).post(FORM, {"words": " ".join(typed), "text": CARE})
        assert answer.status == 400 and re.search(rf"(?<!\d){place + 1}(?!\d)", answer.text), answer.text[:600]
        assert " ".join(typed) in answer.text and CARE in answer.text.replace("\r\n", "\n")
        assert_kind(answer)
        for wrong in ([*words[:place], *words[place + 1 :]], [*words[: place + 1], *words[place:]]):
            answer = Browser(line.address("mailbox")).post(FORM, {"words": " ".join(wrong)})
            assert answer.status == 400 and " ".join(wrong) in answer.text


# --- bytes where text should be


BODIES: dict[str, tuple[bytes, int]] = {
    "bytes that are no UTF-8": (b"where=home&wants=summons&voice=self&text=%FF%FE%C0%80 ostaetsja", 200),
    "raw bytes": (b"where=home&wants=summons&voice=self&text=\xff\xfe\x80 ostaetsja", 200),
    "a NUL": (b"where=home&wants=summons&voice=self&text=a%00b ostaetsja", 200),
    "half of a pair": (b"where=home&wants=summons&voice=self&text=%ED%A0%80 ostaetsja", 200),
    "a percent sign alone": (b"where=home&wants=summons&voice=self&text=100% ostaetsja %zz %", 200),
    "signs beyond the first plane": ("where=home&wants=summons&voice=self&text=\U0001f54a ostaetsja".encode(), 200),
    "signs that turn lines round": ("where=home&wants=summons&voice=self&text=\u202e\u2066 ostaetsja".encode(), 200),
    "a choice given five times": (b"where=home&where=unit&where=&where=x&where=home&wants=summons&text=ostaetsja", 200),
    "a text given twice": (b"where=home&wants=summons&voice=self&text=one&text=ostaetsja", 200),
    "fields nobody asked for": (
        b"where=home&wants=summons&text=ostaetsja&__class__=x&pk=1&id=2&" + b"&".join([b"a1=b"] * 50),
        200,
    ),
    "ten thousand fields": (b"&".join(b"f%d=1" % number for number in range(10_000)), 400),
    "a name of a kilobyte": (b"n" * 1024 + b"=1&where=home", 400),
    "a name that is no ASCII": ("имя=1&where=home".encode(), 400),
    "a name of nothing": (b"=1&where=home", 400),
    "only signs between": (b"&&&&&&&&&&", 400),
    "brackets and dots": (b"where[]=home&where.x=1&where[0][y]=2&wants=summons&text=ostaetsja", 200),
    "JSON": (b'{"where": "home", "wants": "summons"}', 200),
    "nothing": (b"", 200),
}


@pytest.mark.promise(12, "bodies that no form of ours sends", times=2 * len(BODIES))
@pytest.mark.parametrize("what", list(BODIES))
def test_bytes_where_text_should_be_break_nothing(line: ServedLine, door: Browser, what: str) -> None:
    body, status = BODIES[what]
    answer = door.post(FORM, body)
    assert answer.status == status, (answer.status, answer.text[:600])
    assert_kind(answer)
    if status == 200 and "ostaetsja" in body.decode("utf-8", "replace") and 'name="receipt"' not in answer.text:
        text = enter_mailbox(Browser(line.address("mailbox")), words_on(answer)).text
        assert "ostaetsja" in text or what == "a text given twice"
    elif b"ostaetsja" in body:
        assert "ostaetsja" in answer.text
    assert Browser(line.address("mailbox")).post(FORM, body).status in {400, 403}


KINDS: dict[str, tuple[list[tuple[str, str]], bytes, set[int]]] = {
    "multipart": ([("Content-Type", "multipart/form-data; boundary=x")],
                  b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n--x--\r\n', {400}),
    "a file": ([("Content-Type", "multipart/form-data; boundary=x")],
               b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n', {400}),
    "JSON": ([("Content-Type", "application/json")], b'{"where": "home"}', {400}),
    "plain text": ([("Content-Type", "text/plain")], b"where=home&wants=summons", {400}),
    "no kind": ([], b"where=home&wants=summons", {400}),
    "a kind of rubbish": ([("Content-Type", "\x01\x02;;;=")], b"where=home", {400}),
    "a compressed body": ([KIND, ("Content-Encoding", "gzip")], b"\x1f\x8b\x08\x00", {200, 400}),
    "chunks": ([KIND, ("Transfer-Encoding", "chunked"), ("content-length", "5")],
               b"5\r\nhello\r\n0\r\n\r\n", {400, 411}),
    "a length of letters": ([KIND, ("content-length", "ten")], b"where=home", {400}),
    "a length below zero": ([KIND, ("content-length", "-1")], b"where=home", {400}),
    "two lengths": ([KIND, ("content-length", "3"), ("content-length", "30")], b"where=home", {400}),
}  # fmt: skip


@pytest.mark.promise(12, "kinds of bodies and lengths that no form of ours has", times=len(KINDS))
@pytest.mark.parametrize("what", list(KINDS))
def test_other_kinds_of_bodies_are_refused(door: Browser, what: str) -> None:
    headers, body, statuses = KINDS[what]
    door.timeout = 8
    answer = door.request("POST", FORM, body, [*headers, ("Sec-Fetch-Site", "same-origin")])
    assert answer.status in statuses, (answer.status, answer.text[:300])
    assert b"Traceback" not in answer.body and b"Exception" not in answer.body


@pytest.mark.promise(7, "a letter cut off on its way", times=12)
def test_a_letter_cut_off_on_its_way_is_not_stored(line: ServedLine, door: Browser) -> None:
    import socket
    from urllib.parse import urlsplit

    before = cases(line)
    body = urlencode({**fill_form(door, PLAIN), "text": CARE}, doseq=True).encode()
    port = urlsplit(line.address("door")).port
    for cut in range(0, len(body) - 1, len(body) // 12 + 1):
        head = (
            f"POST {FORM} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: {KIND[1]}\r\nContent-Length: {len(body)}"
        )
        with socket.create_connection(("127.0.0.1", port), timeout=5) as visitor:
            visitor.sendall(head.encode() + b"\r\n\r\n" + body[:cut])
    assert door.get(FORM).status == 200
    assert cases(line) == before


LIMIT = 30_000


@pytest.mark.promise(7, "letters at, over and far over every limit", times=5)
def test_a_letter_over_the_limit_is_handed_back_whole_or_refused_unread(line: ServedLine, door: Browser) -> None:
    fits = send(door, text="я" * LIMIT)
    assert fits.words
    for length in (LIMIT + 1, 60_000, 300_000):
        back = door.post(FORM, {**fill_form(door, PLAIN), "text": "я" * length})
        assert back.status == 200 and back.text.count("я" * length) == 1, length
        assert "30" in back.text.partition("<textarea")[0] or "30" in back.text
        assert_kind(back)
    before = cases(line)
    refused = door.post(FORM, b"text=" + b"x" * 3_000_000)
    assert refused.status == 413 and cases(line) == before
    assert_kind(refused)
    long_reply = Browser(line.address("mailbox"))
    page = enter_mailbox(long_reply, fits.words)
    fields = {"text": "ю" * (LIMIT + 5), "token": page.field("token"), "page_sign": page.field("page_sign")}
    back = long_reply.post(FORM + "reply", fields)
    assert "ю" * (LIMIT + 5) in back.text and back.status in {200, 400, 422}


# --- parcels


def _parcels(line: ServedLine) -> Iterator[tuple[str, bytes]]:
    whole = hostile_parcel(line.directory)
    yield "nothing", b""
    yield "one byte", b"\x01"
    yield "random bytes", bytes(range(256)) * 20
    yield "a version that is not yet", b"\xff" + whole[1:]
    yield "something behind it", whole + b"\x00"
    for cut in range(1, len(whole), len(whole) // 40):
        yield f"cut at {cut}", whole[:cut]
    for place in range(0, len(whole), len(whole) // 60):
        flipped = bytearray(whole)
        flipped[place] ^= 0x80
        yield f"flipped at {place}", bytes(flipped)
    for length in (0xFF, 0xFFFF, 0xFFFFFFFF):
        for place in range(0, 160, 8):
            written = length.to_bytes(4, "big")
            yield f"a length of {length} at {place}", whole[:place] + written + whole[place + 4 :]


@pytest.mark.promise(12, "parcels cut, flipped, stretched and of another shape")
def test_no_parcel_breaks_the_door(line: ServedLine, door: Browser, attacks: Callable[[int], None]) -> None:
    binary = [("Content-Type", "application/octet-stream"), ("Sec-Fetch-Site", "cross-site")]
    statuses: dict[int, int] = {}
    for what, parcel in _parcels(line):
        answer = door.request("POST", FORM + "parcel", parcel, binary)
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
        assert answer.status < 500, what
        assert b"Traceback" not in answer.body
        attacks(1)
    # A flip inside a seal cannot be seen at the door: such a parcel is taken (or is the same request again, 200), and
    # refused to whoever would open it.
    assert set(statuses) <= {200, 201, 400, 409, 413, 422} and statuses.get(400, 0) > 50, statuses
    words = make_receipt()
    assert door.request("POST", FORM + "parcel", hostile_parcel(line.directory, receipt=words), binary).status == 201
    assert parse_parcel(encode_parcel(parse_parcel(hostile_parcel(line.directory)))).entries
    heron = desk_of(line.address("desk"), line.people["Heron"])
    assert heron.get("/en/queue/?tab=all").status == 200


# --- the desk


DESK_FIELDS: dict[str, Mapping[str, Any]] = {
    "bytes": {"text": b"\xff\xfe\x00", "step_what": b"\xed\xa0\x80", "step_day": b"\xff"},
    "days that are none": {"text": "x", "step_what": "y", "step_day": "2023-02-31"},
    "a day beyond the calendar": {"text": "x", "step_what": "y", "step_day": "99999-01-01"},
    "a person who is none": {"text": "x", "step_what": "y", "step_who": "zz", "step_day": "2030-01-01"},
    "a person of bytes": {"text": "x", "step_what": "y", "step_who": "00" * 15, "step_day": "2030-01-01"},
    "a text far too long": {"text": "я" * 200_000, "step_what": "y", "step_day": "2030-01-01"},
    "a step far too long": {"text": "x", "step_what": "я" * 200_000, "step_day": "2030-01-01"},
    "marks": {"text": "{{ 7*7 }}{% debug %}<script>", "step_what": "<script>", "step_day": "x"},
}


@pytest.mark.promise(7, "bad input at the desk: text stays, nothing breaks", times=3 * len(DESK_FIELDS))
@pytest.mark.parametrize("what", list(DESK_FIELDS))
def test_bad_input_at_the_desk_is_told_beside_the_text(line: ServedLine, what: str) -> None:
    desk, slug = _desk(line)
    path = f"/en/case/{slug}/"
    token = desk.get(path).field("csrfmiddlewaretoken")
    for action in ("note", "answer", "step"):
        fields = {"csrfmiddlewaretoken": token, **DESK_FIELDS[what]}
        answer = desk.post(path + action, urlencode(fields, quote_via=quote_plus).encode())
        assert answer.status in {302, 413, 422}, (action, answer.status, answer.text[:500])
        assert b"Traceback" not in answer.body and "<script>" not in answer.body.decode().partition("<main")[2]
        if answer.status == 422 and action != "step" and isinstance(DESK_FIELDS[what]["text"], str):
            assert DESK_FIELDS[what]["text"] in answer.text, action


_DESKS: dict[int, tuple[Browser, str]] = {}


def _desk(line: ServedLine) -> tuple[Browser, str]:
    from attacks.browser import slugs_on

    if id(line) not in _DESKS:
        send(Browser(line.address("door")), text=text_of("for the desk"))
        desk = desk_of(line.address("desk"), line.people["Wren"])
        for slug in slugs_on(desk.get("/en/queue/?tab=all")):
            if text_of("for the desk") in desk.get(f"/en/case/{slug}/").text:
                _DESKS[id(line)] = (desk, slug)
    return _DESKS[id(line)]

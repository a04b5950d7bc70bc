"""Somebody with time: odd addresses, ways out of folders, races, and requests inside requests, over all four servers.

The tests of this file work on one line. Broken on purpose to see it fail: `queue` that looked its tab up without asking
whether there is one; `_use_code` that took every code; `_repeat` that took another letter for the same, and the same
for another.
"""

import re
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest

from attacks.browser import FORM, PLAIN, Browser, desk_of, enter_mailbox, fill_form, send, sign_in, slugs_on, words_on
from attacks.life import text_of
from attacks.rows import rows
from plugins.lines import ADDRESS, SLUG, ServedLine

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def line(shared_line: ServedLine) -> Iterator[ServedLine]:
    """The shared line; at the end its log holds nothing but that it was ready."""
    yield shared_line
    assert [one for one in shared_line.server.log.splitlines() if "ready in" not in one] == []


ODD = (
    "", "0", "-1", "9" * 18, "9" * 19, "9" * 20, "9223372036854775807", "9223372036854775808", "1e309", "NaN", "٣",
    "%00", "z" * 32, "f" * 31, "f" * 32, "f" * 4000, "'", "''--", "\"><script>", "{{7*7}}", "%s%n", "../..", "\\", "é",
    "a b", "null", "[]", "{}", "true", "\r\nSet-Cookie: a=b", "//evil.example", "/\\evil.example", "\U0001f54a",
    "javascript:alert(1)",
)  # fmt: skip
PAGES = {
    "door": ("/", "/ru/", FORM, FORM + "safety", FORM + "as-mother", "/exit", "/health"),
    "mailbox": ("/", "/ru/", FORM, FORM + "conversation", FORM + "erase", "/exit", "/exit/last"),
    "desk": ("/", "/en/", "/en/queue/", "/en/people/", "/en/figures/", "{case}"),
    "public": ("/", "/en/", f"/en/{ADDRESS}/", f"/{ADDRESS}/edition/1/"),
}
QUERIES = (
    "after",
    "tab",
    "ask",
    "sent",
    "told",
    "resume",
    "lang",
    "next",
    "words",
    "receipt",
    "month",
    "from",
    "__proto__",
)


@pytest.fixture(scope="module")
def heron(line: ServedLine) -> Browser:
    send(Browser(line.address("door")), text=text_of("for Heron"))
    return desk_of(line.address("desk"), line.people["Heron"])


@pytest.mark.promise(12, "odd values in every address and query of every role")
def test_no_odd_address_is_our_fault(line: ServedLine, heron: Browser, attacks: Callable[[int], None]) -> None:
    case = f"/en/case/{slugs_on(heron.get('/en/queue/?tab=all'))[0]}/"
    visitors = {role: heron if role == "desk" else Browser(line.address(role)) for role in PAGES}
    for role, pages in PAGES.items():
        for page in pages:
            path = page.replace("{case}", case)
            for number, odd in enumerate(ODD):
                query = "&".join(f"{name}={quote(odd, safe='')}" for name in QUERIES)
                answer = visitors[role].get(f"{path}?{query}"[:2000])
                assert answer.status < 500, (role, path, odd, answer.status)
                assert not any("a=b" in one for one in answer.all_of("Set-Cookie"))
                where = answer.header("Location")
                assert "evil.example" not in urlsplit(where).netloc and not where.startswith(("//", "/\\")), where
                assert "<script>" not in answer.body.decode("utf-8", "replace").partition("<main")[2]
                if odd and number % 3 == 0:
                    inside = visitors[role].get(f"{path.rstrip('/')}/{quote(odd, safe='')}/"[:1900])
                    assert inside.status in {200, 301, 302, 303, 400, 404}, (role, path, odd, inside.status)
                attacks(2)


OUTSIDE = (
    "leeside.toml",
    "secret",
    "data/leeside.sqlite3",
    "shred/shred.sqlite3",
    "run",
    "../../etc/passwd",
    "etc/passwd",
)


UPWARDS = ("../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%5c", "....//", "%c0%ae%c0%ae/", "./", "%252e%252e/")


@pytest.mark.promise(1, "ways out of the folders that are served")
def test_no_path_leads_out_of_what_is_served(line: ServedLine, attacks: Callable[[int], None]) -> None:
    secret = (line.directory / "leeside.toml").read_bytes()[:40]
    starts = ("/", "/static/", f"/{ADDRESS}/edition/1/", f"/{SLUG}/edition/1/", f"/en/{ADDRESS}/", "/en/static/", "//")
    for role in PAGES:
        visitor = Browser(line.address(role))
        for start in starts:
            for outside in OUTSIDE:
                for up in (*(one * 6 for one in UPWARDS), "%00/../", f"{line.directory}/"):
                    answer = visitor.get(start + up + outside)
                    assert answer.status in {301, 302, 400, 404}, (role, start, up, outside, answer.status)
                    assert secret not in answer.body and b"root:" not in answer.body and b"SQLite" not in answer.body
                    attacks(1)


@pytest.mark.promise(10, "one code used eight times at the same moment", times=8)
def test_a_code_that_is_used_by_many_at_once_works_once(line: ServedLine) -> None:
    finch = line.people["Finch"]
    code = finch.code()
    browsers = [Browser(line.address("desk")) for _ in range(8)]

    def try_it(browser: Browser) -> int:
        # A copy of Finch each: the helper hands out every code once. Too many at once are told to come again.
        while (status := sign_in(browser, replace(finch, used=set()), code=code).status) == 503:
            time.sleep(0.2)
        return status

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(try_it, browsers))
    assert sorted(statuses) == [302] + [403] * 7


@pytest.mark.promise(7, "sixteen different letters under the same words at the same moment", times=16)
def test_letters_that_race_for_the_same_words_are_all_kept(line: ServedLine) -> None:
    fields = fill_form(Browser(line.address("door")), PLAIN)
    before = rows(line.directory, "SELECT count(*) FROM leeside_case")[0][0]

    def write(number: int) -> str:
        page = Browser(line.address("door")).post(FORM, {**fields, "text": text_of("race", number)})
        assert page.status == 200, page.status
        return words_on(page)

    with ThreadPoolExecutor(16) as pool:
        words = list(pool.map(write, range(16)))
    assert len(set(words)) == 16
    assert rows(line.directory, "SELECT count(*) FROM leeside_case")[0][0] == before + 16
    for number, one in enumerate(words):
        text = enter_mailbox(Browser(line.address("mailbox")), one).text
        assert [other for other in range(16) if text_of("race", other) in text] == [number]


@pytest.mark.promise(7, "the same letter sixteen times at the same moment", times=16)
def test_the_same_letter_that_races_itself_is_one_request(line: ServedLine) -> None:
    fields = fill_form(Browser(line.address("door")), PLAIN, text=text_of("same"))
    before = rows(line.directory, "SELECT count(*) FROM leeside_case")[0][0]
    with ThreadPoolExecutor(16) as pool:
        pages = list(pool.map(lambda _: Browser(line.address("door")).post(FORM, fields).body, range(16)))
    assert len(set(pages)) == 1
    assert rows(line.directory, "SELECT count(*) FROM leeside_case")[0][0] == before + 1


SMUGGLED = (
    b"Content-Length: 5\r\nContent-Length: 60",
    b"Content-Length: 60\r\nContent-Length: 5",
    b"Content-Length: 5, 60",
    b"Content-Length : 60\r\nContent-Length: 5",
    b"Content-Length:\x0b60\r\nContent-Length: 5",
    b"Content-Length: +5",
    b"Content-Length: 0x5",
    b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Content-Length: 5\r\nTransfer-Encoding: xchunked",
    b"Content-Length: 5\r\nTransfer_Encoding: chunked",
    b"Content-Length: 5\nTransfer-Encoding: chunked",
    b"Content-Length: 5\r\n Content-Length: 60",
    b"Content-Length: 5\r\nExpect: 100-continue",
    b"Content-Length: 5\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings",
)


@pytest.mark.promise(12, "a request hidden in the body of another", times=2 * len(SMUGGLED))
def test_a_request_inside_a_request_is_never_answered(line: ServedLine) -> None:
    hidden = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for role in ("door", "mailbox"):
        port = urlsplit(line.address(role)).port
        for lengths in SMUGGLED:
            head = (
                f"POST {FORM} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            )
            with socket.create_connection(("127.0.0.1", port), timeout=6) as visitor:
                visitor.sendall(head.encode() + lengths + b"\r\n\r\n" + b"a=bcd" + hidden)
                came = b""
                try:
                    while piece := visitor.recv(65536):
                        came += piece
                except TimeoutError:
                    pass
            assert b"\r\n\r\nok\n" not in came, (role, lengths)
            assert len(re.findall(rb"HTTP/1\.1 \d{3} ", came.replace(b"HTTP/1.1 100 Continue", b""))) <= 1, lengths

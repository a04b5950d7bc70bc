"""Promise 6 over the real servers: what a visit leaves behind.

A visitor shows the server a hundred things by which they could be known again, and the whole machine is searched for
each. Broken on purpose to see it fail: `web.middleware` that printed the address and agent of each request; a case's
`opened` that kept the moment and not the day; a table of entries with SQLite's own row numbers; sessions that were
swept after a day.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from attacks.browser import FORM, PLAIN, Answer, Browser, enter_mailbox, send
from attacks.rows import FILES, all_rows, database, tables_of
from leeside.packs.reader import shipped_pack
from leeside.project.canaries import Canaries
from plugins.lines import FoundedLine, ServedLine
from plugins.servers import run_command, start_server

pytestmark = pytest.mark.slow

ANSWER = shipped_pack("refusal").public_answers.answers[0].address
SHOWN = {
    "User-Agent": "Kanareika/77.1 (Strange; Device of one person only)",
    "X-Forwarded-For": "203.0.113.177, 2001:db8:4242::77",
    "Forwarded": "for=203.0.113.178;host=kanareika.example",
    "X-Real-IP": "203.0.113.179",
    "Referer": "http://kanareika-search.example/?q=how+to+get+out",
    "Accept-Language": "kv-x-kanareika,ru;q=0.9",
    "If-None-Match": '"kanareika-etag-0123456789"',
    "Sec-CH-UA-Platform": '"Kanareika-OS-9"',
    "Via": "1.1 kanareika-proxy-of-a-unit",
    "Cookie": "tracking=kanareika-cookie-0123456789",
    "Accept": "text/html, application/x-kanareika",
}


class Known(Browser):
    """A browser that shows all of it with each request, besides what it would show anyway."""

    def request(self, method: str, path: str, body: bytes | None = None, headers: object = ()) -> Answer:
        """One request with everything."""
        shown = [pair for pair in SHOWN.items() if pair[0] != "Cookie" or not self.cookies]
        return super().request(method, path, body, [*headers, *shown])  # type: ignore[misc]


@dataclass
class Visited:
    """A line after visits, all answers that visitors got, and when it was."""

    line: ServedLine
    folder: Path
    answers: list[tuple[str, Answer]]
    began: float
    ended: float


@pytest.fixture(scope="module")
def visited(line_to_copy: FoundedLine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    folder = tmp_path_factory.mktemp("visited")
    founded = line_to_copy.copy_to(folder / "line")
    (folder / "passing").mkdir()
    line = ServedLine(founded, start_server(founded.directory, ["--no-tick"], TMPDIR=str(folder / "passing")))
    line.server.wait_until_ready()
    began = time.time()
    try:
        answers = list(_visit(line))
        yield Visited(line, folder, answers, began, time.time())
    finally:
        line.stop()


def _visit(line: ServedLine) -> Iterator[tuple[str, Answer]]:
    door, mailbox = Known(line.address("door")), Known(line.address("mailbox"))
    read = [f"{FORM}answers/", f"{FORM}answers/file", *(f"{FORM}answers/{ANSWER}{end}" for end in ("", "/file"))]
    for path in (
        "/",
        "/ru/",
        FORM,
        FORM + "safety",
        *read,
        FORM + "as-mother",
        "/ru/kanareika-address-of-nobody/",
        "/health",
    ):
        yield "door", door.get(path + "?kanareika-question=0123456789")
    yield "door", door.post(FORM, {**PLAIN, "where": "kanareika-where-nobody-is"})
    yield "door", door.post(FORM, b"kanareika-\xff\x00-of-bytes=1&" * 400)
    yield "door", door.request("POST", FORM + "parcel", b"kanareika-parcel-of-nobody", [])
    sent = send(door, text="Письмо без следов.")
    yield "door", Answer(200, (), sent.page)
    for path in ("/exit", "/exit/left", "/exit/last"):
        yield "door", door.get(path)
    yield "mailbox", mailbox.post(FORM, {"words": "kanareika " * 12})
    page = enter_mailbox(mailbox, sent.words)
    yield "mailbox", page
    fields = {"text": "Ещё одно.", "token": page.field("token"), "page_sign": page.field("page_sign")}
    yield "mailbox", mailbox.post(FORM + "reply", fields)
    yield "mailbox", mailbox.get(FORM + "conversation")
    yield "mailbox", mailbox.get("/exit")
    yield "mailbox", mailbox.get("/exit/left")
    yield "mailbox", mailbox.get("/exit/last")


@pytest.mark.promise(6, "everything by which a visitor could be known again, searched for on the whole machine")
def test_nothing_that_a_browser_shows_is_kept(visited: Visited, attacks: Callable[[int], None]) -> None:
    shown = [*SHOWN.values(), *(part for value in SHOWN.values() for part in re.split(r"[,; ]+", value))]
    kept = [one for one in {*shown, "kanareika-question"} if len(one) >= 10 and "text/html" not in one]
    canaries = Canaries(kept)
    assert len(canaries.sentences) > 15
    found = canaries.search_folder(visited.folder)
    assert found.hits == {} and found.searched_bytes > 500_000, found.hits_by_place
    assert "anareika" not in visited.line.server.log and "203.0.113" not in visited.line.server.log
    attacks(len(canaries.sentences) * len(visited.answers))


@pytest.mark.promise(6, "a line in any log that a visit causes")
def test_visits_leave_no_line_in_the_log(visited: Visited) -> None:
    lines = [one for one in visited.line.server.log.splitlines() if one and "ready in" not in one]
    assert lines == []


@pytest.mark.promise(6, "the moment of a visit in any cell that is kept, as seconds, parts of seconds or text")
def test_no_cell_that_is_kept_tells_the_moment(visited: Visited, attacks: Callable[[int], None]) -> None:
    """`answer_by` is left out: it is rounded, noisy, runs only while a promise does, and lies ahead."""
    cells = 0
    for name in ("data", "shred"):
        for table in tables_of(visited.line.directory, name):
            if table.startswith(("django_", "sqlite_")):
                continue
            columns = _columns(visited.line.directory, name, table)
            for row in all_rows(visited.line.directory, table, name):
                for column, value in zip(columns, row, strict=True):
                    cells += 1
                    assert (table, column) == ("leeside_case", "answer_by") or not _tells(value, visited), (
                        table,
                        column,
                    )
    assert cells > 200
    attacks(cells)


def _columns(directory: Path, name: str, table: str) -> list[str]:
    with database(directory, name) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _tells(value: object, visited: Visited) -> bool:
    if isinstance(value, str):
        return bool(re.search(r"\d\d?:\d\d", value))
    if isinstance(value, bytes) and len(value) == 8:
        value = int.from_bytes(value, "big")
    if isinstance(value, int | float):
        hour = 3600
        return any(visited.began - hour <= value / part <= visited.ended + hour for part in (1, 1e3, 1e6, 1e9))
    return False


def test_the_moment_would_have_been_told(visited: Visited) -> None:
    now = int(time.time())
    for value in (now, now * 1000, now * 10**9, float(now), now.to_bytes(8, "big"), "2023-12-05T19:05"):
        assert _tells(value, visited)
    assert not any(_tells(value, visited) for value in (20000, "2023-12-05", 0, None, b"12345678"))


@pytest.mark.promise(6, "the order in which letters came, from the order of rows")
def test_rows_lie_in_no_order_of_arrival(visited: Visited, attacks: Callable[[int], None]) -> None:
    """A table with SQLite's own row numbers would count arrivals; those that a letter writes to have none.

    Entries are numbered, and not as they came: `tests/vault/test_columns.py` looks at the numbers.
    """
    tables = [one for one in tables_of(visited.line.directory, "data") if one.startswith("leeside_")]
    numbered = set()
    with database(visited.line.directory) as connection:
        for table in tables:
            sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
            if "WITHOUT ROWID" not in sql.upper():
                numbered.add(table)
            attacks(1)
    assert not numbered & {
        "leeside_case",
        "leeside_wrap",
        "leeside_case_reader",
        "leeside_audit_entry",
    }


@pytest.mark.promise(6, "answers that a browser, a network or a third party would keep")
def test_no_answer_asks_to_be_kept_or_names_a_third_party(visited: Visited, attacks: Callable[[int], None]) -> None:
    own = {visited.line.address(role) for role in ("door", "mailbox")}
    for role, answer in visited.answers:
        if answer.headers:
            assert "no-store" in answer.header("Cache-Control"), answer.headers
            assert not answer.header("ETag") and not answer.header("Last-Modified")
            assert role == "mailbox" or not answer.all_of("Set-Cookie")
        page = answer.body.decode("utf-8", "replace")
        for address in re.findall(r"(?:src|href|action|url)\s*[=(]\s*[\"']?(https?://[^\"' >)]+|//[^\"' >)]+)", page):
            assert any(address.startswith(one) for one in own), address
        attacks(1)


@pytest.mark.promise(6, "a mailbox session after Leave, and one that was left open for an hour", times=2)
def test_the_fleeting_store_forgets_a_mailbox(visited: Visited) -> None:
    line = visited.line
    kinds = [row[0] for row in _sessions(line.directory)]
    assert "mailbox" not in kinds
    mailbox = Browser(line.address("mailbox"))
    sent = send(Browser(line.address("door")), text="Письмо в забытом ящике.")
    assert "Письмо в забытом ящике." in enter_mailbox(mailbox, sent.words).text
    assert [row[0] for row in _sessions(line.directory)] == ["mailbox"]
    with database(line.directory, "fleeting") as connection:
        connection.execute("UPDATE leeside_session SET seen = seen - 3700, opened = opened - 3700")
    assert run_command("tick", directory=line.directory).returncode == 0
    assert _sessions(line.directory) == []
    assert "Письмо в забытом ящике." not in mailbox.get(FORM + "conversation").text


def _sessions(directory: Path) -> list[tuple[str]]:
    assert FILES["fleeting"]
    with database(directory, "fleeting") as connection:
        return connection.execute("SELECT kind FROM leeside_session WHERE kind <> 'desk'").fetchall()

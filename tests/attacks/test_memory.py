"""Promise 11: after everybody has closed everything, no living process of the server holds a word of anybody.

A whole life of the line goes through the real server: letters, answers, notes, receipts, passphrases that failed,
pages that broke off. Then everybody leaves, the idle time passes, and the memory of every process is searched: texts
in every spelling, receipts as words and on a page, keys and secrets as bytes. First the search runs while people are
still at it, to show that it finds what is there.
Broken on purpose to see it fail: `Activity.is_due` that is never true; `Activity.touch` that forgets when it was first
called; workers not forked anew but kept (`--idle-seconds 600`). What a worker keeps in a list ends with it and breaks
nothing here.
"""

import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from attacks.browser import FORM, desk_post
from attacks.life import Life, live, text_of
from leeside.project.canaries import Canaries
from leeside.project.serving.processes import serving_processes
from leeside.sealing.receipts import derive_receipt_keys, receipt_from_entropy
from plugins.lines import ServedLine
from plugins.servers import ROLES

pytestmark = pytest.mark.memory

IDLE_SECONDS = 6
SHORTEST_IDLE_SECONDS = 2
VISITORS = 6
VISIT_SECONDS = 0.6
GONE_WITHIN_SECONDS = 9
"""After the idle time: a second's look, and six in which an ended worker waits for what it has begun."""
HALF_A_LETTER = text_of("половина письма, у которого пропала сеть")


@dataclass
class Searched:
    """What one search found: sentences and secrets by their names, and the processes they were in."""

    hits: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    processes: int = 0


class Searcher:
    """What is looked for: everything that anybody wrote or typed, and the secrets of receipts and colleagues."""

    def __init__(self, line: ServedLine, life: Life) -> None:
        self.line = line
        on_pages = ["<li>".join(sent.words.split()) for sent in life.sent.values()]
        secrets = {f"code secret of {person.name}": person.code_secret for person in line.people.values()}
        for what, sent in life.sent.items():
            keys = derive_receipt_keys(receipt_from_entropy(sent.entropy), line.line.line_id)
            secrets[f"entropy of {what}"] = sent.entropy
            secrets[f"first key of {what}"] = keys.first_key.reveal()
            secrets[f"seed of {what}"] = keys.writer_seed.reveal()
        self.canaries = Canaries([*life.canaries, *on_pages, HALF_A_LETTER], secrets)
        self.count = len(self.canaries.sentences) + len(secrets)

    def search(self, *roles: str) -> Searched:
        """Every process of the server, supervisor included, until all that live have been searched.

        With `roles`, only the workers of these, as they are now: who was replaced before its turn has no memory.
        """
        found, searched = Searched(), set[int]()
        while waiting := set(self.line.server.pids()) - searched:
            names = serving_processes(self.line.directory)
            called = {pid: names.get(pid, "supervisor") for pid in waiting}
            wanted = {
                pid: name for pid, name in called.items() if not roles or name in {f"{one} worker" for one in roles}
            }
            findings = self.canaries.search_memory(wanted)
            # A worker that was replaced meanwhile has no memory any more; whoever took its place is searched next.
            assert set(findings.not_searched.values()) <= {"No such file or directory", "No such process"}
            found.hits.update(findings.hits)
            found.places.update(findings.hits_by_place)
            found.processes += findings.places
            searched |= waiting
            if roles:
                break
        return found


@pytest.fixture
def live_with(serve_line: Callable[..., ServedLine]) -> Callable[[int], tuple[ServedLine, Life]]:
    """The line after its life, served with an idle time of so many seconds; sessions are still open."""

    def start(idle_seconds: int) -> tuple[ServedLine, Life]:
        line = serve_line("--idle-seconds", str(idle_seconds))
        return line, live(line)

    return start


def leave_all(life: Life) -> None:
    """Everybody signs out or presses the exit."""
    for name, browser in life.browsers.items():
        if name == "writer":
            assert browser.get("/exit").status in {200, 302, 303}
        elif name != "Finch":
            assert desk_post(browser, "/en/lock", {"way": "out"}).status == 302


@contextmanager
def half_a_letter(line: ServedLine) -> Iterator[None]:
    """Somebody stands at the door with half a letter sent, and stays."""
    body = f"text={HALF_A_LETTER}".encode()
    head = f"POST {FORM} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection(("127.0.0.1", line.server.port)) as visitor:
        visitor.sendall(f"{head}Content-Length: {len(body) + 1000}\r\n\r\n".encode() + body)
        yield


@contextmanager
def visited_all_the_time(line: ServedLine) -> Iterator[None]:
    """Some visitors of each role who keep their connections and ask for a page again and again.

    Often enough that no worker is ever idle for a second, seldom enough that none comes to its two hundred requests.
    """
    stop = threading.Event()
    pages = [one for one in (("door", FORM), ("mailbox", FORM), ("desk", "/en/")) for _ in range(VISITORS)]

    def visit() -> None:
        kept: dict[int, http.client.HTTPConnection] = {}
        while not stop.wait(VISIT_SECONDS):
            for number, (role, path) in enumerate(pages):
                port = line.server.port + ROLES.index(role)
                visitor = kept.setdefault(number, http.client.HTTPConnection("localhost", port, timeout=10))
                try:
                    visitor.request("GET", path)
                    visitor.getresponse().read()
                except (OSError, http.client.HTTPException):
                    kept.pop(number).close()

    thread = threading.Thread(target=visit)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.promise(11, "memory of every process after all left and the idle time passed")
def test_nothing_is_remembered_when_all_have_left(
    live_with: Callable[[int], tuple[ServedLine, Life]], attacks: Callable[[int], None], needs: Callable[..., None]
) -> None:
    needs("proc")
    line, life = live_with(IDLE_SECONDS)
    searcher = Searcher(line, life)
    with half_a_letter(line):
        assert life.texts["letter answered"] in life.browsers["Heron"].get(f"/en/case/{life.slugs['answered']}/").text
        assert life.texts["letter hot"] in life.browsers["writer"].get(f"{FORM}conversation").text
        during = searcher.search("door", "mailbox", "desk")
        assert {place.partition(" (")[0] for place in during.places} == {"door worker", "mailbox worker", "desk worker"}
        assert HALF_A_LETTER in during.hits and during.hits.total() > 50, "the search does not find"
        leave_all(life)
        time.sleep(IDLE_SECONDS + GONE_WITHIN_SECONDS)
        after = searcher.search()
    attacks(searcher.count)
    assert after.processes >= 1 + 4 + 6
    assert not after.hits, after


@pytest.mark.promise(11, "memory of every process while other visitors never let it rest")
def test_others_who_come_and_go_keep_nobodys_words_alive(
    live_with: Callable[[int], tuple[ServedLine, Life]], attacks: Callable[[int], None], needs: Callable[..., None]
) -> None:
    needs("proc")
    line, life = live_with(SHORTEST_IDLE_SECONDS)
    searcher = Searcher(line, life)
    leave_all(life)
    with visited_all_the_time(line):
        time.sleep(10 * SHORTEST_IDLE_SECONDS + GONE_WITHIN_SECONDS)
        after = searcher.search("door", "mailbox", "desk")
    attacks(searcher.count)
    assert not after.hits, after

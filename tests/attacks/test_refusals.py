"""Promise 10: over HTTP, nothing tells why the mailbox or the sign-in page refused: neither a byte nor the time.

Every refusal of a kind is compared whole, headers included. Times are taken on one kept connection in a random order
and compared by rank. The sign-in page has a slow hash in it, so its two thousand tries run in one process beside this
(`tests/desk/test_sign_in_timing.py`); here a few hundred go through the real one.
Broken on purpose to see it fail: `vault.open_mailbox` that asked for the shred store's lock when it met words that were
erased; `signing_in` that refused an unknown name before the slow hash, and one that told a locked account so.
"""

import http.client
import random
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import pytest

from attacks.browser import FORM, PLAIN, Browser, Fields, sign_in, words_on
from attacks.ranks import Times, interleaved, require_alike
from attacks.strangers import OTHER_ADDRESS, Strangers, make_strangers
from leeside.door.words_block import RECEIPT_FIELD, write_hidden
from leeside.sealing.errors import ReceiptError
from leeside.sealing.one_time_codes import code_at
from leeside.sealing.receipts import make_receipt, read_receipt
from leeside.sealing.secrets import Secret
from leeside.sealing.words import word_list
from plugins.lines import SLUG, FoundedLine, ServedLine

TRIES_AT_THE_MAILBOX = 2_000
TRIES_AT_SIGN_IN = 120
_OTHER_FORM = f"/ru/{OTHER_ADDRESS}/"
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}"')


@dataclass
class Stopwatch:
    """Posts on a kept connection and takes the time from the first byte sent to the last one read."""

    browser: Browser
    path: str
    answers: dict[str, set[tuple[object, ...]]] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def measure(self, order: list[str], fields_of: Callable[[str], Fields]) -> Times:
        """The times of each cause; every answer is kept as well, without what is drawn anew for each page."""
        times: dict[str, list[float]] = {cause: [] for cause in order}
        for cause in order:
            times[cause].append(self._post(cause, urlencode(fields_of(cause), doseq=True).encode()))
        return times

    def _post(self, cause: str, body: bytes) -> float:
        headers = dict(self.browser.own_headers())
        if self.browser.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())
        while True:
            connection = self._connection or self._connect()
            begun = time.perf_counter()
            try:
                connection.request("POST", self.path, body, headers)
                answered = connection.getresponse()
                page = answered.read()
            except (OSError, http.client.HTTPException):
                # The worker that held this connection was replaced: the try counts with the next one.
                self._connection = None
                continue
            seconds = time.perf_counter() - begun
            if answered.will_close:
                self._connection = None
            kept = [(name, value) for name, value in answered.getheaders() if name not in {"Date", "Connection"}]
            head = [(name, value if name != "Set-Cookie" else value.partition("=")[0]) for name, value in kept]
            self.answers.setdefault(cause, set()).add(
                (answered.status, tuple(head), len(page), _TOKEN.sub(rb"\1", page))
            )
            return seconds

    def _connect(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.browser.base)
        self._connection = http.client.HTTPConnection(parts.hostname or "localhost", parts.port, timeout=30)
        self._connection.connect()
        return self._connection

    def require_one_answer(self, status: int) -> None:
        """Every answer to every cause was the same bytes."""
        different = set().union(*self.answers.values())
        assert len(different) == 1, {cause: [one[:3] for one in seen] for cause, seen in self.answers.items()}
        assert next(iter(different))[0] == status


@pytest.fixture
def strangers(founded_line: FoundedLine) -> Strangers:
    """People of the founded line who may not come in; made before it is served."""
    return make_strangers(founded_line)


@pytest.mark.slow
@pytest.mark.promise(10, "bytes and times of the mailbox's refusals, over HTTP", times=TRIES_AT_THE_MAILBOX)
def test_no_refusal_of_words_tells_its_cause(strangers: Strangers, line: ServedLine) -> None:
    words = _wrong_words(line)
    watch = Stopwatch(Browser(line.address("mailbox")), FORM)
    chance = random.Random(secrets.randbits(32))

    def fields_of(cause: str) -> Fields:
        words[cause].append(words[cause].pop(0))
        return {"words": words[cause][-1]}

    watch.measure(interleaved(list(words), 200, chance), fields_of)
    require_alike(lambda: watch.measure(interleaved(list(words), TRIES_AT_THE_MAILBOX, chance), fields_of))
    watch.require_one_answer(403)


def _wrong_words(line: ServedLine) -> dict[str, list[str]]:
    """Words by the cause for which they open nothing here; each stands for one try, because words differ in length."""
    door, mailbox = Browser(line.address("door")), Browser(line.address("mailbox"))
    true = [_send(door, FORM) for _ in range(20)]
    words: dict[str, list[str]] = {"never were": [], "were erased": [], "of another line": [], "one word changed": []}
    for _ in range(TRIES_AT_THE_MAILBOX // len(words)):
        words["never were"].append(" ".join(make_receipt().words("ru")))
        words["were erased"].append(_send(door, FORM))
        words["of another line"].append(_send(door, _OTHER_FORM))
        words["one word changed"].append(_one_word_changed(secrets.choice(true)))
        _erase(mailbox, words["were erased"][-1])
    assert mailbox.post(_OTHER_FORM, {"words": words["of another line"][0]}).status == 303
    return words


def _send(door: Browser, form: str) -> str:
    receipt = make_receipt()
    page = door.post(form, {**PLAIN, "text": "Erase me.", RECEIPT_FIELD: write_hidden(receipt)})
    assert words_on(page) == " ".join(receipt.words("ru"))
    return words_on(page)


def _one_word_changed(words: str) -> str:
    """Words with one of them exchanged for another, such that their check still fits: what somebody misread."""
    while True:
        changed = words.split()
        changed[secrets.randbelow(len(changed))] = secrets.choice(word_list("ru").words)
        with suppress(ReceiptError):
            read_receipt(" ".join(changed), "ru")
            if changed != words.split():
                return " ".join(changed)


def _erase(mailbox: Browser, words: str) -> None:
    assert mailbox.post(FORM, {"words": words}).status == 303
    page = mailbox.get(FORM + "erase")
    assert mailbox.post(FORM + "erase", {"token": page.field("token"), "sure": "yes"}).status == 200


@pytest.mark.slow
@pytest.mark.promise(10, "bytes and times of refusals at sign-in, over HTTP", times=TRIES_AT_SIGN_IN)
def test_no_refusal_at_sign_in_tells_its_cause(strangers: Strangers, line: ServedLine) -> None:
    wren = line.people["Wren"]
    browser = Browser(line.address("desk"))
    token = browser.get("/en/").field("csrfmiddlewaretoken")
    other = " ".join(reversed(wren.passphrase.split()))
    used: set[str] = set()

    def fields_of(cause: str) -> Fields:
        person = {"locked": strangers.locked, "not admitted": strangers.not_admitted}.get(cause, wren)
        code = code_at(Secret(person.code_secret), int(time.time()))
        typed = {"line": SLUG, "name": person.name, "passphrase": person.passphrase, "code": code}
        if cause == "used code" and code not in used:
            assert sign_in(Browser(line.address("desk")), wren, code=code).status in {302, 403}
            used.add(code)
        changed = {
            "unknown name": {"name": "Nobody"},
            "wrong passphrase": {"passphrase": other},
            "wrong code": {"code": f"{(int(code) + 1) % 1_000_000:06}"},
        }
        return {"csrfmiddlewaretoken": token, **typed, **changed.get(cause, {})}

    causes = ["unknown name", "wrong passphrase", "wrong code", "used code", "locked", "not admitted"]
    chance = random.Random(secrets.randbits(32))
    watch = Stopwatch(browser, "/en/")
    watch.measure(interleaved(causes, 12, chance), fields_of)
    require_alike(lambda: watch.measure(interleaved(causes, TRIES_AT_SIGN_IN, chance), fields_of))
    watch.require_one_answer(403)

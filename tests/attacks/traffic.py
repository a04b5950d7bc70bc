"""Many people at a served line at once, who note what they were told: for attacks while the line is in use.

Writers send the form and sealed parcels, write again from their mailbox, colleagues answer at the desk. Each says
every text once. Whoever gets no answer asks again with the very same bytes, as a browser does that is told to; what
was acknowledged is kept here and must be there afterwards. Addresses are asked of the line each time: it may have
been started again on other ports.
"""

import http.client
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from attacks.browser import FORM, PLAIN, Answer, Browser, Fields, desk_of, send, slugs_on, words_on
from attacks.hostile import PACK, hostile_parcel
from attacks.life import STEP
from leeside.door.words_block import RECEIPT_FIELD, write_hidden
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.sealing.roster import Roster
from plugins.lines import ServedLine

PARCEL = f"{FORM}parcel"
BINARY = [("Content-Type", "application/octet-stream"), ("Sec-Fetch-Site", "cross-site")]
TRIES = 8
TRY_AGAIN_SECONDS = 0.05
TIMEOUT_SECONDS = 20.0
HANGS_UP_ONE_IN = 4
HANG_UP_SECONDS = 0.004
"""Less than most answers take, more than the request needs to get there."""
_CUT_OFF = (OSError, http.client.HTTPException)
"""What a browser shows as "the connection was interrupted"."""
_CONFLICT = 409
_BUSY = {_CONFLICT, 503}
"""A kind refusal with the text kept: a colleague was faster, or the store is locked. It is tried again."""


@dataclass
class Conversation:
    """One case that people go on writing in: its words, its code name at the desk, and what was said in it."""

    words: str
    slug: str = ""
    acknowledged: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)


@dataclass
class Traffic:
    """Everything that was sent, and what of it was acknowledged."""

    line: ServedLine
    roster: Roster
    letters: dict[str, str] = field(default_factory=dict)
    """Words of each acknowledged request -> its text."""
    tried: list[Receipt] = field(default_factory=list)
    """Every receipt that a request was sent under, answered or not."""
    conversations: list[Conversation] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    """How often requests were acknowledged, cut off, told to come again, or hung up on by those who sent them."""
    pause_seconds: float = 0.02
    _stop: threading.Event = field(default_factory=threading.Event)
    _desks: list[Browser] = field(default_factory=list)

    def prepare(self, colleagues: Sequence[str], cases: int) -> None:
        """Send some cases, find them at the desk, and leave a colleague signed in at each of `cases` conversations."""
        door = Browser(self.line.address("door"), timeout=TIMEOUT_SECONDS)
        desks = [desk_of(self.line.address("desk"), self.line.people[name]) for name in colleagues]
        known: set[str] = set()
        for number in range(cases):
            sent = send(door, text=unique_text("первое письмо"))
            (slug,) = set(slugs_on(desks[0].get("/en/queue/?tab=all"))) - known
            known.add(slug)
            self.conversations.append(Conversation(sent.words, slug))
            self._desks.append(desks[number % len(desks)])

    @contextmanager
    def flowing(self, forms: int = 2, parcels: int = 1) -> Iterator[None]:
        """Run everybody in threads of their own until the block ends; raises what broke any of them."""
        work: list[Callable[[], None]] = [*[self._send_form] * forms, *[self._send_parcel] * parcels]
        for place, desk in enumerate(self._desks):
            work.append(lambda one=self.conversations[place]: self._reply(one))  # type: ignore[misc]
            work.append(lambda one=self.conversations[place], at=desk: self._answer(one, at))  # type: ignore[misc]
        with ThreadPoolExecutor(len(work)) as pool:
            busy = [pool.submit(self._repeat, one) for one in work]
            try:
                yield
            finally:
                self._stop.set()
        for one in busy:
            one.result()

    def _repeat(self, work: Callable[[], None]) -> None:
        while not self._stop.is_set():
            work()
            time.sleep(self.pause_seconds)

    def _send_form(self) -> None:
        receipt, text = make_receipt(), unique_text("письмо")
        fields = {**PLAIN, "text": text, RECEIPT_FIELD: write_hidden(receipt)}
        self.tried.append(receipt)
        self._hang_up_now_and_then("door", FORM, fields)
        page = self._ask("door", lambda door: door.post(FORM, fields), {200})
        if page is not None:
            assert words_on(page) == " ".join(receipt.words("ru")), "a repeated post was given other words"
            self.letters[words_on(page)] = text

    def _send_parcel(self) -> None:
        receipt, text = make_receipt(), unique_text("запечатанное письмо")
        frame = {"pack": PACK.name, "version": PACK.version, "voice": "self", "language": "ru"}
        story = {**frame, "answers": {"where": "home", "wants": "summons", "text": text}}
        parcel = hostile_parcel(self.line.directory, story=story, receipt=receipt, roster=self.roster)
        self.tried.append(receipt)
        if self._ask("door", lambda door: door.request("POST", PARCEL, parcel, BINARY), {200, 201}) is not None:
            self.letters[" ".join(receipt.words("ru"))] = text

    def _reply(self, one: Conversation) -> None:
        box = Browser(self.line.address("mailbox"), timeout=TIMEOUT_SECONDS)
        if self._ask("mailbox", lambda at: at.post(FORM, {"words": one.words}), {303}, box) is None:
            return
        page = self._ask("mailbox", lambda at: at.get(f"{FORM}conversation"), {200}, box)
        if page is None:
            return
        text = unique_text("ещё письмо")
        fields = {"text": text, "token": page.field("token"), "page_sign": page.field("page_sign")}
        one.tried.append(text)
        self._hang_up_now_and_then("mailbox", FORM + "reply", fields, box)
        if self._ask("mailbox", lambda at: at.post(FORM + "reply", fields), {303}, box) is not None:
            one.acknowledged.append(text)

    def _answer(self, one: Conversation, desk: Browser) -> None:
        path = f"/en/case/{one.slug}/"
        page = self._ask("desk", lambda at: at.get(path), {200}, desk)
        if page is None:
            return
        text = unique_text("ответ")
        token = page.field("csrfmiddlewaretoken")
        fields: Fields = {"csrfmiddlewaretoken": token, "text": text, **STEP}
        one.tried.append(text)
        # What a colleague posts twice is said twice: whoever gets no answer looks first whether it is there.
        if self._ask("desk", lambda at: at.post(path + "answer", fields), {302}, desk, is_said_once=True) is not None:
            one.acknowledged.append(text)

    def _hang_up_now_and_then(self, role: str, path: str, fields: Fields, browser: Browser | None = None) -> None:
        """Send a form whose answer is never read, as on a network that breaks: the same form comes again at once."""
        if secrets.randbelow(HANGS_UP_ONE_IN):
            return
        at = Browser(self.line.address(role), dict(browser.cookies) if browser else {}, HANG_UP_SECONDS)
        with suppress(*_CUT_OFF):
            at.post(path, fields)
        self.seen["hung up"] += 1

    def _ask(
        self,
        role: str,
        request: Callable[[Browser], Answer],
        wanted: set[int],
        browser: Browser | None = None,
        *,
        is_said_once: bool = False,
    ) -> Answer | None:
        """Ask until there is an answer that settles it; None when nothing was acknowledged in all tries."""
        at = browser or Browser("", timeout=TIMEOUT_SECONDS)
        for _ in range(TRIES):
            at.base = self.line.address(role)
            try:
                answer = request(at)
            except _CUT_OFF:
                self.seen["cut off"] += 1
                if is_said_once:
                    return None
            else:
                if answer.status in wanted:
                    self.seen["acknowledged"] += 1
                    return answer
                assert answer.status in _BUSY, (role, answer.status, answer.text[-1200:])
                self.seen["come again"] += 1
                if is_said_once and answer.status != _CONFLICT:
                    return None
            time.sleep(TRY_AGAIN_SECONDS)
        return None


def unique_text(what: str) -> str:
    """A text that nobody else writes, with the number by which it is found on a page."""
    return f"Канарейка {secrets.token_hex(12)}: {what}"


def token_of(text: str) -> str:
    """The number in such a text."""
    return text.partition(":")[0].rpartition(" ")[2]

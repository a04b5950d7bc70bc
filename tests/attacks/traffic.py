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
from contextlib import contextmanager
from dataclasses import dataclass, field

from attacks.browser import FORM, PLAIN, Answer, Browser, Fields, desk_of, enter_mailbox, send, slugs_on, words_on
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
_CUT_OFF = (OSError, http.client.HTTPException)
"""What a browser shows as "the connection was interrupted"."""
_BUSY = {409, 503}
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
    """How often requests were cut off, told to come again, or answered as nobody should be answered."""
    faults: list[str] = field(default_factory=list)
    pause_seconds: float = 0.0
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
        threads = [threading.Thread(target=self._repeat, args=[one], daemon=True) for one in work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(TIMEOUT_SECONDS * TRIES)
        assert not self.faults, self.faults[:3]

    def _repeat(self, work: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                work()
            except Exception as error:
                self.faults.append(f"{type(error).__name__}: {str(error)[:1500]}")
                return
            time.sleep(self.pause_seconds)

    def _send_form(self) -> None:
        receipt, text = make_receipt(), unique_text("письмо")
        fields = {**PLAIN, "text": text, RECEIPT_FIELD: write_hidden(receipt)}
        self.tried.append(receipt)
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
        page = self._ask("mailbox", lambda at: enter_mailbox(at, one.words), {200}, box)
        if page is None:
            return
        text = unique_text("ещё письмо")
        fields = {"text": text, "token": page.field("token"), "page_sign": page.field("page_sign")}
        one.tried.append(text)
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
        # The desk answers twice to a form that is posted twice: a colleague looks first whether it is there.
        if self._ask("desk", lambda at: at.post(path + "answer", fields), {302}, desk, cut_off_tries=1) is not None:
            one.acknowledged.append(text)

    def _ask(
        self,
        role: str,
        request: Callable[[Browser], Answer],
        wanted: set[int],
        browser: Browser | None = None,
        *,
        cut_off_tries: int = TRIES,
    ) -> Answer | None:
        """Ask until there is an answer that settles it; None when nothing was acknowledged in all tries."""
        at = browser or Browser("", timeout=TIMEOUT_SECONDS)
        left = cut_off_tries
        for _ in range(TRIES):
            at.base = self.line.address(role)
            try:
                answer = request(at)
            except _CUT_OFF:
                self.seen["cut off"] += 1
                left -= 1
                if not left:
                    return None
            else:
                if answer.status in wanted:
                    self.seen["acknowledged"] += 1
                    return answer
                assert answer.status in _BUSY, (role, answer.status, answer.text[-1200:])
                self.seen["come again"] += 1
            time.sleep(TRY_AGAIN_SECONDS)
        return None


def unique_text(what: str) -> str:
    """A text that nobody else writes, with the number by which it is found on a page."""
    return f"Канарейка {secrets.token_hex(12)}: {what}"


def token_of(text: str) -> str:
    """The number in such a text."""
    return text.partition(":")[0].rpartition(" ")[2]

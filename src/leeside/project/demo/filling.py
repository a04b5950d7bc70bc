"""Fills the demo's line with its months: every request through the real intake, every answer by the desk's own flows.

Nothing is written to the store around the seals. The one liberty: the twelve get the code names that their stories
have, where the store would have drawn two random words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections, transaction

from leeside.desk import answering, circles, closing, confirming, facts, next_steps, opening
from leeside.desk.code_names import read_slug
from leeside.desk.seat import Seat
from leeside.door import intake, mailbox, replies
from leeside.door.open_lines import known_line, open_line
from leeside.door.words_block import RECEIPT_FIELD, write_hidden
from leeside.project.demo import founding, seed, texts
from leeside.project.demo.short_requests import ShortRequest, short_requests, waiting_requests
from leeside.project.errors import InstallationError
from leeside.sealing.receipts import Receipt, derive_receipt_keys
from leeside.vault import store
from leeside.web.lines import LineSettings

_LEFT_OPEN_SINCE = date(2023, 11, 22)
_OUTCOMES = (
    "answered", "answered", "commission_held", "discharged", "leave_or_treatment_extended", "papers_returned",
    "court_case_ended", "returned_to_unit", "referred", "contact_lost",
)  # fmt: skip
_ASKED_EVERY = timedelta(days=182)
_HANDLERS = {"first": "wren", "closed": "willow"}


@dataclass(frozen=True)
class LeftOpen:
    """A short request that was answered and is still open, and whoever works it."""

    request: ShortRequest
    case_id: bytes
    seat: Seat


class Filler:
    """One filling of one line. `seats` are the signed-in colleagues by key."""

    def __init__(self, line: LineSettings, seats: Mapping[str, Seat], language: str, today: date) -> None:
        self.line = line
        self.seats = seats
        self.language = language
        self.today = today
        self.zone = ZoneInfo(line.time_zone)
        self.left_open: list[LeftOpen] = []

    def deposit(self, receipt: Receipt, answers: Mapping[str, list[str]], moment: datetime, voice: str = "") -> bytes:
        """Post one form as a browser would and return the case's id. Raises InstallationError if it was not taken."""
        fields = {name: list(values) for name, values in answers.items()}
        fields[RECEIPT_FIELD] = [write_hidden(receipt)]
        if voice:
            fields["voice"] = [voice]
        received = intake.receive(open_line(self.line), fields, language=self.language, is_own_page=True, now=moment)
        if not isinstance(received, intake.Received):
            raise InstallationError("a request of the demo does not fit its own pack: " + ", ".join(received.problems))
        keys = derive_receipt_keys(receipt, open_line(self.line).line_id)
        box = store.open_mailbox(keys.lookup_hash, moment)
        if box is None:
            raise InstallationError("a request of the demo was acknowledged and is not there")
        return box.case_id

    def evening(self, day: date, hour: int = 18, minute: int = 0) -> datetime:
        """Return a moment of a day at the line, never later than now in the demo."""
        return min(datetime.combine(day, time(hour, minute), self.zone), self.now).astimezone(UTC)

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, time(19, 5), self.zone).astimezone(UTC)

    def handle(self, request: ShortRequest) -> None:
        """Let a colleague read, answer and confirm one short request; older ones are closed."""
        case_id = self.deposit(request.receipt, request.answers, request.moment)
        moment = request.moment + timedelta(hours=2)
        row = store.fetch_case(case_id, self.seats["heron"].reader_id, self.seats["heron"].circles)
        seat = founding.at(self.seats[_HANDLERS[row.circle]], moment)
        opening.open_case(seat, case_id)
        stays_open = request.day >= _LEFT_OPEN_SINCE
        step = next_steps.Step(self._step_text(), seat.reader_id, request.day + timedelta(days=16))
        answering.answer(seat, case_id, request.reply, step, at_once=True)
        confirming.confirm(seat, case_id, request.kind)
        if stays_open:
            self.left_open.append(LeftOpen(request, case_id, self.seats[_HANDLERS[row.circle]]))
        else:
            outcome = seed.dice(f"outcome of {request.moment}").choice(_OUTCOMES)
            closing.close(seat, case_id, outcome, self._next_asking(request.day))

    def _next_asking(self, closed: date) -> date:
        """When a closed case is asked again: every half year, and the days that have passed were kept."""
        day = closed + _ASKED_EVERY
        while day <= self.today:
            day += _ASKED_EVERY
        return day

    def _step_text(self) -> str:
        return {
            "ru": "спросить, подан ли рапорт", "en": "ask whether the report is in", "uk": "спитати, чи подано рапорт",
        }[self.language]  # fmt: skip

    def play(self, person: Mapping[str, Any]) -> tuple[bytes, tuple[str, str]]:
        """Let one of the twelve write, and the line do what it did; return the case and its code name."""
        code = (person["code"][0], person["code"][1])
        receipt = seed.receipt_of(code)
        opened = texts.day_of(person)
        answers = {name: value if isinstance(value, list) else [value] for name, value in person["answers"].items()}
        answers["text"] = [person["says"][self.language]]
        at = person.get("at", time(14))
        case_id = self.deposit(receipt, answers, self.evening(opened, at.hour, at.minute), person["voice"])
        self.move_to(person["circle"], case_id, opened)
        step = self._step_of(person)
        for turn in person.get("turns", []):
            self._take_turn(turn, case_id, receipt, step)
        for fact in person.get("facts", []):
            day = min(fact["on"], self.today)
            seat = founding.at(self.seats[fact["by"]], self.evening(day))
            facts.set_fact(seat, case_id, facts.NewFact(fact["id"], (fact["value"],), fact["source"], day))
        self._settle(person, case_id, step)
        return case_id, code

    def move_to(self, circle: str, case_id: bytes, day: date) -> None:
        """Let a coordinator move a case to the circle of its story, unless it lies there."""
        lead = founding.at(self.seats["heron"], self.evening(day))
        row = store.fetch_case(case_id, lead.reader_id, lead.circles)
        if row.circle != circle:
            opening.open_case(lead, case_id)
            circles.move(
                lead, case_id, circle, {"ru": "для юриста", "en": "for a lawyer", "uk": "для юриста"}[self.language]
            )

    def _step_of(self, person: Mapping[str, Any]) -> next_steps.Step | None:
        written = person.get("next_step")
        if written is None:
            return None
        return next_steps.Step(written[self.language], self.seats[written["who"]].reader_id, written["due"])

    def _take_turn(
        self, turn: Mapping[str, Any], case_id: bytes, receipt: Receipt, step: next_steps.Step | None
    ) -> None:
        moment = self.evening(turn["on"], 18, 40)
        said = turn[self.language]
        if turn["what"] == "message":
            self.write_again(receipt, said, moment)
            return
        seat = founding.at(self.seats[turn["by"]], moment)
        opening.open_case(seat, case_id)
        fallback = next_steps.Step(self._step_text(), seat.reader_id, turn["on"] + timedelta(days=7))
        if turn["what"] == "answer":
            answering.answer(seat, case_id, said, step or fallback, at_once=True)
        else:
            answering.write_note(seat, case_id, said, step or fallback)

    def write_again(self, receipt: Receipt, said: str, moment: datetime) -> None:
        """Write a message by the words of a receipt, whoever holds them."""
        line = known_line(self.line)
        day = moment.astimezone(self.zone).date()
        opened = mailbox.open_conversation(line, mailbox.derive_keys(line, receipt), moment, day)
        replies.send_message(opened, line.pack, said, page_sign="demo", now=moment, today=day)

    def _settle(self, person: Mapping[str, Any], case_id: bytes, step: next_steps.Step | None) -> None:
        """Confirm what was taken, keep it with its owner, and close what has ended."""
        owner = person.get("owner")
        if owner is None:
            return
        last = person.get("closed", self.today)
        seat = founding.at(self.seats[owner], self.evening(last, 18, 50))
        opening.open_case(seat, case_id)
        confirming.confirm(seat, case_id, person["kind"])
        if "outcome" in person:
            closing.close(seat, case_id, person["outcome"], last + timedelta(days=60))
        elif step is not None:
            next_steps.set_step(seat, case_id, step)

    def requests(self) -> Iterator[ShortRequest]:
        """The short requests of all days before the demo's own."""
        yield from (one for one in short_requests(self.language) if one.day < self.today)

    def wait_in_queue(self) -> Iterator[ShortRequest]:
        """Deposit those that nobody has taken yet."""
        for number, request in enumerate(waiting_requests(self.language, self.today)):
            is_late = number % 7 == 0
            moment = self.evening(self.today, 16 if is_late else 17 + number % 2, 20 + number * 11 % 40)
            self.deposit(request.receipt, request.answers, moment)
            yield request


def name_the_twelve(named: Mapping[bytes, tuple[str, str]]) -> None:
    """Give each of the twelve the code name of their story; whoever had drawn it gets theirs in exchange."""
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        for case_id, words in named.items():
            pair = read_slug("-".join(words))
            if pair is None:
                raise InstallationError("a code name of the demo is not in the lists: " + " ".join(words))
            wanted = pair.first << 20 | pair.second
            cursor.execute("SELECT code FROM leeside_case WHERE id = %s", [case_id])
            drawn = cursor.fetchone()[0]
            cursor.execute("UPDATE leeside_case SET code = -1 WHERE id = %s", [case_id])
            cursor.execute("UPDATE leeside_case SET code = %s WHERE code = %s", [drawn, wanted])
            cursor.execute("UPDATE leeside_case SET code = %s WHERE id = %s", [wanted, case_id])


def finish() -> None:
    """Chain the readings and shuffle the tally rows, as `tick` does every night."""
    store.chain_audit(datetime.now(UTC))
    store.shuffle_tally()

"""Whole, sealed cases for measurements, as rows: what a page shows or a search opens is real to the last byte.

The rows are what the flows would have left (grants sealed and signed, entries signed, keys committed and wrapped), but
are not made one by one through door and desk: that would take hours. Nobody holds a receipt of these cases.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import cast

from leeside.desk.seat import Seat
from leeside.packs.pack import Pack
from leeside.project.bench.desk_texts import RARE_WORD, Writer
from leeside.project.bench.measured import CARD, USUAL
from leeside.sealing.compartments import WRITER_COMPARTMENTS, Compartment
from leeside.sealing.context import LEAD, CaseContext, circle_recipient, hash_writer_key, reader_recipient
from leeside.sealing.entries import WRITER_AUTHOR, Author, EntryBody, staff_author
from leeside.sealing.grants import Granter
from leeside.sealing.keys import CompartmentKey, commit, make_compartment_key, mask_of_keys, public_key_of
from leeside.sealing.plain_json import Json
from leeside.sealing.receipts import derive_receipt_keys, make_receipt
from leeside.sealing.roster import Person
from leeside.sealing.seal import new_entry_id, seal_bundle_to, seal_entry
from leeside.vault.commitments import packed
from leeside.vault.days import day_number
from leeside.vault.marks import CaseState, Direction, LookBy, Urgency, rank_of
from leeside.vault.reading import Row
from leeside.vault.shredding import wrapped_row
from leeside.vault.store import KeyWrap

_WORKED = ("message", "answer", "note", "fact", "note", "message", "answer", "note", "note")
"""The entries of a case behind its letter: nine, so that a case has ten that a search looks into."""


@dataclass
class MadeCase:
    """One case as rows of each table."""

    case: dict[str, object]
    shred_key: bytes = field(repr=False)
    wraps: list[Row] = field(default_factory=list, repr=False)
    entries: list[Row] = field(default_factory=list, repr=False)
    readers: list[Row] = field(default_factory=list, repr=False)


class CaseMaker:
    """Makes cases that one person at the desk wrote in. `seat` is of a coordinator, who signs and grants."""

    def __init__(self, seat: Seat, codes: Iterator[int], answers: Mapping[str, str] = CARD) -> None:
        self._seat, self._codes, self._writer, self._answers = seat, codes, Writer(), answers
        self._author = staff_author(seat.reader_id)
        self._lead = seat.keyring.roster.current.role_key(LEAD)
        self._frame: dict[str, Json] = {
            "pack": seat.pack.name,
            "version": seat.pack.version,
            "voice": "self",
            "language": "ru",
        }

    def make(
        self,
        owner: Person,
        readers: Sequence[Person],
        *,
        state: CaseState,
        is_rare: bool = False,
        worked: int = 9,
        last: EntryBody | None = None,
    ) -> MadeCase:
        """A taken case with `worked` entries behind its letter, and `last` behind them; those with `is_rare` hold the
        rare word once."""
        seat, today = self._seat, self._seat.today
        derived = derive_receipt_keys(make_receipt(), seat.line_id)
        public = public_key_of(derived.writer_seed)
        context = CaseContext(seat.line_id, self._lead.epoch, derived.case_number, hash_writer_key(public))
        keys = {one: make_compartment_key(one) for one in Compartment}
        case_id, shred_key = secrets.token_bytes(16), secrets.token_bytes(32)
        entries = self._entries(case_id, context, keys, is_rare=is_rare, worked=worked)
        if last is not None:
            entries.append(self._row(case_id, context, keys[Compartment.WORK], last))
        rank = rank_of(Urgency.CALM, day_number(today) + 9, None)
        made = MadeCase(self._marks(case_id, owner, state, rank), shred_key)
        card = EntryBody("card", WRITER_AUTHOR, today.isoformat(), _card(seat.pack, today))
        card_id = new_entry_id()
        made.case |= {
            "lookup_hash": derived.lookup_hash,
            "posting_hash": derived.posting_hash,
            "erasing_hash": derived.erasing_hash,
            "repeat_tag": secrets.token_bytes(32),
            "case_number": derived.case_number,
            "writer_public": public,
            "commitments": packed(commit(key, seat.line_id, derived.case_number) for key in keys.values()),
            "card_id": card_id,
            "sealed_card": seal_entry(keys[Compartment.STORY], context, card_id, card, None),
        }
        every = tuple(keys.values())
        envelopes = [(circle_recipient(LEAD), self._lead.public)]
        envelopes += [(reader_recipient(one.reader_id), one.sealing_public) for one in readers]
        for recipient, to in envelopes:
            sealed = seal_bundle_to(to, context, recipient, every, self._lead.epoch, self._granter())
            made.wraps.append(wrapped_row(shred_key, KeyWrap(case_id, recipient, mask_of_keys(every), 1, sealed)))
        made.readers = [
            (case_id, one.reader_id, seat.line_id, rank, state != CaseState.CLOSED, seat.reader_id) for one in readers
        ]
        made.entries = entries
        return made

    def _granter(self) -> Granter:
        return Granter(self._seat.reader_id, self._seat.keyring.ring.signing_seed)

    def _marks(self, case_id: bytes, owner: Person, state: CaseState, rank: int) -> dict[str, object]:
        seat = self._seat
        day = day_number(seat.today)
        return {
            "id": case_id,
            "line_id": seat.line_id,
            "state": int(state),
            "urgency": int(Urgency.CALM),
            "look_by": int(LookBy.LATER),
            "look_by_day": day,
            "due_from": day + 9,
            "answer_by": None,
            "rank": rank,
            "circle": USUAL,
            "owner": owner.reader_id,
            "code": next(self._codes),
            "opened": day - 20,
            "language": "ru",
            "channel": "form",
            "version": 12,
            "confirmed": True,
            "maker": 1,
            "epoch": self._lead.epoch,
            "pack": seat.pack.name,
            "pack_version": seat.pack.version,
            "card_compartment": int(Compartment.STORY),
            "card_generation": 1,
            "arrived": b"",
        }

    def _entries(
        self,
        case_id: bytes,
        context: CaseContext,
        keys: dict[Compartment, CompartmentKey],
        *,
        is_rare: bool,
        worked: int,
    ) -> list[Row]:
        began = self._seat.now - timedelta(days=20)
        parts = self._seat.pack.split_by_compartment({**self._answers, "text": self._writer.text()})
        rows = []
        for one in WRITER_COMPARTMENTS:
            body = EntryBody("answers", WRITER_AUTHOR, began.date().isoformat(), _answers(self._frame, parts.get(one)))
            rows.append(self._row(case_id, context, keys[one], body))
        for number in range(worked):
            kind = _WORKED[number % len(_WORKED)]
            at = began + timedelta(hours=2 * number + 1)
            text = self._writer.text() + (f" Запомнить: {RARE_WORD}." if is_rare and number == 2 else "")
            key = keys[Compartment.STORY if kind in ("message", "answer") else Compartment.WORK]
            rows.append(self._row(case_id, context, key, self._body(kind, at, text)))
        return rows

    def _body(self, kind: str, at: datetime, text: str) -> EntryBody:
        if kind == "message":
            return EntryBody(kind, WRITER_AUTHOR, at.date().isoformat(), {"text": text})
        content: dict[str, Json] = {"text": text}
        if kind == "fact":
            content = {"fact": "wounded", "value": "twice", "source": "said", "day": at.date().isoformat()}
        return EntryBody(kind, self._author, at.isoformat(), content)

    def _row(self, case_id: bytes, context: CaseContext, key: CompartmentKey, body: EntryBody) -> Row:
        entry_id = new_entry_id()
        seed = self._seat.keyring.ring.signing_seed if _is_staff(body.author) else None
        way = {"answer": Direction.TO_WRITER, "note": Direction.INSIDE, "fact": Direction.INSIDE}
        direction = int(way.get(body.kind, Direction.FROM_WRITER))
        sealed = seal_entry(key, context, entry_id, body, seed)
        return case_id, entry_id, int(key.compartment), key.generation, direction, None, None, sealed


def _is_staff(author: Author) -> bool:
    return author.kind == "staff"


def _answers(frame: dict[str, Json], part: object) -> dict[str, Json]:
    return {**frame, "answers": dict(part)} if isinstance(part, dict) else {}


def _card(pack: Pack, today: date) -> dict[str, Json]:
    return cast("dict[str, Json]", dict(pack.card(CARD, today, "self")))

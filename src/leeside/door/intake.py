"""Takes one letter in: reads the answers, seals them, hands the parcel to the vault. It keeps nothing.

The rules of the receipt, in the order in which they are kept:
1. Words are taken from a post only if the browser shows that our own page sent it; else the post gets new words.
2. Words that came back cut or changed are replaced by new ones.
3. A letter that cannot be taken as it is goes back with its text and, by rules 1 and 2, its words.
4. The same letter under the same words is the same request: the same acknowledgement.
5. Another letter under the same words touches nothing of the first: it becomes a request under new words.
6. Words whose request was erased bring nothing back: the letter goes back, unsent, with new words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from leeside.door.forms import Fields, one_value
from leeside.door.open_lines import OpenLine
from leeside.door.words_block import RECEIPT_FIELD, read_hidden
from leeside.packs.answers import AnswerProblem
from leeside.packs.marks import Urgency
from leeside.packs.promise_times import promised_by
from leeside.packs.sealing_answers import Arrival, seal_answers
from leeside.sealing.parcels import Maker
from leeside.sealing.receipts import Receipt, make_receipt
from leeside.vault import store

CHANNEL: Final = "form"


class Note(Enum):
    """What a person must be told besides."""

    NONE = 0
    NEW_WORDS = 1
    WAS_ERASED = 2


@dataclass(frozen=True)
class Received:
    """The letter is stored, durably. Day and promise are those of its first post."""

    receipt: Receipt
    opened: date
    answer_by: datetime | None
    voice: str
    note: Note


@dataclass(frozen=True)
class Returned:
    """The letter is not stored: it goes back with these words. `problems` are by question id."""

    receipt: Receipt
    problems: Mapping[str, AnswerProblem]
    voice: str
    note: Note


def receive(line: OpenLine, fields: Fields, *, language: str, is_own_page: bool, now: datetime) -> Received | Returned:
    """Take a posted form. Raises VaultError when the store takes nothing now: then nothing was stored."""
    receipt, note = words_of(fields, is_own_page)
    today = now.astimezone(ZoneInfo(line.settings.time_zone)).date()
    read = line.pack.read_answers(fields)
    if not read.is_complete:
        return Returned(receipt, read.problems, read.voice, note)

    arrival = Arrival(Maker.SERVER, language, CHANNEL, today)

    def deposit(words: Receipt) -> store.Deposited:
        parcel = seal_answers(line.pack, line.roster, read, words, arrival)
        return store.deposit(parcel, today, promised_by(line.pack, Urgency(parcel.urgency), now, words.entropy))

    deposited = deposit(receipt)
    if deposited.outcome is store.Outcome.CONFLICT:
        receipt, note = make_receipt(), Note.NEW_WORDS
        deposited = deposit(receipt)
    if deposited.outcome is store.Outcome.ERASED:
        return Returned(make_receipt(), {}, read.voice, Note.WAS_ERASED)
    voice = line.pack.voice_of(read.answers, read.voice)
    return Received(receipt, deposited.opened or today, deposited.answer_by, voice, note)


def words_of(fields: Fields, is_own_page: bool) -> tuple[Receipt, Note]:
    """The words that a post goes on with, by rules 1 and 2.

    A field that comes twice is a changed one: no page of ours sends it so.
    """
    posted = fields.get(RECEIPT_FIELD, [])
    receipt = read_hidden(one_value(fields, RECEIPT_FIELD)) if is_own_page and len(posted) == 1 else None
    return (make_receipt(), Note.NEW_WORDS) if receipt is None else (receipt, Note.NONE)

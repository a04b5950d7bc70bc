"""One row of a table becomes a case: answers by the pack, sealed to the keys of the verified roster, deposited.

Rules:
1. A row is taken whole or not at all. What the pack would drop without a word (an answer whose question is not open)
   refuses the row here: somebody wrote it down.
2. The case is as if it had come on its day: urgency and look-by are the pack's on that day. It has no promise.
3. Its words are drawn and forgotten: nobody knows them. Whoever comes for the answer gets new ones at the desk.
4. A row that was imported before is the same request: what the store knows it by is a keyed hash of line and cells,
   under the installation's own secret, and not the words. So a second run imports nothing twice, also when the mapping
   was bettered in between, and nobody can make the words from the table.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Final

from leeside.desk.channels import FILE
from leeside.packs.answers import VOICE_FIELD, WHOLE_FORM, AnswersRead
from leeside.packs.pack import Pack
from leeside.packs.sealing_answers import Arrival, seal_answers
from leeside.project.importing.mapping import Column, TableMapping
from leeside.project.importing.table import Line
from leeside.sealing.parcels import Maker, Parcel
from leeside.sealing.receipts import make_receipt
from leeside.sealing.roster import Roster
from leeside.vault import store

FIRST_DAY: Final = date(2000, 1, 1)
TOGETHER: Final = 64
"""Rows in the works at a time: as many as one commit may carry."""
_THREADS: Final = 16


@dataclass(frozen=True)
class Refusal:
    """Why a row is not taken: its line in the file, its column (empty for the row as a whole), a reason. No cell."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class Taken:
    """A row that can become a case."""

    line: Line
    read: AnswersRead
    day: date
    language: str


class RowReader:
    """Reads rows by a mapping and a pack. Holds no row."""

    def __init__(self, mapping: TableMapping, pack: Pack, today: date) -> None:
        self._mapping = mapping
        self._pack = pack
        self._today = today
        self._columns = {one.question: one.name for one in mapping.columns}

    def read(self, line: Line) -> Taken | tuple[Refusal, ...]:
        """The row as answers, or everything that is wrong with it."""
        if line.is_ragged:
            return (Refusal(line.number, "", "it has more or fewer cells than there are headings"),)
        refusals: list[Refusal] = []
        day = self._day(line, refusals)
        language = self._language(line, refusals)
        fields = {key: list(values) for key, values in self._mapping.constants.items()}
        for column in self._mapping.columns:
            values = self._values(column, line, refusals)
            if values:
                fields[column.question] = values
        read = self._pack.read_answers({**fields, VOICE_FIELD: [self._mapping.voice]})
        refusals.extend(self._problems(line.number, fields, read))
        return tuple(refusals) if refusals or day is None else Taken(line, read, day, language)

    def _day(self, line: Line, refusals: list[Refusal]) -> date | None:
        column, cell = self._mapping.day_column, line.cells[self._mapping.day_column].strip()
        try:
            day = (
                datetime.strptime(cell, self._mapping.day_format).date()  # noqa: DTZ007 -- a day has no zone
                if self._mapping.day_format
                else date.fromisoformat(cell)
            )
        except ValueError:
            refusals.append(Refusal(line.number, column, "this is not a day as the mapping spells it"))
            return None
        if not FIRST_DAY <= day <= self._today:
            refusals.append(Refusal(line.number, column, "this day has not come yet, or lies before 2000"))
            return None
        return day

    def _language(self, line: Line, refusals: list[Refusal]) -> str:
        if self._mapping.language:
            return self._mapping.language
        language = line.cells[self._mapping.language_column].strip()
        if language not in self._pack.languages:
            refusals.append(Refusal(line.number, self._mapping.language_column, "the pack has no such language"))
        return language

    def _values(self, column: Column, line: Line, refusals: list[Refusal]) -> list[str]:
        cell = line.cells[column.name].strip()
        cells = [one.strip() for one in cell.split(column.separator)] if column.separator else [cell]
        values = []
        for one in cells:
            if column.values and one and one not in column.values:
                refusals.append(Refusal(line.number, column.name, "the mapping has no option for this value"))
                continue
            values.append(column.values.get(one, one))
        return [one for one in values if one]

    def _problems(self, number: int, fields: Mapping[str, Sequence[str]], read: AnswersRead) -> Iterable[Refusal]:
        for question, problem in read.problems.items():
            column = "" if question == WHOLE_FORM else self._columns.get(question, question)
            yield Refusal(number, column, _WORDS[problem.code] % {"limit": problem.limit})
        for question in fields:
            if question not in read.answers and question not in read.problems:
                yield Refusal(number, self._columns.get(question, question), "its question is not open: see the pack")


_WORDS: Final = {
    "unknown_option": "the pack has no such option",
    "only_one": "one value is possible, several are there",
    "too_long": "longer than %(limit)d letters",
    "not_a_date": "not an ISO day",
    "nothing_written": "nothing in it can be answered",
}


@dataclass(frozen=True)
class Importer:
    """Seals and deposits. `roster` was verified up to the line's fingerprint by the caller."""

    pack: Pack
    roster: Roster
    secret: bytes

    def run(self, rows: Iterable[Taken]) -> dict[store.Outcome, int]:
        """Deposit rows, many to a commit, few in memory; how many came to what."""
        counts = dict.fromkeys(store.Outcome, 0)
        with ThreadPoolExecutor(_THREADS, "import") as pool:
            waiting = iter(rows)
            while together := tuple(islice(waiting, TOGETHER)):
                for outcome in pool.map(self._deposit, together):
                    counts[outcome] += 1
        return counts

    def _deposit(self, taken: Taken) -> store.Outcome:
        return store.deposit(self.seal(taken), taken.day, None).outcome

    def seal(self, taken: Taken) -> Parcel:
        """The row as a parcel, by rules 3 and 4."""
        arrival = Arrival(Maker.DESK, taken.language, FILE, taken.day)
        parcel = seal_answers(self.pack, self.roster, taken.read, make_receipt(), arrival)
        return replace(
            parcel,
            lookup_hash=self._known_by(b"lookup", taken.line),
            repeat_tag=self._known_by(b"repeat", taken.line),
        )

    def _known_by(self, purpose: bytes, line: Line) -> bytes:
        parts = [self.roster.line_id, purpose]
        parts += [part.encode() for heading in sorted(line.cells) for part in (heading, line.cells[heading])]
        return hmac.digest(self.secret, b"".join(len(part).to_bytes(4, "big") + part for part in parts), "sha256")

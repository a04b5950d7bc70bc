"""The ledger and the outgoing papers of one case, read from its entries; every value keeps its day, none is changed.

Rules:
1. A row of the ledger is one paper. The first of a kind has the kind's id as its row, so that what the form said about
   it is its oldest value; further ones of a kind have a random row.
2. The newest value of a row counts: by the day that it speaks of, and of one day the one written later.
3. An outgoing paper is due while its day is set and no answer is written down. A day that somebody typed stays theirs;
   one that was proposed says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from leeside.desk.casefile import CaseEntries, day_in
from leeside.desk.keyring import ReadEntry
from leeside.desk.seat import Seat

FORMS = ("original", "copy", "seen")
WAYS = ("registered", "by_hand", "electronic", "lawyer")


@dataclass(frozen=True)
class Holding:
    """One dated value of one row: who holds the paper, since when, and how it could come back."""

    row: str
    paper: str
    holder: str
    form: str = ""
    since: date | None = None
    back: str = ""
    expires: date | None = None
    source: str = "said"
    day: str = ""
    by: bytes | None = None
    """None for what the form said."""


@dataclass(frozen=True)
class Outgoing:
    """One paper that went out, as it was last written down."""

    row: str
    paper: str
    line: str
    to: str
    way: str
    number: str
    sent: date | None
    due: date | None
    by_hand: bool
    answered: date | None
    answer: str
    by: bytes | None

    @property
    def waits(self) -> bool:
        """Whether its answer is still to come."""
        return self.answered is None and self.due is not None


def ledger_of(seat: Seat, file: CaseEntries) -> Mapping[str, tuple[Holding, ...]]:
    """The values of every row, the newest first; rows in the order of the pack, further ones behind."""
    found: dict[str, list[Holding]] = {}
    for one in (*_said(seat, file), *(_holding(entry) for entry in file.of_kind("paper"))):
        found.setdefault(one.row, []).append(one)
    order = [kind.id for kind in seat.pack.paper_work.papers]

    def place(row: str) -> tuple[int, str]:
        kind = found[row][0].paper
        return (order.index(kind) if kind in order else len(order), row)

    return {row: _newest_first(found[row]) for row in sorted(found, key=place)}


def outgoing_of(file: CaseEntries) -> tuple[Outgoing, ...]:
    """Every outgoing paper as it stands: first those that wait, the earliest day first, then the answered ones."""
    newest: dict[str, Outgoing] = {}
    for entry in file.of_kind("outgoing"):
        newest[entry.text("row")] = _outgoing(entry)
    return tuple(sorted(newest.values(), key=lambda one: (not one.waits, one.due or date.max, one.sent or date.max)))


def propose_due(seat: Seat, paper: str, sent: date) -> date | None:
    """The day that the pack proposes for the answer to a paper sent on that day; None where it knows no term."""
    kind = seat.pack.paper_work.outgoing_kind(paper)
    return sent + timedelta(days=kind.answer_days) if kind is not None and kind.answer_days else None


def _said(seat: Seat, file: CaseEntries) -> tuple[Holding, ...]:
    """What the form says of papers."""
    work = seat.pack.paper_work
    found = []
    for kind in work.papers:
        for value in file.facts.get(kind.question, ()) if kind.question else ():
            holder = work.holder_said(value.value) if isinstance(value.value, str) else None
            if holder is not None:
                one = Holding(kind.id, kind.id, holder.id, source=value.source, day=value.day, by=value.by)
                found.append(one)
    return tuple(reversed(found))


def _holding(entry: ReadEntry) -> Holding:
    return Holding(
        row=entry.text("row"),
        paper=entry.text("paper"),
        holder=entry.text("holder"),
        form=entry.text("form"),
        since=day_in(entry.text("since")),
        back=entry.text("back"),
        expires=day_in(entry.text("expires")),
        source=entry.text("source"),
        day=entry.text("day"),
        by=entry.author.reader_id,
    )


def _outgoing(entry: ReadEntry) -> Outgoing:
    return Outgoing(
        row=entry.text("row"),
        paper=entry.text("paper"),
        line=entry.text("line"),
        to=entry.text("to"),
        way=entry.text("way"),
        number=entry.text("number"),
        sent=day_in(entry.text("sent")),
        due=day_in(entry.text("due")),
        by_hand=entry.body.content.get("by_hand") is True,
        answered=day_in(entry.text("answered")),
        answer=entry.text("answer"),
        by=entry.author.reader_id,
    )


def _newest_first(values: list[Holding]) -> tuple[Holding, ...]:
    order = sorted(enumerate(values), key=lambda numbered: (numbered[1].day, numbered[0]), reverse=True)
    return tuple(one for _place, one in order)

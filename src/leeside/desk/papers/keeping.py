"""Writing into the ledger, and writing down what went out and what came back."""

import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import SOURCES, CaseFile
from leeside.desk.changes import begin
from leeside.desk.errors import InputError
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.papers.ledger import FORMS, WAYS, ledger_of, outgoing_of, propose_due
from leeside.desk.permissions import CaseAction
from leeside.desk.recarding import recard
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_day, read_line

NEW: Final = "new"
"""The row of an address where a row is added."""
_ROW: Final = re.compile(r"[a-z0-9_]{1,40}\Z")


@dataclass(frozen=True)
class TypedHolding:
    """One value of a ledger's row, as somebody typed it."""

    paper: str
    holder: str
    form: str = ""
    since: str = ""
    back: str = ""
    expires: str = ""
    source: str = "said"
    day: str = ""


@dataclass(frozen=True)
class TypedOutgoing:
    """An outgoing paper, as somebody typed it. An empty `due` is filled by what the pack proposes; `no_answer` says
    that none is expected."""

    paper: str
    to: str
    way: str
    sent: str
    line: str = ""
    number: str = ""
    due: str = ""
    answered: str = ""
    answer: str = ""
    no_answer: bool = False


def keep_paper(seat: Seat, case_id: bytes, row: str, typed: TypedHolding) -> str:
    """Add one value to a row of the ledger, or to a new one; the row. Raises InputError beside the field."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_PAPER)
    work = seat.pack.paper_work
    if work.paper(typed.paper) is None:
        raise InputError("paper", _("Which paper is it? Please choose."))
    if work.holder(typed.holder) is None:
        raise InputError("holder", _("Who has it in their hands? Please choose."))
    if typed.form and typed.form not in FORMS:
        raise InputError("form", _("The original, a copy, or only seen? Please choose."))
    if typed.source not in SOURCES:
        raise InputError("source", _("How do we know it? Please choose."))
    day = read_day(typed.day, "day") or seat.today
    since = read_day(typed.since, "since")
    for value, name in ((day, "day"), (since, "since")):
        if value is not None and value > seat.today:
            raise InputError(name, _("This day has not come yet."))
    kept = _row_of(seat, file, row, typed.paper)
    change.add(
        "paper",
        {
            "row": kept,
            "paper": typed.paper,
            "holder": typed.holder,
            "form": typed.form,
            "since": _iso(since),
            "back": read_line(typed.back, "back"),
            "expires": _iso(read_day(typed.expires, "expires")),
            "source": typed.source,
            "day": day.isoformat(),
        },
    )
    change.commit()
    return kept


def keep_outgoing(seat: Seat, case_id: bytes, row: str, typed: TypedOutgoing) -> str:
    """Write down a paper that went out, or what became of it; the row. Raises InputError beside the field."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_PAPER)
    work = seat.pack.paper_work
    if work.outgoing_kind(typed.paper) is None:
        raise InputError("paper", _("What went out? Please choose."))
    if typed.to not in work.authorities:
        raise InputError("to", _("To whom did it go? Please choose."))
    if typed.way not in WAYS:
        raise InputError("way", _("How was it sent? Please choose."))
    sent = read_day(typed.sent, "sent")
    if sent is None or sent > seat.today:
        raise InputError("sent", _("On which day did it go? Please choose one that has come."))
    due, by_hand = _due_of(seat, typed, sent)
    answered = read_day(typed.answered, "answered")
    if answered is not None and not sent <= answered <= seat.today:
        raise InputError("answered", _("The answer came between the day it was sent and today."))
    content = {
        "row": _outgoing_row(file, row),
        "paper": typed.paper,
        "line": read_line(typed.line, "line"),
        "to": typed.to,
        "way": typed.way,
        "number": read_line(typed.number, "number", LIMITS.name_characters),
        "sent": sent.isoformat(),
        "due": _iso(due),
        "by_hand": by_hand,
        "answered": _iso(answered),
        "answer": read_line(typed.answer, "answer"),
    }
    change.add("outgoing", content)
    change.commit()
    recard(seat, case_id)
    return str(content["row"])


def _due_of(seat: Seat, typed: TypedOutgoing, sent: date) -> tuple[date | None, bool]:
    """The day its answer is due, and whether a person chose it. A day equal to the proposal stays a proposal."""
    if typed.no_answer:
        return None, True
    proposed = propose_due(seat, typed.paper, sent)
    due = read_day(typed.due, "due")
    if due is None:
        return proposed, False
    if due < sent:
        raise InputError("due", _("The answer cannot be due before it was sent."))
    return due, due != proposed


def _row_of(seat: Seat, file: CaseFile, row: str, paper: str) -> str:
    rows = ledger_of(seat, file)
    if row in rows:
        return row
    if row != NEW and not _ROW.match(row):
        raise InputError("paper", _("Which paper is it? Please choose."))
    return paper if paper not in rows else secrets.token_hex(8)


def _outgoing_row(file: CaseFile, row: str) -> str:
    return row if row in {one.row for one in outgoing_of(file)} else secrets.token_hex(8)


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""

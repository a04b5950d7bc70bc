"""Deadlines of one case: those that the guide counts and those that somebody set by hand, and what became of each.

Rules:
1. The guide's deadlines are those of rules that apply and are no mere question, and of terms whose text was seen.
   A fact that nobody can rely on (taken back, or written by whoever held the device) gives none: `case_facts`.
   Where the day is known and a rule waits for another fact, the term perhaps runs: that is a question to settle before
   its day, and no deadline of the case. What is an effect of the law, or an authority's to keep, is nobody's task.
2. One by hand has its day, a reason, and who set it. It stands beside what the guide counts and never in its place.
   Taken back with a line, it counts no more and stays visible.
3. A deadline ends when somebody writes in a line what was done, or why nothing is to be done; never by itself. Missed,
   it says so, and whether a court may restore it. What the guide counts anew to another day stands anew. A line that
   was wrong is taken back with a reason, and the deadline stands again.
4. Whoever may set a fact may set, finish and take back.
Content of an entry `deadline_set`, in `work`: {term: id or "", title: own, event: day or "", day, reason}; events:
deadline_done{term, day | entry, line}, deadline_undone{entry, reason}, deadline_again{done: entry, reason}.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile, day_in
from leeside.desk.changes import CaseChange, begin
from leeside.desk.errors import InputError, NotAllowedError
from leeside.desk.guiding.result import ask_for
from leeside.desk.keyring import ReadEntry
from leeside.desk.limits import LIMITS
from leeside.desk.opening import look_into
from leeside.desk.permissions import CaseAction
from leeside.desk.recarding import recard
from leeside.desk.seat import Seat
from leeside.desk.typed_fields import read_line
from leeside.guide.deadlines import Deadline, run_terms
from leeside.guide.evaluating import Result
from leeside.packs.guidebook.rules import Confidence

KIND: Final = "deadline_set"
DONE: Final = "deadline_done"
UNDONE: Final = "deadline_undone"
AGAIN: Final = "deadline_again"
_YEARS: Final = timedelta(days=366 * 20)


@dataclass(frozen=True)
class NewDeadline:
    """What was typed of a deadline: a term of the pack or an own title, its days and the reason."""

    term: str
    untrusted_title: str
    event: date | None
    day: date | None
    untrusted_reason: str


@dataclass(frozen=True)
class Done:
    """That a deadline was seen to: what somebody wrote, and the entry that says so."""

    line: str = field(default="", repr=False)
    entry: str = ""


NOT_DONE: Final = Done()


@dataclass(frozen=True)
class HandDeadline:
    """One deadline that somebody set. `withdrawn` says why it was taken back; empty while it stands."""

    entry: str
    term: str
    title: str = field(repr=False)
    event: date | None
    day: date
    reason: str = field(repr=False)
    by: bytes
    set_on: str
    withdrawn: str = ""
    done: Done = NOT_DONE


@dataclass(frozen=True)
class CaseDeadline:
    """One deadline as it stands in a case: of the guide (`counted`) or by hand (`hand`)."""

    day: date
    counted: Deadline | None = None
    hand: HandDeadline | None = None
    done: Done = NOT_DONE
    waits_for: tuple[str, ...] = ()
    """Facts that would settle whether it runs at all; empty for one that does."""

    @property
    def term(self) -> str:
        """The term's id; empty for one by hand with a title of its own."""
        return self.counted.term.id if self.counted is not None else self.hand.term if self.hand is not None else ""

    @property
    def key(self) -> str:
        """By what a form names it: the term with its day, or the entry."""
        if self.counted is not None:
            return _key(self.counted.term.id, self.day.isoformat())
        return self.hand.entry if self.hand is not None else ""

    @property
    def is_awaited(self) -> bool:
        """Whether somebody has to see to it: it is not done, not taken back, and somebody's task."""
        if self.done.entry or (self.hand is not None and self.hand.withdrawn):
            return False
        return self.counted is None or self.counted.term.is_duty


def hand_deadlines(file: CaseFile) -> tuple[HandDeadline, ...]:
    """Every deadline that somebody set, also those that were taken back or are done, the earliest first."""
    undone = {event.text("entry"): event.text("reason") or "-" for event in file.events(UNDONE)}
    done = _done_in(file)
    found = []
    for entry in file.of_kind(KIND):
        spelled, day = entry.entry_id.hex(), day_in(entry.text("day"))
        if day is not None:
            found.append(_hand(entry, day, undone.get(spelled, ""), done.get(spelled, NOT_DONE)))
    return tuple(sorted(found, key=lambda one: (one.day, one.entry)))


def deadlines_in(seat: Seat, file: CaseFile, result: Result) -> tuple[CaseDeadline, ...]:
    """All deadlines of a case that have a day, the earliest first: rules 1 to 3."""
    done = _done_in(file)
    sure = {one.rule.id for one in result.applies if not one.rule.is_question}
    counted = [
        CaseDeadline(one.day, one, None, done.get(_key(one.term.id, one.day.isoformat()), NOT_DONE))
        for one in result.deadlines
        if one.day is not None and sure & set(one.rules) and one.term.confidence is not Confidence.GENERAL
    ]
    by_hand = [CaseDeadline(one.day, None, one, one.done) for one in hand_deadlines(file)]
    runs = {one.term for one in counted}
    perhaps = [
        CaseDeadline(one.day, one, None, done.get(_key(one.term.id, one.day.isoformat()), NOT_DONE), waits)
        for one, waits in _perhaps(seat, result)
        if one.day is not None and one.term.id not in runs
    ]
    return tuple(sorted((*counted, *by_hand, *perhaps), key=lambda one: (one.day, one.key)))


def _done_in(file: CaseFile) -> dict[str, Done]:
    """What was seen to, by the key of each deadline, without the lines that were taken back."""
    again = {event.text("done") for event in file.events(AGAIN)}
    standing = [event for event in file.events(DONE) if event.entry_id.hex() not in again]
    return {
        event.text("entry") or _key(event.text("term"), event.text("day")): Done(
            event.text("line") or "-", event.entry_id.hex()
        )
        for event in standing
    }


def _key(term: str, day: str) -> str:
    return f"{term}:{day}"


def _perhaps(seat: Seat, result: Result) -> Iterator[tuple[Deadline, tuple[str, ...]]]:
    """Terms of rules that are not settled, with the facts that each waits for."""
    waiting = {one.rule.id: one for one in result.open if not one.rule.is_question}
    for one in run_terms(seat.pack.guide, [each.rule for each in waiting.values()], result.facts, result.on):
        if one.term.is_duty and one.term.confidence is not Confidence.GENERAL:
            yield one, tuple(dict.fromkeys(fact for rule in one.rules for fact in waiting[rule].missing))


def set_deadline(seat: Seat, case_id: bytes, new: NewDeadline) -> int:
    """Set a deadline by hand. Raises InputError beside `title`, `day`, `event` or `reason`."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_FACT)
    if not file.is_open:
        raise InputError("day", _("The case is closed. Open it again first."))
    standing = [one for one in hand_deadlines(file) if not one.withdrawn and not one.done.entry]
    if len(standing) >= LIMITS.hand_deadlines:
        raise InputError("day", _("So many stand here already. Finish some of them, or take them back."))
    if new.term and seat.pack.guide.term(new.term) is None:
        raise InputError("term", _("Choose a deadline from the list, or give it a name of your own."))
    title = read_line(new.untrusted_title, "title")
    if not new.term and not title:
        raise InputError("title", _("What has to be done by that day?"))
    if new.day is None or not seat.today - _YEARS <= new.day <= seat.today + _YEARS:
        raise InputError("day", _("By which day? Please choose one."))
    if new.event is not None and not new.day - _YEARS <= new.event <= new.day:
        raise InputError("event", _("It runs from a day before its end."))
    reason = read_line(new.untrusted_reason, "reason", wanted=_("One line, please: where does this day come from?"))
    change.add(
        KIND,
        {
            "term": new.term,
            "title": title,
            "event": new.event.isoformat() if new.event is not None else "",
            "day": new.day.isoformat(),
            "reason": reason,
        },
    )
    return _finish(seat, case_id, change)


def finish_deadline(seat: Seat, case_id: bytes, key: str, untrusted_line: str) -> int:
    """Write down what was done by a deadline, or why nothing is to be done. Raises InputError, NotAllowedError."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_FACT)
    one = _awaited(seat, file, key)
    line = read_line(untrusted_line, "line", wanted=_("One line, please: what was done, or why is nothing to be done?"))
    if one.hand is not None:
        change.add_event(DONE, entry=one.hand.entry, line=line)
    else:
        change.add_event(DONE, term=one.term, day=one.day.isoformat(), line=line)
    return _finish(seat, case_id, change)


def withdraw_deadline(seat: Seat, case_id: bytes, entry: str, untrusted_reason: str) -> int:
    """Take a deadline back that somebody set by hand. Raises InputError, NotAllowedError for none that stands."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_FACT)
    if not any(one.entry == entry and not one.withdrawn for one in hand_deadlines(file)):
        raise NotAllowedError
    reason = read_line(untrusted_reason, "line", wanted=_("One line, please: what was wrong with it?"))
    change.add_event(UNDONE, entry=entry, reason=reason)
    return _finish(seat, case_id, change)


def let_stand_again(seat: Seat, case_id: bytes, done: str, untrusted_reason: str) -> int:
    """Take back that a deadline is done. Raises InputError, NotAllowedError for what nobody wrote."""
    file = look_into(seat, case_id)
    change = begin(seat, file, CaseAction.SET_FACT)
    if done not in {one.entry for one in _done_in(file).values()}:
        raise NotAllowedError
    reason = read_line(untrusted_reason, "line", wanted=_("One line, please: what was wrong with it?"))
    change.add_event(AGAIN, done=done, reason=reason)
    return _finish(seat, case_id, change)


def _awaited(seat: Seat, file: CaseFile, key: str) -> CaseDeadline:
    every = deadlines_in(seat, file, ask_for(seat, file))
    found = next((one for one in every if one.key == key and one.is_awaited), None)
    if found is None:
        raise NotAllowedError
    return found


def _finish(seat: Seat, case_id: bytes, change: CaseChange) -> int:
    """Write it, then set marks and card right at once."""
    version = change.commit()
    recard(seat, case_id)
    return version


def _hand(entry: ReadEntry, day: date, withdrawn: str, done: Done) -> HandDeadline:
    return HandDeadline(
        entry=entry.entry_id.hex(),
        term=entry.text("term"),
        title=entry.text("title"),
        event=day_in(entry.text("event")),
        day=day,
        reason=entry.text("reason"),
        by=entry.author.reader_id or b"",
        set_on=entry.body.at[:10],
        withdrawn=withdrawn,
        done=done,
    )

"""A case's deadlines in words: what the guide counts with every step, what somebody set by hand beside it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from leeside.desk.casefile import CaseFile
from leeside.desk.guiding.deadlines import NOT_DONE, CaseDeadline, HandDeadline, deadlines_in
from leeside.desk.seat import Seat
from leeside.desk.telling.guiding import deadline_title
from leeside.desk.telling.shapes import short_day
from leeside.guide.deadlines import Deadline, Standing
from leeside.guide.evaluating import Result
from leeside.guide.explaining import confidence_in_words, count_in_words, standing_in_words
from leeside.web.dates import write_day, write_short_day

_NEAR_DAYS: Final = 2


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline in words. `day` is empty where none may be proposed. `by_hand` says who set it and why, `done` what
    became of it; `key` names it where somebody may write that down, `undo` where one by hand may be taken back."""

    day: str
    title: str
    standing: str
    tone: str
    remark: str
    steps: tuple[str, ...]
    confidence: str
    by_hand: str = ""
    perhaps: str = ""
    done: str = ""
    key: str = ""
    undo: str = ""
    again: str = ""
    """The line that says it is done, where somebody may take that back."""


def deadline_lines(seat: Seat, file: CaseFile, result: Result) -> tuple[DeadlineLine, ...]:
    """Every deadline, the nearest first, then those without a day."""
    stands = {one.key: one for one in deadlines_in(seat, file, result)}
    lines: list[tuple[date, int, DeadlineLine]] = []
    for counted in result.deadlines:
        own = stands.get(f"{counted.term.id}:{counted.day.isoformat()}") if counted.day is not None else None
        lines.append((counted.day or date.max, 0, counted_line(seat, counted, own)))
    for one in stands.values():
        if one.hand is not None:
            lines.append((one.day, 1, _hand_line(seat, one, one.hand)))
        elif one.waits_for and one.counted is not None:
            lines.append((one.day, 2, _perhaps_line(seat, file, one, one.counted)))
    return tuple(line for _day, _order, line in sorted(lines, key=lambda each: each[:2]))


def counted_line(seat: Seat, one: Deadline, own: CaseDeadline | None = None, *, on: date | None = None) -> DeadlineLine:
    """One that the guide counts. `own` is what became of it in a case, `on` the day that was asked about."""
    on = on or seat.today
    words = one.term.words[seat.language]
    tone = ""
    if one.standing in (Standing.MISSED, Standing.TODAY):
        tone = "red"
    elif one.standing is Standing.AHEAD and one.day is not None and (one.day - on).days <= _NEAR_DAYS:
        tone = "amber"
    done = own.done if own is not None else NOT_DONE
    return DeadlineLine(
        day=write_short_day(one.day, seat.language, seat.today) if one.day is not None else "",
        title=words.title,
        standing=standing_in_words(one, seat.language, on),
        tone="" if done.entry else tone,
        remark=words.remark,
        steps=count_in_words(one, seat.language, partial(write_day, language=seat.language, today=seat.today)),
        confidence=confidence_in_words(one.term, seat.language),
        done=done.line,
        again=done.entry,
        key=own.key if own is not None and own.is_awaited else "",
    )


def _perhaps_line(seat: Seat, file: CaseFile, one: CaseDeadline, counted: Deadline) -> DeadlineLine:
    """One of which nobody can tell yet whether it runs."""
    labels = [
        seat.pack.text(question.label_key, seat.language, file.voice)
        for fact in one.waits_for
        if (question := seat.pack.question(fact)) is not None
    ]
    perhaps = _("only if it applies; waits for: %(facts)s") % {"facts": ", ".join(labels)}
    return replace(counted_line(seat, counted, one), perhaps=perhaps)


def _hand_line(seat: Seat, one: CaseDeadline, hand: HandDeadline) -> DeadlineLine:
    name, on = seat.keyring.roster.name_of(hand.by), short_day(hand.set_on, seat)
    by_hand = _("entered by hand by %(name)s on %(day)s: %(reason)s") % {
        "name": name,
        "day": on,
        "reason": hand.reason,
    }
    left = (hand.day - seat.today).days
    standing, tone = _standing(left)
    if hand.withdrawn:
        standing, tone = _("taken back: %(reason)s") % {"reason": hand.withdrawn}, ""
    runs = _("Runs from %(day)s.") % {"day": write_day(hand.event, seat.language, seat.today)} if hand.event else ""
    return DeadlineLine(
        day=write_short_day(hand.day, seat.language, seat.today),
        title=deadline_title(seat, hand.term, hand.title),
        standing=standing,
        tone="" if hand.done.entry else tone,
        remark="",
        steps=(runs,) if runs else (),
        confidence="",
        by_hand=by_hand,
        done=hand.done.line,
        again=hand.done.entry,
        key=one.key if one.is_awaited else "",
        undo=hand.entry if not hand.withdrawn else "",
    )


def _standing(left: int) -> tuple[str, str]:
    """Where a day by hand stands, and its tone."""
    if left < 0:
        return _("missed"), "red"
    if left == 0:
        return _("today"), "red"
    return _("ahead"), "amber" if left <= _NEAR_DAYS else ""

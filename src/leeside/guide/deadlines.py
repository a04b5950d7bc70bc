"""By when: the last day of each term, and every step that led to it, so that somebody can count after us.

Days are whole days; nothing here has a clock. A term whose event nobody knows, whose text was not seen, or whose
country has no calendar for that year proposes no day: it says why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from leeside.guide.days_off import Calendar, calendar_of, known_countries
from leeside.packs.conditions import Facts
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.rules import Rule
from leeside.packs.guidebook.terms import Term, Unit

_FIRST_DAY: Final = date(1900, 1, 1)
_LAST_DAY: Final = date(2199, 12, 31)
"""Events outside of these are slips of the pen: no term is counted from them, and no count leaves the calendar."""


class StepKind(Enum):
    """What happened on the way to a last day. The sentences stand in `wording`."""

    RUNS_FROM = "runs_from"
    """`day` is the day of the event, `number` how many units are counted from it."""
    EVENT_DAY_OUT = "event_day_out"
    """The day of the event does not count; `day` is the first that does."""
    EVENT_DAY_IN = "event_day_in"
    NO_SUCH_DAY = "no_such_day"
    """The month has no day of that number: its last day `day` is taken."""
    ENDS_ON = "ends_on"
    DAY_OFF = "day_off"
    """`day` is a day off, called `name` (empty for a weekend)."""
    MOVES_TO = "moves_to"
    SKIPS = "skips"
    """`number` days off lie in between and are not counted."""
    NOT_DECREED = "not_decreed"
    """The days off of the year of `day` are not decreed yet: the day may still move."""
    AT_ONCE = "at_once"


@dataclass(frozen=True)
class Step:
    """One step of the count."""

    kind: StepKind
    day: date
    number: int = 0
    name: str = ""


class Standing(Enum):
    """Where a term stands on the day that was asked about."""

    NO_EVENT = "no_event"
    """Nobody knows the day from which it runs."""
    NOT_COMPUTED = "not_computed"
    """No day may be proposed: the text of the act was not seen."""
    NO_CALENDAR = "no_calendar"
    """No day may be proposed: the days off of its country are not known."""
    AHEAD = "ahead"
    TODAY = "today"
    MISSED = "missed"
    PASSED = "passed"
    """It is over, and it was nobody's task: an effect of the law, or an authority's term."""


@dataclass(frozen=True)
class Deadline:
    """One term, run. `day` is its last day and `earliest` its first end where it lies between two numbers."""

    term: Term
    rules: tuple[str, ...]
    event: date | None
    day: date | None
    standing: Standing
    steps: tuple[Step, ...] = ()
    earliest: date | None = None

    @property
    def can_be_restored(self) -> bool:
        """Whether it was missed and a court may still let it count."""
        return self.standing is Standing.MISSED and self.term.is_restorable


def run_terms(book: Guidebook, rules: Sequence[Rule], facts: Facts, on: date) -> tuple[Deadline, ...]:
    """The deadlines of rules that apply, each term once: the nearest first, then those without a day."""
    named: dict[str, list[str]] = {}
    for rule in rules:
        for term_id in rule.terms:
            named.setdefault(term_id, []).append(rule.id)
    found = []
    for term_id, rule_ids in named.items():
        newest = book.newest_term(term_id, on)
        if newest is None:
            continue
        event = next((day for fact in newest.events if (day := day_of(facts.get(fact)))), None)
        term = newest if event is None else book.term(term_id, event)
        if term is not None:
            found.append(run_term(term, event, on, tuple(rule_ids)))
    return tuple(sorted(found, key=lambda one: (one.day is None, one.day or date.max, one.term.id)))


def run_term(term: Term, event: date | None, on: date, rules: tuple[str, ...] = ()) -> Deadline:
    """One term, counted from its event, as it stands on the day `on`."""
    if not term.may_compute:
        return Deadline(term, rules, event, None, Standing.NOT_COMPUTED)
    if event is None:
        return Deadline(term, rules, None, None, Standing.NO_EVENT)
    if _needs_calendar(term) and term.country not in known_countries() | {""}:
        return Deadline(term, rules, event, None, Standing.NO_CALENDAR)
    day, steps = count(term, event, term.longest or term.count)
    earliest = count(term, event, term.count)[0] if term.longest else None
    return Deadline(term, rules, event, day, _standing(term, day, on), steps, earliest)


def _needs_calendar(term: Term) -> bool:
    return term.unit is Unit.WORKING_DAYS or (term.moves_on and term.unit is not Unit.AT_ONCE)


def _standing(term: Term, day: date, on: date) -> Standing:
    if day < on:
        return Standing.MISSED if term.is_duty else Standing.PASSED
    return Standing.TODAY if day == on else Standing.AHEAD


def count(term: Term, event: date, number: int) -> tuple[date, tuple[Step, ...]]:
    """The last day of `number` units from the event, and the steps of the count.

    Raises ValueError for a term that needs the days off of a country of which none are known.
    """
    if term.unit is Unit.AT_ONCE:
        return event, (Step(StepKind.AT_ONCE, event),)
    calendar = calendar_of(term.country if _needs_calendar(term) else "")
    steps = [Step(StepKind.RUNS_FROM, event, number)]
    if term.unit is Unit.MONTHS:
        end = _months(event, -number if term.is_before else number, steps)
    else:
        end = _days(term, event, number, calendar, steps)
    steps.append(Step(StepKind.ENDS_ON, end))
    if term.moves_on:
        end = _working_day_from(end, calendar, steps)
    if _needs_calendar(term) and not calendar.is_decreed(max(event, end).year):
        steps.append(Step(StepKind.NOT_DECREED, end))
    return end, tuple(steps)


def _months(event: date, number: int, steps: list[Step]) -> date:
    """The same day number so many months on; the last day of a month that has no such day."""
    month = event.year * 12 + event.month - 1 + number
    year, month = divmod(month, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    end = date(year, month + 1, min(event.day, last))
    if event.day > last:
        steps.append(Step(StepKind.NO_SUCH_DAY, end))
    return end


def _days(term: Term, event: date, number: int, calendar: Calendar, steps: list[Step]) -> date:
    onward = timedelta(days=-1 if term.is_before else 1)
    first = event if term.counts_event_day else event + onward
    steps.append(Step(StepKind.EVENT_DAY_IN if term.counts_event_day else StepKind.EVENT_DAY_OUT, first))
    if term.unit is Unit.DAYS:
        return first + onward * (number - 1)
    day, counted, skipped = first, 0, 0
    while True:
        if calendar.is_day_off(day):
            skipped += 1
        else:
            counted += 1
        if counted == number:
            break
        day += onward
    if skipped:
        steps.append(Step(StepKind.SKIPS, day, skipped))
    return day


def _working_day_from(end: date, calendar: Calendar, steps: list[Step]) -> date:
    day = end
    while calendar.is_day_off(day):
        day += timedelta(days=1)
    if day != end:
        steps.extend((Step(StepKind.DAY_OFF, end, name=calendar.name_of(end)), Step(StepKind.MOVES_TO, day)))
    return day


def day_of(value: object) -> date | None:
    """A fact as a day, or None for what is none: text is read in one spelling only, as the conditions read it."""
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        if day.isoformat() != value:
            return None
    elif isinstance(value, date) and not isinstance(value, datetime):
        day = value
    else:
        return None
    return day if _FIRST_DAY <= day <= _LAST_DAY else None


def days_of(deadlines: Iterable[Deadline]) -> dict[str, date]:
    """The last day of every term that has one, by the term's id."""
    return {one.term.id: one.day for one in deadlines if one.day is not None}

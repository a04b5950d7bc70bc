"""Next steps that a pack offers for one tap, each with the day that is proposed for this case.

Rules:
1. The day lies as many days ahead as the pack says; where the person has safe hours, it is the first day from then on
   that has some of them.
2. It is never later than what is due in the case, nor than the day on which somebody must look before a date; and
   never before today.
3. What was shown is what is written: a choice carries the day that stood beside it. Words and days that somebody typed
   themselves go before it.
4. Once taken, a step is words like any other: the case keeps them when the pack changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leeside.desk.casefile import CaseFile
from leeside.desk.due import DATE, dues_of
from leeside.desk.safety.contact import plan_of
from leeside.desk.seat import Seat
from leeside.web.dates import write_near_day


@dataclass(frozen=True)
class ReadyChoice:
    """One step to tap: what a form posts for it, its words, and its day as a value and in words."""

    value: str
    text: str
    day: date
    when: str


def ready_steps_of(seat: Seat, file: CaseFile) -> tuple[ReadyChoice, ...]:
    """The steps that are offered in an opened case, in the order of the pack."""
    latest = min(_must_look(seat, file), default=date.max) if seat.pack.steps else date.max
    return tuple(_choice(seat, file, one.id, one.days, latest) for one in seat.pack.steps)


def take_ready(seat: Seat, untrusted_choice: str, untrusted_what: str, untrusted_day: str) -> tuple[str, str]:
    """What a form means that has both a choice and fields: the words and the day, as if they had been typed.

    Fields that a choice made before had filled in (a page shown again) give way to the new one.
    """
    chosen, _blank, proposed = untrusted_choice.partition(" ")
    texts = {one.id: seat.pack.text(f"step.{one.id}", seat.language) for one in seat.pack.steps}
    if chosen not in texts:
        return untrusted_what, untrusted_day
    typed = untrusted_what.strip()
    if typed in texts.values() and typed != texts[chosen]:
        return texts[chosen], proposed
    return typed or texts[chosen], untrusted_day or proposed


def _choice(seat: Seat, file: CaseFile, step_id: str, days: int, latest: date) -> ReadyChoice:
    day = max(seat.today, min(latest, _in_safe_hours(seat, file, seat.today + timedelta(days=days))))
    return ReadyChoice(
        value=f"{step_id} {day.isoformat()}",
        text=seat.pack.text(f"step.{step_id}", seat.language),
        day=day,
        when=write_near_day(day, seat.language, seat.today),
    )


def _in_safe_hours(seat: Seat, file: CaseFile, day: date) -> date:
    """Rule 1. The hours are of the person's clock, the day is the line's."""
    window = plan_of(file).window
    if window is None:
        return day
    zone = ZoneInfo(seat.line.time_zone)
    begins = datetime.combine(day, time.min, zone).astimezone(UTC)
    return window.next_opening(max(begins, seat.now)).astimezone(zone).date()


def _must_look(seat: Seat, file: CaseFile) -> Iterator[date]:
    """Rule 2. The next step itself is what is being chosen."""
    before = {f"{DATE}{rule.question}": rule.days_before for rule in seat.pack.rules.look_by}
    for due in dues_of(seat, file):
        if due.source != "step" and due.day >= seat.today:
            yield due.day - timedelta(days=before.get(due.source, 0))

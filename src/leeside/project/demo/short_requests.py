"""The thousand short requests around the twelve: who wrote on which day, what, and what it was confirmed as.

Everything is drawn by dice that fall the same way on every run, so that two demos of one language are alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from leeside.project.demo import months, seed, texts
from leeside.sealing.receipts import Receipt

_NEEDS = {"leave_service": "leave_service", "summons": "summons", "advice": "question"}
_PLACES = ("unit", "unit", "front", "hospital", "hospital", "leave", "home", "awol")
_REGIONS = ("center", "northwest", "south", "volga", "urals", "siberia", "far_east")
_SERVES = ("mobilised", "mobilised", "contract", "contract", "volunteer")


@dataclass(frozen=True)
class ShortRequest:
    """One request as its writer posts it, and what a counsellor made of it."""

    receipt: Receipt
    moment: datetime
    answers: dict[str, list[str]]
    kind: str
    reply: str

    @property
    def day(self) -> date:
        return self.moment.date()


def short_requests(language: str) -> Iterator[ShortRequest]:
    """Yield the requests of all published months in the order of their days."""
    twelve = _twelve_by_month()
    number = 0
    for month, count in months.LEAVE_SERVICE.items():
        dice = seed.dice(f"month {month}")
        wants = ["leave_service"] * (count - twelve.get(month, 0))
        wants += dice.choices(["summons", "advice"], k=months.other_needs_in(month))
        days = list(months.days_of(month))
        drawn = sorted((dice.choice(days), index, want) for index, want in enumerate(wants))
        for day, _index, want in drawn:
            number += 1
            yield _write(number, day, want, dice, language)


def waiting_requests(language: str, today: date) -> Iterator[ShortRequest]:
    """Yield some requests of the last three days that nobody has taken yet: December has begun."""
    dice = seed.dice("requests that wait")
    for number in range(14):
        want = dice.choice(["leave_service", "leave_service", "summons", "advice"])
        yield _write(100_000 + number, today - timedelta(days=number % 3), want, dice, language)


def _twelve_by_month() -> dict[str, int]:
    """How many of the twelve stand behind a published month's count already."""
    counted: dict[str, int] = {}
    for person in texts.people():
        if person["kind"] == "leave_service" and "owner" in person:
            month = f"{texts.day_of(person):%Y-%m}"
            counted[month] = counted.get(month, 0) + 1
    return counted


def _write(number: int, day: date, want: str, dice: Random, language: str) -> ShortRequest:
    lists = texts.chorus()[want]
    said = " ".join(dice.choice(lists[part][language]) for part in ("who", "what", "ask"))
    answers = {"wants": [want], "text": [said], "region": [dice.choice(_REGIONS)]}
    if want == "leave_service":
        answers |= {"where": [dice.choice(_PLACES)], "serves": [dice.choice(_SERVES)]}
    else:
        answers |= {"where": ["home"]}
    moment = datetime.combine(day, time(6 + number % 12, number * 7 % 60), UTC)
    reply = dice.choice(texts.chorus()["replies"][language])
    return ShortRequest(seed.receipt_in_chorus(number), moment, answers, _NEEDS[want], reply)

"""What a pack concludes from answers and the day: circle, urgency with its reasons, look-by, flags, voice, card.

All of it is computed where the text is sealed; only circle, urgency and look-by leave the seal. `today` is handed in.
A rule fires when its condition is YES; what is not known fires nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leeside.packs.answers import Answers
from leeside.packs.conditions import TODAY, Condition, FactValue, Truth
from leeside.packs.marks import LookBy, Urgency, look_by_of_days


@dataclass(frozen=True)
class RoutingRule:
    """Sends a new case to `circle`; the first rule that fires decides."""

    circle: str
    condition: Condition


@dataclass(frozen=True)
class UrgencyRule:
    """Makes a case as urgent as `urgency`, because of `reason` (the id of a text). `date_of` names the question
    whose date the reason is about, or is empty."""

    reason: str
    urgency: Urgency
    condition: Condition
    date_of: str = ""


@dataclass(frozen=True)
class LookByRule:
    """Somebody should look `days_before` the date that answers `question`."""

    question: str
    days_before: int


@dataclass(frozen=True)
class FlagRule:
    """A mark on the card, such as "does not know that we are written to"."""

    flag: str
    condition: Condition
    is_heavy: bool = False
    """Whether what the person wrote stays folded until somebody taps it."""


@dataclass(frozen=True)
class VoiceRule:
    """The words that fit these answers; the first rule that fires decides."""

    voice: str
    condition: Condition


@dataclass(frozen=True)
class Reason:
    """Why a case is urgent: the id of the text `reason.<id>`, and the date it is about, if any."""

    id: str
    urgency: Urgency
    day: date | None


@dataclass(frozen=True)
class Marks:
    """What the answers of a case make it on one day: the reasons stay inside the seal, the other two lie in clear."""

    urgency: Urgency
    look_by: LookBy
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DatedAnswer:
    """One date among the answers."""

    question: str
    day: date


@dataclass(frozen=True)
class Rules:
    """All rules of a pack, in the order in which its files have them."""

    routing: tuple[RoutingRule, ...]
    default_circle: str
    urgency: tuple[UrgencyRule, ...]
    default_urgency: Urgency
    look_by: tuple[LookByRule, ...]
    look_by_of_urgency: Mapping[Urgency, LookBy]
    flags: tuple[FlagRule, ...]
    voices: tuple[VoiceRule, ...]

    def circle_of(self, answers: Answers) -> str:
        """The circle that a new case goes to."""
        for rule in self.routing:
            if rule.condition.evaluate(answers) is Truth.YES:
                return rule.circle
        return self.default_circle

    def reasons_of(self, answers: Answers, today: date) -> tuple[Reason, ...]:
        """Every reason for urgency that holds, the most urgent first; among equals in the pack's order."""
        facts = facts_of_answers(answers, today)
        fired = [
            Reason(rule.reason, rule.urgency, _day(answers.get(rule.date_of)))
            for rule in self.urgency
            if rule.condition.evaluate(facts) is Truth.YES
        ]
        return tuple(sorted(fired, key=lambda reason: reason.urgency))

    def marks_of(self, answers: Answers, today: date) -> Marks:
        """How urgent the answers make a case on that day, and by when to look: the nearest that they ask for."""
        reasons = self.reasons_of(answers, today)
        urgency = reasons[0].urgency if reasons else self.default_urgency
        return Marks(urgency, min(self.look_by_of_urgency[urgency], self.look_by_of_dates(answers, today)), reasons)

    def look_by_of_dates(self, answers: Answers, today: date) -> LookBy:
        """By when to look because of the dates among the answers alone: later, where there is none."""
        return min((look_by_of_days((day - today).days) for day in self._looks(answers)), default=LookBy.LATER)

    def next_date(self, answers: Answers, today: date) -> DatedAnswer | None:
        """The nearest date from today on that the look-by rules know of; else the last one that has passed."""
        dated = [DatedAnswer(rule.question, day) for rule in self.look_by if (day := _day(answers.get(rule.question)))]
        ahead = [each for each in dated if each.day >= today]
        if ahead:
            return min(ahead, key=lambda each: each.day)
        return max(dated, key=lambda each: each.day, default=None)

    @property
    def heavy_flags(self) -> frozenset[str]:
        """The flags that fold what the person wrote."""
        return frozenset(rule.flag for rule in self.flags if rule.is_heavy)

    def flags_of(self, answers: Answers, today: date) -> tuple[str, ...]:
        """The flags that hold, in the pack's order."""
        facts = facts_of_answers(answers, today)
        return tuple(rule.flag for rule in self.flags if rule.condition.evaluate(facts) is Truth.YES)

    def voice_of(self, answers: Answers, voice: str) -> str:
        """The voice that fits the answers, or the one in which the form was shown."""
        facts: dict[str, FactValue] = {**answers, "voice": voice}
        for rule in self.voices:
            if rule.condition.evaluate(facts) is Truth.YES:
                return rule.voice
        return voice

    def _looks(self, answers: Answers) -> Sequence[date]:
        return [
            day - timedelta(days=rule.days_before)
            for rule in self.look_by
            if (day := _day(answers.get(rule.question))) is not None
        ]


def facts_of_answers(answers: Answers, today: date) -> dict[str, FactValue]:
    """Answers as facts of the condition language, with the day that they are looked at."""
    return {**answers, TODAY: today}


def _day(answer: object) -> date | None:
    if not isinstance(answer, str):
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None

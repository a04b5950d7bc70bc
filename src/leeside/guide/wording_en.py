"""The guide's sentences in English."""

from typing import Final

from leeside.guide.deadlines import Standing, StepKind
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit

STEPS: Final = {
    StepKind.RUNS_FROM: "{length} from {day}.",
    StepKind.EVENT_DAY_OUT: "The day itself does not count: the first day is {day}.",
    StepKind.EVENT_DAY_IN: "The day itself counts: the first day is {day}.",
    StepKind.NO_SUCH_DAY: "That month has no day of this number: its last day is taken.",
    StepKind.ENDS_ON: "It ends on {day}.",
    StepKind.DAY_OFF: "{day} is a day off.",
    StepKind.MOVES_TO: "The end moves to the next working day: {day}.",
    StepKind.SKIPS: "Days off that lie in between and are not counted: {days}.",
    StepKind.NOT_DECREED: "The days off of {year} are not decreed yet: the day may still move.",
    StepKind.AT_ONCE: "At once: {day} itself is meant.",
}
RUNS_BEFORE: Final = "{length} before {day}."
EARLIEST: Final = "It may end as early as {day}."
STANDINGS: Final = {
    Standing.NO_EVENT: "the day from which it runs is not known",
    Standing.NOT_COMPUTED: "no day is proposed: the text of the act was not seen",
    Standing.AHEAD: "in {days}",
    Standing.TODAY: "today is the last day",
    Standing.MISSED: "missed {days} ago",
    Standing.PASSED: "over {days} ago",
}
RESTORABLE: Final = "a court may restore it for a good reason"
CONFIDENCE: Final = {
    Confidence.OFFICIAL: "seen in the official text",
    Confidence.SECONDARY: "seen in the press or in an explanation: check the text",
    Confidence.PARTIAL: "seen in part, the rest is general knowledge: check",
    Confidence.GENERAL: "general knowledge only: a question to check",
}
UNREVIEWED: Final = "no lawyer has reviewed it yet"
REVIEWED: Final = "reviewed by {by} on {day}"


def days(number: int) -> str:
    """So many days."""
    return f"{number} day" if number == 1 else f"{number} days"


def length(unit: Unit, number: int) -> str:
    """So many units of a term."""
    word = {Unit.DAYS: "day", Unit.WORKING_DAYS: "working day", Unit.MONTHS: "month", Unit.AT_ONCE: ""}[unit]
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

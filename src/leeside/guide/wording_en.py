"""How the guide explains itself in English."""

from typing import Final

from leeside.guide.deadlines import Standing, StepKind
from leeside.guide.wording import Wording
from leeside.packs.guidebook.rules import Confidence
from leeside.packs.guidebook.terms import Unit

ENGLISH: Final = Wording(
    units={
        Unit.DAYS: {"one": "{number} day", "other": "{number} days"},
        Unit.WORKING_DAYS: {"one": "{number} working day", "other": "{number} working days"},
        Unit.MONTHS: {"one": "{number} month", "other": "{number} months"},
    },
    steps={
        StepKind.RUNS_FROM: "{count} from {day}.",
        StepKind.EVENT_DAY_OUT: "The day itself does not count; the first day is {day}.",
        StepKind.EVENT_DAY_IN: "The day itself counts as the first.",
        StepKind.NO_SUCH_DAY: "That month has no day of this number; its last day is taken: {day}.",
        StepKind.ENDS_ON: "The count ends on {day}.",
        StepKind.DAY_OFF: "That is a day off.",
        StepKind.MOVES_TO: "So the last day is the next working day: {day}.",
        StepKind.SKIPS: "{skips}",
        StepKind.NOT_DECREED: "The days off of {year} are not fixed yet: the day may still move.",
        StepKind.AT_ONCE: "On the day itself, without delay: {day}.",
    },
    runs_before="{count} before {day}.",
    out_before="The day itself does not count; counting back, the first day is {day}.",
    day_off_named="That is a day off ({name}).",
    skips={
        "one": "{number} day off in between does not count.",
        "other": "{number} days off in between do not count.",
    },
    earliest="The term lies between two numbers; its first possible end is {day}.",
    source="Source: {act}",
    standings={
        Standing.NO_EVENT: "the day from which it runs is not known",
        Standing.NOT_COMPUTED: "no day is proposed: nobody has seen the text of the act",
        Standing.NO_CALENDAR: "no day is proposed: the days off of that country are not known",
        Standing.AHEAD: "{left}",
        Standing.TODAY: "today is the last day",
        Standing.MISSED: "missed {ago}",
        Standing.PASSED: "over {ago}",
    },
    effects={Standing.AHEAD: "{left}", Standing.TODAY: "today"},
    days_left={"one": "{number} day left", "other": "{number} days left"},
    days_ago={"one": "{number} day ago", "other": "{number} days ago"},
    restorable="a court may restore it for a valid reason",
    confidence={
        Confidence.OFFICIAL: "seen in an official text",
        Confidence.SECONDARY: "seen in secondary sources only: check against the official text",
        Confidence.PARTIAL: "seen in part; the rest is general knowledge, to be checked",
        Confidence.GENERAL: "general knowledge only: a question to check",
    },
    unsure="{text}; the day is not confirmed",
    coming="coming on {day}",
    in_force="in force since {day}",
    until="in force until {day}",
    reviewed="read by {by} on {day}",
    unreviewed="no lawyer has read this yet",
    not_known="not known",
    fact="{label}: {values}",
)

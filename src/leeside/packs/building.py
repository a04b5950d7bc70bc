"""Makes the typed values of a pack out of tables whose shape has been checked.

Each function takes one file. Conditions are parsed here, and their faults noted at their line; whether all the ids
fit each other is asked in `checks.py`, of the finished values.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time
from types import MappingProxyType
from typing import Any

from leeside.packs import conditions
from leeside.packs.files import Findings, PackFile
from leeside.packs.marks import LOOK_BY_WORDS, URGENCY_WORDS, Urgency
from leeside.packs.places import Path
from leeside.packs.promises import Clocks, Promises
from leeside.packs.questions import DEFAULT_LIMITS, Option, Question, Voice
from leeside.packs.rules import FlagRule, LookByRule, RoutingRule, Rules, UrgencyRule, VoiceRule
from leeside.packs.series import Claim, Dimension, FigureDefinitions, Series
from leeside.packs.training import Conduct, Training, TrainingLetter
from leeside.sealing.compartments import Compartment

NEVER = conditions.AnyOf(())
"""Stands for a condition that could not be read, so that the rest can be checked too; it is never YES."""


def build_voices(file: PackFile) -> tuple[Voice, ...]:
    """The voices of pack.toml."""
    return tuple(
        Voice(each["id"], each.get("falls_back_to", ""), each["writes_for"] == "self", each.get("in_address", False))
        for each in file.table["voices"]
    )


def voice_chains(voices: Sequence[Voice]) -> Mapping[str, tuple[str, ...]]:
    """For each voice itself and whatever it falls back to; a circle of voices is cut where it closes."""
    parents = {voice.id: voice.falls_back_to for voice in voices}
    chains = {}
    for voice in voices:
        chain: list[str] = []
        each = voice.id
        while each and each not in chain:
            chain.append(each)
            each = parents.get(each, "")
        chains[voice.id] = tuple(chain)
    return MappingProxyType(chains)


def build_questions(file: PackFile, part: str, findings: Findings) -> tuple[Question, ...]:
    """The questions of one part of questions.toml: `first_screen`, `folded` or `at_words`."""
    return tuple(
        _build_question(file, (part, index), table, findings) for index, table in enumerate(file.table.get(part, ()))
    )


def _build_question(file: PackFile, path: Path, table: Mapping[str, Any], findings: Findings) -> Question:
    kind = table["kind"]
    condition = _condition_at(file, path, table, findings) if "when" in table else None
    opened_by = conditions.opened_by(condition) if condition is not None else ()
    if opened_by is None:
        message = "a question opens by choices only: `is`, `in`, `contains` or `any` of them."
        file.note(findings, (*path, "when"), message)
    options = _options_of(file, path, table, findings)
    voices_of_option = table.get("voices_of_option", {})
    alone = table.get("alone", ())
    for name, others in (("voices_of_option", voices_of_option), ("alone", alone)):
        for option in others:
            if option not in options:
                file.note(findings, (*path, name), f"`{option}` is not an option of this question.")
    return Question(
        id=table["id"],
        kind=kind,
        compartment=Compartment[table["compartment"].upper()],
        options=tuple(Option(option, option in alone, tuple(voices_of_option.get(option, ()))) for option in options),
        condition=condition,
        opened_by=opened_by or (),
        limit=table.get("limit", DEFAULT_LIMITS.get(kind, 0)),
        on_card=table.get("on_card", False),
        choices=table.get("choices", ""),
        voices=tuple(table.get("voices", ())),
    )


def _options_of(file: PackFile, path: Path, table: Mapping[str, Any], findings: Findings) -> Sequence[str]:
    name = table.get("choices")
    if name is None:
        own: Sequence[str] = table.get("options", ())
        return own
    if "options" in table:
        file.note(findings, (*path, "choices"), "a question has `options` of its own or shares `choices`, not both.")
    shared: Mapping[str, Sequence[str]] = file.table.get("choices", {})
    if name not in shared:
        file.note(findings, (*path, "choices"), f"there are no choices `{name}`.")
    return shared.get(name, ())


def build_rules(file: PackFile, findings: Findings) -> Rules:
    """The rules of rules.toml."""
    table = file.table

    def when(part: str, index: int) -> conditions.Condition:
        return _condition_at(file, (part, index), table[part][index], findings)

    return Rules(
        routing=tuple(RoutingRule(each["circle"], when("routing", at)) for at, each in enumerate(table["routing"])),
        default_circle=table["default_circle"],
        urgency=tuple(
            UrgencyRule(each["reason"], URGENCY_WORDS[each["urgency"]], when("urgency", at), each.get("date_of", ""))
            for at, each in enumerate(table["urgency"])
        ),
        default_urgency=URGENCY_WORDS[table["default_urgency"]],
        look_by=tuple(LookByRule(each["question"], each["days_before"]) for each in table["look_by"]),
        look_by_of_urgency=MappingProxyType(
            {URGENCY_WORDS[word]: LOOK_BY_WORDS[bucket] for word, bucket in table["look_by_of_urgency"].items()}
        ),
        flags=tuple(
            FlagRule(each["flag"], when("flags", at), each.get("heavy", False))
            for at, each in enumerate(table.get("flags", ()))
        ),
        voices=tuple(VoiceRule(each["voice"], when("voices", at)) for at, each in enumerate(table.get("voices", ()))),
    )


def build_promises(file: PackFile) -> Promises:
    """The promises of casework.toml."""
    table = file.table["promises"]
    return Promises(
        _by_urgency(table["minutes"]),
        time.fromisoformat(table["opens"]),
        time.fromisoformat(table["closes"]),
        table["time_zone"],
    )


def build_clocks(file: PackFile) -> Clocks:
    """The clocks of casework.toml."""
    table = file.table["clocks"]
    return Clocks(_by_urgency(table["unassigned_minutes"]), _by_urgency(table["silent_minutes"]), table["places"])


def _by_urgency(minutes: Mapping[str, int]) -> Mapping[Urgency, int]:
    return MappingProxyType({URGENCY_WORDS[word]: number for word, number in minutes.items()})


def build_conduct(file: PackFile) -> Conduct:
    """The code of conduct of team.toml."""
    table = file.table["conduct"]
    return Conduct(table["version"], tuple(table["points"]))


def build_training(file: PackFile) -> Training:
    """The training desk of team.toml."""
    letters = tuple(
        TrainingLetter(
            id=each["id"],
            presses=each["presses"],
            facts=tuple(each["facts"]),
            missing=tuple(each["missing"]),
            better=each["better"],
            promises=tuple(each["promises"]),
            never=each["never"],
        )
        for each in file.table["training"]
    )
    return Training(letters, tuple(file.table["presses"]))


def build_figures(file: PackFile) -> FigureDefinitions:
    """The definitions of figures.toml."""
    table = file.table
    return FigureDefinitions(
        series=tuple(
            Series(each["id"], tuple(each["kinds"]), each["month_of"], each.get("main", False))
            for each in table["series"]
        ),
        dimensions=tuple(
            Dimension(
                each["id"],
                each["question"],
                MappingProxyType({value: tuple(options) for value, options in each["values"].items()}),
                each["otherwise"],
            )
            for each in table["dimensions"]
        ),
        threshold=table["threshold"],
        threshold_of_dimensions=table["threshold_of_dimensions"],
        rounding_of_dimensions=table["rounding_of_dimensions"],
    )


def build_claims(file: PackFile, findings: Findings) -> tuple[Claim, ...]:
    """The claims of claims.toml."""
    known = {each["id"] for each in file.table["claims"]}
    for index, each in enumerate(file.table["claims"]):
        for place, other in enumerate(each.get("contradicts", ())):
            if other not in known - {each["id"]}:
                file.note(findings, ("claims", index, "contradicts", place), f"`{other}` is no other claim.")
    return tuple(
        Claim(
            id=each["id"],
            published=_day_at(file, ("claims", index, "published"), each.get("published"), findings),
            as_of=_day_at(file, ("claims", index, "as_of"), each.get("as_of"), findings),
            address=each.get("address", ""),
            numbers=tuple(each.get("numbers", ())),
            has_caveat=each.get("caveat", False),
            contradicts=tuple(each.get("contradicts", ())),
        )
        for index, each in enumerate(file.table["claims"])
    )


def _day_at(file: PackFile, path: Path, written: str | None, findings: Findings) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        file.note(findings, path, f"{written!r} is not a day of the calendar.")
        return None


def _condition_at(file: PackFile, path: Path, table: Mapping[str, Any], findings: Findings) -> conditions.Condition:
    try:
        return conditions.parse_condition(table["when"])
    except conditions.ConditionError as wrong:
        place = f"{wrong.where}: " if wrong.where else ""
        file.note(findings, (*path, "when"), f"{place}{wrong.message}")
        return NEVER

"""Advice that was given, as its sealed entries say it: which rules, in which wording, from which facts.

Rules:
1. What a colleague wrote is read as strictly as what a stranger did: an entry of another shape is no advice,
   nor is one of a day that nobody could have meant: no count leaves the calendar for it.
2. Advice that went with an answer counts while that answer does: an answer that was taken back, or that a seizure
   stopped, was never told. An answer that was erased later was told; where nobody can see which it was, it counts.
Content of an entry `advice`, in `work`: {on: day, rules: [{id, digest}], facts: {fact: value}, deadlines: {term: day}},
with {answer: entry id in hex} or {way, line}: by what other means it was told. One that a recall wrote has {recall:
true}: it speaks of one change only; and {ended: [ids]} of rules that, as it told, hold no more. The way `aside` is that
of what somebody looked at and did not tell, with a reason in `line`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from leeside.desk.casefile import CaseEntries
from leeside.desk.keyring import ReadEntry
from leeside.guide.deadlines import day_of
from leeside.packs.conditions import FactValue

KIND: Final = "advice"
ASIDE: Final = "aside"
"""The way of what was not told, with a reason: somebody looked at the case and left it as it was."""


@dataclass(frozen=True)
class ToldRule:
    """One rule as it was told: its id, and what it said then."""

    id: str
    digest: str


@dataclass(frozen=True)
class Advice:
    """One time that advice was given. `answer` is the answer it went with (hex), empty when it was told by `way`."""

    entry: str
    on: date
    by: bytes
    at: str
    rules: tuple[ToldRule, ...]
    facts: Mapping[str, FactValue] = field(repr=False)
    deadlines: Mapping[str, date]
    answer: str = ""
    way: str = ""
    line: str = field(default="", repr=False)
    ended: tuple[str, ...] = ()
    is_recall: bool = False

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of the rules that were told."""
        return tuple(one.id for one in self.rules)


def advice_in(file: CaseEntries) -> tuple[Advice, ...]:
    """All advice that was given in a case, the oldest first. Only what its author signed."""
    found = (read_advice(entry) for entry in file.of_kind(KIND))
    return tuple(one for one in found if one is not None and was_told(file, one))


def read_advice(entry: ReadEntry) -> Advice | None:
    """Rule 1."""
    content = entry.body.content
    on, rules, ended = day_of(entry.text("on")), _rules(content.get("rules")), _ids(content.get("ended"))
    if on is None or not (rules or ended or entry.text("way") == ASIDE) or entry.author.reader_id is None:
        return None
    facts, deadlines = content.get("facts"), content.get("deadlines")
    days = {key: day_of(day) for key, day in deadlines.items()} if isinstance(deadlines, Mapping) else {}
    return Advice(
        entry=entry.entry_id.hex(),
        on=on,
        by=entry.author.reader_id,
        at=entry.body.at,
        rules=rules,
        facts=_facts(facts) if isinstance(facts, Mapping) else {},
        deadlines={key: day for key, day in days.items() if day is not None},
        answer=entry.text("answer"),
        way=entry.text("way"),
        line=entry.text("line"),
        ended=ended,
        is_recall=content.get("recall") is True,
    )


def was_told(file: CaseEntries, advice: Advice) -> bool:
    """Rule 2."""
    if not advice.answer or file.opened.unreadable:
        return True
    if any(entry.entry_id.hex() == advice.answer for entry in file.of_kind("answer")):
        return True
    return any(
        event.text("kind") == "answer" and event.text("day") == advice.at[:10] for event in file.events("erased_entry")
    )


def told_with(file: CaseEntries, answer: bytes) -> tuple[str, ...]:
    """The rules that one answer told."""
    return tuple(rule for one in advice_in(file) if one.answer == answer.hex() for rule in one.rule_ids)


def _rules(value: object) -> tuple[ToldRule, ...]:
    found = (one for one in value if isinstance(one, Mapping)) if isinstance(value, (list, tuple)) else ()
    told = (ToldRule(str(one.get("id", "")), str(one.get("digest", ""))) for one in found)
    return tuple(one for one in told if one.id)


def _ids(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else ()


def _facts(value: Mapping[str, object]) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for fact, said in value.items():
        if isinstance(said, str):
            facts[fact] = said
        elif isinstance(said, (list, tuple)):
            facts[fact] = tuple(str(one) for one in said)
    return facts

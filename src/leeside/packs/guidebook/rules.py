"""One rule: what the law gives or threatens, to whom, since when, how sure we are, and who looked at it.

A rule is a draft for a named lawyer. Its confidence mark is its review state and goes wherever the rule goes; what is
general knowledge only is shown as a question to check, never as a remedy.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Final

from leeside.packs.conditions import Condition, FactValue, Test, Truth, facts_of, leaves_of


class Gives(Enum):
    """What a rule gives. The order is that of the page."""

    REMEDY = "remedy"
    PROTECTION = "protection"
    DOCUMENT = "document"
    AUTHORITY = "authority"
    RISK = "risk"


class Confidence(Enum):
    """How a statement was seen: the marks of the research, kept with the rule."""

    OFFICIAL = "V1"
    """In an official text, a court's page or a verbatim copy of the article."""
    SECONDARY = "V2"
    """In the press, by a law firm, in a prosecutor's explanation."""
    PARTIAL = "P"
    """A part was seen; the rest is general knowledge."""
    GENERAL = "K"
    """General knowledge only: a question to check."""


@dataclass(frozen=True)
class RuleWords:
    """A rule in one language: what to do or to know, why, how, what to beware of, and the act it stands in."""

    title: str
    why: str
    act: str
    how: str = ""
    care: str = ""


@dataclass(frozen=True)
class Example:
    """Facts on a day, and what the rule must say to them."""

    name: str
    on: date
    facts: Mapping[str, FactValue]
    applies: Truth


@dataclass(frozen=True)
class Review:
    """Who looked at the rule, and on which day. Nobody and None for a rule that no lawyer has read yet."""

    by: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Rule:
    """One rule of the guide.

    `since` is the first day in force, `until` the last one, None while it is open; `published` is the day since which
    the act could be known, so that a rule is shown as coming only to who could know of it. `is_since_sure` and
    `is_until_sure` are False for a day that somebody still has to confirm. `terms` and `papers` are ids of the same
    pack, `research` the numbers of the statements it was made from. `asks` are facts worth asking once it applies.
    `rank` orders rules that give the same; lower comes first. `for_lawyer` says that a lawyer has to decide before
    anything is done. `supersedes` is the rule that this one replaced.
    """

    id: str
    gives: Gives
    condition: Condition
    published: date
    since: date
    until: date | None
    is_since_sure: bool
    is_until_sure: bool
    confidence: Confidence
    sources: tuple[str, ...]
    research: tuple[str, ...]
    terms: tuple[str, ...]
    papers: tuple[str, ...]
    asks: tuple[str, ...]
    authority: str
    rank: int
    for_lawyer: bool
    supersedes: str
    review: Review
    words: Mapping[str, RuleWords]
    examples: tuple[Example, ...]
    digest: str
    """What the rule says, as 16 hexadecimal digits: another text, condition or date makes another digest."""
    subject: str = ""
    """The folder that the rule's file lies in: how a page of many rules is divided. No law."""
    law: str = field(default="", repr=False)
    """The rule as it was written, in one spelling: what the digest is of (`earlier`)."""

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that the condition looks at."""
        return facts_of(self.condition)

    @cached_property
    def tests(self) -> Mapping[str, tuple[Test, ...]]:
        """The single tests of the condition, by the fact that each looks at."""
        return {fact: tuple(test for test in leaves_of(self.condition) if test.fact == fact) for fact in self.facts}

    @property
    def is_question(self) -> bool:
        """Whether it is general knowledge only: shown as a question to check, never as a remedy."""
        return self.confidence is Confidence.GENERAL

    def is_in_force(self, on: date) -> bool:
        """Whether the rule is in force on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def lies_ahead(self, on: date) -> bool:
        """Whether the act is published on that day and comes into force later."""
        return self.published <= on < self.since


_NOT_LAW: Final = frozenset({"review", "examples"})


def law_of(table: Mapping[str, object]) -> str:
    """Everything in a rule's table but its review and its examples, in one spelling."""
    law = {key: value for key, value in table.items() if key not in _NOT_LAW}
    return json.dumps(law, sort_keys=True, ensure_ascii=True)


def digest_of(law: str) -> str:
    """The digest of a rule, from `law_of` its table."""
    return hashlib.sha256(law.encode()).hexdigest()[:16]

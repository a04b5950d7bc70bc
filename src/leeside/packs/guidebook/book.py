"""A pack's guide as a whole: all rules, terms, sources and situations, looked up by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from leeside.packs.conditions import FactValue
from leeside.packs.guidebook.rules import Rule
from leeside.packs.guidebook.terms import Term


@dataclass(frozen=True)
class Source:
    """Where a statement was read. `remark` says what kind of page it is; `is_weak` that it proves little."""

    id: str
    address: str
    remark: str = ""
    is_weak: bool = False


@dataclass(frozen=True)
class LetterKind:
    """A paper that can be drafted, with its name by language. `research` is its number in the research."""

    id: str
    research: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """A worked situation: facts on a day, and exactly what the guide must say to them.

    `applies`, `unknown` and `coming` are ids of rules: all of them and no other. `days` are the ends of terms by
    their id, `papers` all papers that follow, `ask` the fact that would decide most (empty for none).
    """

    id: str
    on: date
    facts: Mapping[str, FactValue]
    applies: tuple[str, ...]
    unknown: tuple[str, ...]
    coming: tuple[str, ...]
    days: Mapping[str, date]
    papers: tuple[str, ...]
    ask: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Guidebook:
    """The guide of one pack; empty for a pack that has none."""

    rules: tuple[Rule, ...] = ()
    terms: tuple[Term, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    letters: tuple[LetterKind, ...] = ()
    situations: tuple[Situation, ...] = ()
    subjects: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    """The titles of subjects by language; one without a title is called as its folder is."""

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """The rules by id."""
        return {rule.id: rule for rule in self.rules}

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, or None: an older version of the pack may have had it."""
        return self.by_id.get(rule_id)

    def term(self, term_id: str, event: date | None = None) -> Term | None:
        """The wording of a term that governs an event on that day; without a day the newest one; None for no such.

        The newest may lie ahead: whoever speaks of a day asks `newest_term`.
        """
        wordings = [term for term in self.terms if term.id == term_id]
        if event is not None:
            wordings = [term for term in wordings if term.is_in_force(event)]
        return max(wordings, key=lambda term: term.since or date.min, default=None)

    def newest_term(self, term_id: str, on: date) -> Term | None:
        """The newest wording of a term among those that had begun by that day; None for no such."""
        begun = [term for term in self.terms if term.id == term_id and (term.since or date.min) <= on]
        return max(begun, key=lambda term: term.since or date.min, default=None)

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact that a rule or a term looks at."""
        of_rules = frozenset().union(*(rule.facts | set(rule.asks) for rule in self.rules))
        return of_rules | {event for term in self.terms for event in term.events}

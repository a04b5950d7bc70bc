"""Which advice would be another one today: what was told in a case beside what the guide says to it now.

What differs, and how it is called:
    WORDED  a rule that was told still applies, and says something else
    ENDED   a rule that was told is over or gone; `now` is the one that took its place, where one applies
    LAPSED  a rule that was told no longer covers this case: its condition was changed, or days have passed
    UNSURE  nobody can tell any more whether it does: it asks for a fact that is not known
    BEGAN   a rule came into force since
    NEW     a rule applies that the line did not have then, or that did not cover this case
    MOVED   the last day of a term is another one, by the law and not by its event
    FACTS   the law is as it was told, and the facts of the case are not

Rules:
1. Law and days are told from facts: what turns on the facts of then as well was turned by the law or the calendar.
   Such changes are alike in many cases; what new facts changed has to be looked at in each.
2. What stood on the page and was not told was left out by somebody who saw it: it is no difference.
3. General knowledge is never recalled as something new: it is a question to check.
4. What was told stays told until somebody gives advice on a day when it did not apply any more. What a recall wrote
   speaks of its one change only, and of nothing else that stood on the page.
5. What was told although it did not apply, or although nobody could tell, was somebody's decision: that it still does
   not is no difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Final

from leeside.guide.compiling import Holds, Sorted, holds
from leeside.guide.deadlines import day_of, run_term
from leeside.packs.conditions import TODAY, Facts, Truth
from leeside.packs.guidebook.book import Guidebook
from leeside.packs.guidebook.earlier import EarlierRule, EarlierRules
from leeside.packs.guidebook.rules import Rule

_EVENTS_KEPT: Final = 4096
"""Counted days that are remembered: many cases share an event."""


class Turn(Enum):
    """How something differs: see the module."""

    WORDED = "worded"
    ENDED = "ended"
    LAPSED = "lapsed"
    UNSURE = "unsure"
    BEGAN = "began"
    NEW = "new"
    MOVED = "moved"
    FACTS = "facts"


@dataclass(frozen=True)
class Telling:
    """Advice as it was given on a day: digests by rule, the facts it rested on, the last days by term.

    `ended` are rules of which somebody was told that they hold no more. `is_recall` says that it was written because of
    one change, and that nothing else was looked at.
    """

    on: date
    rules: Mapping[str, str]
    facts: Facts = field(repr=False)
    days: Mapping[str, date]
    ended: frozenset[str] = frozenset()
    is_recall: bool = False


@dataclass(frozen=True, order=True)
class Change:
    """What changed, for every case alike: a rule (or a term) as it was told and as it is. Empty for none."""

    turn: str
    id: str = ""
    digest: str = ""
    now: str = ""
    now_digest: str = ""


@dataclass(frozen=True)
class Difference:
    """A change in one case: when the old was told, and a term's last days where it is about one."""

    change: Change
    told_on: date | None = None
    was: date | None = None
    day: date | None = None


@dataclass(frozen=True)
class Told:
    """All that a case was told, newest word by rule and term; when advice last looked at everything, and by which
    facts."""

    on: date
    facts: Facts = field(repr=False)
    rules: Mapping[str, Telling]
    days: Mapping[str, Telling]
    ended: frozenset[str]


class Comparer:
    """Compares cases with one guide on one day. Made once, for ten thousand cases."""

    def __init__(self, book: Guidebook, earlier: EarlierRules, on: date) -> None:
        self._book, self._earlier, self._on = book, earlier, on
        in_force = [rule for rule in book.rules if rule.is_in_force(on)]
        self._in_force = Sorted((rule, rule.condition) for rule in in_force)
        self._compiled: dict[tuple[str, str], Holds] = {}
        self._follows = {rule.supersedes: rule for rule in in_force if rule.supersedes}
        self._count = lru_cache(_EVENTS_KEPT)(self._count_anew)

    def compare(
        self, tellings: Sequence[Telling], facts: Facts, known_then: Facts | None = None
    ) -> tuple[Difference, ...]:
        """What differs in a case that was told this, the oldest first, and whose facts are these today.

        `known_then` are all facts that were known when advice last looked at everything; None for the same as today.
        """
        if not tellings:
            return ()
        told = self.told_in(tellings, facts if known_then is None else known_then)
        seen = {**facts, TODAY: self._on}
        applies = {rule.id: rule for rule in self._in_force.holding(seen)}
        found = list(self._of_told(told, applies, seen))
        taken = {one.change.now for one in found}
        found += self._of_new(told, [rule for rule in applies.values() if rule.id not in taken])
        found += self._of_days(told, applies, facts)
        by_facts = [one for one in found if one.change.turn == Turn.FACTS.value]
        of_law = [self._with_days(one, told, facts) for one in found if one.change.turn != Turn.FACTS.value]
        return (*of_law, *by_facts[:1])

    def _with_days(self, one: Difference, told: Told, facts: Facts) -> Difference:
        """The nearest last day that follows from the rule as it is, beside the day that was told of the same term."""
        rule = self._book.rule(one.change.now)
        if rule is None or one.day is not None:
            return one
        days = [(day, term) for term in rule.terms if (day := self.last_day(term, facts)) is not None]
        if not days:
            return one
        day, term = min(days)
        was = told.days[term].days[term] if term in told.days else None
        return replace(one, was=was, day=day)

    def told_in(self, tellings: Sequence[Telling], known_then: Facts) -> Told:
        """Rule 4: what a case was told and what of it still counts as told."""
        base = next((one for one in reversed(tellings) if not one.is_recall), tellings[0])
        rules: dict[str, Telling] = {}
        days: dict[str, Telling] = {}
        ended: set[str] = set()
        for one in tellings:
            for rule_id in one.ended:
                rules.pop(rule_id, None)
            ended = (ended | one.ended) - set(one.rules)
            rules |= dict.fromkeys(one.rules, one)
            days |= dict.fromkeys(one.days, one)
        since = tellings.index(base)
        for rule_id, one in list(rules.items()):
            if tellings.index(one) < since and not self._applied(rule_id, one.rules[rule_id], base.on, known_then):
                del rules[rule_id]
        return Told(base.on, {**known_then, TODAY: base.on}, rules, days, frozenset(ended))

    def _of_told(self, told: Told, applies: Mapping[str, Rule], seen: Facts) -> Iterator[Difference]:
        """What became of each rule that was told."""
        for rule_id, telling in told.rules.items():
            digest, rule = telling.rules[rule_id], self._book.rule(rule_id)
            if rule is not None and (rule_id in applies or self._on < rule.since):
                # Told as coming, it may still lie ahead: then only its words can differ.
                if rule.digest != digest:
                    yield Difference(Change(Turn.WORDED.value, rule_id, digest, rule_id, rule.digest), telling.on)
            elif rule is None or not rule.is_in_force(self._on):
                next_one = self._follows.get(rule_id)
                now = applies.get(next_one.id) if next_one is not None else None
                change = Change(Turn.ENDED.value, rule_id, digest, now.id if now else "", now.digest if now else "")
                yield Difference(change, telling.on)
            elif self._held(rule_id, digest, telling):
                yield Difference(self._fallen(rule, digest, telling, seen), telling.on)

    def _fallen(self, rule: Rule, digest: str, telling: Telling, seen: Facts) -> Change:
        """Why a rule that is in force does not apply any more."""
        if rule.condition.evaluate({**telling.facts, TODAY: self._on}) is Truth.YES:
            return Change(Turn.FACTS.value)
        if rule.condition.evaluate(seen) is Truth.UNKNOWN:
            return Change(Turn.UNSURE.value, rule.id, digest, rule.id, rule.digest)
        return Change(Turn.LAPSED.value, rule.id, digest, rule.id, rule.digest)

    def _of_new(self, told: Told, applies: Sequence[Rule]) -> Iterator[Difference]:
        """Rules that apply, were not told, and did not stand on the page when advice was given."""
        for rule in applies:
            if rule.id in told.rules or rule.id in told.ended or rule.is_question:
                continue
            then = self._earlier.as_of(rule.id, told.on)
            if then is not None and self._applied_as(then, told.on, told.facts):
                continue
            if rule.condition.evaluate({**told.facts, TODAY: self._on}) is not Truth.YES:
                yield Difference(Change(Turn.FACTS.value), told.on)
                continue
            turn = Turn.BEGAN if told.on < rule.since else Turn.NEW
            yield Difference(Change(turn.value, now=rule.id, now_digest=rule.digest), told.on)

    def _of_days(self, told: Told, applies: Mapping[str, Rule], facts: Facts) -> Iterator[Difference]:
        """Terms that were told with a day and have another one."""
        named = {term for rule in applies.values() for term in rule.terms} if told.days else set()
        for term_id, telling in told.days.items():
            was = telling.days[term_id]
            day = self.last_day(term_id, facts) if term_id in named else was
            if day is None or day == was:
                continue
            if self.last_day(term_id, telling.facts) == was:
                yield Difference(Change(Turn.FACTS.value), telling.on)
            else:
                yield Difference(Change(Turn.MOVED.value, term_id, now=term_id), telling.on, was, day)

    def last_day(self, term_id: str, facts: Facts) -> date | None:
        """The last day of a term by these facts; None where none may be proposed."""
        newest = self._book.newest_term(term_id, self._on)
        if newest is None:
            return None
        event = next((day for fact in newest.events if (day := day_of(facts.get(fact)))), None)
        return None if event is None else self._count(term_id, event)

    def _count_anew(self, term_id: str, event: date) -> date | None:
        term = self._book.term(term_id, event)
        return None if term is None else run_term(term, event, self._on).day

    def _applied(self, rule_id: str, digest: str, on: date, facts: Facts) -> bool:
        """Whether a wording applied on that day. One that was never kept is taken to have."""
        rule = self._earlier.find(rule_id, digest)
        return rule is None or self._applied_as(rule, on, {**facts, TODAY: on})

    def _applied_as(self, rule: EarlierRule, on: date, facts: Facts) -> bool:
        return rule.is_in_force(on) and self._holds(rule)(facts)

    def _held(self, rule_id: str, digest: str, telling: Telling) -> bool:
        """Rule 5. One told as coming held as well."""
        rule = self._earlier.find(rule_id, digest)
        return rule is None or self._holds(rule)({**telling.facts, TODAY: telling.on})

    def _holds(self, rule: EarlierRule) -> Holds:
        place = (rule.id, rule.digest)
        if place not in self._compiled:
            self._compiled[place] = holds(rule.condition)
        return self._compiled[place]

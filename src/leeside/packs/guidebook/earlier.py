"""Rules as they were: what an installation keeps of every rule that its packs ever had, by digest.

Advice names the rules that were told by id and digest. The pack is replaced when the law changes; what was told must
still be seen beside what is told now, in every language. A rule is kept as it was written, and its digest proves it:
whoever turns a word of it on the disk turns it into nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from leeside.packs.conditions import Condition, ConditionError, parse_condition
from leeside.packs.guidebook.rules import RuleWords, digest_of


@dataclass(frozen=True)
class EarlierRule:
    """One wording of a rule. `kept_on` is the day since which the installation knows it."""

    id: str
    digest: str
    kept_on: date
    condition: Condition
    since: date
    until: date | None
    words: Mapping[str, RuleWords]

    def is_in_force(self, on: date) -> bool:
        """Whether this wording was in force on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


class EarlierRules:
    """Every wording that was kept, by digest and by day."""

    def __init__(self, rules: Iterable[EarlierRule] = ()) -> None:
        self._by_place = {(rule.id, rule.digest): rule for rule in rules}
        self._by_id: dict[str, list[EarlierRule]] = {}
        for rule in sorted(self._by_place.values(), key=lambda one: (one.kept_on, one.digest)):
            self._by_id.setdefault(rule.id, []).append(rule)
        self._since = min((rule.kept_on for rule in self._by_place.values()), default=date.min)

    def find(self, rule_id: str, digest: str) -> EarlierRule | None:
        """One wording, or None when it was never kept."""
        return self._by_place.get((rule_id, digest))

    def as_of(self, rule_id: str, on: date) -> EarlierRule | None:
        """The wording that the line had on that day, or None for none.

        Of days before any was kept nobody knows more than what was kept first.
        """
        found = [rule for rule in self._by_id.get(rule_id, ()) if rule.kept_on <= max(on, self._since)]
        return found[-1] if found else None


def read_earlier(rows: Iterable[tuple[str, str, date, str]]) -> EarlierRules:
    """The wordings in rows of (rule, digest, day, law). One that its digest does not prove is left out."""
    return EarlierRules(rule for row in rows if (rule := _read(*row)) is not None)


def _read(rule_id: str, digest: str, kept_on: date, untrusted_law: str) -> EarlierRule | None:
    if digest_of(untrusted_law) != digest:
        return None
    try:
        table: Mapping[str, Any] = json.loads(untrusted_law)
        condition, until = parse_condition(table["when"]), table.get("until")
        return EarlierRule(
            id=rule_id,
            digest=digest,
            kept_on=kept_on,
            condition=condition,
            since=date.fromisoformat(table["from"]),
            until=date.fromisoformat(until) if until is not None else None,
            words={language: RuleWords(**words) for language, words in table["words"].items()},
        )
    except (ConditionError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        # A wording of a later version of this program, after somebody went back to this one; or a row that somebody
        # put there with a digest of its own, which keeps nobody from reading the others.
        return None

"""A compiled condition says what the condition says."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leeside.guide.compiling import Sorted, holds
from leeside.packs.conditions import TODAY, Truth, parse_condition
from leeside.packs.reader import shipped_names, shipped_pack

_FACTS = ("a", "b", "c")
_VALUES = ("x", "y", "2023-12-05")
_TESTS = some.one_of(
    some.builds(lambda f, v: {"fact": f, "is": v}, some.sampled_from(_FACTS), some.sampled_from((*_VALUES, 1, True))),
    some.builds(lambda f: {"fact": f, "in": ["x", "2023-12-05"]}, some.sampled_from(_FACTS)),
    some.builds(lambda f: {"fact": f, "contains": "x"}, some.sampled_from(_FACTS)),
    some.builds(lambda f: {"fact": f, "at_least": {"days_from_today": -3}}, some.sampled_from(_FACTS)),
)
_CONDITIONS = some.recursive(
    _TESTS,
    lambda inner: some.one_of(
        some.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        some.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=8,
)
_KNOWN = some.dictionaries(
    some.sampled_from(_FACTS), some.one_of(some.sampled_from((*_VALUES, 1, True, None)), some.just(("x", "z")))
)


@given(_CONDITIONS, _KNOWN)
def test_it_says_yes_and_no_where_the_condition_does(written: object, known: dict[str, object]) -> None:
    """Broken on purpose: `not` that turns YES into "not YES", and a choice that takes an unknown fact for another."""
    condition = parse_condition(written)
    facts = {**known, TODAY: "2023-12-05"}
    for wanted in (Truth.YES, Truth.NO):
        assert holds(condition, wanted)(facts) is (condition.evaluate(facts) is wanted)  # type: ignore[arg-type]


@given(some.lists(_CONDITIONS, min_size=1, max_size=4), _KNOWN)
def test_sorted_by_their_choices_the_same_ones_hold(written: list[object], known: dict[str, object]) -> None:
    """Broken on purpose: of several parts that all must be so the choices of each, or of `any` those of one part."""
    conditions = [parse_condition(one) for one in written]
    facts: dict[str, Any] = {**known, TODAY: "2023-12-05"}
    found = set(Sorted(enumerate(conditions)).holding(facts))
    assert found == {place for place, one in enumerate(conditions) if one.evaluate(facts) is Truth.YES}


@pytest.mark.parametrize("name", shipped_names())
def test_it_says_so_of_every_shipped_rule_in_every_worked_situation(name: str) -> None:
    book = shipped_pack(name).guide
    for situation in book.situations:
        facts = dict(situation.facts)
        for known in (facts, dict(list(facts.items())[::2]), {}):
            for on in (situation.on, situation.on + timedelta(days=30)):
                seen = {**known, TODAY: on}
                applies = {rule.id for rule in book.rules if rule.condition.evaluate(seen) is Truth.YES}
                assert {rule.id for rule in book.rules if holds(rule.condition)(seen)} == applies
                assert set(Sorted((rule.id, rule.condition) for rule in book.rules).holding(seen)) == applies

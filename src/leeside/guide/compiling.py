"""A condition as one function that only says whether it is certainly so: for ten thousand cases in a few seconds.

What applies is what is YES; between NO and not known a recall makes no difference. So functions of two values do, and
they stop at the first part that decides. They say what `Condition.evaluate` says: a test proves it on every rule.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from leeside.packs.conditions import All, AnyOf, Condition, FactValue, IsIn, Not, Truth

Holds: TypeAlias = Callable[[Mapping[str, FactValue]], bool]
"""Whether it is certainly so to these facts."""

_OPPOSITE: Final = {Truth.YES: Truth.NO, Truth.NO: Truth.YES}


def holds(condition: Condition, wanted: Truth = Truth.YES) -> Holds:
    """What says whether a condition is `wanted`, YES or NO, to the facts that it is given."""
    if isinstance(condition, Not):
        return holds(condition.part, _OPPOSITE[wanted])
    if isinstance(condition, (All, AnyOf)):
        parts = tuple(holds(part, wanted) for part in condition.parts)
        needs_each = isinstance(condition, All) is (wanted is Truth.YES)
        return _each(parts) if needs_each else _one(parts)
    if isinstance(condition, IsIn) and all(type(value) is str for value in condition.values):
        return _choice(condition, wanted)

    def ask(facts: Mapping[str, FactValue]) -> bool:
        return condition.evaluate(facts) is wanted

    return ask


def _each(parts: tuple[Holds, ...]) -> Holds:
    def ask(facts: Mapping[str, FactValue]) -> bool:
        for part in parts:  # noqa: SIM110 -- a generator costs as much as the tests themselves
            if not part(facts):
                return False
        return True

    return ask


def _one(parts: tuple[Holds, ...]) -> Holds:
    def ask(facts: Mapping[str, FactValue]) -> bool:
        for part in parts:  # noqa: SIM110 -- as above
            if part(facts):
                return True
        return False

    return ask


def _choice(test: IsIn, wanted: Truth) -> Holds:
    """Words among words; whatever is no text is left to the test itself."""
    fact, values, is_yes = test.fact, frozenset(test.values), wanted is Truth.YES

    def ask(facts: Mapping[str, FactValue]) -> bool:
        value = facts.get(fact)
        if type(value) is str:
            return (value in values) is is_yes
        return value is not None and test.evaluate(facts) is wanted

    return ask
